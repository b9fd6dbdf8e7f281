"""The figures about the programme, with the rounds, frames, statements and figures that they name looked up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from calculator.kinds import Kind
from site_builder.errors import Gathering, GuidanceError, name_hint
from site_builder.rules.model import Budget, Result, Statistics, Target
from site_builder.rules.resolution.scopes import rule_set_scope
from site_builder.rules.resolution.statements import figure, statement
from site_builder.sources.nodes import ScalarNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from site_builder.rules.drafts.folder import RulesDraft, RuleSetDraft
    from site_builder.rules.drafts.rounds import RoundDraft
    from site_builder.rules.drafts.statistics import BudgetDraft, ResultDraft, StatisticsDraft, TargetDraft

T = TypeVar("T")


def statistics(rules: RulesDraft) -> Statistics:
    """Return the statistics of `rules`, none where it has none.

    Raises:
        GuidanceErrors: everything that they name and that is not there, and what cannot be.
    """
    draft = rules.statistics
    if draft is None:
        return Statistics((), (), ())
    errors = Gathering()
    for error in _repeated(draft):
        errors.add(error)
    results = [errors.attempt(partial(_result, rules, one)) for one in draft.results]
    targets = [errors.attempt(partial(_target, rules, one)) for one in draft.targets]
    budgets = [errors.attempt(partial(_budget, rules, one)) for one in draft.budgets.values()]
    errors.close()
    return Statistics(
        tuple(one for one in results if one is not None),
        tuple(one for one in targets if one is not None),
        tuple(one for one in budgets if one is not None),
    )


def _repeated(draft: StatisticsDraft) -> Iterator[GuidanceError]:
    seen = set()
    for one in draft.results:
        subject = (
            one.rule_set.value,
            one.round,
            None if one.frame is None else one.frame.value,
            None if one.label is None else one.label.ja.value,
        )
        if subject in seen:
            yield GuidanceError(one.place, "this result stands twice", "keep one of the two", "duplicate-result")
        seen.add(subject)


def _result(rules: RulesDraft, draft: ResultDraft) -> Result:
    _refuse_more(draft, draft.applied, draft.adopted)  # whatever else cannot be told
    rule_set = _rule_set(rules, draft.rule_set)
    round_ = _round(rule_set, draft)
    scope = rule_set_scope(rules, rule_set, round_)
    if draft.frame is not None:
        _named(draft.frame, rule_set.frames, "frame", "frames are files beside rule_set.yaml", "unknown-frame")
    applied, adopted = _count(rule_set, draft.applied), _count(rule_set, draft.adopted)
    _refuse_more(draft, applied, adopted)
    return Result(
        rule_set=rule_set.slug,
        round=draft.round,
        frame=None if draft.frame is None else draft.frame.value,
        label=scope.maybe_text(draft.label),
        applied=applied,
        adopted=adopted,
        remark=scope.maybe_text(draft.remark),
        citation=scope.citation(draft.citation),
    )


def _refuse_more(draft: ResultDraft, applied: int | ScalarNode | None, adopted: int | ScalarNode | None) -> None:
    if isinstance(applied, int) and isinstance(adopted, int) and adopted > applied:
        hint = "are the two swapped?"
        raise GuidanceError(draft.place, f"{adopted:,} of {applied:,} were adopted", hint, "more-adopted")


def _target(rules: RulesDraft, draft: TargetDraft) -> Target:
    rule_set = _rule_set(rules, draft.rule_set)
    every = rule_set.file.head.statements
    found = _named(draft.statement, every, "statement", "it stands under statements: of rule_set.yaml")
    return Target(rule_set.slug, statement(draft.statement.value, found, rule_set_scope(rules, rule_set, None)))


def _budget(rules: RulesDraft, draft: BudgetDraft) -> Budget:
    rule_set = _rule_set(rules, draft.rule_set)
    scope = rule_set_scope(rules, rule_set, None)
    found = _named(draft.figure, rule_set.file.figures, "figure", "it stands under figures: of rule_set.yaml")
    return Budget(scope.text(draft.label), figure(draft.figure.value, found, scope))


def _rule_set(rules: RulesDraft, name: ScalarNode) -> RuleSetDraft:
    every = {one.slug: one for programme in rules.programmes for one in programme.rule_sets}
    return _named(name, every, "rule set", "write programme/budget")


def _round(rule_set: RuleSetDraft, draft: ResultDraft) -> RoundDraft:
    if draft.round in rule_set.rounds:
        return rule_set.rounds[draft.round]
    if None in rule_set.rounds:
        sentence, hint = "this budget has one call without a number", "leave `round` out"
    else:
        known = ", ".join(str(number) for number in sorted(number for number in rule_set.rounds if number is not None))
        sentence, hint = f"there is no round {draft.round}", f"there are {known}"
    raise GuidanceError(draft.place, sentence, hint, "unknown-round")


def _count(rule_set: RuleSetDraft, draft: int | ScalarNode | None) -> int | None:
    if not isinstance(draft, ScalarNode):
        return draft
    found = _named(draft, rule_set.file.figures, "figure", "it stands under figures: of rule_set.yaml")
    constant = found.value.constant
    if constant.kind is Kind.COUNT and isinstance(constant.value, int):
        return constant.value
    raise GuidanceError(draft.place(), f"'{draft.value}' is not a count", "name a figure that counts", "kinds-differ")


def _named(name: ScalarNode, every: Mapping[str, T], what: str, hint: str, code: str = "unknown-name") -> T:
    if name.value in every:
        return every[name.value]
    raise GuidanceError(name.place(), f"no {what} is called '{name.value}'", name_hint(name.value, every, hint), code)
