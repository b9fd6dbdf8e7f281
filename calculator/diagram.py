"""Reduced ordered decision diagrams over cells: exact functions of partly known facts.

A diagram asks for one variable after the other, in one fixed order, and ends in a value. It is reduced: a variable
that makes no difference is not in it, and equal functions are the same node. So what a diagram still contains is what
still matters, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

Branch: TypeAlias = "tuple[int, tuple[Node, ...]]"
"""A variable and the diagram that each of its cells leads to."""

Possible: TypeAlias = Mapping[int, Collection[int]]
"""The cells that are left to each variable; one that is not there may be in any of its cells."""

Settling: TypeAlias = "Mapping[tuple[int, Node], int]"
"""A bit for each cell of a variable that leaves a leaf, whatever else is so; by the variable and the leaf."""


@dataclass(slots=True, eq=False)
class Node:
    """A diagram, named by its top: it asks variable `level` and goes on with the child of its cell.

    A leaf has no children and ends in `value`. `reads` has a bit for each variable, and `ends` a bit for each value,
    that ways down from here meet. A node is never changed; `_settling` is worked out when it is first asked for.
    """

    level: int
    children: tuple[Node, ...]
    value: Hashable
    reads: int
    ends: int
    _settling: Settling | None = None

    def settling(self) -> Settling:
        """Return which cells leave a leaf when they are the only thing known."""
        if self._settling is None:
            self._settling = self._cells_that_settle()
        return self._settling

    def _cells_that_settle(self) -> Settling:
        """Return this variable's cells that lead to a leaf, and the cells below that leave the same leaf everywhere."""
        at_once: dict[tuple[int, Node], int] = {}
        branches = set()
        for cell, child in enumerate(self.children):
            if child.children:
                branches.add(child)
            else:
                key = (self.level, child)
                at_once[key] = at_once.get(key, 0) | 1 << cell
        if len(at_once) > 1 or not branches:
            return at_once
        everywhere = branches.pop().settling()
        while branches and everywhere:
            other = branches.pop().settling()
            everywhere = {key: cells & other[key] for key, cells in everywhere.items() if cells & other.get(key, 0)}
        if not at_once:
            return everywhere
        ((_, leaf),) = at_once
        return at_once | {key: cells for key, cells in everywhere.items() if key[1] is leaf}


@dataclass(slots=True)
class Diagrams:
    """The nodes of all diagrams over the same variables; equal functions share one node."""

    _branches: dict[Branch, Node] = field(default_factory=dict)
    _leaves: dict[tuple[type, Hashable], Node] = field(default_factory=dict)
    _values: list[Hashable] = field(default_factory=list)
    _by_end: dict[int, Hashable] = field(default_factory=dict)
    _widths: dict[int, int] = field(default_factory=dict)

    def leaf(self, value: Hashable) -> Node:
        """Return the diagram that always ends in `value`."""
        key = (type(value), value)
        if key not in self._leaves:
            leaf = self._leaves[key] = Node(-1, (), value, 0, 1 << len(self._values))
            self._values.append(value)
            self._by_end[leaf.ends] = value
        return self._leaves[key]

    def branch(self, level: int, children: Sequence[Node]) -> Node:
        """Return the diagram that asks variable `level` and goes on with the child of its cell."""
        self._widths[level] = len(children)
        return _branched((level, tuple(children)), self._branches, self._branches)

    def values_of(self, ends: int) -> list[Hashable]:
        """Return the values that the bits `ends` stand for, each once."""
        return [self._values[place] for place in bits(ends)]

    def only_value_of(self, ends: int) -> Hashable:
        """Return the value that the bits `ends` stand for where it is one, and None where there are several."""
        return self._by_end.get(ends)

    def combine(self, operation: Callable[..., Hashable], *nodes: Node) -> Node:
        """Return the diagram of `operation` over the values of `nodes`."""
        return self._combined(operation, nodes, {})

    def restriction(self, possible: Possible) -> Restriction:
        """Return what is left of any diagram when each variable in `possible` is only in one of the cells given."""
        widths = self._widths
        return self.narrowed({level: cells for level, cells in possible.items() if len(cells) < widths.get(level, 0)})

    def narrowed(self, possible: Possible) -> Restriction:
        """Return what `restriction` does, given no cells of a variable that may be in all of its cells."""
        return Restriction(possible, self._branches)

    def levels(self, node: Node) -> frozenset[int]:
        """Return the variables on which `node` really depends."""
        return frozenset(bits(node.reads))

    def values(self, node: Node) -> frozenset[Hashable]:
        """Return the values in which `node` can end."""
        return frozenset(self.values_of(node.ends))

    def _combined(
        self, operation: Callable[..., Hashable], nodes: tuple[Node, ...], done: dict[tuple[Node, ...], Node]
    ) -> Node:
        if nodes in done:
            return done[nodes]
        asked = [node for node in nodes if node.children]
        if not asked:
            result = self.leaf(operation(*(node.value for node in nodes)))
        else:
            first = min(asked, key=lambda node: node.level)
            result = self.branch(
                first.level,
                [self._combined(operation, _at(nodes, first.level, cell), done) for cell in range(len(first.children))],
            )
        done[nodes] = result
        return result


