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
from calculator.rulebook import FactDefinition, RowField

Entry: TypeAlias = str | Sequence[Mapping[str, str]]

NONE = "none"
_DIGITS = r"((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
_NUMBER = re.compile(rf"[¥\\]?(-?)[¥\\]?(?:{_DIGITS}(千?)億)?(?:{_DIGITS}(千?)万)?(?:{_DIGITS}(千?))?[¥\\]?")
_SCALES = (100_000_000, 10_000, 1)
LONGEST_ENTRY = 40  # characters of a number, units and all
#: What may stand behind a number of each kind; behind a count, the fact's own unit too.
_UNITS = {
    Kind.YEN: ("円", "yen"),
    Kind.PERCENT: ("%", "パーセント", "percent", "per cent"),
}
_ALIKE = {"人": ("人", "名")}
_DATE = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?")
_MINUS = str.maketrans({"−": "-", "‐": "-", "–": "-", "▲": "-", "△": "-"})
_PLAIN = str.maketrans({"、": ",", " ": None})
#: A space between digits stands for a comma: `1 000` is a thousand, and `20 30` no number.
_PARTED = re.compile(r"(?<=[0-9]) +(?=[0-9])")


def given_from(definitions: Mapping[str, FactDefinition], entries: Mapping[str, Entry]) -> dict[str, JsonValue]:
    """Return the facts of a case as JSON values; what is empty, or not known to the visitor, is left out."""
    given = {name: _given(definitions[name], entry) for name, entry in entries.items() if name in definitions}
    known = {name: value for name, value in given.items() if value != UNKNOWN}
    return _with_records(definitions, known)


def _with_records(definitions: Mapping[str, FactDefinition], known: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return `known` with the parts of each record put together, as a case has them; "none" is none of it."""
    together: dict[str, JsonValue] = {}
    for name, value in known.items():
        record = definitions[name].record
        if record is None:
            together[name] = value
        elif record not in known or known[record] is not None:
            parts = together.setdefault(record, {})
            together[record] = {**(parts if isinstance(parts, dict) else {}), name.removeprefix(f"{record}."): value}
    return together


def _given(fact: FactDefinition, entry: Entry) -> JsonValue:
    if fact.kind is Kind.LIST:
        return _rows(fact, entry)
    return value_of_entry(fact, entry) if isinstance(entry, str) else entry


def value_of_entry(fact: FactDefinition, typed: str) -> JsonValue:
    """Return what was typed for `fact`, which is no list, as a JSON value."""
    if typed in {choice.name for choice in fact.choices}:
        return typed  # also one called "none", such as the state of a plan that there is not
    return _value(fact.kind, typed, units_of(fact))


def value_of_field(column: RowField, typed: str) -> JsonValue:
    """Return what was typed into one field of a row as a JSON value."""
    return _value(column.kind, typed, _UNITS.get(column.kind, ()))


def units_of(fact: FactDefinition) -> tuple[str, ...]:
    """Return the words that may stand behind a number that answers `fact`."""
    own = () if fact.unit is None else (*_ALIKE.get(fact.unit.ja, (fact.unit.ja,)), fact.unit.en)
    return (*_UNITS.get(fact.kind, ()), *own)


def filled_rows(fact: FactDefinition, entry: Entry) -> tuple[int, ...]:
    """Return the places of the rows in which something was entered; the others are left out of the case."""
    if isinstance(entry, str):
        return ()
    return tuple(place for place, row in enumerate(entry) if _row(fact, row))


def _rows(fact: FactDefinition, entry: Entry) -> JsonValue:
    if isinstance(entry, str):
        return [] if entry == NONE else UNKNOWN
    return [_row(fact, entry[place]) for place in filled_rows(fact, entry)] or UNKNOWN


def _row(fact: FactDefinition, row: Mapping[str, str]) -> dict[str, JsonValue]:
    """Return one row; a column that is left empty is not answered."""
    cells = {column.name: value_of_field(column, row.get(column.name, "")) for column in fact.fields}
    return {name: value for name, value in cells.items() if value != UNKNOWN}


def _value(kind: Kind, typed: str, units: tuple[str, ...]) -> JsonValue:
    text = unicodedata.normalize("NFKC", typed).strip()
    if text in ("", UNKNOWN):
        return UNKNOWN
    if text == NONE:
        return None
    match kind:
        case Kind.YES_NO:
            return {"yes": True, "no": False}.get(text, text)
        case Kind.YEN | Kind.COUNT | Kind.MONTHS | Kind.PERCENT | Kind.RATE:
            number = number_in(typed, units)
            return typed if number is None else number
        case Kind.DATE:
            return _day(text)
        case _:
            return text


def _day(text: str) -> str:
    """Return a date as the contract writes it (`2022年3月5日` is 2022-03-05); anything else as it is, to be refused."""
    found = _DATE.fullmatch(text.replace(" ", ""))
    return text if found is None else f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"


def number_in(text: str, units: tuple[str, ...]) -> Fraction | None:
    """Return the exact number that `text` writes (`１，５００万円` is 15000000), or None when it writes none.

    One of `units` may stand behind it, and no other word: a plan of 6か月 is not one of 6 years. A comma stands only
    between groups of three digits: whoever types `3,5` may mean another number than 35. Nor is `①500` one, or `10⁶`.
    """
    if not text.isascii() and any(map(_is_mark_of_a_digit, text)):
        return None
    half_width = _PARTED.sub(",", unicodedata.normalize("NFKC", text).strip())
    plain = half_width.translate(_MINUS).translate(_PLAIN).lower()
    unit = next((unit for unit in units if plain.endswith(unit.replace(" ", "").lower())), "")
    number = plain.removesuffix(unit.replace(" ", "").lower())
    found = _NUMBER.fullmatch(number) if len(plain) <= LONGEST_ENTRY else None
    if found is None or not any(found.groups()[1::2]):
        return None
    sign, *parts = found.groups()
    sizes = zip(parts[::2], parts[1::2], _SCALES, strict=True)
    size = sum((_size(digits, thousand, scale) for digits, thousand, scale in sizes if digits), Fraction(0))
    return -size if sign else size


def _is_mark_of_a_digit(character: str) -> bool:
    """Say whether `character` would become a digit of a number that it is no digit of, such as ①, ², ½ or ㏠."""
    if character.isascii() or unicodedata.decomposition(character).startswith("<wide>"):
        return False
    return any("0" <= one <= "9" for one in unicodedata.normalize("NFKC", character))


def _size(digits: str, thousand: str, scale: int) -> Fraction:
    return Fraction(digits.replace(",", "")) * (1000 if thousand else 1) * scale
