"""How far a number that is not known can still go: the least and the most that an expression can come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeAlias

from calculator.evaluation import Facts, Unknown, evaluate, known_figures, matching_rows
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


def reach(expression: Expression, facts: Facts, bounds: Bounds) -> Reach:
    """Return the least and the most that a number can still come to; None where there is no such bound.

    Rows only add to a sum, a count and a largest figure, so what is known of them is the least. Exact as long as no
    unknown fact stands in `expression` twice; otherwise wider than exact, never narrower.
    """
    value = evaluate(expression, facts)
    if not isinstance(value, Unknown):
        return (value, value) if isinstance(value, int | Fraction) else (None, None)
    match expression:
        case Fact(name):
            return bounds.get(name, (None, None))
        case Named(_, body):
            return reach(body, facts, bounds)
        case Aggregate(aggregation):
            figures = known_figures(expression, facts)
            may_be_none = aggregation is Aggregation.LARGEST and (figures is None or not figures[0])
            return (None if may_be_none else _known_so_far(expression, facts)), _at_most(expression, facts)
        case Calculate(operation, left, right):
            return _calculated_reach(operation, reach(left, facts, bounds), reach(right, facts, bounds))
        case _:
            return None, None


def settled_by_reach(subject: Compare, facts: Facts, bounds: Bounds) -> bool | None:
    """Say whether a comparison holds of two numbers that cannot come near each other, or None where they can."""
    (least, most), (low, high) = reach(subject.left, facts, bounds), reach(subject.right, facts, bounds)
    if subject.comparison in (Comparison.LESS_THAN, Comparison.AT_MOST):
        (least, most), (low, high) = (low, high), (least, most)
    elif subject.comparison not in (Comparison.MORE_THAN, Comparison.AT_LEAST):
        return None
    is_strict = subject.comparison in (Comparison.MORE_THAN, Comparison.LESS_THAN)
    if least is not None and high is not None and (least > high or (least == high and not is_strict)):
        return True
    if most is not None and low is not None and (most < low or (most == low and is_strict)):
        return False
    return None


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
