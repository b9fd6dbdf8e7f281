"""The award of a frame in one round."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

from calculator.expressions import Aggregate, Aggregation, Constant, Field, OneOf
from calculator.figures import figure_text
from calculator.rulebook import (
    Award,
    EligibleCosts,
    LimitRange,
    LimitTier,
    LowerLimit,
    OpenAward,
    Rate,
    RateCase,
    RateRange,
    Slice,
    Uplift,
    UpperLimit,
)
from calculator.text import Text
from site_builder.rules.award_wording import (
    class_label,
    lower_limit_sentence,
    range_sentence,
    rate_sentence,
    tier_sentence,
    uplift_sentence,
)
from site_builder.rules.compilation import compile_condition, compile_value
from site_builder.rules.drafts.awards import CostRowsDraft, FixedRateDraft, SlicedRateDraft
from site_builder.rules.drafts.values import ValueDraft
from site_builder.rules.resolution.scopes import yen
from site_builder.rules.resolution.tiers import Tier, tiers_of
from site_builder.rules.wording import Wording

if TYPE_CHECKING:
    from calculator.rulebook import FactDefinition
    from site_builder.rules.alike import Alike
    from site_builder.rules.drafts.awards import (
        AwardDraft,
        EligibleCostsDraft,
        LowerLimitDraft,
        OpenAwardDraft,
        RangeDraft,
        RateCaseDraft,
        SliceDraft,
        TierDraft,
        UpliftDraft,
        UpperLimitDraft,
    )
    from site_builder.rules.drafts.rule_sets import SharedDraft
    from site_builder.rules.scope import Scope


def award(draft: AwardDraft, shared: SharedDraft, scope: Scope, alike: Alike) -> Award:
    """Return the award; `shared` has the eligible costs, whether they are the frame's or the rule set's."""
    costs = shared.eligible_costs
    return Award(
        rates=tuple(alike.made(_rate_case, case, scope, len(draft.rates) == 1) for case in draft.rates),
        upper_limit=alike.made(_upper_limit, draft.upper_limit, scope),
        lower_limit=None if draft.lower_limit is None else alike.made(_lower_limit, draft.lower_limit, scope),
        eligible_costs=None if costs is None else alike.made(_eligible_costs, costs, scope),
        rounding=scope.citation(shared.rounding),
    )


def open_award(draft: OpenAwardDraft, scope: Scope) -> OpenAward:
    """Return what is known of an award that the documents leave open."""
    return OpenAward(
        point=draft.point.value,
        rate=None if draft.rate is None else _rate_range(draft.rate, scope),
        upper_limit=None if draft.upper_limit is None else _limit_range(draft.upper_limit, scope),
    )


def rate_of(draft: RateCaseDraft, scope: Scope) -> Rate:
    """Return the rate of a case, whoever it is for."""
    match draft.rate:
        case FixedRateDraft():
            return Rate((Slice(Fraction(1)),), is_fixed=True)
        case SlicedRateDraft(slices, of):
            return Rate(tuple(_slice(slice_, scope) for slice_ in slices), of)
        case ValueDraft():
            return Rate((Slice(_share(draft.rate, scope)),))
        case _:
            assert_never(draft.rate)


def fixed_yen(draft: ValueDraft, scope: Scope) -> int:
    """Return the yen of an amount that is the same for everybody."""
    return yen(_constant(draft, scope))


def _rate_case(draft: RateCaseDraft, scope: Scope, is_only: bool) -> RateCase:
    rate, citation = rate_of(draft, scope), scope.citation(draft.citation)
    if draft.when is None:
        return RateCase(None, rate, rate_sentence(rate, None, is_only=is_only), citation)
    condition = compile_condition(draft.when, scope)
    sentence = rate_sentence(rate, class_label(condition, Wording(scope)), is_only=is_only)
    return RateCase(condition.expression, rate, sentence, citation)


def _slice(draft: SliceDraft, scope: Scope) -> Slice:
    return Slice(_share(draft.rate, scope), None if draft.up_to is None else fixed_yen(draft.up_to, scope))


def _share(draft: ValueDraft, scope: Scope) -> Fraction:
    share = _constant(draft, scope).value
    assert isinstance(share, Fraction)  # noqa: S101 - what the kind means
    return share


def _constant(draft: ValueDraft, scope: Scope) -> Constant:
    constant = compile_value(draft, scope)
    assert isinstance(constant, Constant)  # noqa: S101 - it was read as one that does not vary
    return constant


def _upper_limit(draft: UpperLimitDraft, scope: Scope) -> UpperLimit:
    by = None if draft.by is None else scope.facts[draft.by.value]
    return UpperLimit(
        by=None if by is None else by.name,
        tiers=tuple(
            _tier(tier, draft_of_tier, by, scope)
            for tier, draft_of_tier in zip(tiers_of(draft.tiers, scope.figures), draft.tiers, strict=True)
        ),
        citation=scope.citation(draft.citation),
        uplifts=tuple(_uplift(uplift, scope) for uplift in draft.uplifts),
    )


def _tier(tier: Tier, draft: TierDraft, by: FactDefinition | None, scope: Scope) -> LimitTier:
    bare = LimitTier(tier.start, tier.end, compile_value(draft.amount, scope), Text("", ""))
    return replace(bare, sentence=tier_sentence(bare, by, Wording(scope)))


def _uplift(draft: UpliftDraft, scope: Scope) -> Uplift:
    condition, amount, wording = (
        compile_condition(draft.when, scope),
        compile_value(draft.amount, scope),
        Wording(scope),
    )
    sentence = uplift_sentence(class_label(condition, wording), wording.term(amount))
    return Uplift(condition.expression, amount, sentence, scope.citation(draft.citation))


def _lower_limit(draft: LowerLimitDraft, scope: Scope) -> LowerLimit:
    amount = fixed_yen(draft.amount, scope)
    return LowerLimit(
        amount_yen=amount,
        code=draft.code.value,
        label=scope.text(draft.label),
        sentence=lower_limit_sentence(amount),
        citation=scope.citation(draft.citation),
    )


def _eligible_costs(draft: EligibleCostsDraft, scope: Scope) -> EligibleCosts:
    if not isinstance(draft, CostRowsDraft):
        total = compile_value(draft.total, scope)
        return EligibleCosts(None, (), total, Wording(scope).term(total), scope.citation(draft.citation))
    categories = tuple(category.value for category in draft.categories)
    where = OneOf(Field(draft.category.value), categories)
    rows, column = draft.column.rows.value, draft.column.amount.value
    added = Aggregate(Aggregation.SUM, rows, column, where)
    return EligibleCosts(rows, categories, added, Wording(scope).term(added), scope.citation(draft.citation))


def _rate_range(draft: RangeDraft, scope: Scope) -> RateRange:
    least, most = _share(draft.least, scope), _share(draft.most, scope)
    return RateRange(least, most, _range_sentence(draft, scope), scope.citation(draft.citation))


def _limit_range(draft: RangeDraft, scope: Scope) -> LimitRange:
    least, most = fixed_yen(draft.least, scope), fixed_yen(draft.most, scope)
    return LimitRange(least, most, _range_sentence(draft, scope), scope.citation(draft.citation))


def _range_sentence(draft: RangeDraft, scope: Scope) -> Text:
    ends = [_constant(end, scope) for end in (draft.least, draft.most)]
    least, most = (figure_text(end.kind, end.value) for end in ends)
    return range_sentence(least, most)
