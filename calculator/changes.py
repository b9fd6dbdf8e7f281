"""What would have to change: a failing case goes in, the smallest sets of changes that would help come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import combinations, product

from calculator.cells import Variable
from calculator.decision import Decision, Possible
from calculator.evaluation import Facts, Unknown, evaluate
from calculator.expressions import Comparison, Scalar
from calculator.rulebook import FactDefinition

MOST_SETS = 3
MOST_CHANGES = 6


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
    way. The answer is empty when nothing fails, or when no change that an applicant can make would help.
    """
    now = decision.possible(facts)
    node = decision.left(decision.eligible, now)
    if True in decision.diagrams.values(node):
        return ()
    changeable = [
        name for name in definitions if name in facts and definitions[name].changeable and _is_read(decision, name)
    ]
    found: list[frozenset[str]] = []
    for size in range(1, min(len(changeable), MOST_CHANGES) + 1):
        for names in combinations(changeable, size):
            chosen = frozenset(names)
            if not any(smaller <= chosen for smaller in found) and _helps(decision, now, chosen):
                found.append(chosen)
            if len(found) == MOST_SETS:
                break
        if len(found) == MOST_SETS:
            break
    return tuple(_nearest(decision, facts, now, names) for names in found)


def _is_read(decision: Decision, name: str) -> bool:
    return any(name in variable.facts for variable in decision.variables)


def _freed(decision: Decision, now: Possible, names: frozenset[str]) -> Possible:
    """Return what is possible when the facts called `names` may be anything, and the others stay as they are `now`."""
    return {
        level: frozenset(range(len(variable.representatives))) if variable.facts & names else cells
        for (level, cells), variable in zip(now.items(), decision.variables, strict=True)
    }


def _helps(decision: Decision, now: Possible, names: frozenset[str]) -> bool:
    return True in decision.diagrams.values(decision.diagrams.restrict(decision.eligible, _freed(decision, now, names)))


def _nearest(decision: Decision, facts: Facts, now: Possible, names: frozenset[str]) -> tuple[Change, ...]:
    """Return the changes of the facts called `names` that go the shortest way, counted in cells."""
    freed = _freed(decision, now, names)
    levels = [level for level, variable in enumerate(decision.variables) if variable.facts & names]
    ways = sorted(
        product(*(sorted(freed[level]) for level in levels)),
        key=lambda cells: sum(abs(cell - min(now[level])) for cell, level in zip(cells, levels, strict=True)),
    )
    for cells in ways:
        possible = {**freed, **{level: frozenset({cell}) for level, cell in zip(levels, cells, strict=True)}}
        if True in decision.diagrams.values(decision.diagrams.restrict(decision.eligible, possible)):
            return tuple(_changes(decision, facts, now, dict(zip(levels, cells, strict=True))))
    raise AssertionError("a set of facts that helps has a way to help")


def _changes(decision: Decision, facts: Facts, now: Possible, to: Mapping[int, int]) -> Iterator[Change]:
    for level, cell in to.items():
        if now[level] != {cell}:
            variable = decision.variables[level]
            before = evaluate(variable.subject, facts)
            comparison, border = _nearer_border(variable, cell, rises=_rises(variable, min(now[level]), cell))
            yield Change(
                variable,
                min(variable.facts),
                None if isinstance(before, Unknown) else before,
                border if comparison in _INCLUSIVE else variable.representatives[cell],
                comparison,
                border,
            )


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
