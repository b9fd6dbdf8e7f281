"""What comes of a draft, made once for all scopes in which everything that it reads there means the same.

A frame is resolved in every round, and rounds differ in a few figures: a requirement that names none of those comes out
alike in all of them. What a draft reads is noted while it is made, by the scope itself, so that nothing is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from site_builder.rules.scope import Reads, Scope

D = TypeVar("D")
P = ParamSpec("P")
T = TypeVar("T")

#: So many different things of one draft are kept, more than a budget has rounds: of the older ones, states of the
#: files that have gone, nothing may come again.
MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class _Made:
    draft: object
    reads: Reads
    thing: object


class Alike:
    """Keeps what was made in scopes that have the same facts, sources and open points, or where none of them is read.

    The scopes of one budget have the same; of a scope, texts without citations read figures alone.
    """

    def __init__(self, *_budget: object) -> None:
        self._known: dict[tuple[object, ...], list[_Made]] = {}

    def made(
        self, make: Callable[Concatenate[D, Scope, P], T], draft: D, scope: Scope, *more: P.args, **named: P.kwargs
    ) -> T:
        """Return what `make` makes of `draft` in `scope`, with whatever more decides; what it raises is not kept."""
        if named:
            raise TypeError("what decides is given in order, not by name")
        known = self._known.setdefault((make, id(draft), more), [])
        for one in known:
            if one.reads.hold_in(scope):
                one.reads.repeat_in(scope)
                return cast("T", one.thing)
        reads = Reads()
        thing = cast("T", cast("Any", make)(draft, _noted(scope, reads), *more))
        if not reads.is_all:
            known.append(_Made(draft, reads, thing))
            del known[:-MOST_KEPT]
        return thing


def _noted(scope: Scope, reads: Reads) -> Scope:
    """Return the scope, noting in `reads` what is read of all in which two scopes of a budget can differ."""
    return replace(
        scope,
        definitions=reads.of("definitions", scope.definitions),
        figures=reads.of("figures", scope.figures),
        words=reads.of("words", scope.words),
        reads=reads,
    )
