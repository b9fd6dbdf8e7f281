"""Where a document says it, and what is said with such a citation, as written."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.rulebook import CitationStatus
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.texts import TextDraft


@dataclass(frozen=True, slots=True)
class CitationDraft:
    """Where a document says it; the source is looked up later."""

    source: ScalarNode
    section: str
    status: CitationStatus


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """A label, a text and a citation; `after_deadline` marks a step that follows the application."""

    label: TextDraft
    text: TextDraft
    citation: CitationDraft
    after_deadline: bool = False


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A contradiction or an open question, and what it stands beside."""

    about: ScalarNode
    text: TextDraft
    citations: tuple[CitationDraft, ...]
