"""Cells of a table of companies: what is written in one goes in, the facts that it says come out, or why it says none.

A cell is read like a field of the form, and may hold the words for yes, no, none and unknown, and the labels of
choices, in any language. Each text is read once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from calculator.batch.columns import Column, holds_values, plain
from calculator.cases import UNKNOWN, Mistake, read_facts
from calculator.entries import NONE, value_of_entry, value_of_field
from calculator.evaluation import RECORD_MARK, Facts
from calculator.json_values import JsonObject, JsonValue
from calculator.kinds import Kind
from calculator.messages import listed, message
from calculator.rulebook import RowField, RuleBook
from calculator.text import Text

#: What stands between the values in one cell.
BETWEEN_VALUES = ";"
#: What stands between the ways to write yes, no, none and unknown in the messages that list them.
BETWEEN_WORDS = "/"
#: So many different cells are remembered for each column.
MOST_REMEMBERED = 5_000
_VALUES = re.compile(rf"[{BETWEEN_VALUES}；\n]")


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says: values by the name of the fact or, in a row of a list, of the field; or why it cannot be read.

    No values and no mistake: it is not known. `is_told` tells that from a cell in which there is nothing, and
    `no_row` from one that says that there is no such row.
    """

    values: Facts
    mistake: Text | None = None
    is_told: bool = True
    no_row: bool = False

    @property
    def is_unknown(self) -> bool:
        """Say whether the cell says that it is not known."""
        return self.is_told and not (self.values or self.no_row) and self.mistake is None


NOTHING_SAID = Said({}, is_told=False)
NO_ROW = Said({}, no_row=True)


@dataclass(slots=True)
class CellReader:
    """Reads the cells of one column, each text once."""

    book: RuleBook
    column: Column
    _words: Mapping[str, str] = field(default_factory=dict)
    _said: dict[str, Said] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._words = dict(_words(self.book, self.column))

    def read(self, cell: str) -> Said:
        """Return what `cell` says."""
        said = self._said.get(cell)
        if said is None:
            if len(self._said) >= MOST_REMEMBERED:
                self._said.clear()
            said = self._said[cell] = self._read(cell)
        return said

    def _read(self, cell: str) -> Said:
        if not cell.strip():
            return NOTHING_SAID
        fact, place, text = self.column.fact, self.column.place, self._meant(cell)
        if text == UNKNOWN:
            return Said({})
        if place is not None:
            return self._field(place.field, text)
        if holds_values(fact):
            values = [] if text == NONE else [self._value(one) for one in _VALUES.split(cell) if one.strip()]
            return self._facts(fact.name, values)
        if fact.kind is Kind.LIST:
            return self._facts(fact.name, []) if text == NONE else self._refused("rows_have_columns")
        if fact.kind is Kind.RECORD:
            return self._record(text)
        return self._scalar(text)

    def _record(self, text: str) -> Said:
        """Return what the cell of a record says: that there is one, or none."""
        if text not in ("yes", NONE):
            return self._refused("rows_have_columns")
        return self._facts(self.column.fact.name, None if text == NONE else {})

    def _scalar(self, text: str) -> Said:
        fact = self.column.fact
        value = value_of_entry(fact, text)
        if fact.record is None:
            return self._facts(fact.name, value)
        said = self._facts(fact.record, {fact.name.removeprefix(f"{fact.record}{RECORD_MARK}"): value})
        return Said({name: one for name, one in said.values.items() if name == fact.name}, said.mistake)

    def _field(self, one: RowField, text: str) -> Said:
        """Return the value of one field of a row; that a figure is none which there must be means that the row is."""
        if text == NONE and not one.optional and not one.choices:
            return NO_ROW
        value = text if text in {choice.name for choice in one.choices} else value_of_field(one, text)
        said = self._facts(self.column.fact.name, [{one.name: value}])
        rows = said.values.get(self.column.fact.name)
        return Said(rows[0] if isinstance(rows, tuple) else {}, said.mistake)

    def _value(self, cell: str) -> JsonValue:
        """Return one of several values in a cell."""
        (one,) = self.column.fact.fields
        text = self._meant(cell)
        return text if text in {choice.name for choice in one.choices} else value_of_field(one, text)

    def _facts(self, name: str, value: JsonValue) -> Said:
        facts, mistakes = read_facts(self.book, {name: value})
        return Said(facts, _reasons(self.book, mistakes))

    def _refused(self, code: str) -> Said:
        return Said({}, message(self.book.messages, code))

    def _meant(self, cell: str) -> str:
        """Return the calculator's own word for what is written in words, else what is written."""
        return self._words.get(plain(cell), cell)


def _reasons(book: RuleBook, mistakes: Iterable[Mistake]) -> Text | None:
    reasons = tuple(dict.fromkeys(one.reason for one in mistakes))
    return listed(book.messages, reasons, "two_sentences") if reasons else None


def _words(book: RuleBook, column: Column) -> Iterator[tuple[str, str]]:
    """Yield the words that a cell of `column` may hold, and the calculator's own word for each; later ones win."""
    names = {choice.name for choice in column.choices}
    own = [UNKNOWN, NONE]
    if column.kind in (Kind.YES_NO, Kind.RECORD):
        own += ["yes", "no"]
    for word in own:
        written = message(book.messages, f"words_{word}")
        for text in (written.ja, written.en):
            yield from ((plain(one), word) for one in (word, *text.split(BETWEEN_WORDS)))
    none = column.fact.none_label if column.place is None else None
    for label in () if none is None or NONE in names else (none.ja, none.en):
        yield plain(label), NONE
    for choice in column.choices:
        yield from ((plain(text), choice.name) for text in (choice.name, choice.label.ja, choice.label.en))


def row_began(column: Column) -> JsonObject:
    """Return a new row of the column's list, as it is before anything is filled in."""
    return {} if column.place is None else dict(column.place.beginning)
