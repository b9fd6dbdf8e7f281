"""Expressions of the rule language in their compiled form: JSON arrays go in, typed immutable trees come out.

Names are resolved and kinds are checked before rules are compiled (`site_builder.rules`); here an expression only has
a meaning. `expression_from_json` and `expression_to_json` are each other's inverse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import TypeAlias, assert_never

from calculator.json_values import JsonValue
from calculator.kinds import Kind


class Comparison(StrEnum):
    """How two values are compared; 以上 is AT_LEAST, 超 is MORE_THAN, 以下 is AT_MOST, 未満 is LESS_THAN."""

    LESS_THAN = "lt"
    AT_MOST = "le"
    MORE_THAN = "gt"
    AT_LEAST = "ge"
    EQUAL = "eq"
    NOT_EQUAL = "ne"


class Operation(StrEnum):
    """Exact arithmetic; a division gives a fraction, never a float."""

    ADD = "add"
    SUBTRACT = "sub"
    MULTIPLY = "mul"
    DIVIDE = "div"
    LOWER = "lower_of"
    HIGHER = "higher_of"


class Aggregation(StrEnum):
    """What is taken over the rows of a list."""

    SUM = "sum"
    LARGEST = "largest"
    COUNT = "count"


Scalar: TypeAlias = bool | int | Fraction | str | date | datetime | None


@dataclass(frozen=True, slots=True)
class Constant:
    """A value written in a rule; `value` None is "there is none"."""

    kind: Kind
    value: Scalar


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of the applicant under this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the row at hand, inside the filter of an `Aggregate`."""

    name: str


@dataclass(frozen=True, slots=True)
class Named:
    """A definition that has a name of its own, such as `small_business`."""

    name: str
    body: Expression


@dataclass(frozen=True, slots=True)
class Compare:
    """`left comparison right`; a comparison with "there is none" is false, except EQUAL and NOT_EQUAL."""

    comparison: Comparison
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class OneOf:
    """`subject` is one of `choices`."""

    subject: Expression
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Expression


@dataclass(frozen=True, slots=True)
class Calculate:
    """`left operation right`."""

    operation: Operation
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Aggregate:
    """SUM or LARGEST of `field`, or the COUNT, over the rows of the list fact `rows` for which `where` holds.

    The largest of no rows is "there is none"; the sum of no rows is 0. `field` is None for COUNT only. `up_to` (SUM
    only) is the most that one row counts for.
    """

    aggregation: Aggregation
    rows: str
    field: str | None
    where: Expression | None
    up_to: int | None = None


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A condition that the documents leave open; nobody's answer settles it."""

    name: str


Expression: TypeAlias = (
    Constant | Fact | Field | Named | Compare | OneOf | AllOf | AnyOf | Not | Calculate | Aggregate | OpenPoint
)


def expression_from_json(json: JsonValue) -> Expression:
    """Return the expression that the JSON array `json` stands for.

    Raises:
        ValueError: the array is not one that `expression_to_json` writes.
    """
    try:
        word, *parts = json
        return _READERS[word](*parts)
    except (KeyError, TypeError) as error:
        raise ValueError(f"not an expression: {json!r}") from error


def expression_to_json(expression: Expression) -> list[JsonValue]:
    """Return the JSON array that `expression_from_json` reads back."""
    match expression:
        case Constant(kind, value):
            return ["value", kind.value, scalar_to_json(value)]
        case Fact(name):
            return ["fact", name]
        case Field(name):
            return ["field", name]
        case Named(name, body):
            return ["named", name, expression_to_json(body)]
        case Compare(comparison, left, right):
            return [comparison.value, expression_to_json(left), expression_to_json(right)]
        case OneOf(subject, choices):
            return ["in", expression_to_json(subject), list(choices)]
        case AllOf(parts):
            return ["and", *map(expression_to_json, parts)]
        case AnyOf(parts):
            return ["or", *map(expression_to_json, parts)]
        case Not(part):
            return ["not", expression_to_json(part)]
        case Calculate(operation, left, right):
            return [operation.value, expression_to_json(left), expression_to_json(right)]
        case Aggregate(aggregation, rows, field, where, up_to):
            filter_ = None if where is None else expression_to_json(where)
            return [aggregation.value, rows, field, filter_, *([] if up_to is None else [up_to])]
        case OpenPoint(name):
            return ["open", name]
        case _:
            assert_never(expression)


def _constant(kind: str, value: JsonValue) -> Expression:
    return Constant(Kind(kind), scalar_from_json(Kind(kind), value))


