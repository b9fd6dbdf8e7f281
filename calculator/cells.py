"""The finite view of a fact: an expression's possible values, cut into the cells that the rules can tell apart.

`regular_employees` that rules compare with 5 and 20 has three cells: up to 5, 6 to 20, 21 and more. Within a cell every
rule gives the same answer, so that one representative value stands for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from calculator.evaluation import evaluate, record_of
from calculator.expressions import (
    Aggregate,
    Aggregation,
    Calculate,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Named,
    OneOf,
    OpenPoint,
    Operation,
    Scalar,
    facts_of,
    walk,
)
from calculator.kinds import Kind
from calculator.reach import Bounds, Reach
from calculator.rulebook import FactDefinition

Point: TypeAlias = int | Fraction | date | datetime


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """A border on the line of values: just before `at`, or just after it."""

    at: Point
    after: bool


@dataclass(frozen=True, slots=True)
class Variable:
    """A measured thing (`subject`) with its cells; `representatives` has one value of each cell, in order.

    `cuts` are the borders between ordered cells, None where the cells are names; a thing that may be none has the cell
    None last. `facts` are the facts that it is worked out from, `bounds` the least and the most that each of them can
    be. An open point has one name and can never be known.
    """

    subject: Expression
    facts: frozenset[str]
    cuts: tuple[Cut, ...] | None
    representatives: tuple[Scalar, ...]
    bounds: Bounds = field(default_factory=dict, hash=False)


def bounds_of(fact: FactDefinition) -> Reach:
    """Return the least and the most that a fact can be; of one that may be none nothing is certain."""
    return (None, None) if fact.optional else (fact.at_least, fact.at_most)


@dataclass(frozen=True, slots=True)
class _Line:
    """The values that a subject can take: its kind, its bounds (None is open), and whether there may be none."""

    kind: Kind
    least: int | None
    most: int | None
    optional: bool


def is_atom(expression: Expression) -> bool:
    """Say whether a condition is decided by the cells of one variable."""
    return isinstance(expression, Fact | OneOf | Compare | OpenPoint)


def subject_of(atom: Expression) -> Expression:
    """Return what `atom` measures: its fact or aggregate, or the atom itself when it compares two measured things."""
    match _unnamed(atom):
        case OneOf(subject, _):
            return subject
        case Compare(_, left, Constant()) if _is_measured(left):
            return left
        case Compare(_, Constant(), right) if _is_measured(right):
            return right
        case unnamed:
            return unnamed


def variable_for(
    subject: Expression, atoms: Iterable[Expression], definitions: Mapping[str, FactDefinition]
) -> Variable:
    """Return the variable of `subject`, cut as the conditions `atoms` about it need."""
    bounds = {name: bounds_of(definitions[name]) for name in facts_of(subject)}
    if isinstance(subject, Compare | OpenPoint):
        return Variable(subject, causes_of(subject), None, (False, True), bounds)
    about = tuple(_unnamed(atom) for atom in atoms)
    line = _line_of(subject, about, definitions)
    if isinstance(subject, Fact) and not line.kind.is_ordered:
        return Variable(subject, facts_of(subject), None, _names(definitions[subject.name]))
    cuts, representatives = _ordered_cells(line, sorted({cut for atom in about for cut in _cuts_of(atom, line.kind)}))
    return Variable(subject, facts_of(subject), cuts, (*representatives, *([None] if line.optional else [])), bounds)


def causes_of(subject: Expression) -> frozenset[str]:
    """Return the names that would settle `subject`: its facts, or the open point itself."""
    return frozenset({subject.name}) if isinstance(subject, OpenPoint) else facts_of(subject)


def records_of(subject: Expression, definitions: Mapping[str, FactDefinition]) -> tuple[str, ...]:
    """Return the records that may not be there and whose parts `subject` measures."""
    found = dict.fromkeys(record for name in sorted(facts_of(subject)) if (record := record_of(name)) is not None)
    return tuple(record for record in found if definitions[record].optional)


def holds_in(atom: Expression, subject: Expression, representative: Scalar) -> bool:
    """Say whether `atom` holds where its `subject` has the value `representative`."""
    unnamed = _unnamed(atom)
    if unnamed == subject:
        return representative is True
    stand_in = Fact("")
    match unnamed:
        case OneOf(_, choices):
            verdict = evaluate(OneOf(stand_in, choices), {"": representative})
        case Compare(comparison, left, right) if left == subject:
            verdict = evaluate(Compare(comparison, stand_in, right), {"": representative})
        case Compare(comparison, left, _):
            verdict = evaluate(Compare(comparison, left, stand_in), {"": representative})
        case _:
            raise TypeError(f"not a condition about {subject!r}: {atom!r}")
    return verdict is True


def _unnamed(atom: Expression) -> Expression:
    """Return `atom` with what it compares freed of the names of definitions: a named value is that value."""
    match atom:
        case OneOf(subject, choices):
            return OneOf(_body(subject), choices)
        case Compare(comparison, left, right):
            return Compare(comparison, _body(left), _body(right))
        case _:
            return atom


def _body(expression: Expression) -> Expression:
    return _body(expression.body) if isinstance(expression, Named) else expression


def _is_measured(expression: Expression) -> bool:
    return isinstance(expression, Fact | Aggregate | Calculate)


def _line_of(subject: Expression, atoms: Iterable[Expression], definitions: Mapping[str, FactDefinition]) -> _Line:
    match subject:
        case Fact(name):
            fact = definitions[name]
            return _Line(fact.kind, fact.at_least, fact.at_most, fact.optional)
        case Aggregate(aggregation):
            return _Line(Kind.YEN, 0, None, aggregation is Aggregation.LARGEST)
        case _:
            at = [cut.at for atom in atoms for cut in _cuts_of(atom, Kind.RATE)]
            dates = any(isinstance(one, date) and not isinstance(one, datetime) for one in at)
            return _Line(Kind.DATE if dates else Kind.RATE, None, None, _may_be_none(subject, definitions))


def _may_be_none(calculation: Expression, definitions: Mapping[str, FactDefinition]) -> bool:
    """Say whether a calculation can come to "there is none": with a part that may be none, or a division by zero."""
    for part in walk(calculation):
        match part:
            case Fact(name) if definitions[name].optional:
                return True
            case Aggregate(Aggregation.LARGEST) | Calculate(Operation.DIVIDE):
                return True
    return False


def _names(fact: FactDefinition) -> tuple[Scalar, ...]:
    """Return the values of a fact that has no order; rows and records are there or not."""
    none = (None,) if fact.optional else ()
    if fact.kind is Kind.CHOICE:
        return (*(choice.name for choice in fact.choices), *none)
    return (False, True, *none) if fact.kind is Kind.YES_NO else (True, *none)


def _cuts_of(atom: Expression, kind: Kind) -> tuple[Cut, ...]:
    match atom:
        case Compare(comparison, _, Constant(_, value)) if value is not None:
            return _cuts_at(comparison, value, kind)
        case Compare(comparison, Constant(_, value), _) if value is not None:
            return _cuts_at(_MIRRORED[comparison], value, kind)
        case _:
            return ()


_MIRRORED = {
    Comparison.LESS_THAN: Comparison.MORE_THAN,
    Comparison.AT_MOST: Comparison.AT_LEAST,
    Comparison.MORE_THAN: Comparison.LESS_THAN,
    Comparison.AT_LEAST: Comparison.AT_MOST,
    Comparison.EQUAL: Comparison.EQUAL,
    Comparison.NOT_EQUAL: Comparison.NOT_EQUAL,
}


def _cuts_at(comparison: Comparison, value: Scalar, kind: Kind) -> tuple[Cut, ...]:
    if not isinstance(value, int | Fraction | date):
        raise TypeError(f"no order for {value!r}")
    before, after = Cut(value, after=False), _after(value, kind)
    match comparison:
        case Comparison.LESS_THAN | Comparison.AT_LEAST:
            return (before,)
        case Comparison.AT_MOST | Comparison.MORE_THAN:
            return (after,)
        case _:
            return (before, after)


def _after(value: Point, kind: Kind) -> Cut:
    """Return the border after `value`; among whole numbers and days that is the border before the next one."""
    if kind.is_whole and isinstance(value, int):
        return Cut(value + 1, after=False)
    if kind is Kind.DATE and isinstance(value, date):
        return Cut(value + timedelta(days=1), after=False)
    return Cut(value, after=True)


def _ordered_cells(line: _Line, cuts: list[Cut]) -> tuple[tuple[Cut, ...], tuple[Scalar, ...]]:
    """Return the cuts that lie inside the bounds, and a value between each two of them."""
    inside = [cut for cut in cuts if _splits(line, cut)]
    borders: list[Cut | None] = [None, *inside, None]
    return tuple(inside), tuple(_between(line, lower, upper) for lower, upper in pairwise(borders))


def _splits(line: _Line, cut: Cut) -> bool:
    above_least = line.least is None or cut > Cut(line.least, after=False)
    below_most = line.most is None or cut <= Cut(line.most, after=False)
    return above_least and below_most


def _between(line: _Line, lower: Cut | None, upper: Cut | None) -> Scalar:
    """Return a value between two neighbouring cuts, at the lower one where that is included."""
    if lower is not None and not lower.after:
        return lower.at
    if lower is None and line.least is not None:
        return line.least
    low, high = (None if border is None else border.at for border in (lower, upper))
    if low is None:
        return _before(high)
    return _later(low) if high is None else _midway(low, high)


def _midway(low: Point, high: Point) -> Scalar:
    if isinstance(low, datetime) and isinstance(high, datetime):
        return low + (high - low) / 2
    if isinstance(low, int | Fraction) and isinstance(high, int | Fraction):
        return Fraction(low + high, 2)
    raise TypeError(f"nothing lies between {low!r} and {high!r}")


def _before(point: Point | None) -> Scalar:
    if point is None:
        return 0
    return point - timedelta(days=1) if isinstance(point, date) else point - 1


def _later(point: Point) -> Scalar:
    return point + timedelta(days=1) if isinstance(point, date) else point + 1
