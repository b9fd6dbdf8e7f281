"""Sheets: tables whose every statement leads to its place, which is told once below them.

A block that compares rules makes a `Sheet`; the template `sheets.html` prints it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from calculator.rulebook import Citation
from site_builder.site.wording import CitationView, Wording


@dataclass(frozen=True, slots=True)
class Ref:
    """A way to a place: the anchor of its line below the tables, and the words that lead there."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """Words in a field, where they lead to (a path from the root of the site), and where a document says so.

    `value` is what is said of what the words name, after a colon; it is None where the words say it all.
    """

    text: str
    path: str | None = None
    refs: tuple[Ref, ...] = ()
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of a table; one without lines is something that the documents do not print."""

    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its head, and a cell for each column; without cells it is the heading of the rows below it."""

    head: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column told as a list: its head, and the heads of its rows by what their cells say."""

    head: Cell
    rows: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `corner` is the heading of the rows' heads, and `citation` says where a document has all of it.

    On a narrow screen each row is a list. Where cells are mere marks, the columns are told instead (`told`).
    """

    anchor: str
    caption: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    told: tuple[Column, ...] = ()
    citation: CitationView | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A line below the tables: where a document says something."""

    anchor: str
    citation: CitationView


@dataclass(frozen=True, slots=True)
class Sheet:
    """Tables, and the places that they cite between them.

    `over_rounds`: rounds are told together, and the places are those of the newest of them.
    """

    tables: tuple[Table, ...]
    places: tuple[Place, ...]
    over_rounds: bool


@dataclass(slots=True)
class Footing:
    """Numbers the places that a sheet cites, in the order in which they come up; `name` begins their anchors."""

    name: str
    wording: Wording
    over_rounds: bool = False
    _places: dict[CitationView, Place] = field(default_factory=dict)

    def ref(self, citation: Citation) -> Ref:
        """Return the way to `citation`; a place that came up before keeps its number."""
        view = self.wording.cite(citation)
        place = self._places.setdefault(view, Place(f"{self.name}.place-{len(self._places) + 1}", view))
        return Ref(place.anchor, self.wording.fill("guide_ref", number=place.anchor.rpartition("-")[2]))

    def line(self, text: str, *citations: Citation, path: str | None = None, value: str | None = None) -> Line:
        """Return `text`, and what is said of it, with the ways to its places, each once."""
        return Line(text, path, tuple(dict.fromkeys(map(self.ref, citations))), value)

    def sheet(self, tables: Iterable[Table]) -> Sheet:
        """Return the sheet of `tables`, whose lines this footing has made; tables without rows are left out."""
        kept = tuple(table for table in tables if table.rows)
        return Sheet(kept, tuple(self._places.values()), self.over_rounds)


def cell(lines: Iterable[Line]) -> Cell:
    """Return a cell of `lines`; places that all of them share are told once, after the last."""
    every = tuple(lines)
    if len({line.refs for line in every}) > 1:
        return Cell(every)
    return Cell((*(replace(line, refs=()) for line in every[:-1]), *every[-1:]))


def words(*texts: str) -> Cell:
    """Return a cell of words that need no place of their own: heads, sums, the site's own words."""
    return Cell(tuple(map(Line, texts)))


def anchor_of(name: str, told: Iterable[str]) -> str:
    """Return how the anchors of a block begin that is told of `told`."""
    return ".".join((name, *(one.replace("=", ".") for one in told)))
