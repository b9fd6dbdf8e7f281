"""Diagrams over what may be known of a company: where a condition holds, does not hold, or is open, and by what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from calculator.cells import Variable, holds_in, subject_of
from calculator.diagram import Diagrams, Node
from calculator.expressions import AllOf, AnyOf, Constant, Expression, Named, Not, OpenPoint

Holds: TypeAlias = bool | frozenset[str]
"""Whether a condition holds, or the names of the facts and open points that leave it open."""


@dataclass(frozen=True, slots=True)
class PartlyKnown:
    """The diagrams; a variable has its own cells, and one more for each way of not being known.

    A way of not being known is which of its facts are not. A fact is taken to be known in one variable and not in
    another, too: so two diagrams may differ only in what cannot be, and those that are the same always agree.
    """

    diagrams: Diagrams
    levels: Mapping[Expression, tuple[int, Variable]]

    @classmethod
    def over(cls, variables: Sequence[Variable]) -> PartlyKnown:
        """Return the diagrams over `variables`."""
        return cls(Diagrams(), {one.subject: (level, one) for level, one in enumerate(variables)})

    def holds(self, condition: Expression) -> Node:
        """Return the diagram of `Holds`, as `calculator.evaluation` works it out."""
        match condition:
            case Constant(_, value):
                return self.diagrams.leaf(value is True)
            case Named(_, body):
                return self.holds(body)
            case AllOf(parts):
                return self.diagrams.combine(_all, *map(self.holds, parts))
            case AnyOf(parts):
                return self.diagrams.combine(_any, *map(self.holds, parts))
            case Not(part):
                return self.diagrams.combine(_opposite, self.holds(part))
            case OpenPoint(name):
                return self.diagrams.leaf(frozenset({name}))
            case _:
                return self._atom(condition)

    def _atom(self, atom: Expression) -> Node:
        subject = subject_of(atom)
        level, variable = self.levels[subject]
        known = [holds_in(atom, subject, one) for one in variable.representatives]
        return self.diagrams.branch(level, [*map(self.diagrams.leaf, [*known, *_ways_not_to_be_known(variable)])])


def _ways_not_to_be_known(variable: Variable) -> Iterator[frozenset[str]]:
    names = sorted(variable.facts)
    return (frozenset(some) for count in range(1, len(names) + 1) for some in combinations(names, count))


def _all(*parts: Holds) -> Holds:
    return _joined(parts, settles=False)


def _any(*parts: Holds) -> Holds:
    return _joined(parts, settles=True)


def _joined(parts: Sequence[Holds], *, settles: bool) -> Holds:
    if settles in parts:
        return settles
    causes = [one for one in parts if isinstance(one, frozenset)]
    return frozenset().union(*causes) if causes else not settles


def _opposite(part: Holds) -> Holds:
    return part if isinstance(part, frozenset) else not part
