"""How much a frame pays: an award and known facts go in, exact whole yen come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from calculator.evaluation import Facts, Unknown, evaluate
from calculator.expressions import (
    AllOf,
    AnyOf,
    Calculate,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Not,
    Operation,
)
from calculator.kinds import Kind
from calculator.rulebook import Award, LimitTier, Rate, RateCase, SliceBasis, UpperLimit, constant_yen


@dataclass(frozen=True, slots=True)
class Amount:
    """The figures of a subsidy in whole yen; `rate` is the share of the eligible cost that is paid."""

    rate: Rate
    upper_limit_yen: int
    eligible_cost_yen: int

    @property
    def uncapped_yen(self) -> int:
        """Return rate x eligible cost, fractions of a yen dropped."""
        return pays(self.rate, self.eligible_cost_yen)

    @property
    def subsidy_yen(self) -> int:
        """Return what is paid: the uncapped amount, at most the upper limit."""
        return min(self.uncapped_yen, self.upper_limit_yen)


def pays(rate: Rate, cost_yen: int) -> int:
    """Return what `rate` pays of a cost in whole yen: each slice at its own rate, fractions dropped once at the end."""
    paid, left = Fraction(0), Fraction(cost_yen)
    for share, room in _rooms(rate):
        used = left if room is None else min(left, room)
        paid, left = paid + used * share, left - used
    return floor(paid)


def least_cost(rate: Rate, subsidy_yen: int) -> int | None:
    """Return the lowest cost in whole yen of which `rate` pays `subsidy_yen` or more, or None where none does."""
    cost, wanted = Fraction(0), Fraction(subsidy_yen)
    for share, room in _rooms(rate):
        used = wanted / share if room is None else min(wanted / share, room)
        cost, wanted = cost + used, wanted - used * share
    return None if wanted else ceil(cost)


def rate_text(rate: Rate) -> str:
    """Return how answers write a rate: `2/3`, `fixed`, or the rates of its slices in order, `3/4, 2/3`."""
    return "fixed" if rate.is_fixed else ", ".join(str(one.rate) for one in rate.slices)


def lower_rate(one: Rate, other: Rate) -> Rate:
    """Return the rate that pays less: by their slices, from the first."""
    return min(one, other, key=lambda rate: tuple((part.rate, part.up_to_yen or 0) for part in rate.slices))


def eligible_cost(award: Award, facts: Facts) -> int | None:
    """Return the sum of the costs that count in whole yen, or None while a figure of it is missing."""
    return None if award.eligible_costs is None else whole_yen(award.eligible_costs.total, facts)


def whole_yen(amount: Expression, facts: Facts) -> int | None:
    """Return an amount in whole yen, fractions dropped; None while it is open, or where there is none."""
    value = evaluate(amount, facts)
    return floor(value) if isinstance(value, int | Fraction) else None


def what_settles(amount: Expression, facts: Facts) -> frozenset[str]:
    """Return the facts that are missing to work out `amount`."""
    value = evaluate(amount, facts)
    return value.causes if isinstance(value, Unknown) else frozenset()


def added(one: Expression, other: Expression) -> Expression:
    """Return the sum of two amounts, worked out where both are written out."""
    first, second = constant_yen(one), constant_yen(other)
    if first is not None and second is not None:
        return Constant(Kind.YEN, first + second)
    return Calculate(Operation.ADD, one, other)


def reaches_lower_limit(award: Award, rates: tuple[RateCase, ...]) -> Expression:
    """Return the condition that rate x eligible cost is not below the lower limit; without one it always holds."""
    return by_cases(tuple((case.when, _cost_at_least(award, case.rate)) for case in rates))


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


def limits_that_vary(limit: UpperLimit) -> tuple[Expression, ...]:
    """Return every upper limit, uplifts included, that has to be worked out from facts."""
    sums: list[Expression] = [tier.amount for tier in limit.tiers]
    for uplift in limit.uplifts:
        sums += [added(amount, uplift.amount) for amount in sums]
    return tuple(dict.fromkeys(amount for amount in sums if constant_yen(amount) is None))


def at_least(amount: Expression, least_yen: int) -> Expression:
    """Return the condition that `amount` is `least_yen` or more."""
    return Compare(Comparison.AT_LEAST, amount, Constant(Kind.YEN, least_yen))


def _cost_at_least(award: Award, rate: Rate) -> Expression:
    if award.lower_limit is None or award.eligible_costs is None:
        return Constant(Kind.YES_NO, value=True)
    least = least_cost(rate, award.lower_limit.amount_yen)
    if least is None:
        return Constant(Kind.YES_NO, value=False)
    return at_least(award.eligible_costs.total, least)


def _rooms(rate: Rate) -> Iterator[tuple[Fraction, Fraction | None]]:
    """Yield each slice's rate and how much cost fits into it; None is any."""
    start = 0
    for one in rate.slices:
        if one.up_to_yen is None:
            yield one.rate, None
            return
        width = Fraction(one.up_to_yen - start)
        yield one.rate, width / one.rate if rate.of is SliceBasis.SUBSIDY else width
        start = one.up_to_yen


def causes_in_order(causes: Iterable[str], order: Iterable[str]) -> tuple[str, ...]:
    """Return `causes` in the order in which facts are defined; others last."""
    places = {name: place for place, name in enumerate(order)}
    return tuple(sorted(set(causes), key=lambda name: (places.get(name, len(places)), name)))
