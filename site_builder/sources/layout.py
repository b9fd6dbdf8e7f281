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
    (
        re.compile(rf"{_KEY}:(?=[\u3000\xa0])"),
        "the blank behind the colon does not count: write a half-width space",
    ),
    (re.compile(rf"{_KEY}(?=:[^ /:])"), "put a space behind the colon: `key: value`"),
    (re.compile(r"^ *(?=-[a-z])"), "put a space behind the -"),
    (re.compile(r"^ *(?=[－‐–—―ー・][ \u3000])"), "begin each part of a list with a half-width - and a space"),
    (re.compile(r"^ *(?=＃|//)"), "begin a comment with #"),
    (re.compile(r"^(?=[A-Z][^:]*$)"), "begin a comment with #"),
)
_OPEN_KEY = re.compile(rf"{_KEY}: *(?:#.*)?")
#: Each level is indented by so many spaces.
_LEVEL = 2
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
    return _slip_in_a_list(lines, starts)


def _slip_in_a_list(lines: list[str], starts: list[int]) -> Slip | None:
    """Return what is wrong with the last of the `lines` as a part of a list, or with the `- ` above it."""
    here, indent = len(lines) - 1, _indent(lines[-1])
    above = [number for number in range(here - 1, -1, -1) if _says_something(lines[number])]
    if not above:
        return None
    before = lines[above[0]]
    if _is_part(lines[-1]):
        return Slip(starts[here] + indent, _advice_for_a_part(lines, above))
    if not _is_part(before) or indent == _indent(before) + _LEVEL:
        return None
    key = lines[above[1]] if above[1:] else ""
    if _is_open_key(key) and _indent(key) == _indent(before):
        return Slip(starts[above[0]] + _indent(before), _list_under(above[1]))
    return Slip(starts[here] + indent, "begin each key of one part of a list below its first key, behind the -")


def _advice_for_a_part(lines: list[str], above: list[int]) -> str:
    """Return how the last of the `lines`, which is a part of a list, should stand; `above` it are others, upwards."""
    if _is_open_key(lines[above[0]]):
        return _list_under(above[0])
    least = max(map(len, lines))
    for number in above:
        indent = _indent(lines[number])
        if _is_part(lines[number]) and indent < least:
            return f"indent each part of a list as far as its first one, in line {number + 1}"
        least = min(least, indent)
    return "parts of a list (-) and keys do not stand side by side: give the list a key of its own"


def _list_under(key: int) -> str:
    return f"indent the list by two spaces more than its key in line {key + 1}, and what stands in it by four"


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _is_part(line: str) -> bool:
    return line.lstrip(" ").startswith("- ")


def _is_open_key(line: str) -> bool:
    """Say whether a line is a key whose value stands below it."""
    return _OPEN_KEY.fullmatch(line) is not None


def _unclosed(line: str, quotes: list[re.Match[str]]) -> int:
    """Return where the first of the opening `quotes` stands with no other quote before the next opening one."""
    for one, following in pairwise(quotes):
        if '"' not in line[one.end() : following.start()]:
            return one.start()
    return quotes[-1].start()


def block_around(text: str, at: int, most: int) -> tuple[int, int]:
    """Return from where to where the block goes that has the character `at` and begins with at most `most` spaces.

    A list that stands at the level of its key is of the key's block.
    """
    start = text.rfind("\n", 0, at) + 1
    while start > 0 and not _begins(_line(text, start), most):
        start = text.rfind("\n", 0, start - 1) + 1
    start = _start_of_list(text, start)
    first = _line(text, start)
    end = start + len(first) + 1
    while end < len(text) and not _ends(_line(text, end), first):
        end = _end_of_line(text, end) + 1
    return start, min(end, len(text))


def _start_of_list(text: str, start: int) -> int:
    """Return where the key begins of whose list the line at `start` is a part that is not indented; else `start`."""
    part = _line(text, start)
    if not _is_part(part):
        return start
    above = start
    while above > 0:
        above = text.rfind("\n", 0, above - 1) + 1
        line = _line(text, above)
        if _begins(line, _indent(part)) and not _is_part(line):
            return above if _is_open_key(line) and _indent(line) == _indent(part) else start
    return start


def _ends(line: str, first: str) -> bool:
    """Say whether a line is no more of the block whose first line is `first`."""
    return _begins(line, _indent(first)) and not (_is_part(line) and _is_open_key(first))


def _line(text: str, start: int) -> str:
    return text[start : _end_of_line(text, start)]


def _begins(line: str, most: int) -> bool:
    """Say whether a line begins a block at a level of at most `most` spaces."""
    return _says_something(line) and _indent(line) <= most


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
