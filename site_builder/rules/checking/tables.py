"""Tiers without gap or overlap, rates in order, limits and schedules that fit, codes that stand once."""

from __future__ import annotations

from datetime import date, datetime, time
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from calculator.figures import figure_text
from site_builder.errors import Gathering, GuidanceError
from site_builder.rules.checking.tiers import Fault, Tier, first_fault
from site_builder.rules.literals import JAPAN
from site_builder.rules.resolution.scopes import yen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from calculator.rulebook import FactDefinition
    from site_builder.rules.drafts import (
        AwardDraft,
        FrameDraft,
        RateCaseDraft,
        RulesDraft,
        RuleSetDraft,
        TierDraft,
        UpperLimitDraft,
        WhenMomentDraft,
    )
    from site_builder.rules.literals import LiteralDraft
    from site_builder.sources.nodes import ScalarNode


def check_tables(rules: RulesDraft) -> None:
    """Check every table of every rule set.

    Raises:
        GuidanceErrors: everything that is wrong in them.
    """
    errors = Gathering()
    for programme in rules.programmes:
        for rule_set in programme.rule_sets:
            _check_rule_set(rules, rule_set, errors)
    errors.close()


def _check_rule_set(rules: RulesDraft, rule_set: RuleSetDraft, errors: Gathering) -> None:
    for round_ in rule_set.rounds.values():
        _check_order(round_.schedule, errors)
        _check_order(round_.reported, errors)
    for frame in rule_set.frames.values():
        _check_codes(rule_set, frame, errors)
        _check_award(frame.award, rules.facts.facts, errors)


def _check_order(schedule: Mapping[str, WhenMomentDraft | None], errors: Gathering) -> None:
    """Check that no moment lies before the one that goes before it; a day without an hour lies in its whole day."""
    dated = [(name, moment) for name, moment in schedule.items() if moment is not None]
    for (first, earlier), (second, later) in pairwise(dated):
        if _end(later) < _start(earlier):
            sentence = f"{second} ({later.node.value}) lies before {first} ({earlier.node.value})"
            errors.add(GuidanceError(later.node.place(), sentence, "look up both dates", "schedule-order"))


def _start(moment: WhenMomentDraft) -> datetime:
    return _instant(moment, time.min)


def _end(moment: WhenMomentDraft) -> datetime:
    return _instant(moment, time.max)


def _instant(moment: WhenMomentDraft, hour: time) -> datetime:
    if moment.at is not None:
        return moment.at
    assert isinstance(moment.on, date)  # noqa: S101 - a moment has a time or a day
    return datetime.combine(moment.on, hour, JAPAN)


def _check_codes(rule_set: RuleSetDraft, frame: FrameDraft, errors: Gathering) -> None:
    shared = rule_set.file.shared
    requirements = [requirement.code for requirement in (*shared.requirements, *frame.requirements)]
    _check_once([*requirements, frame.award.lower_limit.code], errors)
    _check_once([bonus.code for bonus in (*shared.selection.bonuses, *frame.selection.bonuses)], errors)
    _check_once([deduction.code for deduction in (*shared.selection.deductions, *frame.selection.deductions)], errors)


def _check_once(codes: Iterable[ScalarNode], errors: Gathering) -> None:
    places: dict[str, ScalarNode] = {}
    for code in codes:
        first = places.setdefault(code.value, code)
        if first is not code:
            place = first.place()
            hint = f"it stands at {place.path}:{place.line} already; give each its own"
            errors.add(GuidanceError(code.place(), f"the code '{code.value}' stands twice", hint, "duplicate-code"))


def _check_award(award: AwardDraft, facts: Mapping[str, FactDefinition], errors: Gathering) -> None:
    _check_rates(award, errors)
    _check_tiers(award.upper_limit, facts, errors)
    lowest = yen(award.lower_limit.amount.constant)
    for tier in award.upper_limit.tiers:
        if yen(tier.amount.constant) < lowest:
            sentence = f"the upper limit {tier.amount.node.value} lies below the lower limit"
            hint = f"the lower limit is {award.lower_limit.amount.node.value}"
            errors.add(GuidanceError(tier.amount.node.place(), sentence, hint, "limits-crossed"))


def _check_rates(award: AwardDraft, errors: Gathering) -> None:
    for at, case in enumerate(award.rates, 1):
        _check_rate(case, errors, is_last=at == len(award.rates))


def _check_rate(case: RateCaseDraft, errors: Gathering, *, is_last: bool) -> None:
    node, value = case.rate.node, case.rate.constant.value
    assert isinstance(value, Fraction)  # noqa: S101 - it was read as a rate
    if not 0 < value <= 1:
        errors.add(
            GuidanceError(
                node.place(),
                f"the rate {node.value} is not above 0 and at most 1",
                "a rate is a share of the cost: 2/3",
                "bad-rate",
            )
        )
    if is_last and case.when is not None:
        errors.add(
            GuidanceError(
                node.place(),
                "the last rate has a `when`: some applicants have no rate",
                "add a last rate without `when`",
                "last-rate-conditional",
            )
        )
    if not is_last and case.when is None:
        errors.add(
            GuidanceError(
                node.place(),
                "this rate has no `when`, so the rates after it are never reached",
                "add `when: …`, or put it last",
                "rate-without-when",
            )
        )


def _check_tiers(limit: UpperLimitDraft, facts: Mapping[str, FactDefinition], errors: Gathering) -> None:
    if limit.by is None:
        return
    backwards = [tier for tier in limit.tiers if _is_backwards(_bounds(tier))]
    for tier in backwards:
        sentence = f"this tier ends before it starts: {_written(tier.start)} to {_written(tier.end)}"
        errors.add(GuidanceError(_bound_node(tier).place(), sentence, "swap the bounds", "tier-backwards"))
    by = facts[limit.by.value]
    fault = None if backwards else first_fault([_bounds(tier) for tier in limit.tiers], by.at_least, by.at_most)
    if fault is not None:
        errors.add(_tier_error(fault, _bound_node(limit.tiers[fault.at]), by))


def _tier_error(fault: Fault, node: ScalarNode, by: FactDefinition) -> GuidanceError:
    value = figure_text(by.kind, fault.value, by.unit).ja
    if fault.is_gap:
        sentence = f"the tiers leave a gap: {value} is in no tier"
        return GuidanceError(node.place(), sentence, "let each tier begin where the one before it ends", "tier-gap")
    sentence = f"the tiers overlap: {value} is in two tiers"
    hint = "let each tier begin after the end of the one before it"
    return GuidanceError(node.place(), sentence, hint, "tier-overlap")


def _bound_node(tier: TierDraft) -> ScalarNode:
    bound = tier.end if tier.start is None else tier.start
    return tier.amount.node if bound is None else bound.node


def _written(bound: LiteralDraft | None) -> str:
    return "" if bound is None else bound.node.value


def _is_backwards(tier: Tier) -> bool:
    return tier.start is not None and tier.end is not None and tier.start > tier.end


def _bounds(tier: TierDraft) -> Tier:
    bounds = [None if bound is None else bound.constant.value for bound in (tier.start, tier.end)]
    start, end = (bound if isinstance(bound, int) else None for bound in bounds)
    return Tier(start, end)
