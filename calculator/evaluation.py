"""What an expression is worth for given facts: a value, or `Unknown` with the facts that would settle it.

Logic is three-valued: a part that settles the whole does so whatever the other parts are. Whether several unknowns
settle the whole between them is the business of `calculator.diagram`, which is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, partial
from operator import eq, ne
from typing import Literal, TypeAlias, assert_never

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

_FEBRUARY, _SHORT_MONTHS = 2, (4, 6, 9, 11)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that is not known yet; `causes` names the facts (or open points) that would settle it."""

    causes: frozenset[str]

    def __bool__(self) -> bool:
        """Raise: not known is not false."""
        raise TypeError("an unknown value is neither true nor false")


Value: TypeAlias = Scalar | Unknown

_Arithmetic: TypeAlias = Literal[Operation.ADD, Operation.SUBTRACT, Operation.MULTIPLY, Operation.DIVIDE]

Meaning: TypeAlias = Callable[[Facts, Row | None], Value]
"""An expression ready to be evaluated: for facts, and for the row at hand inside a filter of rows."""

_SAME: Mapping[Comparison, Callable[[object, object], bool]] = {Comparison.EQUAL: eq, Comparison.NOT_EQUAL: ne}

_COMPARE: Mapping[Comparison, Callable[[int], bool]] = {
    Comparison.LESS_THAN: lambda order: order < 0,
    Comparison.AT_MOST: lambda order: order <= 0,
    Comparison.MORE_THAN: lambda order: order > 0,
    Comparison.AT_LEAST: lambda order: order >= 0,
}


def evaluate(expression: Expression, facts: Facts, row: Row | None = None) -> Value:
    """Return the value of `expression` for `facts`, exactly; `row` is the row at hand inside a filter of rows."""
    return meaning_of(expression)(facts, row)


def meaning_of(expression: Expression) -> Meaning:
    """Return `expression` made ready to be evaluated over and over."""
    match expression:
        case Constant(_, value):
            return lambda _facts, _row: value
        case Fact(name):
            return _fact(name)
        case Field(name):
            unknown = Unknown(frozenset({name}))
            return lambda _facts, row: unknown if row is None else row.get(name, unknown)
        case Named(_, body):
            return meaning_of(body)
        case Compare(comparison, left, right):
            return _of_two(partial(_compared, comparison), left, right)
        case OneOf(subject, choices):
            return _of_one(lambda value: value in choices, subject)
        case AllOf(parts):
            return _of_all(parts, settles=False)
        case AnyOf(parts):
            return _of_all(parts, settles=True)
        case Not(part):
            return _of_one(lambda value: value is not True, part)
        case Calculate(operation, left, right):
            return _of_two(partial(_calculated, operation), left, right)
        case Aggregate():
            return _aggregate(expression)
        case OpenPoint(name):
            open_point = Unknown(frozenset({name}))
            return lambda _facts, _row: open_point
        case _:
            assert_never(expression)


def compare(comparison: Comparison, left: Scalar, right: Scalar) -> bool:
    """Compare two known values; an ordering with "there is none" is false."""
    same = _SAME.get(comparison)
    if same is not None:
        return same(left, right)
    if left is None or right is None:
        return False
    order = (left > right) - (left < right)  # type: ignore[operator]  # kinds are checked when rules are compiled
    return _COMPARE[comparison](order)


def months_after(day: date, months: int) -> date:
    """Return the day `months` calendar months after `day`, the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, _days_in(year, month + 1)))


def _days_in(year: int, month: int) -> int:
    """Return how many days a month has; the library's `calendar` would bring names of days in all languages with it."""
    if month == _FEBRUARY:
        return (date(year, month + 1, 1) - timedelta(days=1)).day
    return 30 if month in _SHORT_MONTHS else 31


def matching_rows(aggregate: Aggregate, facts: Facts) -> tuple[Sequence[Row], bool] | None:
    """Return the rows that surely match the filter, and whether there may be more; None when the list is unknown.

    A list of which there is none has no rows.
    """
    if aggregate.rows not in facts:
        return None
    where = None if aggregate.where is None else meaning_of(aggregate.where)
    return _matching(where, facts[aggregate.rows], facts)


def known_figures(aggregate: Aggregate, facts: Facts) -> tuple[list[int], bool] | None:
    """Return the figures that surely count, and whether some are still missing; None when the list is unknown."""
    found = matching_rows(aggregate, facts)
    return None if found is None or aggregate.field is None else _figures(aggregate.field, aggregate.up_to, *found)


