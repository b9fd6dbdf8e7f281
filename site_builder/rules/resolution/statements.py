"""Statements, notes, figures and definitions of one scope, with their texts filled in and their citations carried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.rules.compilation import compile_definition
from site_builder.rules.model import DefinitionInWords, Document, Figure, Note, Statement
from site_builder.rules.resolution.scopes import worded
from site_builder.rules.syntax import ExpressionDraft
from site_builder.rules.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.rules.drafts.named import DefinitionDraft, FigureDraft
    from site_builder.rules.drafts.rounds import DocumentDraft
    from site_builder.rules.drafts.statements import NoteDraft, StatementDraft
    from site_builder.rules.scope import Scope

TOPICS = (
    "applicants", "rate", "upper_limit", "lower_limit", "eligible_costs",
    "schedule", "documents", "repayment", "selection", "frame",
)  # fmt: skip


def statement(name: str, draft: StatementDraft, scope: Scope) -> Statement:
    """Return the statement `name`."""
    return Statement(name, scope.text(draft.label), scope.text(draft.text), scope.citation(draft.citation))


def statements(drafts: Mapping[str, StatementDraft], scope: Scope) -> tuple[Statement, ...]:
    """Return all of `drafts` in order."""
    return tuple(statement(name, draft, scope) for name, draft in drafts.items())


def notes(drafts: Mapping[str, NoteDraft], scope: Scope) -> tuple[Note, ...]:
    """Return all notes in order."""
    return tuple(
        Note(name, draft.about.value, scope.text(draft.text), tuple(map(scope.citation, draft.citations)))
        for name, draft in drafts.items()
    )


def figure(name: str, draft: FigureDraft, scope: Scope) -> Figure:
    """Return the figure `name` in words."""
    value = draft.value.constant
    words = worded(value.kind, value.value)
    return Figure(
        name, value, words, scope.citation(draft.citation), scope.maybe_text(draft.label), draft.value.node.value
    )


def document(name: str, draft: DocumentDraft, scope: Scope) -> Document:
    """Return the document `name`."""
    return Document(name, scope.text(draft.title), scope.text(draft.text), draft.posted, scope.citation(draft.citation))


def definition(draft: DefinitionDraft, scope: Scope) -> DefinitionInWords:
    """Return a definition in words: what it says of those for whom it holds."""
    name = draft.name.value
    condition = compile_definition(name, scope)
    wording = Wording(scope)
    is_value = isinstance(draft.condition, ExpressionDraft)
    return DefinitionInWords(
        name=name,
        label=scope.text(draft.label),
        sentence=wording.clause(condition.expression) if is_value else wording.condition(condition),
        outline=wording.outline(condition),
        explanation=scope.maybe_text(draft.explanation),
        citation=scope.citation(draft.citation),
    )


def definitions(drafts: Mapping[str, DefinitionDraft], scope: Scope) -> dict[str, DefinitionInWords]:
    """Return all definitions by name."""
    return {name: definition(draft, scope) for name, draft in drafts.items()}
