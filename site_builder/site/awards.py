"""How much a frame gives, as a page prints it: limits by tier, rates by case, eligible costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from calculator.figures import figure_text
from calculator.kinds import Kind
from calculator.rulebook import Award, EligibleCosts, FactDefinition, LimitTier, RateCase
from calculator.text import Text
from site_builder.site.wording import CitationView, Wording


@dataclass(frozen=True, slots=True)
class TierView:
    """An upper limit and for whom it holds; `range` is None where there is one for all."""

    range: str | None
    amount: str
    sentence: str


@dataclass(frozen=True, slots=True)
class RateView:
    """A rate and when it holds."""

    rate: str
    sentence: str
    citation: CitationView


@dataclass(frozen=True, slots=True)
class LowerLimitView:
    """The lower limit; `code` is the requirement that a smaller subsidy fails."""

    code: str
    label: str
    amount: str
    sentence: str
    citation: CitationView


@dataclass(frozen=True, slots=True)
class AwardView:
    """How much a frame gives."""

    tier_fact: str | None
    tiers: tuple[TierView, ...]
    upper_limit_citation: CitationView
    rates: tuple[RateView, ...]
    lower_limit: LowerLimitView
    eligible_costs: tuple[str, ...]
    eligible_costs_citation: CitationView
    rounding: CitationView
    amount_range: str
    rate_range: str


def award_view(award: Award, facts: Mapping[str, FactDefinition], wording: Wording) -> AwardView:
    """Word how much a frame gives."""
    by = None if award.upper_limit.by is None else facts[award.upper_limit.by]
    return AwardView(
        tier_fact=None if by is None else wording.say(by.label),
        tiers=tuple(_tier_view(tier, by, wording) for tier in award.upper_limit.tiers),
        upper_limit_citation=wording.cite(award.upper_limit.citation),
        rates=tuple(_rate_view(rate, wording) for rate in award.rates),
        lower_limit=_lower_limit_view(award, wording),
        eligible_costs=_cost_categories(award.eligible_costs, facts, wording),
        eligible_costs_citation=wording.cite(award.eligible_costs.citation),
        rounding=wording.cite(award.rounding),
        amount_range=amount_range([award], wording),
        rate_range=rate_range([award], wording),
    )


def amount_range(awards: Iterable[Award], wording: Wording) -> str:
    """Say from which amount to which a subsidy can be, over all of `awards`."""
    awards = tuple(awards)
    least = min(award.lower_limit.amount_yen for award in awards)
    most = max(tier.amount_yen for award in awards for tier in award.upper_limit.tiers)
    return wording.fill("range_from_to", least=_yen(least), most=_yen(most))


def rate_range(awards: Iterable[Award], wording: Wording) -> str:
    """List the rates that occur in `awards`, the smallest first."""
    rates = sorted({case.rate for award in awards for case in award.rates})
    return reduce(
        lambda one, other: wording.fill("either_or", one=one, other=other),
        (wording.say(_rate(rate)) for rate in rates),
    )


def _tier_view(tier: LimitTier, by: FactDefinition | None, wording: Wording) -> TierView:
    words = None if by is None else _range(tier, by, wording)
    return TierView(words, wording.say(_yen(tier.amount_yen)), wording.say(tier.sentence))


def _range(tier: LimitTier, by: FactDefinition, wording: Wording) -> str:
    """Say from where to where a tier goes; the unit is said once."""
    match tier.start, tier.end:
        case None, None:
            return wording.words["range_any"]
        case None, int() as end:
            return wording.fill("range_to", most=figure_text(by.kind, end, by.unit))
        case int() as start, None:
            return wording.fill("range_from", least=figure_text(by.kind, start, by.unit))
        case start, end:
            return wording.fill(
                "range_from_to", least=figure_text(by.kind, start), most=figure_text(by.kind, end, by.unit)
            )


def _rate_view(case: RateCase, wording: Wording) -> RateView:
    return RateView(wording.say(_rate(case.rate)), wording.say_sentence(case.sentence), wording.cite(case.citation))


def _lower_limit_view(award: Award, wording: Wording) -> LowerLimitView:
    limit = award.lower_limit
    return LowerLimitView(
        limit.code,
        wording.say(limit.label),
        wording.say(_yen(limit.amount_yen)),
        wording.say_sentence(limit.sentence),
        wording.cite(limit.citation),
    )


def _cost_categories(costs: EligibleCosts, facts: Mapping[str, FactDefinition], wording: Wording) -> tuple[str, ...]:
    labels = {choice.name: choice.label for field in facts[costs.rows].fields for choice in field.choices}
    return tuple(wording.say(labels[category]) for category in costs.categories)


def _yen(amount: int) -> Text:
    return figure_text(Kind.YEN, amount)


def _rate(rate: Fraction) -> Text:
    return figure_text(Kind.RATE, rate)
