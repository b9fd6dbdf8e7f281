"""What documents say in words, as a page prints it: statements, notes, definitions, changes, documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from calculator.expressions import Expression, Named, walk
from calculator.rulebook import FrameRules
from site_builder.rules.model import Change, DefinitionInWords, Document, FrameInRound, Note, Statement
from site_builder.site.moments import TimeView, day_view
from site_builder.site.outlines import OutlineView, outline_view
from site_builder.site.wording import CitationView, Wording


@dataclass(frozen=True, slots=True)
class StatementView:
    """A label, a text and its place."""

    name: str
    label: str
    text: str
    citation: CitationView


@dataclass(frozen=True, slots=True)
class NoteView:
    """A contradiction or an open question, and the reading taken."""

    name: str
    text: str
    citations: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class DefinitionView:
    """A defined term."""

    anchor: str
    label: str
    outline: OutlineView
    explanation: str | None
    citation: CitationView


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document that an applicant needs or may consult."""

    name: str
    title: str
    text: str
    posted: TimeView | None
    citation: CitationView


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What became different."""

    name: str
    label: str
    before: str
    after: str
    citation: CitationView


def statement_views(statements: Iterable[Statement], wording: Wording) -> tuple[StatementView, ...]:
    """Word statements."""
    return tuple(statement_view(statement, wording) for statement in statements)


def statement_view(statement: Statement, wording: Wording) -> StatementView:
    """Word one statement."""
    return StatementView(
        statement.name, wording.say(statement.label), wording.say(statement.text), wording.cite(statement.citation)
    )


def note_views(notes: Iterable[Note], wording: Wording) -> tuple[NoteView, ...]:
    """Word notes."""
    return tuple(
        NoteView(note.name, wording.say(note.text), tuple(map(wording.cite, note.citations))) for note in notes
    )


def document_views(documents: Iterable[Document], wording: Wording) -> tuple[DocumentView, ...]:
    """Word documents."""
    return tuple(
        DocumentView(
            document.name,
            wording.say(document.title),
            wording.say(document.text),
            None if document.posted is None else day_view(document.posted, wording),
            wording.cite(document.citation),
        )
        for document in documents
    )


def change_views(changes: Iterable[Change], wording: Wording) -> tuple[ChangeView, ...]:
    """Word changes."""
    return tuple(
        ChangeView(
            change.name,
            wording.say(change.label),
            wording.say(change.before),
            wording.say(change.after),
            wording.cite(change.citation),
        )
        for change in changes
    )


def definition_views(frames: Iterable[FrameInRound], wording: Wording) -> tuple[DefinitionView, ...]:
    """Word the definitions that decide a case in any of `frames`, each once, in the order of the rules."""
    return tuple(definition_view(definition, wording) for definition in shown_definitions(frames))


def shown_definitions(frames: Iterable[FrameInRound]) -> tuple[DefinitionInWords, ...]:
    """Return the definitions that decide a case in any of `frames`, each once, in the order of the rules."""
    used = {}
    for frame in frames:
        names = _names_in(frame.rules)
        used.update({name: definition for name, definition in frame.definitions.items() if name in names})
    return tuple(used.values())


def definition_view(definition: DefinitionInWords, wording: Wording) -> DefinitionView:
    """Word one definition."""
    return DefinitionView(
        definition_anchor(definition.name),
        wording.say_sentence(definition.label),
        outline_view(definition.outline, wording),
        wording.say_if_any(definition.explanation),
        wording.cite(definition.citation),
    )


def definition_anchor(name: str) -> str:
    """Return the anchor of the definition called `name`."""
    return f"definition.{name}"


def defined_terms(expression: Expression) -> frozenset[str]:
    """Return the names of the definitions that `expression` rests on."""
    return frozenset(node.name for node in walk(expression) if isinstance(node, Named))


def _names_in(frame: FrameRules) -> frozenset[str]:
    return frozenset().union(*map(defined_terms, _deciding(frame)))


def _deciding(frame: FrameRules) -> Iterator[Expression]:
    """Yield every condition and amount on which an answer or a figure of the frame rests."""
    yield from (requirement.condition for requirement in frame.requirements)
    yield from (one.condition for one in frame.classes)
    if frame.award is not None:
        limit = frame.award.upper_limit
        yield from (rate.when for rate in frame.award.rates if rate.when is not None)
        yield from (part for uplift in limit.uplifts for part in (uplift.when, uplift.amount))
        yield from (tier.amount for tier in limit.tiers)
    if frame.joint is not None:
        yield from (requirement.condition for requirement in frame.joint.requirements)