class Restriction:
    """What is left of diagrams when each variable in `possible` is only in one of the cells given.

    What is left is not `kept`: it lives as long as somebody holds it, so that many restrictions take no more memory
    than one. What one restriction leaves of equal functions is one node, as with those that are kept.
    """

    __slots__ = ("_done", "_ends", "_kept", "_made", "_narrowed", "possible")

    def __init__(self, possible: Possible, kept: Mapping[Branch, Node]) -> None:
        """Take the cells of those variables that are not in all of theirs any more, and the nodes that are kept."""
        self.possible = possible
        self._kept = kept
        self._narrowed = sum([1 << level for level in possible])
        self._made: dict[Branch, Node] = {}
        self._done: dict[Node, Node] = {}
        self._ends: dict[Node, int] = {}

    def ends_of(self, node: Node) -> int:
        """Return a bit for each value in which `node` can still end: the `ends` of what is left of it."""
        possible, narrowed = self.possible, self._narrowed
        while node.reads & narrowed:
            cells = possible.get(node.level)
            if cells is None or len(cells) > 1:
                return self._ends_below(node, cells)
            (cell,) = cells
            node = node.children[cell]
        return node.ends

    def left_of(self, node: Node) -> Node:
        """Return what is left of `node`: all of it, where it reads nothing that is narrowed."""
        possible, narrowed = self.possible, self._narrowed
        while node.reads & narrowed:
            cells = possible.get(node.level)
            if cells is None or len(cells) > 1:
                return self._left_of_branch(node, cells)
            (cell,) = cells
            node = node.children[cell]
        return node

    def _ends_below(self, node: Node, cells: Collection[int] | None) -> int:
        ends = self._ends.get(node)
        if ends is None:
            ends, narrowed = 0, self._narrowed
            for child in _children_in(node, cells):
                ends |= self.ends_of(child) if child.reads & narrowed else child.ends
                if ends == node.ends:
                    break  # there are no more
            self._ends[node] = ends
        return ends

    def _left_of_branch(self, node: Node, cells: Collection[int] | None) -> Node:
        left = self._done.get(node)
        if left is None:
            narrowed, left_of = self._narrowed, self.left_of
            below = [left_of(child) if child.reads & narrowed else child for child in _children_in(node, cells)]
            if cells is not None:
                # an impossible cell takes the place of a possible one, so that it makes no difference
                of_cells = dict(zip(cells, below, strict=True))
                below = [of_cells.get(cell, below[0]) for cell in range(len(node.children))]
            left = self._done[node] = _branched((node.level, tuple(below)), self._kept, self._made)
        return left


def _children_in(node: Node, cells: Collection[int] | None) -> Sequence[Node]:
    """Return the children of `node` in some cells, or all of them."""
    return node.children if cells is None else [node.children[cell] for cell in cells]


def _branched(branch: Branch, kept: Mapping[Branch, Node], made: dict[Branch, Node]) -> Node:
    """Return the node of `branch`: its child where all are the same, the one that is there, or a new one in `made`."""
    level, children = branch
    first = children[0]
    if children.count(first) == len(children):
        return first
    node = kept.get(branch) or made.get(branch)
    if node is None:
        reads, ends = 1 << level, 0
        for child in children:
            reads |= child.reads
            ends |= child.ends
        node = made[branch] = Node(level, children, None, reads, ends)
    return node


def _at(nodes: tuple[Node, ...], level: int, cell: int) -> tuple[Node, ...]:
    """Return `nodes` with variable `level` in `cell`; those that do not ask it first stay as they are."""
    return tuple(node.children[cell] if node.level == level else node for node in nodes)


@lru_cache(maxsize=4096)
def bits(mask: int) -> tuple[int, ...]:
    """Return the places of the bits that are set, the lowest first."""
    places = []
    while mask:
        lowest = mask & -mask
        places.append(lowest.bit_length() - 1)
        mask ^= lowest
    return tuple(places)
