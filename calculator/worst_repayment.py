"""What could be asked back at worst: the rules of repayment and what is known go in, bounds in whole yen come out.

Nothing of what happens after the grant is known yet. A case counts as long as the known facts leave it possible, and an
amount that they do not settle counts as the ceiling, so that no later answer of `calculator.repayment` is above the
worst told here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from calculator.evaluation import Facts, Unknown, Value, evaluate
from calculator.expressions import Expression
from calculator.kinds import Kind
from calculator.rulebook import Clawback, ClawbackCase, ClawbackPart, FactDefinition, constant_yen

MOST_COUNTS = 10
"""How many counts are told one by one; an amount that takes longer to reach the ceiling is told by its first ones."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A case in which something is paid back.

    `yen` is the amount where the known facts settle it. Where it only depends on one more count, the fact `counted`,
    `by_count` has the amounts, at most the ceiling, for one count after the other. `open_points` are what the documents
    leave open of whether the case holds.
    """

    case: ClawbackCase
    yen: int | None
    counted: str | None
    by_count: tuple[tuple[int, int], ...]
    open_points: frozenset[str]


@dataclass(frozen=True, slots=True)
class Duty:
    """One of the duties (`part`), or None for the cases that decide alone, with the cases that are still possible.

    `unpaid` are the cases in which nothing is paid back: the duty fulfilled, exemptions, pleas.
    """

    part: ClawbackPart | None
    breaches: tuple[Breach, ...]
    unpaid: tuple[ClawbackCase, ...]


@dataclass(frozen=True, slots=True)
class WorstRepayment:
    """The duties, and the most that can be paid back in all; the yen are None while the subsidy is open."""

    duties: tuple[Duty, ...]
    ceiling_yen: int | None
    worst_yen: int | None


@dataclass(frozen=True, slots=True)
class _Possible:
    """A case that the known facts leave possible; `holds` is what they say of its condition."""

    case: ClawbackCase
    holds: Value


def worst_repayment(rules: Clawback, facts: Facts, definitions: Mapping[str, FactDefinition]) -> WorstRepayment:
    """Return what `rules` can demand back of somebody of whom `facts` are known, the subsidy among them or not."""
    ceiling = _whole(evaluate(rules.total.ceiling, facts))
    whole = tuple(_possible(rules.whole, facts))
    parts = () if any(one.holds is True for one in whole) else rules.parts
    duties = (
        _duty(None, whole, facts, definitions, ceiling),
        *(_duty(part, tuple(_possible(part.cases, facts)), facts, definitions, ceiling) for part in parts),
    )
    shown = tuple(duty for duty in duties if duty.breaches or duty.unpaid)
    return WorstRepayment(shown, ceiling, None if ceiling is None else _worst(rules, shown, ceiling, facts))


def _possible(cases: Iterable[ClawbackCase], facts: Facts) -> Iterator[_Possible]:
    """Yield the cases that can be the first that holds."""
    for case in cases:
        holds = True if case.when is None else evaluate(case.when, facts)
        if holds is not False:
            yield _Possible(case, holds)
        if holds is True:
            return


def _duty(
    part: ClawbackPart | None,
    possible: tuple[_Possible, ...],
    facts: Facts,
    definitions: Mapping[str, FactDefinition],
    ceiling: int | None,
) -> Duty:
    paid = [one for one in possible if constant_yen(one.case.amount) != 0]
    return Duty(
        part,
        tuple(_breach(one, facts, definitions, ceiling) for one in paid),
        tuple(one.case for one in possible if one not in paid),
    )


def _breach(one: _Possible, facts: Facts, definitions: Mapping[str, FactDefinition], ceiling: int | None) -> Breach:
    amount = evaluate(one.case.amount, facts)
    causes = one.holds.causes if isinstance(one.holds, Unknown) else frozenset()
    counted = _only_count(amount, definitions)
    by_count = () if counted is None or ceiling is None else _by_count(one.case.amount, facts, counted, ceiling)
    return Breach(
        one.case, _whole(amount), counted.name if counted and by_count else None, by_count, causes - definitions.keys()
    )


def _only_count(amount: Value, definitions: Mapping[str, FactDefinition]) -> FactDefinition | None:
    """Return the count that would settle an amount by itself, or None."""
    if not isinstance(amount, Unknown) or len(amount.causes) > 1:
        return None
    fact = definitions.get(*amount.causes)
    return fact if fact is not None and fact.kind is Kind.COUNT else None


def _by_count(amount: Expression, facts: Facts, counted: FactDefinition, ceiling: int) -> tuple[tuple[int, int], ...]:
    """Return the amounts for one count after the other, until the ceiling is reached."""
    found: list[tuple[int, int]] = []
    first = max(1, counted.at_least or 0)
    last = first + MOST_COUNTS - 1 if counted.at_most is None else min(counted.at_most, first + MOST_COUNTS - 1)
    for count in range(first, last + 1):
        yen = _whole(evaluate(amount, {**facts, counted.name: count}))
        if yen is None:
            return ()
        found.append((count, min(yen, ceiling)))
        if yen >= ceiling:
            break
    return tuple(found)


def _worst(rules: Clawback, duties: tuple[Duty, ...], ceiling: int, facts: Facts) -> int | None:
    """Return the most in all: of the cases that decide alone, or of all duties together up to the ceiling.

    None where a case that decides alone, which no ceiling holds down, is open.
    """
    alone = [breach.yen for duty in duties if duty.part is None for breach in duty.breaches]
    if None in alone:
        return None
    together = sum(
        max((ceiling if breach.yen is None else breach.yen for breach in duty.breaches), default=0)
        for duty in duties
        if duty.part is not None
    )
    return max(min(ceiling, together + _others(rules, facts, ceiling)), *(yen for yen in alone if yen is not None), 0)


def _others(rules: Clawback, facts: Facts, ceiling: int) -> int:
    """Return what else may be paid back: as much as the ceiling, while nobody knows."""
    if rules.total.others is None:
        return 0
    known = _whole(evaluate(rules.total.others, facts))
    return ceiling if known is None else known


def _whole(value: Value) -> int | None:
    """Return whole yen, or None for what is not known (or divided by nothing)."""
    return floor(value) if isinstance(value, int | Fraction) and not isinstance(value, bool) else None
