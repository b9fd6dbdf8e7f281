"""Reduced ordered decision diagrams over cells: exact functions of partly known facts.

A diagram asks for one variable after the other, in one fixed order, and ends in a value. It is reduced: a variable
that makes no difference is not in it, and equal functions are the same node. So what a diagram still contains is what
still matters, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Generic, TypeAlias, TypeVar

from calculator.lookup import Lookup

T = TypeVar("T")

Branch: TypeAlias = "tuple[int, tuple[Node, ...]]"
"""A variable and the diagram that each of its cells leads to."""

Possible: TypeAlias = Mapping[int, Collection[int]]
"""The cells that are left to each variable; one that is not there may be in any of its cells."""

Cells: TypeAlias = tuple[int, ...]
"""Cells of one variable, in order."""

Narrowed: TypeAlias = "Sequence[Cells | None]"
"""The cells that are left to each variable in turn; None where those are all of its cells."""

Combined: TypeAlias = "dict[tuple[Node, ...], Node]"
"""The diagrams that one operation makes of others."""

Settling: TypeAlias = Mapping[int, int]
"""A bit for each cell of a variable that leaves some leaf, whatever else is so; by the variable."""

_NOTHING: Settling = MappingProxyType({})


@dataclass(slots=True, eq=False)
class Node:
    """A diagram, named by its top: it asks variable `level` and goes on with the child of its cell.

    A leaf has no children and ends in `value`. `reads` has a bit for each variable, and `ends` a bit for each value,
    that ways down from here meet; `distinct` has each child once. A node is never changed; `_settling` is worked out
    when it is first asked for.
    """

    level: int
    children: tuple[Node, ...]
    distinct: tuple[Node, ...]
    value: Hashable
    reads: int
    ends: int
    _settling: dict[Node, Settling] | None = None

    def settling(self, leaf: Node) -> Settling:
        """Return which cells leave `leaf` when they are the only thing known."""
        if not self.children or not self.ends & leaf.ends:
            return _NOTHING
        if self._settling is None:
            self._settling = {}
        settling = self._settling.get(leaf)
        if settling is None:
            settling = self._settling[leaf] = self._cells_that_settle(leaf)
        return settling

    def _cells_that_settle(self, leaf: Node) -> Settling:
        """Return this variable's cells that lead to `leaf`, and the cells below that leave it everywhere."""
        others = [*self.distinct]
        at_once = leaf in others
        if at_once:
            others.remove(leaf)
        everywhere = others[0].settling(leaf)
        for other in others[1:]:
            settling = other.settling(leaf) if everywhere else _NOTHING
            everywhere = _in_both(everywhere, settling)
        if not at_once:
            return everywhere
        cells = 0
        for cell, child in enumerate(self.children):
            if child is leaf:
                cells |= 1 << cell
        return {**everywhere, self.level: cells}


