"""The award of a frame in one round."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from calculator.expressions import Aggregate, Aggregation, Field, OneOf
from calculator.figures import figure_text
from calculator.kinds import Kind
from calculator.rulebook import Award, EligibleCosts, LimitTier, LowerLimit, RateCase, UpperLimit
from site_builder.rules.compilation import compile_condition
from site_builder.rules.resolution.scopes import yen
from site_builder.rules.wording import Wording, class_label, lower_limit_sentence, rate_sentence, tier_sentence

if TYPE_CHECKING:
    from calculator.rulebook import FactDefinition
    from site_builder.rules.drafts import (
        AwardDraft,
        CitationDraft,
        EligibleCostsDraft,
        LowerLimitDraft,
        RateCaseDraft,
        TierDraft,
        UpperLimitDraft,
    )
    from site_builder.rules.literals import LiteralDraft
    from site_builder.rules.scope import Scope


def award(draft: AwardDraft, costs: EligibleCostsDraft, rounding: CitationDraft, scope: Scope) -> Award:
    """Return the award, whose eligible costs are the frame's or the rule set's."""
    return Award(
        rates=tuple(_rate_case(case, scope, is_only=len(draft.rates) == 1) for case in draft.rates),
        upper_limit=_upper_limit(draft.upper_limit, scope),
        lower_limit=_lower_limit(draft.lower_limit, scope),
        eligible_costs=_eligible_costs(costs, scope),
        rounding=scope.citation(rounding),
    )


def _rate_case(draft: RateCaseDraft, scope: Scope, *, is_only: bool) -> RateCase:
    rate = draft.rate.constant.value
    assert isinstance(rate, Fraction)  # noqa: S101 - it was read as a rate
    words = figure_text(Kind.RATE, rate)
    citation = scope.citation(draft.citation)
    if draft.when is None:
        return RateCase(None, rate, rate_sentence(words, None, is_only=is_only), citation)
    condition = compile_condition(draft.when, scope)
    sentence = rate_sentence(words, class_label(condition, Wording(scope)), is_only=is_only)
    return RateCase(condition.expression, rate, sentence, citation)


def _upper_limit(draft: UpperLimitDraft, scope: Scope) -> UpperLimit:
    by = None if draft.by is None else scope.facts[draft.by.value]
    tiers = tuple(_tier(tier, by) for tier in draft.tiers)
    return UpperLimit(None if by is None else by.name, tiers, scope.citation(draft.citation))


def _tier(draft: TierDraft, by: FactDefinition | None) -> LimitTier:
    amount = yen(draft.amount.constant)
    bare = LimitTier(_bound(draft.start), _bound(draft.end), amount, figure_text(Kind.YEN, amount))
    return LimitTier(bare.start, bare.end, amount, tier_sentence(bare, by))


def _bound(draft: LiteralDraft | None) -> int | None:
    if draft is None:
        return None
    assert isinstance(draft.constant.value, int)  # noqa: S101 - checked against the tier fact's kind
    return draft.constant.value


def _lower_limit(draft: LowerLimitDraft, scope: Scope) -> LowerLimit:
    amount = yen(draft.amount.constant)
    return LowerLimit(
        amount_yen=amount,
        code=draft.code.value,
        label=scope.text(draft.label),
        sentence=lower_limit_sentence(amount),
        citation=scope.citation(draft.citation),
    )


def _eligible_costs(draft: EligibleCostsDraft, scope: Scope) -> EligibleCosts:
    categories = tuple(category.value for category in draft.categories)
    where = OneOf(Field(draft.category.value), categories)
    total = Aggregate(Aggregation.SUM, draft.rows.value, draft.amount.value, where)
    return EligibleCosts(draft.rows.value, categories, total, scope.citation(draft.citation))
