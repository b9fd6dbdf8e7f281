"""What an expression is worth for given facts: a value, or `Unknown` with the facts that would settle it.

Logic is three-valued: a part that settles the whole does so whatever the other parts are. Whether several unknowns
settle the whole between them is the business of `calculator.diagram`, which is exact.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeAlias, assert_never

from calculator.expressions import (
    Aggregate,
    Aggregation,
    AllOf,
    AnyOf,
    Calculate,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Field,
    Named,
    Not,
    OneOf,
    OpenPoint,
    Operation,
    Scalar,
)

Row: TypeAlias = Mapping[str, Scalar]
"""One row of a list fact: field to value; a field that was not answered is absent."""

FactValue: TypeAlias = Scalar | tuple[Row, ...]

Facts: TypeAlias = Mapping[str, FactValue]
"""What is known of an applicant: name to value; what was not answered is absent, None is "there is none".

A record that is there is True, and its parts are facts called `record.part`.
"""

RECORD_MARK = "."
"""What stands between the names of a record and of its part."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that is not known yet; `causes` names the facts (or open points) that would settle it."""

    causes: frozenset[str]

    def __bool__(self) -> bool:
        """Raise: not known is not false."""
        raise TypeError("an unknown value is neither true nor false")


Value: TypeAlias = Scalar | Unknown

_COMPARE: Mapping[Comparison, Callable[[int], bool]] = {
    Comparison.LESS_THAN: lambda order: order < 0,
    Comparison.AT_MOST: lambda order: order <= 0,
    Comparison.MORE_THAN: lambda order: order > 0,
    Comparison.AT_LEAST: lambda order: order >= 0,
}


def evaluate(expression: Expression, facts: Facts, row: Row | None = None) -> Value:
    """Return the value of `expression` for `facts`, exactly; `row` is the row at hand inside a filter of rows."""
    match expression:
        case Constant(_, value):
            return value
        case Fact(name):
            return _known(facts, name)
        case Field(name):
            return Unknown(frozenset({name})) if row is None or name not in row else row[name]
        case Named(_, body):
            return evaluate(body, facts, row)
        case Compare(comparison, left, right):
            return _compared(comparison, evaluate(left, facts, row), evaluate(right, facts, row))
        case OneOf(subject, choices):
            return _then(evaluate(subject, facts, row), lambda value: value in choices)
        case AllOf(parts):
            return _joined((evaluate(part, facts, row) for part in parts), settles=False)
        case AnyOf(parts):
            return _joined((evaluate(part, facts, row) for part in parts), settles=True)
        case Not(part):
            return _then(evaluate(part, facts, row), lambda value: value is not True)
        case Calculate(operation, left, right):
            return _calculated(operation, evaluate(left, facts, row), evaluate(right, facts, row))
        case Aggregate():
            return _aggregated(expression, facts)
        case OpenPoint(name):
            return Unknown(frozenset({name}))
        case _:
            assert_never(expression)


def compare(comparison: Comparison, left: Scalar, right: Scalar) -> bool:
    """Compare two known values; an ordering with "there is none" is false."""
    if comparison is Comparison.EQUAL:
        return left == right
    if comparison is Comparison.NOT_EQUAL:
        return left != right
    if left is None or right is None:
        return False
    order = (left > right) - (left < right)  # type: ignore[operator]  # kinds are checked when rules are compiled
    return _COMPARE[comparison](order)


