"""What a visitor types, as it is typed: text from a form field goes in, the JSON value of the contract comes out.

Full-width digits, commas, spaces and units (円, 万円, 億円, 人, 年, %) are read as people write them. A text that is
not understood stays text, so that reading the case refuses it with a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from calculator.cases import UNKNOWN
from calculator.json_values import JsonValue
from calculator.kinds import Kind
from calculator.rulebook import FactDefinition

Entry: TypeAlias = str | Sequence[Mapping[str, str]]

NONE = "none"
_NUMBER = re.compile(r"(?P<sign>-?)(?P<parts>(?:\d+(?:\.\d+)?[億万]?)+)")
_PART = re.compile(r"(\d+(?:\.\d+)?)([億万]?)")
_SCALE = {"億": 100_000_000, "万": 10_000, "": 1}
_UNITS = re.compile(r"(円|yen|人|名|年|か月|ヶ月|%|パーセント|employees|people|years)$", re.IGNORECASE)
_MINUS = str.maketrans({"−": "-", "‐": "-", "–": "-", "▲": "-", "△": "-"})
_IGNORED = str.maketrans("", "", ", 　、¥\\")


def given_from(definitions: Mapping[str, FactDefinition], entries: Mapping[str, Entry]) -> dict[str, JsonValue]:
    """Return the facts of a case as JSON values; what is empty, or not known to the visitor, is left out."""
    given = {name: _given(definitions[name], entry) for name, entry in entries.items() if name in definitions}
    return {name: value for name, value in given.items() if value != UNKNOWN}


def _given(fact: FactDefinition, entry: Entry) -> JsonValue:
    if fact.kind is Kind.LIST:
        return _rows(fact, entry)
    return _value(fact.kind, entry) if isinstance(entry, str) else entry


def filled_rows(fact: FactDefinition, entry: Entry) -> tuple[int, ...]:
    """Return the places of the rows in which something was entered; the others are left out of the case."""
    if isinstance(entry, str):
        return ()
    columns = {column.name for column in fact.fields}
    # a category alone, as a form offers it first, says nothing yet
    telling = {column.name for column in fact.fields if column.kind is not Kind.CHOICE} or columns
    return tuple(place for place, row in enumerate(entry) if telling & _row(fact, row).keys())


def _rows(fact: FactDefinition, entry: Entry) -> JsonValue:
    if isinstance(entry, str):
        return [] if entry == NONE else UNKNOWN
    return [_row(fact, entry[place]) for place in filled_rows(fact, entry)] or UNKNOWN


def _row(fact: FactDefinition, row: Mapping[str, str]) -> dict[str, JsonValue]:
    """Return one row; a column that is left empty is not answered."""
    cells = {column.name: _value(column.kind, row.get(column.name, "")) for column in fact.fields}
    return {name: value for name, value in cells.items() if value != UNKNOWN}


def _value(kind: Kind, typed: str) -> JsonValue:
    text = unicodedata.normalize("NFKC", typed).strip()
    if text in ("", UNKNOWN):
        return UNKNOWN
    if text == NONE:
        return None
    match kind:
        case Kind.YES_NO:
            return {"yes": True, "no": False}.get(text, text)
        case Kind.YEN | Kind.COUNT | Kind.MONTHS | Kind.PERCENT | Kind.RATE:
            number = number_in(text)
            return text if number is None else number
        case _:
            return text


def number_in(text: str) -> Fraction | None:
    """Return the exact number that `text` writes (`１，５００万円` is 15000000), or None when it writes none."""
    plain = unicodedata.normalize("NFKC", text).translate(_MINUS).translate(_IGNORED)
    found = _NUMBER.fullmatch(_UNITS.sub("", plain))
    if found is None:
        return None
    size = sum((Fraction(digits) * _SCALE[scale] for digits, scale in _PART.findall(found["parts"])), Fraction(0))
    return -size if found["sign"] else size
