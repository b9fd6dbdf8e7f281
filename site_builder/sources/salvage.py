"""What is right in a file that has mistakes: the entries with the mistakes are left out, and the rest is read.

So one wrong date hides nothing that is wrong elsewhere in its file. Where an entry cannot be left out, the record
around it is, and in the end the whole file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from calculator.text import LANGUAGES
from site_builder.errors import GuidanceError, GuidanceErrors
from site_builder.sources.layout import block_around
from site_builder.sources.lost import words_of
from site_builder.sources.nodes import MappingNode, Node, ScalarNode, SequenceNode
from site_builder.sources.yaml_nodes import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from site_builder.errors import Place
    from site_builder.sources.fields import Reader
    from site_builder.sources.source_file import SourceFile

T = TypeVar("T")
#: A file with more nested mistakes than this is not read any further.
_MOST_TRIES = 12
#: What may be missing at the end of a line.
_CLOSING = ('"', "}", "]", '"}')
#: A quote that is not closed before the next key of a record in brackets: `{ja: "…, en: "…"}`.
_OPEN_BEFORE_A_KEY = re.compile(r'(: "[^"]*)(, [a-z_]+: ")')
#: Errors of these codes stand at the first key of a record, and mean the record.
_OF_A_RECORD = frozenset(("missing-key", "missing-citation", "missing-translation", "wrong-type"))


def salvaged(root: Node, errors: Iterable[GuidanceError], read: Reader[T]) -> tuple[T | None, frozenset[str]]:
    """Return what `read` makes of `root` without the entries that have `errors`, and the words in what was left out."""
    text = _text(root)
    root = _translated(root)
    left_out: set[tuple[int, int]] = set()
    found = tuple(error for error in errors if error.code != "missing-translation")
    for _ in range(_MOST_TRIES):
        spans = {_span(root, _offset(text, error.place), error.code) for error in found}
        if None in spans or (spans and spans <= left_out):
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


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file, as far as it is YAML: its document without the blocks that are not, and the text of those."""

    document: Node | None
    errors: tuple[GuidanceError, ...]
    lost: str
    lines: frozenset[int]

    def explains(self, error: GuidanceError) -> bool:
        """Say whether a record may lack something only because a block of it was left out."""
        if error.code not in (*_OF_A_RECORD, "empty-list"):
            return False
        keys = re.findall(r"^ *(\w+)[:：]", self.lost, re.MULTILINE)
        return error.place.line in self.lines or any(f"'{key}'" in error.sentence for key in keys)


def parsed(source: SourceFile) -> Parsed:
    """Return the document of `source` with the blocks blanked out that are not YAML."""
    text, errors, lost, lines = source.text, list[GuidanceError](), "", set[int]()
    for _ in range(_MOST_TRIES):
        try:
            return Parsed(parse_yaml(replace(source, text=text)), tuple(errors), lost, frozenset(lines))
        except GuidanceError as error:
            found = error
        errors += [] if errors and found.place.line in lines else [found]
        at = _offset(text, found.place)
        mended = _closed(source, text, at, found.place.line)
        if mended is not None:
            text = mended
            continue
        start, end = block_around(text, at, 0 if found.place.line in lines else 2)
        if not text[start:end].strip():
            break
        around = block_around(text, at, 0)
        lost += text[start:end]
        lines |= set(range(text.count("\n", 0, around[0]) + 1, text.count("\n", 0, around[1]) + 1))
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    return Parsed(None, tuple(errors), source.text, frozenset())


def _closed(source: SourceFile, text: str, at: int, line: int) -> str | None:
    """Return `text` with what seems to be left open in the line of `at` closed, if the parser gets further by it."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    end = len(text) if end < 0 else end
    written = text[start:end]
    before_a_key = _OPEN_BEFORE_A_KEY.sub(r'\1"\2', written, count=1)
    for mended in (before_a_key, *(f"{written}{close}" for close in _CLOSING)):
        candidate = f"{text[:start]}{mended}{text[end:]}"
        try:
            parse_yaml(replace(source, text=candidate))
        except GuidanceError as error:
            if error.place.line <= line + 1:
                continue
        return candidate
    return None


def _offset(text: str, place: Place) -> int:
    """Return the character of `text` at which a place begins."""
    start = 0
    for _ in range(place.line - 1):
        start = text.index("\n", start) + 1
    return start + place.column - 1


def _text(root: Node) -> str:
    return root.file.text


def _translated(node: Node) -> Node:
    """Return `node` with each text that lacks a language having the other's words for both."""
    match node:
        case SequenceNode(parts=parts):
            return replace(node, parts=tuple(map(_translated, parts)))
        case MappingNode(entries=entries):
            said = [one for one in entries if one.key.value in LANGUAGES and _says_something(one.value)]
            if len(said) != 1:
                return replace(node, entries=tuple(replace(one, value=_translated(one.value)) for one in entries))
            rest = [one for one in entries if one.key.value not in LANGUAGES]
            both = [replace(said[0], key=replace(said[0].key, value=language)) for language in LANGUAGES]
            return replace(node, entries=(*rest, *both))
        case ScalarNode():
            return node


def _says_something(node: Node) -> bool:
    return isinstance(node, ScalarNode) and bool(node.value.strip())


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
