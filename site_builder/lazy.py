"""Mappings whose values are made whenever they are asked for: memory holds no more of them than somebody uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

V = TypeVar("V")


class Lazy(Mapping[str, V]):
    """What `value` makes of each of the `names`, anew whenever it is asked for."""

    def __init__(self, names: Iterable[str], value: Callable[[str], V]) -> None:
        self._names, self._value = dict.fromkeys(names), value

    def __getitem__(self, name: str) -> V:
        """Return what is made of a name.

        Raises:
            KeyError: it is none of the names.
        """
        if name not in self._names:
            raise KeyError(name)
        return self._value(name)

    def __contains__(self, name: object) -> bool:
        """Say whether it is one of the names, without making anything."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """Yield the names in order."""
        return iter(self._names)

    def __len__(self) -> int:
        """Count the names."""
        return len(self._names)


def joined(*parts: Mapping[str, V]) -> Mapping[str, V]:
    """Return a mapping like `{**part, **part}` of all `parts`, which asks for a value when it is asked for it."""
    homes = {name: part for part in parts for name in part}
    return Lazy(homes, lambda name: homes[name][name])
