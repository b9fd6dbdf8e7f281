"""What would have to change: a failing case goes in, the smallest sets of changes that would help come out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import reduce
from itertools import combinations, product
from operator import or_

from calculator.cells import Variable
from calculator.decision import Condition, Decision, Standing
from calculator.diagram import Possible, bits
from calculator.evaluation import Facts, Unknown, evaluate, meaning_of, record_of
from calculator.expressions import Compare, Comparison, Fact, OpenPoint, Scalar
from calculator.measures import Applicant, cell_finder
from calculator.rulebook import FactDefinition

MOST_SETS = 3
MOST_CHANGES = 6
#: So far from its value a fact is moved at most, to bring what is worked out with it where it should be.
MOST_STEPS = 2**40


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what is measured (`variable`), from which value (`before`) to which (`to`, a value that does).

    In words it is `comparison border`: AT_LEAST 3 per cent, LESS_THAN 10 %, EQUAL yes.
    """

    variable: Variable
    fact: str
    before: Scalar
    to: Scalar
    comparison: Comparison
    border: Scalar


def smallest_changes(
    decision: Decision, facts: Facts, definitions: Mapping[str, FactDefinition]
) -> tuple[tuple[Change, ...], ...]:
    """Return at most three smallest sets of changes after which no requirement fails, fewest changes first.

    Only facts that are known and that an applicant can change are changed; facts that are not known may turn out either
    way. Of two values of a fact, one that meets a requirement whatever is not known comes first. The answer is empty
    when nothing fails, or when no change that an applicant can make would help.
    """
    applicant = Applicant.of(facts)
    if decision.may_be_eligible(decision.restriction(applicant)):
        return ()
    changeable = [
        name for name in definitions if name in facts and definitions[name].changeable and _is_read(decision, name)
    ]
    room = _Room(decision, applicant, changeable)
    found: list[frozenset[str]] = []
    for names in room.worth_trying():
        chosen = frozenset(names)
        if not any(smaller <= chosen for smaller in found) and _passes(decision, room.freed(chosen)):
            found.append(chosen)
        if len(found) == MOST_SETS:
            break
    return tuple(_nearest(decision, facts, room, names) for names in found)


def _is_read(decision: Decision, name: str) -> bool:
    return any(name in variable.facts for variable in decision.variables)


class _Room:
    """What is possible when some of an applicant's facts may be anything, and the others stay as they are `now`."""

    def __init__(self, decision: Decision, facts: Facts, changeable: Sequence[str]) -> None:
        self.now: Possible = decision.possible(facts)
        self._decision, self._facts, self._changeable = decision, facts, changeable
        self._moved = {name: _moved_by(decision, facts, frozenset((name,))) for name in changeable}
        self._cells: dict[tuple[int, frozenset[str]], Collection[int]] = {}

    def worth_trying(self) -> Iterator[tuple[str, ...]]:
        """Yield the sets of names, the smallest first, that move something in each requirement that fails now."""
        if not _passes(self._decision, self._widest()):
            return
        left = self._decision.diagrams.restriction(self.now)
        fails = self._decision.diagrams.leaf(False).ends
        failing = [one.reads for one in self._decision.eligible if left.ends_of(one) == fails]
        for size in range(1, min(len(self._changeable), MOST_CHANGES) + 1):
            for names in combinations(self._changeable, size):
                moved = self._moved_by(names)
                if all(reads & moved for reads in failing):
                    yield names

    def freed(self, names: frozenset[str]) -> Possible:
        """Return what is possible when the facts called `names` may be anything."""
        return {**self.now, **{level: self._without(level, names) for level in bits(self._moved_by(names))}}

    def _widest(self) -> Possible:
        """Return more than is possible whatever is changed."""
        return {**self.now, **{level: self._decision.cells(level) for level in bits(self._moved_by(self._changeable))}}

    def _moved_by(self, names: Iterable[str]) -> int:
        return reduce(or_, map(self._moved.__getitem__, names), 0)

    def _without(self, level: int, names: frozenset[str]) -> Collection[int]:
        """Return the cells of a variable when the facts called `names` are not known; those that it reads decide."""
        variable = self._decision.variables[level]
        unknown = names & (variable.facts | {record for name in variable.facts if (record := record_of(name))})
        if (level, unknown) not in self._cells:
            known = {name: value for name, value in self._facts.items() if name not in unknown}
            self._cells[level, unknown] = self._decision.measures[level](known)[0] or self._decision.cells(level)
        return self._cells[level, unknown]


def _moved_by(decision: Decision, facts: Facts, names: frozenset[str]) -> int:
    """Return a bit for each variable that moves when the facts called `names` are changed."""
    return sum(
        1 << level
        for level, variable in enumerate(decision.variables)
        if _is_changed(variable, names) or _comes_with_its_record(variable, facts, names)
    )


def _is_changed(variable: Variable, names: frozenset[str]) -> bool:
    """Say whether a change of the facts called `names` moves `variable`; what an answer leaves open nobody changes."""
    return bool(variable.facts & names) and not isinstance(variable.subject, OpenPoint)


def _comes_with_its_record(variable: Variable, facts: Facts, names: frozenset[str]) -> bool:
    """Say whether `variable` is a part of a record that is not there yet: with the record its parts may be anything."""
    return any(record in names and facts[record] is None for name in variable.facts if (record := record_of(name)))


