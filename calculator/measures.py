"""Measuring an applicant: facts go in, the cells that they leave to each variable come out.

A variable is made into a measure once. Rules that cut a thing alike share its measure, so that one applicant is
measured once for all of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from calculator.cells import Variable
from calculator.evaluation import (
    Facts,
    FactValue,
    Meaning,
    Unknown,
    Value,
    known_figures,
    meaning_of,
    record_of,
)
from calculator.expressions import Aggregate, Compare, Expression, OpenPoint, Scalar
from calculator.reach import reach, settled_by_reach

Cells: TypeAlias = tuple[int, ...]
"""Cells of one variable, in order."""


class Reading(NamedTuple):
    """What facts tell of a variable: the `cells` that they leave to it, None where that is any, and what is `missing`.

    `missing` are the facts (or the open point) that would settle it, by name.
    """

    cells: Cells | None
    missing: tuple[str, ...] = ()


Measure: TypeAlias = Callable[[Facts], Reading]


class Applicant(dict[str, FactValue]):
    """The facts of one applicant, who is not changed any more, with what has been measured and worked out of them."""

    __slots__ = ("_readings", "_values")

    def __init__(self, facts: Facts) -> None:
        """Take the facts that are known."""
        super().__init__(facts)
        self._readings: dict[Measure, Reading] = {}
        self._values: dict[Meaning, Value] = {}

    @classmethod
    def of(cls, facts: Facts) -> Applicant:
        """Return the applicant of `facts`, who may have been measured before."""
        return facts if isinstance(facts, Applicant) else cls(facts)

    def readings(self, measures: Iterable[Measure]) -> list[Reading]:
        """Return what each measure reads."""
        known = self._readings
        return [known.get(measure) or self._read(measure) for measure in measures]

    def value(self, meaning: Meaning) -> Value:
        """Return what an expression comes to."""
        if meaning not in self._values:
            self._values[meaning] = meaning(self, None)
        return self._values[meaning]

    def _read(self, measure: Measure) -> Reading:
        reading = self._readings[measure] = measure(self)
        return reading


@dataclass(frozen=True, slots=True)
class Workshop:
    """Makes measures and meanings, one of each kind, so that the rules of a book share them."""

    _measures: dict[Variable, Measure] = field(default_factory=dict)
    _meanings: dict[Expression, Meaning] = field(default_factory=dict)

    def measure(self, variable: Variable) -> Measure:
        """Return the measure of a variable."""
        if variable not in self._measures:
            self._measures[variable] = measure_of(variable)
        return self._measures[variable]

    def meaning(self, expression: Expression) -> Meaning:
        """Return the meaning of an expression."""
        if expression not in self._meanings:
            self._meanings[expression] = meaning_of(expression)
        return self._meanings[expression]


def measure_of(variable: Variable) -> Measure:
    """Return the measure of `variable`."""
    open_reading = Reading(None, tuple(sorted(variable.facts)))
    if isinstance(variable.subject, OpenPoint):
        return lambda _: open_reading
    value_of, cell_of = meaning_of(variable.subject), cell_finder(variable)
    reads = variable.facts.union(record for name in variable.facts if (record := record_of(name)) is not None)
    readings = [Reading((cell,)) for cell in range(len(variable.representatives))]
    blank = value_of({}, None)
    unknown = _reading_of_unknown(variable, {}, blank.causes if isinstance(blank, Unknown) else ())
    # the part of a record that is not there is in no cell of its own, and nothing asks for it
    nowhere = None if None in variable.representatives else Reading(None)

    def measure(facts: Facts) -> Reading:
        value = value_of(facts, None)
        if isinstance(value, Unknown):
            return unknown if facts.keys().isdisjoint(reads) else _reading_of_unknown(variable, facts, value.causes)
        return nowhere if value is None and nowhere is not None else readings[cell_of(value)]

    return measure


def cell_finder(variable: Variable) -> Callable[[Scalar], int]:
    """Return what finds the cell in which a value of `variable` lies."""
    places = {value: cell for cell, value in enumerate(variable.representatives)}
    if variable.cuts is None:
        return places.__getitem__
    borders = [cut.at for cut in variable.cuts]
    ends_after = [cut.after for cut in variable.cuts]

    def cell_of(value: Scalar) -> int:
        if value is None:
            return places[None]
        cell = bisect_right(borders, value)
        return cell - 1 if cell and ends_after[cell - 1] and borders[cell - 1] == value else cell

    return cell_of


def _reading_of_unknown(variable: Variable, facts: Facts, causes: Iterable[str]) -> Reading:
    cells = _possible_cells(variable, facts)
    return Reading(cells if len(cells) < len(variable.representatives) else None, tuple(sorted(causes)))


def _possible_cells(variable: Variable, facts: Facts) -> Cells:
    """Return the cells in which a variable may be that is not known."""
    cells = tuple(range(len(variable.representatives)))
    if isinstance(variable.subject, Compare):
        holds = settled_by_reach(variable.subject, facts, variable.bounds)
        return cells if holds is None else (int(holds),)
    if variable.cuts is None:
        return cells
    least, most = reach(variable.subject, facts, variable.bounds)
    cell_of = cell_finder(variable)
    first = 0 if least is None else cell_of(least)
    last = len(variable.cuts) if most is None else cell_of(most)
    is_there = isinstance(variable.subject, Aggregate) and _has_a_figure(variable.subject, facts)
    none = () if is_there else tuple(cell for cell in cells[last + 1 :] if variable.representatives[cell] is None)
    return (*cells[first : last + 1], *none)


def _has_a_figure(aggregate: Aggregate, facts: Facts) -> bool:
    figures = known_figures(aggregate, facts)
    return figures is not None and bool(figures[0])
