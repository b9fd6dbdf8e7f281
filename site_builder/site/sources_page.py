"""The page of the documents and how to read citations."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.rulebook import CitationStatus
from site_builder.rules.model import Rules
from site_builder.site.addresses import HOME, SOURCES, Link
from site_builder.site.page import Page
from site_builder.site.prose import Prose
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class StatusView:
    """A citation status and what it means."""

    status: CitationStatus
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """A document; `name` is its anchor, `original_title` is in Japanese where the page is not."""

    name: str
    title: str
    original_title: str | None
    publisher: str
    published: str
    trust: str
    address: str | None


@dataclass(frozen=True, slots=True)
class SourcesView:
    """The documents and the statuses."""

    prose: Prose
    statuses: tuple[StatusView, ...]
    sources: tuple[SourceView, ...]


def sources_page(rules: Rules, prose: Prose, wording: Wording) -> Page:
    """Plan the page of the documents."""
    return Page(
        address=SOURCES,
        language=wording.language,
        template="sources.html",
        title=prose.title,
        description=prose.description,
        view=SourcesView(prose, _statuses(wording), _sources(rules, wording)),
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


def _sources(rules: Rules, wording: Wording) -> tuple[SourceView, ...]:
    return tuple(
        SourceView(
            source.name,
            wording.say(source.title),
            None if wording.language == "ja" else source.title.ja,
            wording.say(source.publisher),
            wording.say(source.published),
            wording.say(source.trust),
            source.address,
        )
        for source in rules.book.sources.values()
    )
