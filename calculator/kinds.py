"""The kinds of values that rules speak of, and what may be compared with what."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a value is. Two values are compared only when their kinds are equal."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    YEN = "yen"  # whole yen, int
    COUNT = "count"  # people, years, cases: int
    PERCENT = "percent"  # per cent, Fraction: 3/2 is 1.5 %
    RATE = "rate"  # share of a cost, Fraction: 2/3
    DATE = "date"
    MOMENT = "moment"  # a date and time with its offset from UTC
    MONTHS = "months"  # a length of time in calendar months, int
    LIST = "list"  # rows of named fields, such as the costs
    RECORD = "record"  # named parts that belong together, such as a certified plan with its dates

    @property
    def is_ordered(self) -> bool:
        """Say whether `<` and `<=` have a meaning for values of this kind."""
        return self not in (Kind.YES_NO, Kind.CHOICE, Kind.LIST, Kind.RECORD)

    @property
    def is_whole(self) -> bool:
        """Say whether values of this kind are whole numbers, so that `> 20` is the same as `>= 21`."""
        return self in (Kind.YEN, Kind.COUNT, Kind.MONTHS)
