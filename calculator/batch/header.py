"""The first row of a table of companies: which columns say what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from calculator.batch.columns import Column, Headings, plain
from calculator.batch.reading import CellReader
from calculator.batch.tables import letters
from calculator.messages import message
from calculator.rulebook import RuleBook
from calculator.text import Text

#: How alike a heading must be to one that is understood to be taken for a slip of the pen, from 0 to 1.
ALIKE = 0.8


class TableError(Exception):
    """A table of which no row can be judged; `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Header:
    """The first row, and where its columns are: those that are `understood`, and the others.

    Of those that are understood, `facts` say a fact, and `rows` a field of a row in a list. Among `facts`, `parts` are
    parts of a record, and `lists` are lists that have other columns as well.
    """

    cells: tuple[str, ...]
    understood: tuple[tuple[int, CellReader], ...]
    facts: tuple[tuple[int, CellReader], ...]
    parts: tuple[tuple[int, CellReader], ...]
    lists: tuple[tuple[int, CellReader], ...]
    rows: tuple[tuple[int, CellReader], ...]
    others: tuple[int, ...]

    @classmethod
    def read(cls, headings: Headings, cells: tuple[str, ...]) -> Header:
        """Return the header that `cells` are.

        Raises:
            TableError: two columns say the same, or none says anything of a company.
        """
        columns = {place: column for place, cell in enumerate(cells) if (column := headings.column(cell)) is not None}
        _refuse_twins(headings.book, cells, columns)
        if not columns:
            raise TableError(message(headings.book.messages, "table_without_facts"))
        readers = [(place, CellReader(headings.book, column)) for place, column in columns.items()]
        in_rows = {column.fact.name for column in columns.values() if column.place is not None}
        return cls(
            cells,
            tuple(readers),
            tuple(one for one in readers if one[1].column.place is None),
            tuple(one for one in readers if one[1].column.fact.record is not None),
            tuple(one for one in readers if one[1].column.name in in_rows),
            tuple(one for one in readers if one[1].column.place is not None),
            tuple(place for place in range(len(cells)) if place not in columns),
        )


def _refuse_twins(book: RuleBook, cells: Sequence[str], columns: Mapping[int, Column]) -> None:
    first: dict[str, int] = {}
    for place, column in columns.items():
        if column.name in first:
            one, other = (column_in_words(book, at, cells) for at in (first[column.name], place))
            raise TableError(message(book.messages, "table_with_twins", one=one, other=other, column=column.label))
        first[column.name] = place


def column_in_words(book: RuleBook, place: int, cells: Sequence[str]) -> Text:
    """Return how a column is called in a sentence: by its letters, its number and its heading."""
    number = str(place + 1)
    return message(book.messages, "table_column", letters=letters(place + 1), number=number, heading=cells[place])


def likely_meant(headings: Headings, heading: str) -> Column | None:
    """Return the column whose heading is nearly `heading`, or None."""
    near = get_close_matches(plain(heading), headings.known(), n=1, cutoff=ALIKE)
    return headings.column(near[0]) if near else None
