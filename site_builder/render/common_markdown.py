"""The Markdown that nearly all prose consists of, read without the general reader: much faster, and the same HTML.

Only what can be read in one way is read here: paragraphs, tables without alignment, single lists of one level and
headings, in which stand text, strong words, code and links within the site. `html_of` is told what reads everything
else, a run of blocks or a line; tests compare both on all content and on made-up text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from itertools import groupby
from typing import NamedTuple

#: What may mean something beyond the block in which it stands, or is changed before anything is read.
_FAR_REACHING = re.compile(r"```|~~~|\]:|[\t\r\0]")
_EMPTY_LINES = re.compile(r"(\n(?: *\n)+|\n\Z)")
_LETTER = r"[^\W\d_]"
#: A line that continues a paragraph or begins one, and can begin nothing else.
_LINE = rf"(?:{_LETTER}|[「『（｜【“‘\"'(\[`]|\*\*{_LETTER}|\d+[^\s\d.)])[^\n]*"
_ITEM = rf"- (?!\[[ xX]\]){_LINE}"


class Shape(Enum):
    """What stands between two empty lines, if it can be only that."""

    PARAGRAPH = re.compile(rf"{_LINE}(?:\n{_LINE})*")
    TABLE = re.compile(r"\|[^\\\n]*\|\n\|(?: *-+ *\|)+(?:\n\|[^\\\n]*\|)*")
    LIST = re.compile(rf"{_ITEM}(?:\n{_ITEM})*")
    HEADING = re.compile(rf"#{{1,6}} {_LETTER}[^#\n]*")


#: What begins in no other way.
_BEGINNINGS = {"|": Shape.TABLE, "-": Shape.LIST, "#": Shape.HEADING}
#: What is more than text, in its simplest form: nothing of the kind stands within it.
_MARKED = re.compile(
    rf"(?<!\*)\*\*(?P<strong>{_LETTER}(?:[^\\`*_\[\]<&\n]*{_LETTER})?)\*\*(?!\*)"
    r"|(?<!`)`(?P<code>[^`\s](?:[^`\n]*[^`\s])?)`(?!`)"
    r"|(?<!!)\[(?P<link>[^\\`*_\[\]<&\n]+)\]\((?P<target>(?!//)[/#][A-Za-z0-9/#._-]*)\)"
)
#: What may be more than text.
_SPECIAL = re.compile(r"[\\`*_\[<]|&[#\w]| \n")

#: What is not written in HTML as it is.
_ESCAPED = re.compile(r"[<>&\"]")

#: Makes HTML of Markdown.
Read = Callable[[str], str]
#: Turns the target of a link within the site into what is written on the page.
LinkTo = Callable[[str], str]


class _Block(NamedTuple):
    """A block, and the empty lines behind it."""

    text: str
    behind: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads Markdown of a page.

    Attributes:
        blocks: reads any blocks.
        line: reads anything within a block.
        escape: writes text in HTML.
        trim: takes away what the general reader takes for white space around a text.
        link_to: leads from the page.
    """

    blocks: Read
    line: Read
    escape: Read
    trim: Read
    link_to: LinkTo

    def html_of(self, markdown: str) -> str:
        """Return the HTML of `markdown`."""
        if _FAR_REACHING.search(markdown):
            return self.blocks(markdown)
        if self.escape is not str and _ESCAPED.search(markdown) is None:
            return replace(self, escape=str).html_of(markdown)
        blocks = _blocks(markdown)
        shaped = zip(_alone([_shape(one.text) for one in blocks]), blocks, strict=True)
        return "".join([self._together(shape, [one for _, one in run]) for shape, run in groupby(shaped, _first)])

    def _together(self, shape: Shape | None, blocks: list[_Block]) -> str:
        """Return the HTML of blocks of one shape; what is not common may belong together."""
        if shape is None:
            return self.blocks("".join(one.text + one.behind for one in blocks))
        read = {Shape.PARAGRAPH: self._paragraph, Shape.TABLE: self._table, Shape.LIST: self._list}
        return "".join([read.get(shape, self._heading)(one.text) for one in blocks])

    def _paragraph(self, block: str) -> str:
        return f"<p>{self._text(self.trim(block))}</p>\n"

    def _heading(self, block: str) -> str:
        marks, _, text = block.partition(" ")
        return f"<h{len(marks)}>{self._text(self.trim(text))}</h{len(marks)}>\n"

    def _list(self, block: str) -> str:
        items = "".join(f"<li>{self._text(self.trim(line[2:]))}</li>\n" for line in block.split("\n"))
        return f"<ul>\n{items}</ul>\n"

    def _table(self, block: str) -> str:
        text = self._text if _SPECIAL.search(block) else self.escape
        head, _, *rows = [
            [text(self.trim(cell)) if cell else "" for cell in line[1:-1].split("|")] for line in block.split("\n")
        ]
        inner = "".join([_row("td", row, len(head)) for row in rows])
        body = f"<tbody>\n{inner}</tbody>\n" if rows else ""
        return f"<table>\n<thead>\n{_row('th', head, len(head))}</thead>\n{body}</table>\n"

    def _text(self, text: str) -> str:
        """Return the HTML of what stands in a block."""
        if _SPECIAL.search(text) is None:
            return self.escape(text)
        if _SPECIAL.search(_MARKED.sub("", text)) is not None:
            return self.line(text)
        pieces, at = [], 0
        for match in _MARKED.finditer(text):
            pieces += [self.escape(text[at : match.start()]), self._marked(match)]
            at = match.end()
        return "".join([*pieces, self.escape(text[at:])])

    def _marked(self, match: re.Match[str]) -> str:
        if match["strong"] is not None:
            return f"<strong>{self.escape(match['strong'])}</strong>"
        if match["code"] is not None:
            return f"<code>{self.escape(match['code'])}</code>"
        target = self.link_to(match["target"]) if match["target"].startswith("/") else match["target"]
        return f'<a href="{self.escape(target)}">{self.escape(match["link"])}</a>'


