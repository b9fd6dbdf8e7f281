"""How much a frame pays: an award and known facts go in, exact whole yen come out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from calculator.evaluation import Facts, evaluate
from calculator.expressions import (
    AllOf,
    AnyOf,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Not,
)
from calculator.kinds import Kind
from calculator.rulebook import Award, LimitTier, RateCase


@dataclass(frozen=True, slots=True)
class Amount:
    """The figures of a subsidy in whole yen; `rate` is the share of the eligible cost that is paid."""

    rate: Fraction
    upper_limit_yen: int
    eligible_cost_yen: int

    @property
    def uncapped_yen(self) -> int:
        """Return rate x eligible cost, fractions of a yen dropped."""
        return self.rate.numerator * self.eligible_cost_yen // self.rate.denominator

    @property
    def subsidy_yen(self) -> int:
        """Return what is paid: the uncapped amount, at most the upper limit."""
        return min(self.uncapped_yen, self.upper_limit_yen)


def eligible_cost(award: Award, facts: Facts) -> int | None:
    """Return the sum of the costs that count in whole yen, or None while a figure of it is missing."""
    total = evaluate(award.eligible_costs.total, facts)
    return total if isinstance(total, int) else None


def reaches_lower_limit(award: Award, rates: tuple[RateCase, ...]) -> Expression:
    """Return the condition that rate x eligible cost is not below the lower limit.

    The upper limits are never below the lower one (checked when rules are compiled), so capping cannot undo it.
    """
    return by_cases(
        tuple((case.when, _cost_at_least(award, case.rate)) for case in rates),
    )


def by_cases(cases: tuple[tuple[Expression | None, Expression], ...]) -> Expression:
    """Return the condition of the first case that holds; a case without `when` always holds."""
    (when, condition), *rest = cases
    if when is None or not rest:
        return condition if when is None else AllOf((when, condition))
    return AnyOf((AllOf((when, condition)), AllOf((Not(when), by_cases(tuple(rest))))))


def tier_condition(by: str, kind: Kind, tier: LimitTier) -> Expression:
    """Return the condition under which `tier` is the upper limit's tier."""
    bounds = ((Comparison.AT_LEAST, tier.start), (Comparison.AT_MOST, tier.end))
    return AllOf(tuple(Compare(sign, Fact(by), Constant(kind, edge)) for sign, edge in bounds if edge is not None))


def _cost_at_least(award: Award, rate: Fraction) -> Expression:
    least = -(-award.lower_limit.amount_yen * rate.denominator // rate.numerator)  # rounded up
    return Compare(Comparison.AT_LEAST, award.eligible_costs.total, Constant(Kind.YEN, least))
