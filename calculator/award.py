"""How much a frame pays: an award and known facts go in, exact whole yen come out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import ceil, floor
from typing import NamedTuple, TypeAlias

from calculator.evaluation import Facts, Unknown, meaning_of
from calculator.expressions import (
    AllOf,
    AnyOf,
    Calculate,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Named,
    Not,
    Operation,
)
from calculator.kinds import Kind
from calculator.reach import reach_of
from calculator.rulebook import Award, LimitTier, Rate, RateCase, SliceBasis, UpperLimit, constant_yen

Rates: TypeAlias = tuple[Rate, ...]
"""One rate, or several of which the one that pays the least of the cost holds."""


_NOTHING: frozenset[str] = frozenset()


class Amount(NamedTuple):
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
    first = rate.slices[0]
    if first.up_to_yen is None:
        return cost_yen * first.rate.numerator // first.rate.denominator
    return floor(_paid(rate, Fraction(cost_yen)))


def _paid(rate: Rate, cost: Fraction) -> Fraction:
    paid, left = Fraction(0), cost
    for share, room in _rooms(rate):
        used = left if room is None else min(left, room)
        paid, left = paid + used * share, left - used
    return paid


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


def lower_of_rates(one: Rates, other: Rates) -> Rates:
    """Return the rates of which the lowest is paid; one that never pays less than another is left out."""
    rates = tuple(dict.fromkeys((*one, *other)))
    return tuple(
        rate
        for place, rate in enumerate(rates)
        if not any(_never_pays_more(better, rate) for better in rates[:place])
        and not any(
            _never_pays_more(better, rate) and not _never_pays_more(rate, better) for better in rates[place + 1 :]
        )
    )


def rate_at(rates: Rates, cost_yen: int | None) -> Rate | None:
    """Return the rate of `rates` that pays the least of a cost, or None while the cost is open and decides it."""
    if len(rates) == 1:
        return rates[0]
    return None if cost_yen is None else min(rates, key=lambda rate: pays(rate, cost_yen))


def _never_pays_more(one: Rate, other: Rate) -> bool:
    """Say whether `one` pays at most what `other` pays, whatever the cost: at every border, and beyond the last."""
    borders = sorted({Fraction(0), *slice_borders(one), *slice_borders(other)})
    last, beyond = borders[-1], borders[-1] + 1
    rise, other_rise = (_paid(rate, beyond) - _paid(rate, last) for rate in (one, other))
    return rise <= other_rise and all(_paid(one, cost) <= _paid(other, cost) for cost in borders)


def slice_borders(rate: Rate) -> list[Fraction]:
    """Return the costs at which the slices of `rate` end."""
    return list(accumulate(room for _, room in _rooms(rate) if room is not None))


class Worth(NamedTuple):
    """What an amount comes to in whole `yen`, fractions dropped, and the facts that are `missing` to work it out.

    `yen` is None while it is open, or where there is none. No fact is missing of a part that comes to the same whatever
    it is: the lower of 5 and something that is 10 or more is 5, for example.
    """

    yen: int | None
    missing: frozenset[str] = frozenset()


WorthOf: TypeAlias = Callable[[Facts], Worth]


def worth_of(amount: Expression) -> WorthOf:
    """Return what finds the worth of an amount."""
    value_of, reach = meaning_of(amount), reach_of(amount, {})

    def worth(facts: Facts) -> Worth:
        value = value_of(facts, None)
        if not isinstance(value, Unknown):
            return Worth(floor(value) if isinstance(value, int | Fraction) else None)
        least, most = reach(facts)
        if least is not None and least == most:
            return Worth(floor(least))
        return Worth(None, _what_settles(amount, value, facts))

    return worth


def worth_for(amount: Expression, facts: Facts) -> Worth:
    """Return the worth of an amount that is asked for once."""
    return (
        Worth(amount.value)
        if isinstance(amount, Constant) and isinstance(amount.value, int)
        else worth_of(amount)(facts)
    )


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper limits of which each may be the one that holds: in whole yen, and those that vary with the facts."""

    fixed_yen: frozenset[int]
    varying: tuple[WorthOf, ...]

    @classmethod
    def of(cls, amounts: Iterable[Expression]) -> Limits:
        """Return the limits that these amounts are."""
        found = [(constant_yen(amount), amount) for amount in amounts]
        fixed = frozenset(yen for yen, _ in found if yen is not None)
        return cls(fixed, tuple(worth_of(amount) for yen, amount in found if yen is None))

    def yen(self, worth: Callable[[WorthOf], Worth]) -> int | None:
        """Return the amount to which all of them come, given what one is worth, or None where that is open."""
        amounts = {*self.fixed_yen, *(worth(one).yen for one in self.varying)} if self.varying else self.fixed_yen
        return next(iter(amounts)) if len(amounts) == 1 else None

    def missing(self, worth: Callable[[WorthOf], Worth]) -> frozenset[str]:
        """Return the facts that are missing to work out one of them."""
        return frozenset().union(*(worth(one).missing for one in self.varying)) if self.varying else _NOTHING


def _what_settles(amount: Expression, value: Unknown, facts: Facts) -> frozenset[str]:
    match amount:
        case Named(_, body):
            return worth_for(body, facts).missing
        case Calculate(operation, left, right):
            sides = _sides_that_count(operation, left, right, facts)
            return frozenset().union(*(worth_for(side, facts).missing for side in sides))
        case _:
            return value.causes


def _sides_that_count(
    operation: Operation, left: Expression, right: Expression, facts: Facts
) -> tuple[Expression, ...]:
    """Return the sides of a calculation that can tell: of the lower (or higher) of two, not one that never is it."""
    if operation not in (Operation.LOWER, Operation.HIGHER):
        return left, right
    (left_least, left_most), (right_least, right_most) = reach_of(left, {})(facts), reach_of(right, {})(facts)
    left_is_lower = left_most is not None and right_least is not None and left_most <= right_least
    right_is_lower = right_most is not None and left_least is not None and right_most <= left_least
    lower_wanted = operation is Operation.LOWER
    if left_is_lower:
        return (left,) if lower_wanted else (right,)
    if right_is_lower:
        return (right,) if lower_wanted else (left,)
    return left, right


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


def causes_in_order(causes: Iterable[str], places: Mapping[str, int]) -> tuple[str, ...]:
    """Return `causes` in the order in which facts are defined, which has their `places`; others last."""
    return tuple(sorted(set(causes), key=lambda name: (places.get(name, len(places)), name)))