def _row(tag: str, cells: list[str], count: int) -> str:
    """Return the HTML of a row of `count` cells: what is too much is left out, what is missing empty."""
    of_each = f"</{tag}>\n<{tag}>".join([*cells[:count], *[""] * (count - len(cells))])
    return f"<tr>\n<{tag}>{of_each}</{tag}>\n</tr>\n"


def _blocks(markdown: str) -> list[_Block]:
    """Return what stands between empty lines, none of it empty."""
    parts = [*_EMPTY_LINES.split(markdown.lstrip("\n")), ""]
    return [_Block(text, behind) for text, behind in zip(parts[::2], parts[1::2], strict=True) if text]


def _first(pair: tuple[Shape | None, _Block]) -> Shape | None:
    return pair[0]


def _shape(block: str) -> Shape | None:
    """Return what a block between empty lines is, or None where the general reader has to look."""
    shape = _BEGINNINGS.get(block[0], Shape.PARAGRAPH)
    return shape if shape.value.fullmatch(block) and _is_even(shape, block) else None


def _is_even(shape: Shape, block: str) -> bool:
    """Say whether the line below the head of a table has as many columns; that of another shape has none."""
    if shape is not Shape.TABLE:
        return True
    head, line, *_ = block.split("\n")
    return head.count("|") == line.count("|")


def _alone(shapes: list[Shape | None]) -> list[Shape | None]:
    """Return the shapes, but None for each list that may go on before or after it."""
    far = (Shape.LIST, None)
    around = zip([Shape.PARAGRAPH, *shapes], shapes, [*shapes[1:], Shape.PARAGRAPH], strict=False)
    return [
        None if shape is Shape.LIST and (before in far or after in far) else shape for before, shape, after in around
    ]
