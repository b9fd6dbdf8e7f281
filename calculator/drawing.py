"""Drawing diagrams: conditions over facts go in, decision diagrams over the cells of their variables come out."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

from calculator.cells import Variable, holds_in, is_atom, records_of, subject_of, variable_for
from calculator.diagram import Combined, Diagrams, Node
from calculator.evaluation import evaluate
from calculator.expressions import (
    AllOf,
    AnyOf,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Named,
    Not,
    parts_of,
)
from calculator.kinds import Kind
from calculator.rulebook import FactDefinition


@dataclass(frozen=True, slots=True)
class Drawing:
    """The diagrams of expressions over one set of variables."""

    diagrams: Diagrams
    variables: tuple[Variable, ...]
    levels: Mapping[Expression, int]
    definitions: Mapping[str, FactDefinition]
    _drawn: dict[Expression, Node] = field(default_factory=dict)
    _combined: dict[Callable[..., Hashable], Combined] = field(default_factory=dict)

    @classmethod
    def over(cls, conditions: Iterable[Expression], definitions: Mapping[str, FactDefinition]) -> Drawing:
        """Return a drawing for `conditions`; variables are in the order in which the facts are defined."""
        atoms = dict.fromkeys(atom for condition in conditions for atom in _atoms(condition))
        with_records = dict.fromkeys(
            one for atom in atoms for one in (*map(_is_there, records_of(atom, definitions)), atom)
        )
        atoms |= with_records
        about: dict[Expression, list[Expression]] = {}
        for atom in atoms:
            about.setdefault(subject_of(atom), []).append(atom)
        places = {name: place for place, name in enumerate(definitions)}
        variables = tuple(
            sorted(
                (variable_for(subject, some, definitions) for subject, some in about.items()),
                key=lambda variable: min((places.get(name, len(places)) for name in variable.facts), default=0),
            )
        )
        levels = {variable.subject: level for level, variable in enumerate(variables)}
        read = {subject: place for place, subject in enumerate(dict.fromkeys(map(subject_of, with_records)))}
        return cls(Diagrams([read[one.subject] for one in variables]), variables, levels, definitions)

    def node(self, expression: Expression) -> Node:
        """Return the diagram of a condition; it ends in True and False."""
        match expression:
            case Constant(_, value):
                return self.diagrams.leaf(value is True)
            case Named(_, body):
                return self.node(body)
            case AllOf(parts):
                return self.every(self.node(part) for part in parts)
            case AnyOf(parts):
                return self.opposite(self.every(self.opposite(self.node(part)) for part in parts))
            case Not(part):
                return self.opposite(self.node(part))
            case _:
                return self._atom(expression)

    def every(self, nodes: Iterable[Node]) -> Node:
        """Return the diagram that is True where all `nodes` are."""
        return reduce(lambda one, other: self._combine(both, one, other), nodes, self.diagrams.leaf(True))

    def independent(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        """Return the diagrams that are all True where all `nodes` are, no two of which read the same variable."""
        apart: list[Node] = []
        for node in nodes:
            together = self.every([node, *(one for one in apart if one.reads & node.reads)])
            apart = [*(one for one in apart if not one.reads & node.reads), together]
        return tuple(one for one in apart if one.value is not True)

    def opposite(self, node: Node) -> Node:
        """Return the diagram that is True where `node` is not."""
        return self._combine(_not, node)

    def first_of(self, cases: Sequence[tuple[Expression | None, Hashable]]) -> Node:
        """Return the diagram of the value of the first case that holds; the last always holds."""
        *earlier, (_, last) = cases
        node = self.diagrams.leaf(last)
        for when, value in reversed(earlier):
            condition = self.diagrams.leaf(True) if when is None else self.node(when)
            node = self._combine(_chosen, condition, self.diagrams.leaf(value), node)
        return node

    def _combine(self, operation: Callable[..., Hashable], *nodes: Node) -> Node:
        """Return the diagram of an operation, one of a module; what it made of other parts before is not made again."""
        return self.diagrams.combine(operation, *nodes, done=self._combined.setdefault(operation, {}))

    def _atom(self, atom: Expression) -> Node:
        drawn = self._drawn.get(atom)
        if drawn is None:
            drawn = self._drawn[atom] = self._draw_atom(atom)
        return drawn

    def _draw_atom(self, atom: Expression) -> Node:
        """Return the diagram of an atom; where a record is not there, what holds of its parts is settled."""
        subject = subject_of(atom)
        level = self.levels[subject]
        node = self.diagrams.branch(
            level,
            [self.diagrams.leaf(holds_in(atom, subject, one)) for one in self.variables[level].representatives],
        )
        for record in records_of(atom, self.definitions):
            without = self.diagrams.leaf(evaluate(atom, {record: None}) is True)
            node = self._combine(_chosen, self._atom(_is_there(record)), node, without)
        return node


def _is_there(record: str) -> Expression:
    return Compare(Comparison.NOT_EQUAL, Fact(record), Constant(Kind.RECORD, None))


def _atoms(expression: Expression) -> Iterable[Expression]:
    if is_atom(expression):
        yield expression
    else:
        for part in parts_of(expression):
            yield from _atoms(part)


def both(one: Hashable, other: Hashable) -> bool:
    """Say whether two conditions hold."""
    return one is True and other is True


def _not(one: Hashable) -> bool:
    return one is not True


def _chosen(condition: Hashable, value: Hashable, otherwise: Hashable) -> Hashable:
    return value if condition is True else otherwise
