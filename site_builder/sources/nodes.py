"""What a YAML file holds, with places: words, lists and keyed entries. Every plain value is still text here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from site_builder.errors import Place
from site_builder.sources.source_file import SourceFile


class Style(StrEnum):
    """How a value is written."""

    PLAIN = ""
    SINGLE = "'"
    DOUBLE = '"'
    BLOCK = "|"  # folded blocks (>) too


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A value that is text. `start` and `end` span it in the file, quotes included."""

    file: SourceFile
    start: int
    end: int
    value: str
    style: Style = Style.PLAIN

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """Return the place of the characters `start` to `end` of the value; of the whole as written by default."""
        if start == 0 and end is None:
            return self._whole()
        spots = self._spots()
        last = len(self.value) if end is None else end
        first = spots[min(start, len(self.value))]
        return self.file.place(first, spots[last] if last > start else first + 1)

    def _whole(self) -> Place:
        if self.style is Style.BLOCK and self.value.strip():
            return self.file.place(self._spots()[0], self.end)
        return self.file.place(self.start, self.end)

    def _spots(self) -> list[int]:
        """Return where in the file each character of the value stands, and where the last of them ends.

        Indentation and the backslashes of escapes stand between the characters: they are skipped.
        """
        text = self.file.text
        at = text.index("\n", self.start) + 1 if self.style is Style.BLOCK else self.start + len(self.style)
        spots = []
        for character in self.value:
            found = at if character.isspace() else text.find(character, at, self.end)
            spots.append(at if found < 0 else found)
            at = self._after(spots[-1], character)
        return [*spots, at]

    def _after(self, spot: int, character: str) -> int:
        """Return where the text goes on after `character`, written at `spot`; a folded space may be no character."""
        if self.file.text[spot : spot + 1] != character:
            return spot
        return spot + (2 if character == "'" and self.style is Style.SINGLE else 1)


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list."""

    file: SourceFile
    start: int
    end: int
    parts: tuple[Node, ...]

    def place(self) -> Place:
        """Return the place of its first line."""
        return self.file.place(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value."""

    key: ScalarNode
    value: Node


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keyed entries, in the order of the file; a key that stands twice is still there twice."""

    file: SourceFile
    start: int
    end: int
    entries: tuple[Entry, ...]

    def place(self) -> Place:
        """Return the place of its first key, or of its brackets."""
        if self.file.text[self.start] != "{" and self.entries:
            return self.entries[0].key.place()
        return self.file.place(self.start, self.end)

    def get(self, key: str) -> Entry | None:
        """Return the first entry of that key."""
        return next((entry for entry in self.entries if entry.key.value == key), None)


Node: TypeAlias = ScalarNode | SequenceNode | MappingNode


def kind_of(node: Node) -> str:
    """Return what `node` is, in words for an error."""
    match node:
        case ScalarNode(value=""):
            return "nothing"
        case ScalarNode():
            return "a single value"
        case SequenceNode():
            return "a list"
        case MappingNode():
            return "a mapping of keys to values"
