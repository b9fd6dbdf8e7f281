"""What has been made before: a function and what goes into it go in; what comes out is made once and kept.

A thing is made again only where one of the things that it is made of is another object. So whoever reads files gives
the same object for the same bytes, and whoever makes parts of parts asks here for each. Nothing is looked at inside:
what goes in must never change, which frozen records, texts and tuples cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from functools import cache, partial
from operator import attrgetter
from typing import Any, ParamSpec, TypeVar, cast

from site_builder.crew import begun

P = ParamSpec("P")
T = TypeVar("T")

_BY_VALUE = (str, bytes, int, date, type(None), Enum)
#: Values of exactly these kinds are alike if they are equal; of others that are no records, if they are written alike.
_TOLD_BY_VALUE = frozenset((str, bytes, int, bool, date, datetime, Fraction, frozenset))


@dataclass(slots=True)
class _Kept:
    """A thing, what it was made of (held, so that nothing else gets its identity), and the keys of its parts."""

    thing: Any
    given: tuple[object, ...]
    parts: tuple[Hashable, ...]


@dataclass(slots=True)
class _Latest:
    """The thing that goes by a name, and the last one like it."""

    thing: object
    alike: object


class Memo:
    """Keeps what functions have made, for one thread.

    A function is known by its name: it is one of a module, and all that decides what it makes is given to it. With
    several `processes`, things of which there are many are made by all of them, and are not kept. Whoever has
    something more urgent to do sets `at_each`, which is called whenever something is asked for and may raise what
    breaks it off: what has been made by then is kept.
    """

    def __init__(self, processes: int = 1) -> None:
        self.at_each: Callable[[], None] | None = None
        self._processes = processes
        self._kept: dict[Hashable, _Kept] = {}
        self._used: set[Hashable] = set()
        self._makings: list[list[Hashable]] = []
        self._latest: dict[Hashable, _Latest] = {}

    def made(self, make: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        """Return what `make` makes of what is `given`; what it raises is not kept."""
        if named:
            raise TypeError("what decides is given in order, not by name")
        self.give_way()
        key = (make, tuple(map(_identity, given)))
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = self._make(make, given)
        if self._makings:
            self._makings[-1].append(key)
        else:
            self._used.add(key)
        return cast("T", kept.thing)

    @property
    def is_shared(self) -> bool:
        """Whether several processes make the things of which there are many."""
        return self._processes > 1

    def each(self, make: Callable[..., T], given: Sequence[tuple[object, ...]]) -> Sequence[T]:
        """Return what `made` returns for each of the things that are `given`.

        Raises:
            BaseException: what `make` raises of the first of which it cannot make anything.
        """
        if self.is_shared:
            return self.spread(make, given)
        return [self.made(make, *one) for one in given]

    def spread(self, make: Callable[..., T], given: Sequence[tuple[object, ...]]) -> Sequence[T]:
        """Return what `make` makes of each of the things that are `given`, by all processes, and keep none of it.

        Raises:
            BaseException: what `make` raises of the first of which it cannot make anything.
        """
        return self.begun(make, given)()

    def begun(self, make: Callable[..., T], given: Sequence[tuple[object, ...]]) -> Callable[[], Sequence[T]]:
        """Begin what `spread` does in other processes, and return what does the rest of it."""
        return begun(partial(_applied, make), given, self._processes)

    def apart(self, make: Callable[..., T], *given: object) -> Callable[[], T]:
        """Begin to make one thing in another process, if there is one; what is returned gives it, and is called once.

        Otherwise it gives what `made` returns, when it is called.
        """
        if not self.is_shared:
            return partial(self.made, make, *given)
        found = begun(partial(_applied, make), (given,), 2, least=1)
        return lambda: found()[0]

    def _make(self, make: Callable[..., T], given: tuple[object, ...]) -> _Kept:
        parts: list[Hashable] = []
        self._makings.append(parts)
        try:
            return _Kept(make(*given), given, tuple(parts))
        finally:
            self._makings.pop()

    def give_way(self) -> None:
        """Let what is more urgent break off what is being made: to be called within what takes long."""
        if self.at_each is not None:
            self.at_each()

    def same(self, name: Hashable, thing: T) -> T:
        """Return the thing that was called `name` before if it is `thing` in every respect, else `thing`, from now on.

        Equal things may still differ in the order of a mapping, or be a truth value here and a number there; those are
        not alike. A set has no order.
        """
        known = self._latest.get(name)
        if known is None:
            known = self._latest[name] = _Latest(thing, thing)
        elif thing is not known.thing and thing is not known.alike:
            if _are_alike(known.thing, thing):
                known.alike = thing
            else:
                known = self._latest[name] = _Latest(thing, thing)
        return cast("T", known.thing)

    def forget_others(self) -> None:
        """Forget what was not asked for since this was done last, and is no part of anything that was."""
        wanted: set[Hashable] = set()
        waiting = list(self._used)
        while waiting:
            key = waiting.pop()
            if key not in wanted and key in self._kept:
                wanted.add(key)
                waiting.extend(self._kept[key].parts)
        self._kept = {key: kept for key, kept in self._kept.items() if key in wanted}
        self._used.clear()

    def __len__(self) -> int:
        """Count what is kept."""
        return len(self._kept)


def _applied(make: Callable[..., T], given: tuple[object, ...]) -> T:
    return make(*given)


def _are_alike(one: Any, other: Any) -> bool:  # noqa: ANN401 - whatever is made
    """Say whether two things are the same in every respect; most that are the same have the same parts."""
    if one is other:
        return True
    kind = one.__class__
    if kind is not other.__class__:
        return False
    if kind in _TOLD_BY_VALUE:
        return bool(one == other)
    if kind in (tuple, list):
        return len(one) == len(other) and all(map(_are_alike, one, other))
    if kind is dict:
        return _are_alike(tuple(one), tuple(other)) and all(map(_are_alike, one.values(), other.values()))
    parts_of = _parts_of(kind)
    if parts_of is not None:
        return all(map(_are_alike, parts_of(one), parts_of(other)))
    return bool(repr(one) == repr(other))


@cache
def _parts_of(kind: type) -> Callable[[Any], tuple[object, ...]] | None:
    """Return what gives the values of a record's fields; None of what is no record."""
    if not is_dataclass(kind):
        return None
    names = [one.name for one in fields(kind)]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda thing: tuple(getattr(thing, name) for name in names)


def _identity(thing: object) -> Hashable:
    """Return what tells `thing` from others: its value where that is a word or a number, else which object it is."""
    if isinstance(thing, _BY_VALUE):
        return (type(thing), thing)
    if isinstance(thing, tuple):
        return tuple(map(_identity, thing))
    return id(thing)