@dataclass(slots=True)
class Diagrams:
    """The nodes of all diagrams over the same variables; equal functions share one node.

    `places` has the place of each variable in the order in which they are asked for; without, it is that of levels.
    """

    places: Sequence[int] = ()
    _branches: dict[Branch, Node] = field(default_factory=dict)
    _leaves: dict[tuple[type, Hashable], Node] = field(default_factory=dict)
    _ends: list[Node] = field(default_factory=list)
    _by_end: dict[int, Hashable] = field(default_factory=dict)
    _widths: dict[int, int] = field(default_factory=dict)

    def leaf(self, value: Hashable) -> Node:
        """Return the diagram that always ends in `value`."""
        key = (type(value), value)
        if key not in self._leaves:
            leaf = self._leaves[key] = Node(-1, (), (), value, 0, 1 << len(self._ends))
            self._ends.append(leaf)
            self._by_end[leaf.ends] = value
        return self._leaves[key]

    def branch(self, level: int, children: Sequence[Node]) -> Node:
        """Return the diagram that asks variable `level` and goes on with the child of its cell."""
        self._widths[level] = len(children)
        distinct = tuple(dict.fromkeys(children))
        return _branched((level, tuple(children)), distinct, self._branches, self._branches)

    def leaves_of(self, ends: int) -> list[Node]:
        """Return the leaves that the bits `ends` stand for."""
        return [self._ends[place] for place in bits(ends)]

    def values_of(self, ends: int) -> list[Hashable]:
        """Return the values that the bits `ends` stand for, each once."""
        return [leaf.value for leaf in self.leaves_of(ends)]

    def only_value_of(self, ends: int) -> Hashable:
        """Return the value that the bits `ends` stand for where it is one, and None where there are several."""
        return self._by_end.get(ends)

    def combine(self, operation: Callable[..., Hashable], *nodes: Node, done: Combined | None = None) -> Node:
        """Return the diagram of `operation` over the values of `nodes`; what is `done` already is not done again."""
        return self._combined(operation, nodes, {} if done is None else done)

    def restriction(self, possible: Possible) -> Restriction:
        """Return what is left of any diagram drawn so far when each variable in `possible` is in one of its cells."""
        widths = self._widths
        narrowed = {level: tuple(cells) for level, cells in possible.items() if len(cells) < widths.get(level, 0)}
        each = [narrowed.get(level) for level in range(max(widths, default=-1) + 1)]
        return self.narrowed(each, sum([1 << level for level in narrowed]))

    def narrowed(self, possible: Narrowed, levels: int) -> Restriction:
        """Return what `restriction` does; `levels` has a bit for each variable that is not in all of its cells."""
        return Restriction(possible, levels, self._branches)

    def left_alone(self, node: Node, cells: Cells | None) -> Node:
        """Return what is left of a diagram of one variable in these of its cells."""
        return node if cells is None else self.restriction({node.level: cells}).left_of(node)

    def levels(self, node: Node) -> frozenset[int]:
        """Return the variables on which `node` really depends."""
        return frozenset(bits(node.reads))

    def values(self, node: Node) -> frozenset[Hashable]:
        """Return the values in which `node` can end."""
        return frozenset(self.values_of(node.ends))

    def _combined(self, operation: Callable[..., Hashable], nodes: tuple[Node, ...], done: Combined) -> Node:
        result = done.get(nodes)
        if result is None:
            asked = [node for node in nodes if node.children]
            if not asked:
                result = self.leaf(operation(*[node.value for node in nodes]))
            else:
                first = asked[0] if len(asked) == 1 else self._first(asked)
                below = _in_each_cell(nodes, first)
                result = self.branch(
                    first.level, [done.get(one) or self._combined(operation, one, done) for one in below]
                )
            done[nodes] = result
        return result

    def _first(self, asked: Sequence[Node]) -> Node:
        """Return the one that asks for its variable before the others."""
        return min(asked, key=lambda node: self.places[node.level] if self.places else node.level)


class Readout(Generic[T]):
    """What several diagrams tell at once, each by what its ends stand for.

    A diagram of one variable, as most are, is looked up by the cells of that variable; no others are walked through.
    """

    __slots__ = ("_deep", "_places")

    def __init__(self, diagrams: Diagrams, told: Iterable[tuple[Node, Mapping[int, T]]]) -> None:
        """Take each diagram with what the ends that are left of it stand for."""
        nodes = tuple(told)
        self._deep = tuple(dict.fromkeys(node for node, _ in nodes if node.reads.bit_count() != 1))
        places = {node: place for place, node in enumerate(self._deep)}
        self._places: tuple[tuple[int, Mapping[Any, T]], ...] = tuple(
            (places[node], meaning)
            if node in places
            else (len(places) + node.level, _by_cells(diagrams, node, meaning))
            for node, meaning in nodes
        )

    def told(self, left: Restriction) -> list[T]:
        """Return what each diagram tells."""
        if not self._places:
            return []
        keys: Sequence[int | Cells | None] = left.possible
        if self._deep:
            keys = [*map(left.ends_of, self._deep), *keys]
        return [meaning[keys[place]] for place, meaning in self._places]


def _by_cells(diagrams: Diagrams, node: Node, meaning: Mapping[int, T]) -> Mapping[Hashable, T]:
    return Lookup(lambda cells: meaning[diagrams.left_alone(node, cells).ends])