def _aggregate(aggregation: Aggregation, rows: str, field: str | None, where: JsonValue, *up_to: int) -> Expression:
    return Aggregate(aggregation, rows, field, None if where is None else expression_from_json(where), *up_to)


def _compare(comparison: Comparison, left: JsonValue, right: JsonValue) -> Expression:
    return Compare(comparison, expression_from_json(left), expression_from_json(right))


def _calculate(operation: Operation, left: JsonValue, right: JsonValue) -> Expression:
    return Calculate(operation, expression_from_json(left), expression_from_json(right))


#: What reads an expression, by the word that its array begins with.
_READERS: Mapping[str, Callable[..., Expression]] = {
    "value": _constant,
    "fact": Fact,
    "field": Field,
    "named": lambda name, body: Named(name, expression_from_json(body)),
    "in": lambda subject, choices: OneOf(expression_from_json(subject), tuple(choices)),
    "and": lambda *parts: AllOf(tuple(map(expression_from_json, parts))),
    "or": lambda *parts: AnyOf(tuple(map(expression_from_json, parts))),
    "not": lambda part: Not(expression_from_json(part)),
    "open": OpenPoint,
    **{one.value: partial(_aggregate, one) for one in Aggregation},
    **{one.value: partial(_compare, one) for one in Comparison},
    **{one.value: partial(_calculate, one) for one in Operation},
}


def scalar_from_json(kind: Kind, value: JsonValue) -> Scalar:
    """Return the exact value of `kind` that JSON writes as `value`: fractions and dates are text there."""
    if value is None:
        return None
    if kind in (Kind.PERCENT, Kind.RATE):
        return Fraction(value)
    if kind is Kind.DATE:
        return date.fromisoformat(value)
    if kind is Kind.MOMENT:
        return datetime.fromisoformat(value)
    if isinstance(value, bool | int | str):
        return value
    raise ValueError(f"not a {kind.value}: {value!r}")


def scalar_to_json(value: Scalar) -> bool | int | str | None:
    """Return how JSON writes `value` in rules: fractions and dates as text, so that no float comes near them."""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def stated_in_json(value: Scalar) -> bool | int | float | str | None:
    """Return how a case states `value`: as rules write it, but a percentage is a number.

    The float of a percentage is nothing but its digits; what is no decimal number of few digits stays a fraction.
    """
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return value.numerator
        nearest = float(value)
        return nearest if Fraction(repr(nearest)) == value else str(value)
    return scalar_to_json(value)


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """Return the expressions directly under `expression`, from left to right."""
    match expression:
        case Named(_, body):
            return (body,)
        case Compare(_, left, right) | Calculate(_, left, right):
            return (left, right)
        case OneOf(subject, _):
            return (subject,)
        case AllOf(parts) | AnyOf(parts):
            return parts
        case Not(part):
            return (part,)
        case Aggregate(where=where):
            return () if where is None else (where,)
        case Constant() | Fact() | Field() | OpenPoint():
            return ()
        case _:
            assert_never(expression)


def walk(expression: Expression) -> Iterator[Expression]:
    """Yield `expression` and everything under it, parents before their parts."""
    yield expression
    for part in parts_of(expression):
        yield from walk(part)


def facts_of(expression: Expression) -> frozenset[str]:
    """Return the names of the facts that `expression` reads."""
    return frozenset(
        node.name if isinstance(node, Fact) else node.rows
        for node in walk(expression)
        if isinstance(node, Fact | Aggregate)
    )


def with_fact(expression: Expression, fact: str, by: str) -> Expression:
    """Return `expression` reading the fact `by` wherever it read `fact`."""

    def again(part: Expression) -> Expression:
        return with_fact(part, fact, by)

    match expression:
        case Fact(name):
            return Fact(by) if name == fact else expression
        case Named(name, body):
            return Named(name, again(body))
        case Compare(comparison, left, right):
            return Compare(comparison, again(left), again(right))
        case OneOf(subject, choices):
            return OneOf(again(subject), choices)
        case AllOf(parts):
            return AllOf(tuple(map(again, parts)))
        case AnyOf(parts):
            return AnyOf(tuple(map(again, parts)))
        case Not(part):
            return Not(again(part))
        case Calculate(operation, left, right):
            return Calculate(operation, again(left), again(right))
        case Constant() | Field() | Aggregate() | OpenPoint():
            return expression
        case _:
            assert_never(expression)
