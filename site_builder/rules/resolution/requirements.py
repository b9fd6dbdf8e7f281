"""Requirements, what weighs in the selection, and classes of applicant, in one scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculator.rulebook import ApplicantClass, PointLimit, Requirement, SelectionItem
from site_builder.rules.compilation import compile_condition, compile_count
from site_builder.rules.wording import Wording, point_limit_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from calculator.text import Text
    from site_builder.rules.alike import Alike
    from site_builder.rules.drafts.requirements import PointLimitDraft, RequirementDraft, SelectionItemDraft
    from site_builder.rules.drafts.rule_sets import ClassDraft
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


def point_limits(
    drafts: Iterable[PointLimitDraft], items: Iterable[SelectionItem], scope: Scope
) -> tuple[PointLimit, ...]:
    """Return all limits on `items`, each in the words of those that it limits."""
    labels = {item.code: item.label for item in items}
    return tuple(_point_limit(draft, labels, scope) for draft in drafts)


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


def _point_limit(draft: PointLimitDraft, labels: Mapping[str, Text], scope: Scope) -> PointLimit:
    at_most, of = compile_count(draft.at_most, scope), tuple(code.value for code in draft.of)
    return PointLimit(
        code=draft.code.value,
        label=scope.text(draft.label),
        of=of,
        at_most=at_most,
        sentence=point_limit_sentence([labels[code] for code in of], at_most),
        citation=scope.citation(draft.citation),
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
