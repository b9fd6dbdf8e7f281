"""What everything rests on: equal functions are one node, and nothing stays that makes no difference."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from random import Random

import pytest

from calculator.diagram import Diagrams, Node, Readout, read_to_tell


def parity(diagrams: Diagrams, levels: tuple[int, ...]) -> Node:
    node = diagrams.leaf(False)
    for level in levels:
        bit = diagrams.branch(level, [diagrams.leaf(False), diagrams.leaf(True)])
        node = diagrams.combine(lambda one, other: one is not other, node, bit)
    return node


def test_equal_functions_are_the_same_node_however_they_were_made() -> None:
    diagrams = Diagrams()
    assert parity(diagrams, (0, 1, 2)) == parity(diagrams, (2, 0, 1))


def test_a_variable_that_makes_no_difference_is_not_asked() -> None:
    diagrams = Diagrams()
    yes = diagrams.leaf(True)
    assert diagrams.branch(0, [yes, yes, yes]) == yes
    assert diagrams.levels(parity(diagrams, (0, 1, 1))) == {0}


def test_restricting_keeps_exactly_what_still_differs() -> None:
    diagrams = Diagrams()
    leaves = [diagrams.leaf(word) for word in ("low", "middle", "middle")]
    node = diagrams.branch(3, leaves)
    assert diagrams.values(diagrams.restriction({3: frozenset({1, 2})}).left_of(node)) == {"middle"}
    assert diagrams.levels(diagrams.restriction({3: frozenset({0, 2})}).left_of(node)) == {3}


def test_values_are_those_that_can_really_be_reached() -> None:
    diagrams = Diagrams()
    node = parity(diagrams, (0, 1))
    for cells in product((0, 1), repeat=2):
        known = {level: frozenset({cell}) for level, cell in enumerate(cells)}
        assert diagrams.values(diagrams.restriction(known).left_of(node)) == {sum(cells) % 2 == 1}


def test_true_and_one_are_different_answers() -> None:
    diagrams = Diagrams()
    assert diagrams.leaf(True) != diagrams.leaf(1)


WIDTHS = (2, 3, 2, 4)


def drawn(random: Random, diagrams: Diagrams, level: int = 0) -> Node:
    """Draw a diagram of which some cells settle the value at once: else hardly any would settle it by themselves."""
    if level == len(WIDTHS) or random.random() < 0.3:
        return diagrams.leaf(random.choice((None, None, "low", "high")))
    return diagrams.branch(level, [drawn(random, diagrams, level + 1) for _ in range(WIDTHS[level])])


@pytest.mark.parametrize("seed", range(40))
def test_a_cell_settles_exactly_where_it_alone_leaves_a_leaf(seed: int) -> None:
    diagrams = Diagrams()
    node = drawn(Random(seed), diagrams)
    cells = {(level, cell) for level in diagrams.levels(node) for cell in range(WIDTHS[level])}
    left = {(level, cell): diagrams.restriction({level: frozenset({cell})}).left_of(node) for level, cell in cells}
    for leaf in map(diagrams.leaf, (None, "low", "high")):
        settling: dict[int, int] = {}
        for (level, cell), after in left.items():
            if after is leaf:
                settling[level] = settling.get(level, 0) | 1 << cell
        assert node.settling(leaf) == settling


def end_of(node: Node, cells: tuple[int, ...]) -> object:
    while node.children:
        node = node.children[cells[node.level]]
    return node.value


def all_below(node: Node) -> set[Node]:
    return {node}.union(*map(all_below, node.children))


def some_cells(random: Random) -> Mapping[int, frozenset[int]]:
    return {
        level: frozenset(random.sample(range(width), random.randint(1, width))) for level, width in enumerate(WIDTHS)
    }


def test_a_diagram_asks_for_variables_in_the_order_of_their_places() -> None:
    in_turn, backwards = Diagrams(), Diagrams((1, 0))
    nodes = [parity(diagrams, (0, 1)) for diagrams in (in_turn, backwards)]
    assert [node.level for node in nodes] == [0, 1]
    assert [[end_of(node, cells) for cells in product((0, 1), repeat=2)] for node in nodes] == [
        [False, True, True, False]
    ] * 2


@pytest.mark.parametrize("seed", range(40))
def test_a_readout_tells_what_the_ends_of_each_diagram_stand_for(seed: int) -> None:
    random, diagrams = Random(seed), Diagrams()
    deep = [drawn(random, diagrams, first) for first in (0, 0, 2)]  # the last one of two variables at most
    low = [
        diagrams.branch(level, [diagrams.leaf(random.choice((None, "low", "high"))) for _ in range(width)])
        for level, width in enumerate(WIDTHS)
    ]
    nodes = [*deep, diagrams.leaf("low"), *low, *low[:1], *deep[:1]]
    random.shuffle(nodes)
    place_and_ends = [{ends: (place, ends) for ends in range(1 << len(nodes))} for place in range(len(nodes))]
    readout = Readout(diagrams, zip(nodes, place_and_ends, strict=True))
    for _ in range(5):
        restriction = diagrams.restriction(some_cells(random))
        assert readout.told(restriction) == [(place, restriction.ends_of(node)) for place, node in enumerate(nodes)]
    assert Readout(diagrams, ()).told(diagrams.restriction({})) == []


@pytest.mark.parametrize("seed", range(40))
def test_what_one_restriction_leaves_of_equal_functions_is_one_node(seed: int) -> None:
    random = Random(seed)
    diagrams = Diagrams()
    restriction = diagrams.restriction(some_cells(random))
    nodes = all_below(restriction.left_of(drawn(random, diagrams))) | all_below(
        restriction.left_of(drawn(random, diagrams))
    )
    tables = {tuple(end_of(node, cells) for cells in product(*map(range, WIDTHS))) for node in nodes}
    assert len(tables) == len(nodes)


def test_what_is_left_of_a_diagram_is_not_kept() -> None:
    diagrams = Diagrams()
    node = drawn(Random(1), diagrams)
    before = len(diagrams._branches)
    for cells in product(*map(range, WIDTHS)):
        for level, cell in enumerate(cells):
            diagrams.restriction({level: frozenset({cell})}).left_of(node)
    assert len(diagrams._branches) == before


@pytest.mark.parametrize("seed", range(40))
def test_what_is_read_to_tell_something_of_the_value_is_what_the_diagram_of_it_reads(seed: int) -> None:
    diagrams = Diagrams()
    node = drawn(Random(seed), diagrams)
    told = diagrams.combine(lambda value: value == "low", node)
    assert read_to_tell(node, lambda leaf: leaf.value == "low") == told.reads
    assert read_to_tell(node, lambda leaf: leaf) == node.reads
