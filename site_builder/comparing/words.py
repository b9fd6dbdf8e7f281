"""The words of a page: HTML goes in, what a reader is shown comes out line by line, and how many words differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import zip_longest

from site_builder.site.differences.marks import Piece, side_by_side

#: Elements that begin a line and end one.
_BLOCKS = (
    *(
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
    ),
    *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr"),
    *("html", "label", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "select", "summary"),
    *("table", "tbody", "td", "text", "textarea", "tfoot", "th", "thead", "title", "tr", "ul"),
)
_UNSEEN = ("script", "style")
_SPACE = re.compile(r"\s+")
#: A word: letters, a figure with its signs, or a run of one Japanese script.
_WORD = re.compile(r"[0-9][0-9,./]*[%億万]?|[^\W\d_一-龯々ぁ-ゖァ-ヺー]+|[一-龯々]+|[ぁ-ゖ]+|[ァ-ヺー]+")


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines of a page that others have taken the place of, or none, or that are new."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def words(self) -> int:
        """How many words differ."""
        one, other = (_WORD.findall("\n".join(side)) for side in (self.before, self.after))
        codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
        return sum(max(end - start, to - since) for tag, start, end, since, to in codes if tag != "equal")

    @property
    def lines(self) -> Iterator[tuple[tuple[Piece, ...], tuple[Piece, ...]]]:
        """Both sides line by line, in pieces that say what differs; a side that has no such line is empty."""
        for one, other in zip_longest(self.before, self.after):
            if one is None or other is None:
                yield ((one, True),) if one else (), ((other, True),) if other else ()
            else:
                yield side_by_side(one, other)


def lines_of(html: str) -> tuple[str, ...]:
    """Return what a page shows, each block on a line of its own, and before it what search engines show of it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(line for part in "".join(reader.parts).split("\n") if (line := _SPACE.sub(" ", part).strip()))


def hunks_of(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[Hunk, ...]:
    """Return where two pages differ."""
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return tuple(Hunk(before[a:b], after[c:d]) for tag, a, b, c, d in codes if tag != "equal")


def count_words(lines: tuple[str, ...]) -> int:
    """Return how many words there are."""
    return sum(len(_WORD.findall(line)) for line in lines)


class _Reader(HTMLParser):
    """Takes the text of a page; a line break in it is a space, and a block begins a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line with a block; take the description, which search engines show."""
        named = dict(attrs)
        if tag == "meta" and named.get("name") == "description":
            self.parts.append(f"\n{named.get('content') or ''}\n")
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End the line of a block."""
        self._unseen -= tag in _UNSEEN
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Take the text, unless nobody is shown it."""
        if not self._unseen:
            self.parts.append(data.replace("\n", " "))
