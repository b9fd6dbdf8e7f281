"""The parts of a draft, of whatever sort."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from site_builder.rules.syntax import ExpressionDraft
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.source_file import SourceFile


def parts_under(draft: object) -> Iterator[object]:
    """Yield `draft` and every draft under it: what a check looks through for the kind of part that it judges."""
    waiting = [draft]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, tuple):
            waiting += reversed(one)
        elif isinstance(one, dict | MappingProxyType):
            waiting += reversed(tuple(one.values()))
        else:
            kind: Any = type(one)
            waiting += [getattr(one, name) for name in _parts_of(kind)]


@cache
def _parts_of(kind: type) -> tuple[str, ...]:
    """Return the names of the parts of such a draft, the last one first."""
    if not is_dataclass(kind) or issubclass(kind, ScalarNode | SourceFile | ExpressionDraft):
        return ()
    return tuple(one.name for one in reversed(fields(kind)))
