"""Proof that two rules give everybody the same answer: their conditions are one diagram over the same cells."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import floor, lcm
from typing import TypeAlias

from calculator.award import pays, rate_text, slice_borders, tier_condition
from calculator.drawing import Drawing
from calculator.expressions import Expression, with_fact
from calculator.rulebook import (
    Award,
    Clawback,
    ClawbackCase,
    FactDefinition,
    FrameRules,
    Rate,
    RateChange,
    ScheduledMoment,
)
from calculator.schedule import CLOSES, OPENS
from site_builder.examining.essence import essence_of
from site_builder.examining.repayments import repay_alike

#: From so many periods on a stretch of costs is not looked at cost by cost.
_LONG = 10

Cases: TypeAlias = Sequence[tuple[Expression | None, Hashable]]
"""The first case that holds gives the outcome; the last always holds."""


def tell_the_same(one: FrameRules, other: FrameRules, facts: Mapping[str, FactDefinition]) -> bool:
    """Say whether it is proved that nobody who answers everything gets another answer under `other` than under `one`.

    Every diagram is drawn over the cells of both, so that equal functions are the same node. Where the two differ in
    more than conditions, nothing is proved. Of repayment, which is not decided in one diagram, it is proved of whoever
    leaves something open, too.
    """
    if essence_of(_bare(one, facts)) != essence_of(_bare(other, facts)):
        return False
    if not _repay_alike(one.clawback, other.clawback, facts):
        return False
    one, other = (replace(rules, clawback=None) for rules in (one, other))
    functions, others = dict(functions_of(one, facts)), dict(functions_of(_paying_alike(other, one), facts))
    if list(functions) != list(others):
        return False
    cases = [case for some in (functions, others) for function in some.values() for case in function]
    drawing = Drawing.over([when for when, _ in cases if when is not None], facts)
    return all(drawing.first_of(function) == drawing.first_of(others[name]) for name, function in functions.items())


def _repay_alike(one: Clawback | None, other: Clawback | None, facts: Mapping[str, FactDefinition]) -> bool:
    if one is None or other is None:
        return one is other
    return repay_alike(one, other, facts)


def functions_of(rules: FrameRules, facts: Mapping[str, FactDefinition]) -> Iterator[tuple[str, Cases]]:
    """Yield everything of `rules` that conditions decide, by name, as cases: requirements, rates, limits, repayment."""
    of_joint = () if rules.joint is None else rules.joint.requirements
    for sort in ((*rules.requirements, *of_joint), rules.bonuses, rules.deductions):
        for one in sort:
            yield one.code, ((one.condition, True), (None, False))
    yield "class", (*((one.condition, one.name) for one in rules.classes), (None, None))
    if rules.award is not None:
        yield from _of_award(rules.award, rules.rate_change, facts)
    if rules.clawback is not None:
        yield "whole", _repayment(rules.clawback.whole)
        for part in rules.clawback.parts:
            yield f"part {part.name}", _repayment(part.cases)


def _of_award(
    award: Award, change: RateChange | None, facts: Mapping[str, FactDefinition]
) -> Iterator[tuple[str, Cases]]:
    rates = [(case.when, case.rate) for case in award.rates]
    yield "rate", rates
    if change is not None:
        later = [None if when is None else with_fact(when, change.fact, change.by) for when, _ in rates]
        yield "later rate", [(when, rate) for when, (_, rate) in zip(later, rates, strict=True)]
    limit = award.upper_limit
    if limit.by is None:
        yield "limit", ((None, limit.tiers[0].amount),)
    else:
        *below, last = limit.tiers
        kind = facts[limit.by].kind
        yield "limit", (*((tier_condition(limit.by, kind, one), one.amount) for one in below), (None, last.amount))
    for at, uplift in enumerate(limit.uplifts, 1):
        yield f"uplift {at}", ((uplift.when, uplift.amount), (None, None))


def _repayment(cases: Sequence[ClawbackCase]) -> Cases:
    found = [(one.when, (one.reason, one.amount, one.counts_only_if_stated)) for one in cases]
    return found if found and found[-1][0] is None else (*found, (None, None))


def _paying_alike(rules: FrameRules, like: FrameRules) -> FrameRules:
    """Return `rules` with the rates of `like` in place of those that pay the same of every cost in whole yen."""
    if rules.award is None or like.award is None:
        return rules
    known = [case.rate for case in like.award.rates]
    cases = tuple(
        replace(case, rate=next((one for one in known if pay_the_same(one, case.rate)), case.rate))
        for case in rules.award.rates
    )
    return replace(rules, award=replace(rules.award, rates=cases))


def pay_the_same(one: Rate, other: Rate) -> bool:
    """Say whether it is proved that two rates pay the same of every cost in whole yen, and are told alike.

    From one border to the next both rise steadily. Where they rise alike, their fractions of a yen come back after as
    many yen of cost as their shares have parts, so that it is enough to look at so many; else at every cost.
    """
    if rate_text(one) != rate_text(other):
        return False
    ends = [floor(cost) for rate in (one, other) for cost in slice_borders(rate)]
    borders = sorted({0, *ends, *(cost + 1 for cost in ends)})
    period = lcm(*(part.rate.denominator for rate in (one, other) for part in rate.slices))
    return all(
        _pay_the_same_between(one, other, range(start, end + 1), period)
        for start, end in pairwise([*borders, borders[-1] + _LONG * period])
    )


def _pay_the_same_between(one: Rate, other: Rate, costs: range, period: int) -> bool:
    if len(costs) >= _LONG * period:
        rises = {pays(rate, costs[period]) - pays(rate, costs[0]) for rate in (one, other)}
        if len(rises) > 1:
            return False
        costs = costs[: period + 1]
    return all(pays(one, cost) == pays(other, cost) for cost in costs)


def _bare(rules: FrameRules, facts: Mapping[str, FactDefinition]) -> FrameRules:
    """Return `rules` without what `functions_of` tells, and without what no answer rests on."""
    award, joint = rules.award, rules.joint
    return replace(
        rules,
        schedule=_answered_moments(rules, facts),
        scheduled_days=(),
        later_steps=(),
        requirements=(),
        bonuses=(),
        deductions=(),
        classes=(),
        award=None
        if award is None
        else replace(award, rates=(), upper_limit=replace(award.upper_limit, tiers=(), uplifts=())),
        joint=None if joint is None else replace(joint, requirements=()),
        clawback=None,
    )


def _answered_moments(rules: FrameRules, facts: Mapping[str, FactDefinition]) -> tuple[ScheduledMoment, ...]:
    """Return the moments on which answers rest: where a deadline is printed, no moment but these is asked about."""
    if rules.moment(CLOSES) is None:
        return rules.schedule
    names = {OPENS, CLOSES, *(fact.given_by_round for fact in facts.values())}
    return tuple(moment for moment in rules.schedule if moment.name in names)
