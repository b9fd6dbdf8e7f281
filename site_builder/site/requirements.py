"""Requirements and points in the selection, as a page prints them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from calculator.points import limits_on
from calculator.rulebook import PointLimit, Requirement, SelectionItem
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


def selection_views(
    items: Collection[SelectionItem], limits: Iterable[PointLimit], wording: Wording
) -> tuple[SelectionView, ...]:
    """Word points or deductions, and behind them the limits on how many of them count."""
    return tuple(
        SelectionView(
            item.code, wording.say(item.label), wording.say_sentence(item.sentence), wording.cite(item.citation)
        )
        for item in with_limits(items, limits)
    )


def with_limits(
    items: Collection[SelectionItem], limits: Iterable[PointLimit]
) -> tuple[SelectionItem | PointLimit, ...]:
    """Return points or deductions, and behind them the limits on how many of them count, the narrower ones first."""
    return (*items, *limits_on([item.code for item in items], limits))


def _terms(requirement: Requirement, page: Address, frame: FrameInRound, wording: Wording) -> tuple[Link, ...]:
    used = defined_terms(requirement.condition)
    return tuple(
        Link(wording.say(definition.label), page.path(wording.language, definition_anchor(name)))
        for name, definition in frame.definitions.items()
        if name in used
    )
