"""Columns of a table of companies: a heading goes in, the column that it names comes out.

A fact has one column. A part of a record is a fact of its own, and has its own. The cell of a list with one field holds
its values, one after the other. A list with several fields has a column for each field of a row. A row is called by its
number (`costs.1.category`) or, where the list has a choice among its fields, by one of the choices: `costs.transport`
for the first figure of that row, `costs.transport.max_unit_price_yen` for any of them.

A heading is a name, or a label in any language. Nothing here knows a fact by name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from calculator.kinds import Kind
from calculator.messages import message
from calculator.rulebook import Choice, FactDefinition, RowField, RuleBook
from calculator.text import Text

_ROW = re.compile(r"(.+?)[.:]([1-9][0-9]{0,2})[.:](.+)")


@dataclass(frozen=True, slots=True)
class RowPlace:
    """A place in the rows of a list: the row's own name, its field, and what it says before anything is filled in."""

    row: str
    field: RowField
    beginning: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that says something of `fact`; `place` where it is one field of one of the fact's rows."""

    name: str
    label: Text
    fact: FactDefinition
    place: RowPlace | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Return what can be chosen in a cell."""
        if self.place is not None:
            return self.place.field.choices
        return self.fact.fields[0].choices if holds_values(self.fact) else self.fact.choices

    @property
    def kind(self) -> Kind:
        """Return the kind of the values in a cell."""
        if self.place is not None:
            return self.place.field.kind
        return self.fact.fields[0].kind if holds_values(self.fact) else self.fact.kind


def holds_values(fact: FactDefinition) -> bool:
    """Say whether a cell holds all values of `fact`: a list with one field."""
    return fact.kind is Kind.LIST and len(fact.fields) == 1


def columns_of(book: RuleBook, fact: FactDefinition) -> Iterator[Column]:
    """Yield the columns of `fact`: its own, and those of its rows that are called by a choice."""
    yield Column(fact.name, fact.label, fact)
    key = next((one for one in fact.fields if one.kind is Kind.CHOICE), None)
    if key is not None:
        for choice in key.choices:
            yield from _columns_of_choice(book, fact, key, choice)


def _columns_of_choice(book: RuleBook, fact: FactDefinition, key: RowField, choice: Choice) -> Iterator[Column]:
    """Yield the columns of the row of one choice; the first figure goes by the choice alone."""
    figures = [one for one in fact.fields if one is not key]
    beginning = {key.name: choice.name}
    label = _joined(book, fact.label, choice.label)
    for place, figure in enumerate(figures):
        name, called = f"{fact.name}.{choice.name}", label
        if place > 0:
            name, called = f"{name}.{figure.name}", _joined(book, label, figure.label)
        yield Column(name, called, fact, RowPlace(choice.name, figure, beginning))


def _joined(book: RuleBook, whole: Text, part: Text) -> Text:
    return message(book.messages, "column_part", whole=whole, part=part)


def plain(text: str) -> str:
    """Return `text` without what people write now one way, now another: width, capitals, spaces and line breaks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(slots=True)
class Headings:
    """The headings that `book` understands. A label that two columns share names neither of them."""

    book: RuleBook
    _columns: dict[str, Column] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found: dict[str, set[str]] = {}
        by_name: dict[str, Column] = {}
        for fact in self.book.facts.values():
            for column in columns_of(self.book, fact):
                by_name[column.name] = column
                for heading in _headings_of(self.book, column):
                    found.setdefault(heading, set()).add(column.name)
        self._columns = {heading: by_name[min(names)] for heading, names in found.items() if len(names) == 1}

    def column(self, heading: str) -> Column | None:
        """Return the column that `heading` names, or None: then it says nothing of an applicant."""
        return self._columns.get(plain(heading)) or self._numbered(plain(heading))

    def known(self) -> Iterable[str]:
        """Return every heading, as `plain` writes it, but for those with the number of a row."""
        return self._columns.keys()

    def _numbered(self, heading: str) -> Column | None:
        """Return the column of a row with a number: `costs.1.amount_yen`."""
        found = _ROW.fullmatch(heading)
        column = None if found is None else self._columns.get(found[1])
        if found is None or column is None or column.place is not None or holds_values(column.fact):
            return None
        fact, row = column.fact, found[2]
        for one in fact.fields:
            if found[3] in {plain(text) for text in (one.name, one.label.ja, one.label.en)}:
                label = _joined(self.book, _joined(self.book, fact.label, Text(row, row)), one.label)
                return Column(f"{fact.name}.{row}.{one.name}", label, fact, RowPlace(row, one, {}))
        return None


def _headings_of(book: RuleBook, column: Column) -> Iterator[str]:
    """Yield every way to write the column's heading; the first figure of a row may be named as well."""
    headings = [column.name, column.label.ja, column.label.en]
    place = column.place
    if place is not None and not column.name.endswith(f".{place.field.name}"):
        label = _joined(book, column.label, place.field.label)
        headings += [f"{column.name}.{place.field.name}", label.ja, label.en]
    yield from map(plain, headings)