def months_after(day: date, months: int) -> date:
    """Return the day `months` calendar months after `day`, the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def matching_rows(aggregate: Aggregate, facts: Facts) -> tuple[tuple[Row, ...], bool] | None:
    """Return the rows that surely match the filter, and whether there may be more; None when the list is unknown.

    A list of which there is none has no rows.
    """
    if aggregate.rows not in facts:
        return None
    rows = facts[aggregate.rows]
    if not isinstance(rows, tuple):
        return (), False
    verdicts = [True if aggregate.where is None else evaluate(aggregate.where, facts, row) for row in rows]
    sure = tuple(row for row, verdict in zip(rows, verdicts, strict=True) if verdict is True)
    return sure, any(isinstance(verdict, Unknown) for verdict in verdicts)


def known_figures(aggregate: Aggregate, facts: Facts) -> tuple[list[int], bool] | None:
    """Return the figures that surely count, and whether some are still missing; None when the list is unknown."""
    found = matching_rows(aggregate, facts)
    if found is None or aggregate.field is None:
        return None
    rows, open_rows = found
    figures = [row[aggregate.field] for row in rows if aggregate.field in row]
    counted = [figure if aggregate.up_to is None else min(figure, aggregate.up_to) for figure in figures
               if isinstance(figure, int)]  # fmt: skip
    return counted, open_rows or len(figures) < len(rows)


def record_of(name: str) -> str | None:
    """Return the record that the fact `name` is a part of, or None."""
    record, mark, _ = name.partition(RECORD_MARK)
    return record if mark else None


def _known(facts: Facts, name: str) -> Value:
    """Return the value of a fact; a list that is there is True, and a part of what is not there is none."""
    record = record_of(name)
    if record is not None and facts.get(record, True) is None:
        return None
    if name not in facts:
        return Unknown(frozenset({name}))
    value = facts[name]
    return True if isinstance(value, tuple) else value


def _then(value: Value, answer: Callable[[Scalar], bool]) -> Value:
    return value if isinstance(value, Unknown) else answer(value)


def _compared(comparison: Comparison, left: Value, right: Value) -> Value:
    if comparison in _COMPARE and (left is None or right is None):
        return False  # an ordering with "there is none", whatever the other side turns out to be
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _unknown_of((left, right))
    return compare(comparison, left, right)


def _joined(values: Iterable[Value], *, settles: bool) -> Value:
    known = list(values)
    if any(value is settles for value in known):
        return settles
    return _unknown_of(known) if any(isinstance(value, Unknown) for value in known) else not settles


def _unknown_of(values: Iterable[Value]) -> Unknown:
    return Unknown(frozenset().union(*(value.causes for value in values if isinstance(value, Unknown))))


def _calculated(operation: Operation, left: Value, right: Value) -> Value:
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _unknown_of((left, right))
    if left is None or right is None:
        return None
    if operation in (Operation.LOWER, Operation.HIGHER):
        is_left = compare(Comparison.AT_MOST, left, right) is (operation is Operation.LOWER)
        return left if is_left else right
    if isinstance(left, date) and isinstance(right, int):
        return months_after(left, right if operation is Operation.ADD else -right)
    return _arithmetic(operation, _number(left), _number(right))


def _number(value: Scalar) -> Fraction:
    if isinstance(value, int | Fraction):
        return Fraction(value)
    raise TypeError(f"not a number: {value!r}")


def _arithmetic(operation: Operation, left: Fraction, right: Fraction) -> Fraction | None:
    """Work it out exactly; what is divided by nothing is "there is none"."""
    match operation:
        case Operation.ADD:
            return left + right
        case Operation.SUBTRACT:
            return left - right
        case Operation.MULTIPLY:
            return left * right
        case Operation.DIVIDE:
            return left / right if right else None
        case _:
            raise TypeError(f"{operation} is no arithmetic")


def _aggregated(aggregate: Aggregate, facts: Facts) -> Value:
    unknown = Unknown(frozenset({aggregate.rows}))
    if aggregate.aggregation is Aggregation.COUNT:
        found = matching_rows(aggregate, facts)
        return unknown if found is None or found[1] else len(found[0])
    figures = known_figures(aggregate, facts)
    if figures is None or figures[1]:
        return unknown
    if aggregate.aggregation is Aggregation.SUM:
        return sum(figures[0])
    return max(figures[0], default=None)
