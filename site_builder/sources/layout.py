"""How a YAML file is laid out in lines: where a slip is likely that a parser meets later, and what stands together.

Files here are indented by two spaces a level, and a quoted value ends in the line where it begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

#: A slip is looked for in so many lines above the one where the parser gave up.
_LINES_ABOVE = 4
_KEY = r"^ *(?:- )?[a-z][a-z0-9_]*"
#: Lines that a parser takes for words: where the slip is, at the end of what is matched, and what to do.
_SLIPS = (
    (re.compile(rf"{_KEY}(?=：)"), "write the colon half-width, with a space behind it: `key: value`"),
    (re.compile(rf"{_KEY}(?=:[^ /:])"), "put a space behind the colon: `key: value`"),
    (re.compile(r"^ *(?=\u3000)"), "indent with half-width spaces"),
    (re.compile(r"^ *(?=-[a-z])"), "put a space behind the -"),
    (re.compile(r"^ *(?=[－‐–—―ー・][ \u3000])"), "begin each part of a list with a half-width - and a space"),
    (re.compile(r"^ *(?=＃|//)"), "begin a comment with #"),
    (re.compile(r"^(?=[A-Z][^:]*$)"), "begin a comment with #"),
)
_QUOTE = re.compile(r'(?:(?<=[:,\[{-] )|(?<=[\[{]))"')


@dataclass(frozen=True, slots=True)
class Slip:
    """What has probably gone wrong: at which character, and what to do."""

    at: int
    advice: str


def likely_slip(text: str, at: int) -> Slip | None:
    """Return the slip in the line of the character `at` or just above it because of which a parser gave up there."""
    lines = text[: _end_of_line(text, at)].split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    nearest = range(len(lines) - 1, max(-1, len(lines) - 2 - _LINES_ABOVE), -1)
    for number in nearest:
        for pattern, advice in _SLIPS:
            found = pattern.match(lines[number])
            if found is not None:
                return Slip(starts[number] + found.end(), advice)
    for number in nearest:
        line, quotes = lines[number], list(_QUOTE.finditer(lines[number]))
        if quotes and re.sub(r"\\.", "", line).count('"') % 2:
            return Slip(starts[number] + _unclosed(line, quotes), "close the quote in the line where it begins")
    for number in nearest:
        indent = _indent(lines[number])
        if indent % 2 and lines[number].strip():
            advice = f"indent with two spaces for each level, like its neighbours; this line has {indent}"
            return Slip(starts[number] + indent, advice)
    return None


def _unclosed(line: str, quotes: list[re.Match[str]]) -> int:
    """Return where the first of the opening `quotes` stands with no other quote before the next opening one."""
    for one, following in pairwise(quotes):
        if '"' not in line[one.end() : following.start()]:
            return one.start()
    return quotes[-1].start()


def block_around(text: str, at: int, most: int) -> tuple[int, int]:
    """Return from where to where the block goes that has the character `at` and begins with at most `most` spaces."""
    start = text.rfind("\n", 0, at) + 1
    while start > 0 and not _begins(text[start : _end_of_line(text, start)], most):
        start = text.rfind("\n", 0, start - 1) + 1
    indent = _indent(text[start : _end_of_line(text, start)])
    end = _end_of_line(text, start) + 1
    while end < len(text) and not _begins(text[end : _end_of_line(text, end)], indent):
        end = _end_of_line(text, end) + 1
    return start, min(end, len(text))


def _begins(line: str, most: int) -> bool:
    """Say whether a line begins a block at a level of at most `most` spaces."""
    return bool(line.strip()) and not line.lstrip().startswith("#") and _indent(line) <= most


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
