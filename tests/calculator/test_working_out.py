"""Figures of a plan that are worked out: exact at the threshold, and never too high."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from calculator.working_out import STEPS, YearlyGrowth, yearly_growth


def test_growth_that_just_reaches_the_target_is_told_exactly() -> None:
    grown = 100_000_000 * 103**3 // 100**3
    assert yearly_growth(100_000_000, grown, 3) == YearlyGrowth(Fraction(3), Fraction(309, 100))
    assert yearly_growth(100_000_000, grown - 1, 3) == YearlyGrowth(Fraction(299, 100), Fraction(309, 100))


def test_growth_over_one_year_is_the_same_either_way() -> None:
    assert yearly_growth(200, 203, 1) == YearlyGrowth(Fraction(3, 2), Fraction(3, 2))


@pytest.mark.parametrize(("now", "later"), [(0, 100), (-5, 100), (100, -1)])
def test_what_does_not_grow_from_something_to_something_has_no_percentage(now: int, later: int) -> None:
    assert yearly_growth(now, later, 3) is None


def test_the_percentage_is_the_highest_hundredth_that_is_not_exceeded() -> None:
    random = Random(1)
    for _ in range(500):
        now, later, years = random.randint(1, 10**9), random.randint(0, 10**9), random.randint(1, 10)
        growth = yearly_growth(now, later, years)
        assert growth is not None
        one = Fraction(1, STEPS)
        assert now * (1 + growth.compound / 100) ** years <= later < now * (1 + (growth.compound + one) / 100) ** years
        assert now * (1 + growth.simple * years / 100) <= later < now * (1 + (growth.simple + one) * years / 100)
        assert growth.compound <= growth.simple


def test_growth_from_one_yen_and_down_to_nothing_has_a_percentage() -> None:
    assert yearly_growth(1, 2, 1) == YearlyGrowth(Fraction(100), Fraction(100))
    assert yearly_growth(100, 0, 1) == YearlyGrowth(Fraction(-100), Fraction(-100))