class Restriction:
    """What is left of diagrams when each variable is only in one of the cells that are `possible`.

    What is left is not `kept`: it lives as long as somebody holds it, so that many restrictions take no more memory
    than one. What one restriction leaves of equal functions is one node, as with those that are kept.
    """

    __slots__ = ("_done", "_ends", "_kept", "_made", "_narrowed", "possible")

    def __init__(self, possible: Narrowed, levels: int, kept: Mapping[Branch, Node]) -> None:
        """Take what is possible, a bit for each variable that is narrowed by it, and the nodes that are kept."""
        self.possible = possible
        self._kept = kept
        self._narrowed = levels
        self._made: dict[Branch, Node] = {}
        self._done: dict[Node, Node] = {}
        self._ends: dict[Node, int] = {}

    def ends_of(self, node: Node) -> int:
        """Return a bit for each value in which `node` can still end: the `ends` of what is left of it."""
        possible, narrowed = self.possible, self._narrowed
        while node.reads & narrowed:
            cells = possible[node.level]
            if cells is None or len(cells) > 1:
                return self._ends.get(node) or self._ends_below(node, cells)
            node = node.children[cells[0]]
        return node.ends

    def _ends_below(self, node: Node, cells: Cells | None) -> int:
        """Return the ends of a diagram whose variable may be in several cells, and remember them."""
        narrowed, ends_of, every_end, children, ends = self._narrowed, self.ends_of, node.ends, node.children, 0
        for child in node.distinct if cells is None else map(children.__getitem__, cells):
            ends |= ends_of(child) if child.reads & narrowed else child.ends
            if ends == every_end:
                break
        self._ends[node] = ends
        return ends

    def left_of(self, node: Node) -> Node:
        """Return what is left of `node`: all of it, where it reads nothing that is narrowed."""
        possible, narrowed = self.possible, self._narrowed
        while node.reads & narrowed:
            cells = possible[node.level]
            if cells is None or len(cells) > 1:
                return self._done.get(node) or self._restricted(node, cells)
            node = node.children[cells[0]]
        return node

    def _restricted(self, node: Node, cells: Cells | None) -> Node:
        """Return what is left of `node`, whose variable may be in several cells, and remember it."""
        narrowed, left_of, children, distinct = self._narrowed, self.left_of, node.children, node.distinct
        if cells is not None:
            # an impossible cell takes the place of a possible one, so that it makes no difference
            children = tuple([children[cell if cell in cells else cells[0]] for cell in range(len(children))])
            distinct = tuple(set(children))
        lefts: dict[Node, Node] = {}
        for child in distinct:
            lefts[child] = left_of(child) if child.reads & narrowed else child
        branch = (node.level, tuple(map(lefts.__getitem__, children)))
        left = self._done[node] = _branched(branch, tuple(dict.fromkeys(lefts.values())), self._kept, self._made)
        return left


def _branched(
    branch: Branch, distinct: tuple[Node, ...], kept: Mapping[Branch, Node], made: dict[Branch, Node]
) -> Node:
    """Return the node of `branch`: its child where all are the same, the one that is there, or a new one in `made`."""
    if len(distinct) == 1:
        return distinct[0]
    node = kept.get(branch) or made.get(branch)
    if node is None:
        level, children = branch
        reads, ends = 1 << level, 0
        for child in distinct:
            reads |= child.reads
            ends |= child.ends
        node = made[branch] = Node(level, children, distinct, None, reads, ends)
    return node


def _in_both(one: Settling, other: Settling) -> Settling:
    """Return the cells that settle a leaf in one diagram as in the other."""
    found = {}
    for level, cells in one.items():
        both = cells & other.get(level, 0)
        if both:
            found[level] = both
    return found


def _in_each_cell(nodes: tuple[Node, ...], first: Node) -> Iterator[tuple[Node, ...]]:
    """Return `nodes` for each cell of the variable that is asked `first`; those that do not ask it stay as they are."""
    level, width = first.level, len(first.children)
    return zip(*[node.children if node.level == level else (node,) * width for node in nodes], strict=True)


def read_to_tell(node: Node, told: Callable[[Node], Hashable]) -> int:
    """Return a bit for each variable on which it depends what is `told` of the leaf in which a diagram ends."""
    places: dict[Hashable, int] = {}
    done: dict[Node, tuple[int, int]] = {}

    def place_and_reads(node: Node) -> tuple[int, int]:
        if node not in done:
            if not node.children:
                done[node] = places.setdefault((told(node),), len(places)), 0
            else:
                done[node] = branch(node.level, [place_and_reads(child) for child in node.children])
        return done[node]

    def branch(level: int, children: list[tuple[int, int]]) -> tuple[int, int]:
        below = tuple([place for place, _ in children])
        if below.count(below[0]) == len(below):
            return children[0]
        reads = 1 << level
        for _, one in children:
            reads |= one
        return places.setdefault((level, below), len(places)), reads

    return place_and_reads(node)[1]


@lru_cache(maxsize=4096)
def bits(mask: int) -> tuple[int, ...]:
    """Return the places of the bits that are set, the lowest first."""
    places = []
    while mask:
        lowest = mask & -mask
        places.append(lowest.bit_length() - 1)
        mask ^= lowest
    return tuple(places)


@lru_cache(maxsize=4096)
def mask(places: Cells) -> int:
    """Return the number in which the bits at these places are set."""
    return sum([1 << place for place in places])
