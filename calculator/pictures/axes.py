"""From values to places: an axis with round marks, exact until the last step, which rounds to a whole place."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from math import ceil, floor
from typing import TypeAlias

Number: TypeAlias = int | Fraction


@dataclass(frozen=True, slots=True)
class Axis:
    """The values from `least` to `most`, drawn from the place `start` to the place `end`; `step` lies between marks."""

    least: Number
    most: Number
    start: int
    end: int
    step: Number

    @classmethod
    def over(cls, least: Number, most: Number, places: tuple[int, int], marks: int, finest: Number = 0) -> Axis:
        """Return an axis that has about `marks` steps between its marks, none of them finer than `finest`."""
        return cls(least, most, *places, max(round_step(Fraction(most - least) / marks), finest))

    def at(self, value: Number) -> int:
        """Return the place of `value`."""
        away, whole = value - self.least, self.most - self.least
        part = away.numerator * whole.denominator * (self.end - self.start)  # in whole numbers, as there are hundreds
        all_of_it = whole.numerator * away.denominator
        return self.start + (2 * part + all_of_it) // (2 * all_of_it)

    def marks(self) -> list[Number]:
        """Return the round values on the axis, in rising order."""
        first, last = ceil(Fraction(self.least) / self.step), floor(Fraction(self.most) / self.step)
        return [self.step * one for one in range(first, last + 1)]


def round_step(least: Number) -> Number:
    """Return the lowest of 1, 2, 5, 10, 20, 50 …, and of 1/10, 1/5, 1/2 …, that is not below `least`.

    Raises:
        ValueError: `least` is not above zero.
    """
    if least <= 0:
        raise ValueError(f"no step is as fine as {least}")
    digits = len(str(least.numerator)) - len(str(least.denominator))  # ten to one power less is below `least`
    steps = (digit * Fraction(10) ** power for power in count(digits - 1) for digit in (1, 2, 5))
    step = next(step for step in steps if step >= least)
    return step.numerator if step.denominator == 1 else step
