"""Counting points under limits, against trying every choice of points."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations
from random import Random

import pytest

from calculator.points import counted, left_for, limits_on
from calculator.rulebook import PointLimit
from tests.calculator.made_rules import PLACE, WORDS

POINTS = "abcdefg"


def limit(of: Collection[str], at_most: int) -> PointLimit:
    return PointLimit(f"limit.{''.join(of)}", WORDS, tuple(of), at_most, WORDS, PLACE)


def most_that_keep(met: Collection[str], limits: Collection[PointLimit]) -> int:
    """Return the size of the largest choice of points that keeps every limit."""
    return max(
        size
        for size in range(len(met) + 1)
        for chosen in combinations(met, size)
        if all(len({*chosen} & {*one.of}) <= one.at_most for one in limits)
    )


def drawn(random: Random, points: Sequence[str]) -> list[PointLimit]:
    """Draw limits of which two lie in one another or apart: one for these points, and more for parts of them."""
    if len(points) < 2:
        return []
    own = [limit(random.sample(points, len(points)), random.randint(1, len(points)))] if random.random() < 0.7 else []
    border = random.randint(1, len(points) - 1)
    return [*own, *drawn(random, points[:border]), *drawn(random, points[border:])]


@pytest.mark.parametrize("seed", range(100))
def test_as_many_points_count_as_all_limits_leave(seed: int) -> None:
    random = Random(seed)
    limits = drawn(random, random.sample(POINTS, len(POINTS)))
    met = random.sample(POINTS, random.randint(0, len(POINTS)))
    assert counted(met, limits_on(POINTS, random.sample(limits, len(limits)))) == most_that_keep(met, limits)


@pytest.mark.parametrize("seed", range(100))
def test_a_limit_finds_what_narrower_ones_leave_of_its_points(seed: int) -> None:
    random = Random(seed)
    limits = drawn(random, random.sample(POINTS, len(POINTS)))
    met = random.sample(POINTS, random.randint(0, len(POINTS)))
    for one in limits:
        narrower = [other for other in limits if {*other.of} < {*one.of}]
        assert left_for(one, met, limits) == most_that_keep([code for code in met if code in one.of], narrower)


def test_a_limit_finds_no_more_than_a_narrower_one_leaves() -> None:
    narrow, wide = limit("ab", 1), limit("abc", 3)
    assert [left_for(one, "abc", [wide, narrow]) for one in (narrow, wide)] == [2, 2]


def test_a_limit_on_deductions_takes_no_points_away() -> None:
    limits = limits_on("ab", [limit("cd", 1), limit("ab", 2), limit("a", 1)])
    assert [one.of for one in limits] == [("a",), ("a", "b")]