def _nearest(decision: Decision, facts: Facts, room: _Room, names: frozenset[str]) -> tuple[Change, ...]:
    """Return the changes of the facts called `names` that go the shortest way, counted in cells."""
    now, freed = room.now, room.freed(names)
    levels = [level for level, variable in enumerate(decision.variables) if _is_changed(variable, names)]
    ways = sorted(
        product(*(freed[level] for level in levels)),
        key=lambda cells: sum(abs(cell - min(now[level])) for cell, level in zip(cells, levels, strict=True)),
    )
    told = _told(decision, now)
    changed = [{**freed, **{level: (cell,) for level, cell in zip(levels, cells, strict=True)}} for cells in ways]
    # what meets each requirement whatever is not known comes before what may meet it; and an answer that the documents
    # settle before one that is still waited for, such as a certificate applied for
    certain_or_not: tuple[tuple[Sequence[Condition], list[Possible]], ...] = (
        (told, [{}]),
        ((), _as_they_may_turn_out(decision)),
        ((), [{}]),
    )
    nearest = next(  # a set of facts that helps has a way to help
        cells
        for met, unsettled in certain_or_not
        for way, cells in zip(changed, ways, strict=True)
        if all(_passes(decision, {**way, **points}, met) for points in unsettled)
    )
    return tuple(_changes(decision, facts, now, names, dict(zip(levels, nearest, strict=True))))


def _told(decision: Decision, now: Possible) -> list[Condition]:
    """Return the requirements of which it can be told `now` whether they are met."""
    left = decision.diagrams.restriction(now)
    return [
        one for one in decision.conditions if decision.standings[left.ends_of(one.node)] is not Standing.CANNOT_TELL
    ]


def _passes(decision: Decision, possible: Possible, met: Iterable[Condition] = ()) -> bool:
    """Say whether all requirements may be met, and those of `met` certainly are."""
    left = decision.diagrams.restriction(possible)
    return decision.may_be_eligible(left) and all(
        decision.standings[left.ends_of(one.node)] is Standing.MET for one in met
    )


def _as_they_may_turn_out(decision: Decision) -> list[Possible]:
    """Return every way in which the open points that answers leave may turn out."""
    facts = frozenset(decision.fact_order)
    points = [
        level
        for level, variable in enumerate(decision.variables)
        if isinstance(variable.subject, OpenPoint) and variable.subject.name in facts
    ]
    return [
        {level: (cell,) for level, cell in zip(points, cells, strict=True)}
        for cells in product((0, 1), repeat=len(points))
    ]


def _changes(
    decision: Decision, facts: Facts, now: Possible, names: frozenset[str], to: Mapping[int, int]
) -> Iterator[Change]:
    for level, cell in to.items():
        if now[level] != (cell,):
            variable = decision.variables[level]
            fact = min(variable.facts & names)
            measured = evaluate(variable.subject, facts)
            before = None if isinstance(measured, Unknown) else measured
            comparison, border = _nearer_border(variable, cell, rises=_rises(variable, min(now[level]), cell))
            to_value = border if comparison in _INCLUSIVE else variable.representatives[cell]
            own = _value_in_cell(variable, cell, fact, facts)
            if own is not None:  # the values of the fact itself, not of what is worked out with it
                before, to_value = evaluate(Fact(fact), facts), own  # type: ignore[assignment]  # it is known
            yield Change(variable, fact, before, to_value, comparison, border)


def _value_in_cell(variable: Variable, cell: int, fact: str, facts: Facts) -> Scalar:
    """Return the value of `fact`, nearest to what it is, that brings what is worked out with it into `cell`.

    None where the fact is what is measured itself, is no number, or no such value is found.
    """
    now = facts[fact]
    if isinstance(variable.subject, Fact) or isinstance(now, bool) or not isinstance(now, int | Fraction):
        return None

    value_of, cell_of = meaning_of(variable.subject), cell_finder(variable)

    def fits(value: Scalar) -> bool:
        result = value_of({**facts, fact: value}, None)
        return not isinstance(result, Unknown) and cell_of(result) == cell

    match variable.subject:
        case Compare(_, Fact(name), other) | Compare(_, other, Fact(name)) if name == fact:
            met = evaluate(other, facts)
            return met if not isinstance(met, Unknown) and fits(met) else None
    least, most = variable.bounds[fact]
    for sign in (1, -1):
        steps = 1
        while steps < MOST_STEPS and not fits(_bounded(now + sign * steps, least, most)):
            steps *= 2
        if steps < MOST_STEPS:
            too_near = steps // 2
            while steps - too_near > 1:
                middle = (too_near + steps) // 2
                too_near, steps = (
                    (too_near, middle) if fits(_bounded(now + sign * middle, least, most)) else (middle, steps)
                )
            return _bounded(now + sign * steps, least, most)
    return None


def _bounded(value: int | Fraction, least: int | Fraction | None, most: int | Fraction | None) -> int | Fraction:
    above = value if least is None else max(value, least)
    return above if most is None else min(above, most)


_INCLUSIVE = (Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.EQUAL)


def _rises(variable: Variable, now: int, cell: int) -> bool:
    """Say whether a cell is entered at its lower border; one that comes from "there is none" enters there if it can."""
    return cell > (0 if variable.representatives[now] is None else now)


def _nearer_border(variable: Variable, cell: int, *, rises: bool) -> tuple[Comparison, Scalar]:
    """Return the border at which a cell is entered: its lower one from below, its upper one from above."""
    if variable.cuts is None or cell > len(variable.cuts) or not (rises or cell < len(variable.cuts)):
        return Comparison.EQUAL, variable.representatives[cell]
    cut = variable.cuts[cell - 1 if rises else cell]
    if rises:
        return (Comparison.MORE_THAN if cut.after else Comparison.AT_LEAST), cut.at
    if cut.after:
        return Comparison.AT_MOST, cut.at
    match cut.at:
        case datetime() | Fraction():
            return Comparison.LESS_THAN, cut.at
        case date():
            return Comparison.AT_MOST, cut.at - timedelta(days=1)
        case _:
            return Comparison.AT_MOST, cut.at - 1
