"""Texts as they should not be: real ones with bytes, words and lines changed, and pieces that make trouble put in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from hypothesis import strategies as st

#: Values that are of no kind here, and that a careless reader takes for one.
NO_VALUES = (
    *("NaN", ".nan", ".inf", "-.inf", "Infinity", "1e400", "0o7", "0x1F", "0b1", "1_000", "1:30:00", "190:20:30"),
    *("~", "Null", "TRUE", "On", "2022-02-30", "2022-13-01", "-0", "+1", "١٢人", "１２人", "½", "9" * 5000, "0" * 400),
    *("9" * 400 + "円", "1" * 300 + "%", "1/0", "00,0円"),
)
#: What would be markup, code, a path or a hidden sign in another place.
TROUBLE = (
    *("\0", "\x07", "\x1b[2J", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\u200b", "\ufeff", "\r", "\r\n", "\t"),
    *('"\\ud800"', '"\\0"', '"\\u202e"', '"\\N"', '"\\x1b[2J"', "\\ud83d", "\U0001f4a9", "か\u3099", "\u0301"),
    *(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</td>",
        "<!--",
        "-->",
        "]]>",
        "&lt;",
        "&#60;b&#62;",
    ),
    *("{{ 7*7 }}", "{% raw %}", "{{ config }}", "{", "}", "{}", "{{", "}}", "{block:ways}", "{#x}", "{x:y.z}"),
    *(
        "&a ",
        "*a",
        "&a [*a, *a]",
        "<<: *a",
        "<<: {a: 1}",
        "!!python/object/apply:os.system [id]",
        "!x ",
        "!!binary aGk=",
    ),
    *("---", "...", "%YAML 1.1", "? [a]", "- - - - -", "[" * 60, "{a: " * 60, "(" * 60, "]", "}", "|", ">", "''", '"'),
    *(
        "../../../etc/passwd",
        "/dev/zero",
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "file:///etc/passwd",
    ),
    *(
        "](javascript:alert(1))",
        "[x](//example.org)",
        "![x](https://example.org/x.png)",
        "<https://example.org>",
        "[x]: /y",
    ),
    *("| a |\n| :-: |\n| b |", "> " * 60, "\n\n    code", "```", "`", "**", "｜a《<b>》", "# x", "## x {#plain}"),
    *(
        "not " * 300,
        "a and " * 300,
        "a + " * 300,
        "or",
        "is",
        "where",
        "open(",
        "sum(",
        " ",
        "\n",
        "  ",
        ", ",
        ": ",
        "#",
    ),
    *NO_VALUES,
)
_WORD = re.compile(r"\w+|[^\w\s]+|\s+")
_Change = Callable[[str, int, int, str], str]
#: What can become of a text: `at` and `to` are where, `piece` is something to put there.
_CHANGES: tuple[_Change, ...] = (
    lambda text, at, _to, piece: text[:at] + piece + text[at:],
    lambda text, at, to, piece: text[:at] + piece + text[to:],
    lambda text, at, to, _piece: text[:at] + text[to:],
    lambda text, at, to, _piece: text[:to] + text[at:],
    lambda text, at, _to, _piece: text[:at],
    lambda text, at, _to, _piece: text[:at] + text[at : at + 1].swapcase() + text[at + 1 :],
    lambda text, at, _to, piece: _word_changed(text, at, piece),
    lambda text, at, _to, piece: _word_changed(text, at, piece),
    lambda text, at, to, _piece: _line_moved(text, at, to),
    lambda text, at, _to, _piece: _indented(text, at),
)


def _word_changed(text: str, at: int, piece: str) -> str:
    """Return `text` with `piece` in the place of the word that begins at or behind a character."""
    found = _WORD.search(text, at)
    return text if found is None else text[: found.start()] + piece + text[found.end() :]


def _lines(text: str, at: int) -> tuple[list[str], int]:
    return text.split("\n"), text.count("\n", 0, at)


def _line_moved(text: str, at: int, to: int) -> str:
    lines, number = _lines(text, at)
    line = lines.pop(number)
    lines.insert(min(text.count("\n", 0, to), len(lines)), line)
    return "\n".join(lines)


def _indented(text: str, at: int) -> str:
    lines, number = _lines(text, at)
    lines[number] = f"  {lines[number]}"
    return "\n".join(lines)


@st.composite
def mutated(draw: st.DrawFn, texts: Sequence[str], most: int = 3) -> tuple[int, str]:
    """The number of one of `texts`, and that text with one to `most` changes in it."""
    number = draw(st.integers(0, len(texts) - 1))
    text = texts[number]
    for _ in range(draw(st.integers(1, most))):
        at = draw(st.integers(0, len(text)))
        to = min(len(text), at + draw(st.integers(0, 40)))
        text = draw(st.sampled_from(_CHANGES))(text, at, to, draw(pieces(text)))
    return number, text


def pieces(text: str) -> st.SearchStrategy[str]:
    """Something that makes trouble, or a piece of `text` itself, in the wrong place."""

    def own(at: int) -> str:
        found = _WORD.search(text, min(at, len(text)))
        return "" if found is None else found[0]

    return st.sampled_from(TROUBLE) | st.integers(0, max(0, len(text) - 1)).map(own) | st.text(max_size=6)


@st.composite
def edited(draw: st.DrawFn, texts: st.SearchStrategy[str], signs: str, most: int = 2) -> str:
    """One of `texts` with none to `most` characters put in, taken out, or made another of `signs`."""
    text = draw(texts)
    for _ in range(draw(st.integers(0, most))):
        at, sign = draw(st.integers(0, len(text))), draw(st.sampled_from(signs))
        text = text[:at] + draw(st.sampled_from((sign, ""))) + text[at + draw(st.integers(0, 1)) :]
    return text
