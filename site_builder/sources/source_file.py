"""A source file's text and the places in it: bytes on disk go in, strictly decoded text comes out."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from site_builder.errors import GuidanceError, GuidanceErrors, Place

if TYPE_CHECKING:
    from pathlib import Path

_TAB_IN_INDENTATION = re.compile(r"^ *\t+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file's text, and the path by which errors call it."""

    path: str
    text: str = field(repr=False)

    def place(self, start: int, end: int) -> Place:
        """Return the place of the characters from `start` to `end`, cut at the end of the first line."""
        line_start = self.text.rfind("\n", 0, start) + 1
        line_end = self.text.find("\n", start)
        line_end = len(self.text) if line_end < 0 else line_end
        return Place(
            path=self.path,
            line=self.text.count("\n", 0, start) + 1,
            column=start - line_start + 1,
            length=max(1, min(end, line_end) - start),
            source=self.text[line_start:line_end],
        )


def readable(name: str) -> str:
    """Return a file's name as it can be printed, also where its bytes are not UTF-8."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def read_source(file: Path, shown: str) -> SourceFile:
    """Return the text of `file`, which errors call `shown`.

    Raises:
        GuidanceErrors: it is not UTF-8, or indents with tabs.
    """
    return source_of(file.read_bytes(), shown)


def source_of(content: bytes, shown: str) -> SourceFile:
    """Return the text of a file's `content`; errors call the file `shown`.

    Raises:
        GuidanceErrors: it is not UTF-8, or indents with tabs.
    """
    source, tabs = source_with_tabs(content, shown)
    if tabs:
        raise GuidanceErrors(tabs)
    return source


def source_with_tabs(content: bytes, shown: str) -> tuple[SourceFile, tuple[GuidanceError, ...]]:
    """Return the text of `content`, two spaces for each tab that indents a line, and an error for each such line.

    Raises:
        GuidanceErrors: it is not UTF-8.
    """
    source = SourceFile(shown, _decoded(content, shown).replace("\r\n", "\n"))
    tabs = tuple(_tab_error(source, match) for match in _TAB_IN_INDENTATION.finditer(source.text))
    text = _TAB_IN_INDENTATION.sub(lambda match: match[0].replace("\t", "  "), source.text) if tabs else source.text
    return SourceFile(shown, text), tabs


def _decoded(content: bytes, shown: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GuidanceErrors([_encoding_error(content, error.start, shown)]) from None


def _encoding_error(content: bytes, at: int, shown: str) -> GuidanceError:
    line_start = content.rfind(b"\n", 0, at) + 1
    line = content[line_start:].split(b"\n", 1)[0].rstrip(b"\r")
    column = len(content[line_start:at].decode("utf-8")) + 1
    place = Place(shown, content.count(b"\n", 0, at) + 1, column, 1, line.decode("utf-8", "replace"))
    guess = "it looks like Shift_JIS: " if _is_shift_jis(content) else ""
    return GuidanceError(place, "the file is not UTF-8", f"{guess}save it in the encoding UTF-8", "wrong-encoding")


def _is_shift_jis(content: bytes) -> bool:
    try:
        content.decode("cp932")
    except UnicodeDecodeError:
        return False
    return True


def _tab_error(source: SourceFile, match: re.Match[str]) -> GuidanceError:
    tab = match.group().index("\t")
    place = source.place(match.start() + tab, match.end())
    return GuidanceError(place, "a tab indents this line", "indent with spaces, two for each level", "tab")
