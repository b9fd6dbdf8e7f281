"""Tables as text (CSV): from text come rows with their lines, from rows comes text that a spreadsheet opens.

A comma, a semicolon or a tab stands between cells. Lines end in any way, and a quoted cell may hold line breaks.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

SEPARATORS = (",", ";", "\t")
BYTE_ORDER_MARK = "\ufeff"  # by it, spreadsheets know UTF-8
_RISKY = frozenset("=+-@\t\r\n＝＋－＠")
_SUSPECT = _RISKY | {" ", "\u3000"}
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of cells and the line of the file at which it begins, from 1; `cells` is None where they cannot be read."""

    number: int
    cells: tuple[str, ...] | None


def lines_in(text: str) -> int:
    """Return how many lines `text` has, as `rows_of` counts them."""
    return sum(1 for _ in StringIO(text, newline=""))


def rows_of(text: str, separator: str) -> Iterator[Line]:
    """Yield the rows of `text`; those in which every cell is empty are left out."""
    reader = csv.reader(StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""), delimiter=separator, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Line(number, None)
            continue
        if any(map(str.strip, cells)):
            yield Line(number, tuple(cells))


def separator_of(text: str, is_known: Callable[[str], object]) -> str:
    """Return the separator by which the first row has the most headings that are known, else the most cells."""

    def merit(separator: str) -> tuple[int, int]:
        first = next(rows_of(text, separator), None)
        cells = () if first is None or first.cells is None else first.cells
        return sum(1 for cell in cells if is_known(cell)), len(cells)

    return max(SEPARATORS, key=merit)


def written(rows: Iterable[Sequence[str]]) -> str:
    """Return `rows` as CSV text, in which no cell is taken for a formula."""
    text = StringIO()
    csv.writer(text).writerows(  # its lines end in \r\n, as RFC 4180 has them
        [harmless(cell) if cell[:1] in _SUSPECT else cell for cell in row] for row in rows
    )
    return text.getvalue()


def harmless(cell: str) -> str:
    """Return `cell` so that no spreadsheet works it out: a quotation mark comes before what could be a formula.

    A plain number stays as it is, a negative one too.
    """
    is_risky = cell.lstrip(" \u3000")[:1] in _RISKY
    return f"'{cell}" if is_risky and not _NUMBER.fullmatch(cell) else cell


def letters(column: int) -> str:
    """Return how spreadsheets call a column, from 1: A, B, …, Z, AA."""
    name = ""
    while column > 0:
        column, place = divmod(column - 1, 26)
        name = chr(ord("A") + place) + name
    return name
