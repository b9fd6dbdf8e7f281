"""Requirements and points in the selection, as a page prints them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from calculator.rulebook import Requirement, SelectionItem
from site_builder.rules.model import FrameInRound, Note
from site_builder.site.addresses import Address, Link
from site_builder.site.outlines import OutlineView, outline_view
from site_builder.site.statements import NoteView, defined_terms, definition_anchor, note_views
from site_builder.site.wording import CitationView, Wording


@dataclass(frozen=True, slots=True)
class RequirementView:
    """One requirement; `code` is its anchor, `terms` lead to the definitions that it rests on."""

    code: str
    label: str
    outline: OutlineView
    explanation: str | None
    citation: CitationView
    terms: tuple[Link, ...]
    notes: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True)
class SelectionView:
    """A point or a deduction."""

    code: str
    label: str
    sentence: str
    citation: CitationView


def requirement_views(
    requirements: Iterable[Requirement],
    notes: Iterable[Note],
    page: Address,
    frame: FrameInRound,
    wording: Wording,
) -> tuple[RequirementView, ...]:
    """Word requirements of `frame`, each with the notes about it and links to its terms, which stand on `page`."""
    notes = tuple(notes)
    return tuple(
        RequirementView(
            requirement.code,
            wording.say(requirement.label),
            outline_view(frame.outlines[requirement.code], wording),
            wording.say_if_any(requirement.explanation),
            wording.cite(requirement.citation),
            _terms(requirement, page, frame, wording),
            note_views((note for note in notes if note.about == requirement.code), wording),
        )
        for requirement in requirements
    )


def selection_views(items: Iterable[SelectionItem], wording: Wording) -> tuple[SelectionView, ...]:
    """Word points or deductions."""
    return tuple(
        SelectionView(
            item.code, wording.say(item.label), wording.say_sentence(item.sentence), wording.cite(item.citation)
        )
        for item in items
    )


def _terms(requirement: Requirement, page: Address, frame: FrameInRound, wording: Wording) -> tuple[Link, ...]:
    used = defined_terms(requirement.condition)
    return tuple(
        Link(wording.say(definition.label), page.path(wording.language, definition_anchor(name)))
        for name, definition in frame.definitions.items()
        if name in used
    )
