"""What is right in a file that has mistakes: the entries with the mistakes are left out, and the rest is read.

So one wrong date hides nothing that is wrong elsewhere in its file. Where an entry cannot be left out, the record
around it is, and in the end the whole file.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, TypeVar

from site_builder.errors import GuidanceError, GuidanceErrors
from site_builder.sources.lost import words_of
from site_builder.sources.nodes import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from site_builder.sources.fields import Reader

T = TypeVar("T")
#: A file with more nested mistakes than this is not read any further.
_MOST_TRIES = 12
#: Errors of these codes stand at the first key of a record, and mean the record.
_OF_A_RECORD = frozenset(("missing-key", "missing-citation", "missing-translation", "wrong-type"))


def salvaged(root: Node, errors: Iterable[GuidanceError], read: Reader[T]) -> tuple[T | None, frozenset[str]]:
    """Return what `read` makes of `root` without the entries that have `errors`, and the words in what was left out."""
    text = _text(root)
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    left_out: set[tuple[int, int]] = set()
    found = tuple(errors)
    for _ in range(_MOST_TRIES):
        spans = {_span(root, starts[error.place.line - 1] + error.place.column - 1, error.code) for error in found}
        if None in spans or spans <= left_out:
            break
        left_out |= {span for span in spans if span is not None}
        try:
            value = read(_without(root, left_out))
        except GuidanceError as error:
            found = (error,)
        except GuidanceErrors as several:
            found = several.errors
        else:
            return value, words_of(" ".join(text[start:end] for start, end in left_out))
    return None, words_of(text)


def _text(root: Node) -> str:
    return root.file.text


def _span(root: Node, at: int, code: str) -> tuple[int, int] | None:
    """Return the span of the smallest entry or part that has the character `at`, or of the record that begins there."""
    around = [(start, end) for start, end, value in _parts(root) if start <= at < max(end, start + 1)]
    records = [
        (start, end) for start, end, value in _parts(root) if isinstance(value, MappingNode) and value.start == at
    ]
    if code in _OF_A_RECORD:
        if isinstance(root, MappingNode) and root.start == at:
            return None
        around = records or around
    return min(around, key=lambda span: span[1] - span[0], default=None)


def _parts(node: Node) -> Iterator[tuple[int, int, Node]]:
    """Yield every entry and part under `node`: where it begins and ends, and its value."""
    match node:
        case SequenceNode(parts=parts):
            for part in parts:
                yield part.start, part.end, part
                yield from _parts(part)
        case MappingNode(entries=entries):
            for entry in entries:
                yield entry.key.start, max(entry.value.end, entry.key.end), entry.value
                yield from _parts(entry.value)
        case ScalarNode():
            return


def _without(node: Node, spans: set[tuple[int, int]]) -> Node:
    match node:
        case SequenceNode(parts=parts):
            kept = tuple(_without(part, spans) for part in parts if (part.start, part.end) not in spans)
            return replace(node, parts=kept)
        case MappingNode(entries=entries):
            return replace(
                node,
                entries=tuple(
                    replace(entry, value=_without(entry.value, spans))
                    for entry in entries
                    if (entry.key.start, max(entry.value.end, entry.key.end)) not in spans
                ),
            )
        case ScalarNode():
            return node
