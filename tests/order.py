"""In which order tests are run: that of their files with what takes longest first, or one that is drawn."""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Iterable
from itertools import groupby
from typing import TypeVar

T = TypeVar("T")

#: Files whose tests start whole browsers and take longest. A worker that has nothing left to do takes over what stands
#: last in the queue of another: then these would be divided, and every browser started by both.
FIRST = ("test_three_engines.py", "test_trouble_in_engines.py")


def with_the_longest_first(tests: Iterable[T], name_of: Callable[[T], str]) -> list[T]:
    """Return the tests in their order, but those first whose file has a name of `FIRST`."""
    return sorted(tests, key=lambda test: name_of(test) not in FIRST)


def in_drawn_order(tests: Iterable[T], file_of: Callable[[T], Hashable], seed: int) -> list[T]:
    """Return the tests as the seed draws them; those of a file stay together, for they share what is costly."""
    chance = random.Random(seed)
    files = [list(group) for _, group in groupby(tests, file_of)]
    chance.shuffle(files)
    for group in files:
        chance.shuffle(group)
    return [test for group in files for test in group]
