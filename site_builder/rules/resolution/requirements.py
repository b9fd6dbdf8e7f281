"""Requirements, what weighs in the selection, and classes of applicant, in one scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculator.rulebook import ApplicantClass, Requirement, SelectionItem
from site_builder.rules.compilation import compile_condition
from site_builder.rules.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from site_builder.rules.alike import Alike
    from site_builder.rules.drafts import ClassDraft, RequirementDraft, SelectionItemDraft
    from site_builder.rules.model import Outline
    from site_builder.rules.scope import Scope


def requirements(
    drafts: Iterable[RequirementDraft], scope: Scope, alike: Alike, *, additional: bool = False
) -> tuple[Requirement, ...]:
    """Return all of `drafts` in order."""
    return tuple(alike.made(_requirement, draft, scope, additional) for draft in drafts)


def outlines(drafts: Iterable[RequirementDraft], scope: Scope, alike: Alike) -> dict[str, Outline]:
    """Return how a list may show the condition of each requirement, by its code."""
    return {draft.code.value: alike.made(_outline, draft, scope) for draft in drafts}


def selection(drafts: Iterable[SelectionItemDraft], scope: Scope, alike: Alike) -> tuple[SelectionItem, ...]:
    """Return all points, or all deductions, in order."""
    return tuple(alike.made(_selection_item, draft, scope) for draft in drafts)


def classes(drafts: Mapping[str, ClassDraft], scope: Scope, alike: Alike) -> tuple[ApplicantClass, ...]:
    """Return the classes of applicant in order."""
    return tuple(alike.made(_class, draft, scope, name) for name, draft in drafts.items())


def _class(draft: ClassDraft, scope: Scope, name: str) -> ApplicantClass:
    return ApplicantClass(name, scope.text(draft.label), compile_condition(draft.condition, scope).expression)


def _outline(draft: RequirementDraft, scope: Scope) -> Outline:
    return Wording(scope).outline(compile_condition(draft.condition, scope))


def _requirement(draft: RequirementDraft, scope: Scope, additional: bool) -> Requirement:
    condition = compile_condition(draft.condition, scope)
    return Requirement(
        code=draft.code.value,
        label=scope.text(draft.label),
        sentence=Wording(scope).condition(condition),
        condition=condition.expression,
        citation=scope.citation(draft.citation),
        explanation=scope.maybe_text(draft.explanation),
        additional=additional,
    )


def _selection_item(draft: SelectionItemDraft, scope: Scope) -> SelectionItem:
    condition = compile_condition(draft.condition, scope)
    return SelectionItem(
        code=draft.code.value,
        label=scope.text(draft.label),
        sentence=Wording(scope).condition(condition),
        condition=condition.expression,
        citation=scope.citation(draft.citation),
    )