@cache
def record_of(name: str) -> str | None:
    """Return the record that the fact `name` of the rules is a part of, or None."""
    record, mark, _ = name.partition(RECORD_MARK)
    return record if mark else None


@cache
def question_of(name: str) -> str:
    """Return the name of the question that asks for the fact `name`: its record, or the fact itself."""
    return record_of(name) or name


def _fact(name: str) -> Meaning:
    """Return the value of a fact; a list that is there is True, and a part of what is not there is none."""
    record, unknown = record_of(name), Unknown(frozenset({name}))

    def value(facts: Facts, _row: Row | None) -> Value:
        if record is not None and facts.get(record, True) is None:
            return None
        known = facts.get(name, unknown)
        return True if isinstance(known, tuple) else known

    return value


def _of_one(answer: Callable[[Scalar], bool], part: Expression) -> Meaning:
    meaning = meaning_of(part)

    def value(facts: Facts, row: Row | None) -> Value:
        known = meaning(facts, row)
        return known if isinstance(known, Unknown) else answer(known)

    return value


def _of_two(answer: Callable[[Value, Value], Value], left: Expression, right: Expression) -> Meaning:
    one, other = meaning_of(left), meaning_of(right)
    return lambda facts, row: answer(one(facts, row), other(facts, row))


def _of_all(parts: Iterable[Expression], *, settles: bool) -> Meaning:
    meanings = tuple(map(meaning_of, parts))
    return lambda facts, row: _joined([meaning(facts, row) for meaning in meanings], settles=settles)


def _compared(comparison: Comparison, left: Value, right: Value) -> Value:
    if comparison in _COMPARE and (left is None or right is None):
        return False  # an ordering with "there is none", whatever the other side turns out to be
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _unknown_of((left, right))
    return compare(comparison, left, right)


def _joined(values: Sequence[Value], *, settles: bool) -> Value:
    if any(value is settles for value in values):
        return settles
    return _unknown_of(values) if any(isinstance(value, Unknown) for value in values) else not settles


def _unknown_of(values: Iterable[Value]) -> Unknown:
    return Unknown(frozenset().union(*(value.causes for value in values if isinstance(value, Unknown))))


def _calculated(operation: Operation, left: Value, right: Value) -> Value:
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _unknown_of((left, right))
    if left is None or right is None:
        return None
    if operation is Operation.LOWER:
        return left if compare(Comparison.AT_MOST, left, right) else right
    if operation is Operation.HIGHER:
        return right if compare(Comparison.AT_MOST, left, right) else left
    if isinstance(left, date) and isinstance(right, int):
        return months_after(left, right if operation is Operation.ADD else -right)
    return _arithmetic(operation, _number(left), _number(right))


def _number(value: Scalar) -> Fraction:
    if isinstance(value, int | Fraction):
        return Fraction(value)
    raise TypeError(f"not a number: {value!r}")


def _arithmetic(operation: _Arithmetic, left: Fraction, right: Fraction) -> Fraction | None:
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
            assert_never(operation)


def _aggregate(aggregate: Aggregate) -> Meaning:
    unknown = Unknown(frozenset({aggregate.rows}))
    where = None if aggregate.where is None else meaning_of(aggregate.where)
    field, up_to, is_sum = aggregate.field, aggregate.up_to, aggregate.aggregation is Aggregation.SUM

    def value(facts: Facts, _row: Row | None) -> Value:
        if aggregate.rows not in facts:
            return unknown
        rows, is_open = _matching(where, facts[aggregate.rows], facts)
        if field is None:
            return unknown if is_open else len(rows)
        figures, is_open = _figures(field, up_to, rows, is_open)
        if is_open:
            return unknown
        return sum(figures) if is_sum else max(figures, default=None)

    return value


def _matching(where: Meaning | None, rows: FactValue, facts: Facts) -> tuple[Sequence[Row], bool]:
    """Return the rows that surely match the filter, and whether there may be more."""
    if not isinstance(rows, tuple):
        return (), False
    if where is None:
        return rows, False
    sure, is_open = [], False
    for row in rows:
        verdict = where(facts, row)
        if verdict is True:
            sure.append(row)
        elif isinstance(verdict, Unknown):
            is_open = True
    return sure, is_open


def _figures(field: str, up_to: int | None, rows: Sequence[Row], is_open: bool) -> tuple[list[int], bool]:
    """Return the figures that surely count in `rows`, and whether some are missing, in them or in rows to come."""
    counted = []
    for row in rows:
        if field not in row:
            is_open = True
        elif isinstance(figure := row[field], int):
            counted.append(figure if up_to is None else min(figure, up_to))
    return counted, is_open
