"""Counting points of the selection: those that are met and the limits on them go in, how many count comes out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from calculator.rulebook import PointLimit


def limits_on(codes: Collection[str], limits: Iterable[PointLimit]) -> tuple[PointLimit, ...]:
    """Return the limits on points (or on deductions) with these codes, the narrower ones first."""
    return tuple(sorted((one for one in limits if one.of[0] in codes), key=lambda one: len(one.of)))


def counted(met: Collection[str], limits: Iterable[PointLimit]) -> int:
    """Return how many of the points that are `met` count.

    Of two `limits`, which are in the order of `limits_on`, one has all points of the other or none (checked when rules
    are compiled), so that what a narrower one leaves is counted by the wider one.
    """
    groups = [(frozenset({code}), 1) for code in met]
    for limit in limits:
        inside = [count for codes, count in groups if not codes.isdisjoint(limit.of)]
        groups = [one for one in groups if one[0].isdisjoint(limit.of)]
        groups.append((frozenset(limit.of), min(sum(inside), limit.at_most)))
    return sum(count for _, count in groups)


def left_for(limit: PointLimit, met: Collection[str], limits: Sequence[PointLimit]) -> int:
    """Return how many of the points that are `met` a limit finds: what narrower ones of `limits` leave of its own."""
    narrower = [one for one in limits_on(limit.of, limits) if {*one.of} < {*limit.of}]
    return counted([code for code in met if code in limit.of], narrower)
