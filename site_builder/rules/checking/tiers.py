"""Tiers over whole numbers: the first value that is in no tier, or in two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from site_builder.rules.resolution.tiers import Tier


@dataclass(frozen=True, slots=True)
class Fault:
    """`value` is in no tier (a gap) or in several; `at` is the tier, as listed, whose bounds should be looked at."""

    at: int
    value: int
    is_gap: bool


def first_fault(tiers: Sequence[Tier], at_least: int | None, at_most: int | None) -> Fault | None:
    """Return the lowest fault of `tiers` over the values from `at_least` to `at_most`, or None if there is none.

    Tiers may be listed in any order. How many tiers hold a value changes only where one starts or has just ended, so
    it is enough to look there and at the lowest value.
    """
    for value in _turning_points(tiers, at_least, at_most):
        holding = [at for at, tier in enumerate(tiers) if tier.holds(value)]
        if not holding:
            return Fault(_next_above(tiers, value), value, is_gap=True)
        if len(holding) > 1:
            return Fault(max(holding, key=lambda at: _start(tiers[at])), value, is_gap=False)
    return None


def _turning_points(tiers: Sequence[Tier], at_least: int | None, at_most: int | None) -> list[int]:
    starts = {tier.start for tier in tiers if tier.start is not None}
    points = starts | {tier.end + 1 for tier in tiers if tier.end is not None}
    lowest = min(points, default=0) - 1 if at_least is None else at_least
    return [lowest, *sorted(point for point in points if lowest < point and (at_most is None or point <= at_most))]


def _next_above(tiers: Sequence[Tier], value: int) -> int:
    """Return the tier that starts next above `value`, or the highest where none does."""
    above = [at for at, tier in enumerate(tiers) if _start(tier) > value]
    if above:
        return min(above, key=lambda at: _start(tiers[at]))
    return max(range(len(tiers)), key=lambda at: _start(tiers[at]))


def _start(tier: Tier) -> float:
    return -inf if tier.start is None else tier.start
