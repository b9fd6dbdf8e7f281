"""What everything rests on: equal functions are one node, and nothing stays that makes no difference."""

from __future__ import annotations

from itertools import product

from calculator.diagram import Diagrams


def parity(diagrams: Diagrams, levels: tuple[int, ...]) -> int:
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
    assert diagrams.values(diagrams.restrict(node, {3: frozenset({1, 2})})) == {"middle"}
    assert diagrams.levels(diagrams.restrict(node, {3: frozenset({0, 2})})) == {3}


def test_values_are_those_that_can_really_be_reached() -> None:
    diagrams = Diagrams()
    node = parity(diagrams, (0, 1))
    for cells in product((0, 1), repeat=2):
        known = {level: frozenset({cell}) for level, cell in enumerate(cells)}
        assert diagrams.values(diagrams.restrict(node, known)) == {sum(cells) % 2 == 1}


def test_true_and_one_are_different_answers() -> None:
    diagrams = Diagrams()
    assert diagrams.leaf(True) != diagrams.leaf(1)
