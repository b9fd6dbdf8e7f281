"""An order of tests that is drawn: files in any order, and in any order the tests of each."""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Iterable
from itertools import groupby
from typing import TypeVar

T = TypeVar("T")


def in_drawn_order(tests: Iterable[T], file_of: Callable[[T], Hashable], seed: int) -> list[T]:
    """Return the tests as the seed draws them; those of a file stay together, for they share what is costly."""
    chance = random.Random(seed)
    files = [list(group) for _, group in groupby(tests, file_of)]
    chance.shuffle(files)
    for group in files:
        chance.shuffle(group)
    return [test for group in files for test in group]
