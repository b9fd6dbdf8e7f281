"""Tables that fill themselves: a key goes in, what a function makes of it comes out, made once for each key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
T = TypeVar("T")


class Lookup(dict[K, T]):
    """What `make` makes of each key that is asked for: for keys of which the rules allow few, such as cells."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[K], T]) -> None:
        """Begin with nothing made."""
        super().__init__()
        self._make = make

    def __missing__(self, key: K) -> T:
        value = self[key] = self._make(key)
        return value
