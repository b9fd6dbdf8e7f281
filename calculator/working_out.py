"""A figure of a plan worked out from the accounts: amounts go in, an exact percentage or amount comes out.

A yearly average is not explained in the documents. It can be meant as compound growth (each year by the same
percentage) or as the whole growth divided by the years. Both are worked out; the compound one is never the higher.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

#: A percentage is cut off, never rounded up, at so many parts of one per cent.
STEPS = 100
_HUNDRED_PER_CENT = 100 * STEPS


@dataclass(frozen=True, slots=True)
class YearlyGrowth:
    """The yearly average growth in per cent, cut off at hundredths: `compound` is at most `simple`."""

    compound: Fraction
    simple: Fraction


def yearly_growth(now: int, later: int, years: int) -> YearlyGrowth | None:
    """Return how `now` grows to `later` in `years`, or None where there is no percentage: from nothing, or to a loss.

    Args:
        now: an amount in yen.
        later: the same amount at the end, in yen.
        years: 1 or more.
    """
    if now <= 0 or later < 0:
        return None
    simple = (later - now) * _HUNDRED_PER_CENT // (now * years)
    return YearlyGrowth(Fraction(_compound(now, later, years), STEPS), Fraction(simple, STEPS))


def _compound(now: int, later: int, years: int) -> int:
    """Return the most steps by which `now` can grow each year without exceeding `later`."""
    least, most = -_HUNDRED_PER_CENT, max(0, (later - now) * _HUNDRED_PER_CENT // now)
    while least < most:
        middle = (least + most + 1) // 2
        grown = now * (_HUNDRED_PER_CENT + middle) ** years
        least, most = (middle, most) if grown <= later * _HUNDRED_PER_CENT**years else (least, middle - 1)
    return least
