"""Hurdles and a payment apart say the same as one diagram of everything."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest

from calculator.decision import decide
from calculator.diagram import Diagrams, Node
from calculator.prospect import Course, Prospect
from tests.calculator.real_questions import Asked, newest_asked, real_book

WIDTHS = (2, 3, 2, 3, 2, 3)
LEVELS = ((0,), (1, 4), (2, 3, 5))
"""The variables of two hurdles and of a payment."""


def drawn(random: Random, diagrams: Diagrams, levels: tuple[int, ...], values: tuple[object, ...]) -> Node:
    if not levels:
        return diagrams.leaf(random.choice(values))
    first, *others = levels
    below = [drawn(random, diagrams, tuple(others), values) for _ in range(WIDTHS[first])]
    return diagrams.branch(first, below)


def prospect_drawn(random: Random, diagrams: Diagrams) -> Prospect:
    first, second = (drawn(random, diagrams, levels, (True, False)) for levels in LEVELS[:2])
    levels = LEVELS[2] if random.random() < 0.8 else ()  # what is paid can be settled before a hurdle is
    payment = drawn(random, diagrams, levels, (None, None, "low", "high"))
    return Prospect((first, second), payment, *map(diagrams.leaf, (None, True, False)))


def whole(diagrams: Diagrams, prospect: Prospect) -> Node:
    return diagrams.combine(
        lambda payment, *taken: payment if all(taken) else None, prospect.payment, *prospect.hurdles
    )


def some_cells(random: Random) -> Mapping[int, tuple[int, ...]]:
    levels = random.sample(range(len(WIDTHS)), random.randint(0, len(WIDTHS)))
    return {level: tuple(sorted(random.sample(range(WIDTHS[level]), random.randint(1, 2)))) for level in levels}


@pytest.mark.parametrize("seed", range(200))
def test_a_prospect_reads_ends_and_settles_as_one_diagram_of_everything(seed: int) -> None:
    random, diagrams = Random(seed), Diagrams()
    prospect = prospect_drawn(random, diagrams)
    restriction = diagrams.restriction(some_cells(random))
    node = restriction.left_of(whole(diagrams, prospect))
    for way in (prospect, Course.of(diagrams, prospect)):
        left = way.left_in(restriction)
        assert (left.reads, left.ends, left.may_pass) == (node.reads, node.ends, node is not diagrams.leaf(None))
        for leaf in map(diagrams.leaf, (None, "low", "high")):
            assert left.settling(leaf) == node.settling(leaf)


@pytest.mark.parametrize("seed", range(200))
def test_the_ends_of_what_is_left_need_no_restricting(seed: int) -> None:
    random, diagrams = Random(seed), Diagrams()
    node = whole(diagrams, prospect_drawn(random, diagrams))
    restriction = diagrams.restriction(some_cells(random))
    assert restriction.ends_of(node) == restriction.left_of(node).ends


@pytest.mark.parametrize("asked", newest_asked(), ids=lambda asked: asked.name)
def test_no_two_diagrams_of_a_prospect_read_the_same_variable(asked: Asked) -> None:
    decision = decide(asked.rules, real_book().facts)
    for parts in (decision.eligible, (*decision.prospect.hurdles, decision.prospect.payment)):
        read = [level for part in parts for level in decision.diagrams.levels(part)]
        assert len(read) == len(set(read))
