"""Reduced ordered decision diagrams over cells: exact functions of partly known facts.

A diagram asks for one variable after the other, in one fixed order, and ends in a value. It is reduced: a variable
that makes no difference is not in it, and equal functions are the same node. So what a diagram still contains is what
still matters, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Node: TypeAlias = int
"""A diagram, named by its top node."""


@dataclass(slots=True)
class Diagrams:
    """The nodes of all diagrams over the same variables; equal functions share one node."""

    _branches: list[tuple[int, tuple[Node, ...]] | None] = field(default_factory=list)
    _values: list[Hashable] = field(default_factory=list)
    _known: dict[Hashable, Node] = field(default_factory=dict)

    def leaf(self, value: Hashable) -> Node:
        """Return the diagram that always ends in `value`."""
        return self._node(("leaf", type(value), value), None, value)

    def branch(self, level: int, children: Sequence[Node]) -> Node:
        """Return the diagram that asks variable `level` and goes on with the child of its cell."""
        first = children[0]
        if all(child == first for child in children):
            return first
        below = tuple(children)
        return self._node((level, below), (level, below), None)

    def is_leaf(self, node: Node) -> bool:
        """Say whether nothing more is asked."""
        return self._branches[node] is None

    def value(self, node: Node) -> Hashable:
        """Return the value in which the leaf `node` ends."""
        return self._values[node]

    def combine(self, operation: Callable[..., Hashable], *nodes: Node) -> Node:
        """Return the diagram of `operation` over the values of `nodes`."""
        return self._combined(operation, nodes, {})

    def restrict(self, node: Node, possible: Mapping[int, frozenset[int]]) -> Node:
        """Return what is left of `node` when each variable in `possible` is only in one of the cells given."""
        return self._restricted(node, possible, {})

    def levels(self, node: Node) -> frozenset[int]:
        """Return the variables on which `node` really depends."""
        return frozenset(branch[0] for branch in self._below(node))

    def values(self, node: Node) -> frozenset[Hashable]:
        """Return the values in which `node` can end."""
        return frozenset(self._values[one] for one in self._reachable(node) if self._branches[one] is None)

    def _node(self, key: Hashable, branch: tuple[int, tuple[Node, ...]] | None, value: Hashable) -> Node:
        if key not in self._known:
            self._known[key] = len(self._branches)
            self._branches.append(branch)
            self._values.append(value)
        return self._known[key]

    def _combined(
        self, operation: Callable[..., Hashable], nodes: tuple[Node, ...], done: dict[tuple[Node, ...], Node]
    ) -> Node:
        if nodes in done:
            return done[nodes]
        branches = [self._branches[node] for node in nodes]
        asked = [branch[0] for branch in branches if branch is not None]
        if not asked:
            result = self.leaf(operation(*(self._values[node] for node in nodes)))
        else:
            level = min(asked)
            width = next(len(branch[1]) for branch in branches if branch is not None and branch[0] == level)
            result = self.branch(
                level,
                [self._combined(operation, self._at(nodes, level, cell), done) for cell in range(width)],
            )
        done[nodes] = result
        return result

    def _at(self, nodes: tuple[Node, ...], level: int, cell: int) -> tuple[Node, ...]:
        """Return `nodes` with variable `level` in `cell`; those that do not ask it first stay as they are."""
        return tuple(
            branch[1][cell] if (branch := self._branches[node]) is not None and branch[0] == level else node
            for node in nodes
        )

    def _restricted(self, node: Node, possible: Mapping[int, frozenset[int]], done: dict[Node, Node]) -> Node:
        branch = self._branches[node]
        if branch is None:
            return node
        if node not in done:
            level, children = branch
            cells = possible.get(level, frozenset(range(len(children))))
            kept = {cell: self._restricted(children[cell], possible, done) for cell in sorted(cells)}
            # An impossible cell takes the place of a possible one, so that it makes no difference.
            spare = next(iter(kept.values()))
            done[node] = self.branch(level, [kept.get(cell, spare) for cell in range(len(children))])
        return done[node]

    def _reachable(self, node: Node) -> frozenset[Node]:
        seen: set[Node] = set()
        waiting = [node]
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                branch = self._branches[one]
                waiting.extend(() if branch is None else branch[1])
        return frozenset(seen)

    def _below(self, node: Node) -> Iterator[tuple[int, tuple[Node, ...]]]:
        for one in self._reachable(node):
            branch = self._branches[one]
            if branch is not None:
                yield branch
