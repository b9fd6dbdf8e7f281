"""How far a number that is not known can still go: the least and the most that an expression can come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from typing import TypeAlias

from calculator.evaluation import Facts, Unknown, evaluate, known_figures, matching_rows, meaning_of
from calculator.expressions import (
    Aggregate,
    Aggregation,
    Calculate,
    Compare,
    Comparison,
    Expression,
    Fact,
    Named,
    Operation,
)

Reach: TypeAlias = tuple[int | Fraction | None, int | Fraction | None]
"""The least and the most that a number can be; None is open."""

Bounds: TypeAlias = Mapping[str, Reach]
"""The reach of each fact."""

ReachOf: TypeAlias = Callable[[Facts], Reach]

_OPEN: Reach = (None, None)


def reach_of(expression: Expression, bounds: Bounds) -> ReachOf:
    """Return what finds the least and the most that a number can still come to; None where there is no such bound.

    Rows only add to a sum, a count and a largest figure, so what is known of them is the least. Exact as long as no
    unknown fact stands in `expression` twice; otherwise wider than exact, never narrower.
    """
    value_of, reach_of_unknown = meaning_of(expression), _reach_of_unknown(expression, bounds)

    def reach(facts: Facts) -> Reach:
        value = value_of(facts, None)
        if isinstance(value, Unknown):
            return reach_of_unknown(facts)
        return (value, value) if isinstance(value, int | Fraction) else (None, None)

    return reach


def settled_by_reach(subject: Compare, bounds: Bounds) -> Callable[[Facts], bool | None]:
    """Return what says whether a comparison holds of two numbers that cannot come near each other, or None."""
    left, right = reach_of(subject.left, bounds), reach_of(subject.right, bounds)
    return lambda facts: _settled(subject.comparison, left(facts), right(facts))


def _settled(comparison: Comparison, left: Reach, right: Reach) -> bool | None:
    (least, most), (low, high) = left, right
    if comparison in (Comparison.LESS_THAN, Comparison.AT_MOST):
        (least, most), (low, high) = (low, high), (least, most)
    elif comparison not in (Comparison.MORE_THAN, Comparison.AT_LEAST):
        return None
    is_strict = comparison in (Comparison.MORE_THAN, Comparison.LESS_THAN)
    if least is not None and high is not None and (least > high or (least == high and not is_strict)):
        return True
    if most is not None and low is not None and (most < low or (most == low and is_strict)):
        return False
    return None


def _reach_of_unknown(expression: Expression, bounds: Bounds) -> ReachOf:
    match expression:
        case Fact(name):
            bound = bounds.get(name, _OPEN)
            return lambda _: bound
        case Named(_, body):
            return reach_of(body, bounds)
        case Aggregate():
            return partial(_reach_of_rows, expression)
        case Calculate(operation, left, right):
            one, other = reach_of(left, bounds), reach_of(right, bounds)
            return lambda facts: _calculated_reach(operation, one(facts), other(facts))
        case _:
            return lambda _: _OPEN


def _reach_of_rows(aggregate: Aggregate, facts: Facts) -> Reach:
    figures = known_figures(aggregate, facts)
    may_be_none = aggregate.aggregation is Aggregation.LARGEST and (figures is None or not figures[0])
    return (None if may_be_none else _known_so_far(aggregate, facts)), _at_most(aggregate, facts)


def _at_most(aggregate: Aggregate, facts: Facts) -> int | None:
    """Return what all rows that may match come to, or None while a row or a figure of one may still be added."""
    rows = facts.get(aggregate.rows)
    if not isinstance(rows, tuple):
        return None
    possible = [row for row in rows if aggregate.where is None or evaluate(aggregate.where, facts, row) is not False]
    if aggregate.aggregation is Aggregation.COUNT:
        return len(possible)
    if aggregate.field is None or any(aggregate.field not in row for row in possible):
        return None
    figures = [figure for row in possible if isinstance(figure := row[aggregate.field], int)]
    counted = [figure if aggregate.up_to is None else min(figure, aggregate.up_to) for figure in figures]
    return sum(counted) if aggregate.aggregation is Aggregation.SUM else max(counted, default=None)


def _known_so_far(aggregate: Aggregate, facts: Facts) -> int:
    if aggregate.aggregation is Aggregation.COUNT:
        rows = matching_rows(aggregate, facts)
        return 0 if rows is None else len(rows[0])
    figures = known_figures(aggregate, facts)
    known = [] if figures is None else figures[0]
    return sum(known) if aggregate.aggregation is Aggregation.SUM else max(known, default=0)


def _calculated_reach(operation: Operation, left: Reach, right: Reach) -> Reach:
    (least, most), (low, high) = left, right
    match operation:
        case Operation.ADD:
            return _sum(least, low), _sum(most, high)
        case Operation.SUBTRACT:
            return _sum(least, None if high is None else -high), _sum(most, None if low is None else -low)
        case Operation.LOWER:
            return _both_or_none(min, least, low), _either(min, most, high)
        case Operation.HIGHER:
            return _either(max, least, low), _both_or_none(max, most, high)
        case Operation.MULTIPLY if least is not None and low is not None and least >= 0 and low >= 0:
            return least * low, None if most is None or high is None else most * high
        case Operation.DIVIDE if least is not None and low is not None and least >= 0 and low > 0:
            return None if high is None else Fraction(least) / high, None if most is None else Fraction(most) / low
        case _:
            return None, None


def _sum(one: int | Fraction | None, other: int | Fraction | None) -> int | Fraction | None:
    return None if one is None or other is None else one + other


def _both_or_none(
    choose: Callable[..., int | Fraction], one: int | Fraction | None, other: int | Fraction | None
) -> int | Fraction | None:
    return None if one is None or other is None else choose(one, other)


def _either(
    choose: Callable[..., int | Fraction], one: int | Fraction | None, other: int | Fraction | None
) -> int | Fraction | None:
    if one is None or other is None:
        return other if one is None else one
    return choose(one, other)
