"""The page of all documents and how to read citations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calculator.rulebook import CitationStatus
from site_builder.rules.model import Rules
from site_builder.site.addresses import HOME, SOURCES, Link
from site_builder.site.page import Page
from site_builder.site.prose import Prose
from site_builder.site.source_pages import RestView, SectionView, SourceView, rest, source_view
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class StatusView:
    """A citation status and what it means."""

    status: CitationStatus
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class SourcesView:
    """The documents, each with what rests on it, and the statuses."""

    prose: Prose
    statuses: tuple[StatusView, ...]
    sources: tuple[tuple[SourceView, RestView], ...]


def sources_page(rules: Rules, sections: Mapping[str, tuple[SectionView, ...]], prose: Prose, wording: Wording) -> Page:
    """Plan the page of the documents."""
    sources = tuple(
        (source_view(source, rules, wording), rest(sections[source.name])) for source in rules.book.sources.values()
    )
    return Page(
        address=SOURCES,
        language=wording.language,
        template="sources.html",
        title=prose.title,
        description=prose.description,
        view=SourcesView(prose, _statuses(wording), sources),
        trail=(Link(wording.words["home"], HOME.path(wording.language)),),
        sections={
            "statuses": wording.words["sources_section_statuses"],
            "documents": wording.words["sources_section_documents"],
            **prose.headings,
        },
    )


def _statuses(wording: Wording) -> tuple[StatusView, ...]:
    return tuple(
        StatusView(status, wording.status(status), wording.words[f"status_{status.value}_meaning"])
        for status in CitationStatus
    )
