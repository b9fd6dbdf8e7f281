"""Facts as cells of a table of companies, as its columns hold them: the reverse of `calculator.batch.reading`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from calculator.batch.columns import holds_values
from calculator.batch.reading import BETWEEN_VALUES, BETWEEN_WORDS
from calculator.evaluation import Facts, FactValue, Row
from calculator.expressions import Scalar
from calculator.kinds import Kind
from calculator.messages import message
from calculator.rulebook import Choice, FactDefinition, RuleBook
from calculator.text import Language


class NoCellError(ValueError):
    """A value that no cell can hold: a fraction whose decimals have no end."""


def cells_of(book: RuleBook, facts: Facts, language: Language) -> Mapping[str, str]:
    """Return what the columns hold for an applicant, by the columns' names, in words of `language`.

    Raises:
        NoCellError: a value has no place in a cell.
    """
    return {name: cell for fact, value in facts.items() for name, cell in _cells(book, fact, value, facts, language)}


def first_word(book: RuleBook, word: str, language: Language) -> str:
    """Return how a cell says "yes", "no", "none" or "unknown" best."""
    return message(book.messages, f"words_{word}").within(language).split(BETWEEN_WORDS)[0].strip()


def _cells(book: RuleBook, name: str, value: FactValue, facts: Facts, language: Language) -> Iterator[tuple[str, str]]:
    fact = book.facts[name]
    if isinstance(value, tuple) and value and holds_values(fact):
        (field,) = fact.fields
        cells = (_cell(book, field.choices, row.get(field.name), language) for row in value)
        yield name, f"{BETWEEN_VALUES} ".join(cells)
    elif isinstance(value, tuple) and value:
        yield from _cells_of_rows(book, fact, value, language)
    elif isinstance(value, tuple):
        yield name, first_word(book, "none", language)
    elif fact.kind is not Kind.RECORD or value is None or not _parts_tell(book, name, facts):
        yield name, _cell(book, fact.choices, value, language)


def _parts_tell(book: RuleBook, record: str, facts: Facts) -> bool:
    """Say whether the parts tell by themselves that the record is there."""
    return any(book.facts[name].record == record and value is not None for name, value in facts.items())


def _cells_of_rows(
    book: RuleBook, fact: FactDefinition, rows: Sequence[Row], language: Language
) -> Iterator[tuple[str, str]]:
    key = next((one for one in fact.fields if one.kind is Kind.CHOICE), None)
    names = [None if key is None else row.get(key.name) for row in rows]
    if key is None or None in names or len(set(names)) < len(names):
        yield from _cells_by_number(book, fact, rows, language)
        return
    first, *others = (one for one in fact.fields if one is not key)
    unknown = first_word(book, "unknown", language)
    for name, row in zip(names, rows, strict=True):
        amount = row.get(first.name)
        yield f"{fact.name}.{name}", unknown if amount is None else _cell(book, first.choices, amount, language)
        for one in others:
            if one.name in row:
                yield f"{fact.name}.{name}.{one.name}", _cell(book, one.choices, row[one.name], language)


def _cells_by_number(
    book: RuleBook, fact: FactDefinition, rows: Sequence[Row], language: Language
) -> Iterator[tuple[str, str]]:
    for number, row in enumerate(rows, start=1):
        for one in fact.fields:
            if one.name in row:
                yield f"{fact.name}.{number}.{one.name}", _cell(book, one.choices, row[one.name], language)


def _cell(book: RuleBook, choices: Sequence[Choice], value: Scalar, language: Language) -> str:
    match value:
        case None:
            return first_word(book, "none", language)
        case bool():
            return first_word(book, "yes" if value else "no", language)
        case Fraction():
            return _decimal(value)
        case date():
            return value.isoformat()
        case str():
            return next(choice.label.within(language) for choice in choices if choice.name == value)
        case _:
            return str(value)


def _decimal(value: Fraction) -> str:
    """Return a fraction as it is written with a point."""
    digits = next((count for count in range(20) if (value * 10**count).denominator == 1), None)
    if digits is None:
        raise NoCellError(f"{value} has no end")
    whole = f"{abs(value * 10**digits).numerator:0{digits + 1}}"
    point = len(whole) - digits
    return f"{'-' if value < 0 else ''}{whole[:point]}{'.' if digits else ''}{whole[point:]}"
