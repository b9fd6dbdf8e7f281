"""The page of what others have made and this site sends: each part with its licence, whose text lies beside it."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.site.addresses import HOME, LICENCES, Link
from site_builder.site.components import Component
from site_builder.site.page import Page
from site_builder.site.prose import Prose
from site_builder.site.wording import Wording

#: The section of the page in which the table stands.
SHIPPED = "shipped"


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """A line of the table; `file` lies beside the page."""

    name: str
    title: str
    inside: str | None
    does: str
    holder: str
    licence: str
    file: str
    source: str


@dataclass(frozen=True, slots=True)
class LicencesView:
    """All that the page prints; the table stands in the section `shipped`."""

    prose: Prose
    rows: tuple[ComponentRow, ...]


def licences_page(components: tuple[Component, ...], prose: Prose, wording: Wording) -> Page:
    """Plan the page in one language."""
    titles = {one.name: one.title for one in components}
    rows = tuple(
        ComponentRow(
            name=one.name,
            title=one.title if one.version is None else f"{one.title} {one.version}",
            inside=None if one.inside is None else titles[one.inside],
            does=wording.say(one.does),
            holder=one.holder,
            licence=one.licence,
            file=f"{one.name}.txt",
            source=one.source,
        )
        for one in components
    )
    return Page(
        address=LICENCES,
        language=wording.language,
        template="licences.html",
        title=prose.title,
        description=prose.description,
        view=LicencesView(prose, rows),
        trail=(Link(wording.words["home"], HOME.path(wording.language)),),
        sections=prose.headings,
        files={row.file: one.text for row, one in zip(rows, components, strict=True)},
    )
