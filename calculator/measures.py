"""Measuring an applicant: facts go in, the cells that they leave to each variable come out.

A variable is made into a measure once. Rules that cut a thing alike share its measure, so that one applicant is
measured once for all of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter
from types import MappingProxyType
from typing import TypeAlias

from calculator.award import Worth, WorthOf, worth_of
from calculator.cells import Variable
from calculator.diagram import Cells
from calculator.evaluation import Facts, FactValue, Unknown, known_figures, meaning_of, record_of
from calculator.expressions import Aggregate, Compare, Expression, Fact, OpenPoint, Scalar
from calculator.reach import reach_of, settled_by_reach

Reading: TypeAlias = tuple[Cells | None, tuple[str, ...]]
"""What facts tell of a variable: the cells that they leave to it, None where that is any, and what is missing.

What is missing are the facts (or the open point) that would settle it, by name.
"""

Measure: TypeAlias = Callable[[Facts], Reading]

_cells_of, _missing_of = itemgetter(0), itemgetter(1)


class Applicant(dict[str, FactValue]):
    """The facts of one applicant, who is not changed any more, with what has been measured and worked out of them.

    They are what is `stated` and, where that leaves it open, what is `given` beside it.
    """

    __slots__ = ("_readings", "_worths", "given", "stated")

    def __init__(self, stated: Facts, given: Facts = MappingProxyType({})) -> None:
        """Take the facts that are known."""
        super().__init__({**given, **stated})
        self.stated = stated
        self.given = given
        self._readings = _Readings(dict(self))  # of a copy: what refers to itself waits until garbage is collected
        self._worths: dict[WorthOf, Worth] = {}

    @classmethod
    def of(cls, facts: Facts) -> Applicant:
        """Return the applicant of `facts`, who may have been measured before."""
        return facts if isinstance(facts, Applicant) else cls(facts)

    def cells(self, measures: Iterable[Measure]) -> list[Cells | None]:
        """Return the cells that each measure leaves, None where those are all."""
        return [*map(_cells_of, map(self._readings.__getitem__, measures))]

    def missing(self, measures: Iterable[Measure]) -> Iterable[str]:
        """Return what is missing for each measure, one after the other."""
        return chain.from_iterable(map(_missing_of, map(self._readings.__getitem__, measures)))

    def worth(self, worth_of_amount: WorthOf) -> Worth:
        """Return what an amount comes to."""
        worth = self._worths.get(worth_of_amount)
        if worth is None:
            worth = self._worths[worth_of_amount] = worth_of_amount(self)
        return worth


class _Readings(dict[Measure, Reading]):
    """What each measure reads of the same facts, each read once."""

    __slots__ = ("_facts",)

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self._facts = facts

    def __missing__(self, measure: Measure) -> Reading:
        reading = self[measure] = measure(self._facts)
        return reading


@dataclass(frozen=True, slots=True)
class Workshop:
    """Makes measures, one for all variables that are cut alike, and works out amounts, so that rules share them."""

    _measures: dict[Variable, Measure] = field(default_factory=dict)
    _worths: dict[Expression, WorthOf] = field(default_factory=dict)

    def measure(self, variable: Variable) -> Measure:
        """Return the measure of a variable."""
        if variable not in self._measures:
            self._measures[variable] = measure_of(variable)
        return self._measures[variable]

    def worth(self, amount: Expression) -> WorthOf:
        """Return what finds the worth of an amount."""
        if amount not in self._worths:
            self._worths[amount] = worth_of(amount)
        return self._worths[amount]


def measure_of(variable: Variable) -> Measure:
    """Return the measure of `variable`."""
    if isinstance(variable.subject, OpenPoint):
        open_point = (None, tuple(sorted(variable.facts)))
        return lambda _: open_point
    value_of, cell_of = meaning_of(variable.subject), cell_finder(variable)
    read_unknown = _reading_of_unknown(variable, cell_of)
    reads = variable.facts.union(record for name in variable.facts if (record := record_of(name)) is not None)
    readings = [((cell,), ()) for cell in range(len(variable.representatives))]
    # the part of a record that is not there is in no cell of its own, and nothing asks for it
    none = readings[cell_of(None)] if None in variable.representatives else (None, ())

    def read(facts: Facts) -> Reading:
        value = value_of(facts, None)
        if isinstance(value, Unknown):
            return read_unknown(facts, value.causes)
        return none if value is None else readings[cell_of(value)]

    nothing_known = read({})
    if not isinstance(variable.subject, Fact) or len(reads) > 1:
        return lambda facts: nothing_known if reads.isdisjoint(facts) else read(facts)
    name = variable.subject.name

    def read_fact(facts: Facts) -> Reading:
        """Read what is not made of anything else, as most variables are."""
        if name not in facts:
            return nothing_known
        known = facts[name]
        return none if known is None else readings[cell_of(True if isinstance(known, tuple) else known)]

    return read_fact


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


def _reading_of_unknown(
    variable: Variable, cell_of: Callable[[Scalar], int]
) -> Callable[[Facts, Iterable[str]], Reading]:
    """Return what reads a variable that is not known for these causes."""
    possible_cells, count = _possible_cells(variable, cell_of), len(variable.representatives)

    def reading(facts: Facts, causes: Iterable[str]) -> Reading:
        cells = possible_cells(facts)
        return cells if len(cells) < count else None, tuple(sorted(causes))

    return reading


def _possible_cells(variable: Variable, cell_of: Callable[[Scalar], int]) -> Callable[[Facts], Cells]:
    """Return what finds the cells in which a variable may be that is not known."""
    every_cell = tuple(range(len(variable.representatives)))
    if isinstance(variable.subject, Compare):
        holds = settled_by_reach(variable.subject, variable.bounds)
        return lambda facts: every_cell if (settled := holds(facts)) is None else (int(settled),)
    if variable.cuts is None:
        return lambda _: every_cell
    reach, end = reach_of(variable.subject, variable.bounds), len(variable.cuts) + 1

    def possible_cells(facts: Facts) -> Cells:
        least, most = reach(facts)
        first = 0 if least is None else cell_of(least)
        last = end - 1 if most is None else cell_of(most)
        is_there = isinstance(variable.subject, Aggregate) and _has_a_figure(variable.subject, facts)
        return every_cell[first : last + 1] if is_there else (*every_cell[first : last + 1], *every_cell[end:])

    return possible_cells


def _has_a_figure(aggregate: Aggregate, facts: Facts) -> bool:
    figures = known_figures(aggregate, facts)
    return figures is not None and bool(figures[0])
