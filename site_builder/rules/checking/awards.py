"""Awards: rates in order, slices that rise, tiers without gap or overlap, limits that fit."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

from calculator.figures import figure_text
from site_builder.errors import Gathering, GuidanceError
from site_builder.rules.checking.tiers import Fault, first_fault
from site_builder.rules.drafts.awards import AwardDraft, CostTotalDraft, OpenAwardDraft, SlicedRateDraft
from site_builder.rules.drafts.values import ValueDraft
from site_builder.rules.resolution.inheritance import shared_with
from site_builder.rules.resolution.scopes import fixed_value
from site_builder.rules.resolution.tiers import Tier, tiers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculator.expressions import Scalar
    from calculator.rulebook import FactDefinition
    from site_builder.errors import Place
    from site_builder.rules.drafts.awards import (
        BoundDraft,
        RangeDraft,
        RateCaseDraft,
        SliceDraft,
        TierDraft,
        UpperLimitDraft,
    )
    from site_builder.rules.drafts.folder import RuleSetDraft
    from site_builder.rules.drafts.frames import FrameDraft
    from site_builder.rules.scope import Scope
    from site_builder.sources.nodes import ScalarNode


def check_award_parts(rule_set: RuleSetDraft, frame: FrameDraft, errors: Gathering) -> None:
    """Check that the award has what it needs: costs of one applicant, or those of the members of a consortium."""
    award = frame.award
    if frame.consortium is not None:
        for place, what in _of_one_applicant(award):
            sentence = f"a consortium has no {what}: each member is paid by its own cost"
            errors.add(GuidanceError(place, sentence, "take it out, or take `consortium` out", "not-in-a-consortium"))
        if not isinstance(award, AwardDraft):
            hint = "write the award of each member"
            errors.add(GuidanceError(frame.consortium.size.place(), "a consortium needs an award", hint, "missing-key"))
    elif isinstance(award, AwardDraft) and shared_with(frame, rule_set).eligible_costs is None:
        hint = "add `eligible_costs: …` here or in rule_set.yaml"
        errors.add(GuidanceError(award.at, "an award has no 'eligible_costs'", hint, "missing-key"))


def check_award(award: AwardDraft | OpenAwardDraft | None, scope: Scope, errors: Gathering) -> None:
    """Check the tables of an award with the figures of `scope`, whose names and kinds are right."""
    match award:
        case None:
            return
        case OpenAwardDraft(rate=rate, upper_limit=upper_limit):
            _check_range(rate, scope, errors)
            _check_range(upper_limit, scope, errors)
        case AwardDraft():
            _check_rates(award, scope, errors)
            _check_tiers(award.upper_limit, scope, errors)
            _check_limits(award, scope, errors)
        case _:
            assert_never(award)
    for share in _rates_of(award):
        _check_rate(share, scope, errors)


def _of_one_applicant(award: AwardDraft | OpenAwardDraft | None) -> Iterator[tuple[Place, str]]:
    """Yield each part of the award that is for one applicant, with its place."""
    if not isinstance(award, AwardDraft):
        return
    if award.lower_limit is not None:
        yield award.lower_limit.code.place(), "lower_limit"
    costs = award.eligible_costs
    if costs is not None:
        node = costs.total.node if isinstance(costs, CostTotalDraft) else costs.column.rows
        yield node.place(), "eligible_costs"


def _rates_of(award: AwardDraft | OpenAwardDraft) -> Iterator[ValueDraft]:
    if isinstance(award, OpenAwardDraft):
        yield from () if award.rate is None else (award.rate.least, award.rate.most)
        return
    for case in award.rates:
        if isinstance(case.rate, ValueDraft):
            yield case.rate
        elif isinstance(case.rate, SlicedRateDraft):
            yield from (slice_.rate for slice_ in case.rate.slices)


def _check_rate(draft: ValueDraft, scope: Scope, errors: Gathering) -> None:
    value = _value(draft, scope)
    if isinstance(value, Fraction) and not 0 < value <= 1:
        sentence = f"the rate {_shown(draft, scope)} is not above 0 and at most 1"
        errors.add(GuidanceError(draft.node.place(), sentence, "a rate is a share of the cost: 2/3", "bad-rate"))


def _check_rates(award: AwardDraft, scope: Scope, errors: Gathering) -> None:
    for at, case in enumerate(award.rates, 1):
        _check_rate_case(case, errors, is_last=at == len(award.rates))
        if isinstance(case.rate, SlicedRateDraft):
            _check_slices(case.rate, scope, errors)


def _check_rate_case(case: RateCaseDraft, errors: Gathering, *, is_last: bool) -> None:
    place = case.rate.node.place() if isinstance(case.rate, ValueDraft) else case.at
    if is_last and case.when is not None:
        errors.add(
            GuidanceError(
                place,
                "the last rate has a `when`: some applicants have no rate",
                "add a last rate without `when`",
                "last-rate-conditional",
            )
        )
    if not is_last and case.when is None:
        errors.add(
            GuidanceError(
                place,
                "this rate has no `when`, so the rates after it are never reached",
                "add `when: …`, or put it last",
                "rate-without-when",
            )
        )


def _check_slices(draft: SlicedRateDraft, scope: Scope, errors: Gathering) -> None:
    reached = 0
    for slice_ in draft.slices[:-1]:
        if slice_.up_to is None:
            hint = "add `up_to: …`; only the last slice may be without"
            errors.add(GuidanceError(slice_.at, "this slice has no end", hint, "slice-without-end"))
    for slice_ in draft.slices:
        reached = _check_border(slice_, reached, scope, errors)


def _check_border(slice_: SliceDraft, reached: int, scope: Scope, errors: Gathering) -> int:
    """Return the end of `slice_`, which lies above what the slices before it have reached."""
    end = None if slice_.up_to is None else _value(slice_.up_to, scope)
    if slice_.up_to is None or not isinstance(end, int):
        return reached
    if end <= reached:
        before = figure_text(slice_.up_to.kind, reached).ja
        sentence = f"this slice ends at {_shown(slice_.up_to, scope)}, which is not above {before}"
        hint = "list slices from the lowest; each ends above the one before it"
        errors.add(GuidanceError(slice_.up_to.node.place(), sentence, hint, "slice-backwards"))
    return max(end, reached)


def _check_limits(award: AwardDraft, scope: Scope, errors: Gathering) -> None:
    if award.lower_limit is None:
        return
    lowest = _value(award.lower_limit.amount, scope)
    for tier in award.upper_limit.tiers:
        upper = _value(tier.amount, scope)
        if isinstance(upper, int) and isinstance(lowest, int) and upper < lowest:
            sentence = f"the upper limit {_shown(tier.amount, scope)} lies below the lower limit"
            hint = f"the lower limit is {_shown(award.lower_limit.amount, scope)}"
            errors.add(GuidanceError(tier.amount.node.place(), sentence, hint, "limits-crossed"))


def _check_range(draft: RangeDraft | None, scope: Scope, errors: Gathering) -> None:
    if draft is None:
        return
    least, most = _value(draft.least, scope), _value(draft.most, scope)
    if isinstance(least, int | Fraction) and isinstance(most, int | Fraction) and least > most:
        sentence = f"this range ends before it starts: {_shown(draft.least, scope)} to {_shown(draft.most, scope)}"
        errors.add(GuidanceError(draft.least.node.place(), sentence, "swap its ends", "range-backwards"))


def _value(draft: ValueDraft, scope: Scope) -> Scalar:
    """Return the value where it is the same for everybody, else None."""
    constant = fixed_value(draft, scope.figures)
    return None if constant is None else constant.value


def _shown(draft: ValueDraft, scope: Scope) -> str:
    """Return a value as it is written, and the value of a figure behind its name."""
    constant = fixed_value(draft, scope.figures)
    written = draft.node.value
    if constant is None or written not in scope.figures:
        return written
    return f"{written} ({figure_text(constant.kind, constant.value).ja})"


def _check_tiers(limit: UpperLimitDraft, scope: Scope, errors: Gathering) -> None:
    if limit.by is None:
        return
    tiers = tiers_of(limit.tiers, scope.figures)
    backwards = [draft for draft, tier in zip(limit.tiers, tiers, strict=True) if _is_backwards(tier)]
    for tier in backwards:
        sentence = f"this tier ends before it starts: {_written(tier.start)} to {_written(tier.end)}"
        hint = "swap the bounds"
        if tier.start is None:
            sentence = f"this tier ends at {_written(tier.end)}, where another one has ended before"
            hint = "let each tier end later than the one above it"
        errors.add(GuidanceError(_bound_node(tier).place(), sentence, hint, "tier-backwards"))
    by = scope.facts[limit.by.value]
    fault = None if backwards else first_fault(tiers, by.at_least, by.at_most)
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


def _written(bound: BoundDraft | None) -> str:
    return "" if bound is None else bound.node.value


def _is_backwards(tier: Tier) -> bool:
    return tier.start is not None and tier.end is not None and tier.start > tier.end
