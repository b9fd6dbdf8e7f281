"""What every page has, whatever it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from calculator.text import Language
from site_builder.site.addresses import Address, Link
from site_builder.site.cards import FILE, CardFigure
from site_builder.site.structured import DataSet, Question, Service

#: What a page is about; lists of all pages are grouped by it.
Kind = Literal["tool", "guide", "programme", "budget", "round", "frame", "changes", "examples", "document"]


@dataclass(frozen=True, slots=True)
class Notice:
    """What a page says before all else, and where that leads."""

    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language.

    Attributes:
        address: the same in both languages.
        language: the page's own.
        template: the file under `theme/templates/` that prints it.
        title: the page's one top heading.
        description: one sentence for search results and shared links.
        view: what the template prints.
        trail: the pages above this one, from the home page on.
        context: what the title belongs to, told under it; None where the title says it all.
        sections: the anchors of the page's sections and their headings, in order; the contents list.
        is_embedded: whether it stands inside a page of another site, and so has no menu.
        lists_terms: whether the terms of the glossary that its text uses are listed at its foot.
        files: the text of files that lie beside the page, by their names.
        kind: what it is about.
        service: what is provided, for programs that read schema.org; None where the page is about something else.
        questions: what it asks and answers, for the same.
        data_set: the open data that it documents, for the same.
        figures: the figures on the picture of a link to it.
        data_file: the same as data, by its address under `/data/`; None where there is none.
        notice: what it says before all else; None where there is nothing of the kind.
    """

    address: Address
    language: Language
    template: str
    title: str
    description: str
    view: object
    trail: tuple[Link, ...] = ()
    context: str | None = None
    sections: Mapping[str, str] = field(default_factory=dict)
    is_embedded: bool = False
    lists_terms: bool = True
    files: Mapping[str, str] = field(default_factory=dict)
    kind: Kind = "guide"
    service: Service | None = None
    questions: tuple[Question, ...] = ()
    data_set: DataSet | None = None
    figures: tuple[CardFigure, ...] = ()
    data_file: str | None = None
    notice: Notice | None = None

    @property
    def path(self) -> str:
        """The page's path from the root of the site."""
        return self.address.path(self.language)

    @property
    def file(self) -> str:
        """The file that holds the page."""
        return f"{self.path}index.html"

    @property
    def card(self) -> str:
        """Where the picture of a link to the page is."""
        return f"{self.path}{FILE}"

    @property
    def versions(self) -> Mapping[Language, str]:
        """The paths of the page in every language, its own included."""
        return {"ja": self.address.path("ja"), "en": self.address.path("en")}
