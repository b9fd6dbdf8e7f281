"""What could not be read, told beside its field of the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from calculator.cases import Mistake, place_in_words
from calculator.entries import Entry, filled_rows
from calculator.json_values import JsonObject
from calculator.messages import message
from calculator.rulebook import RuleBook


def mistake(book: RuleBook, answers: Mapping[str, Entry], found: Mistake) -> JsonObject:
    """Return a mistake with the name of its field on the form and its words."""
    return _told(book, _as_entered(book, answers, found))


def empty_cells(book: RuleBook, answers: Mapping[str, Entry]) -> Iterator[JsonObject]:
    """Yield a mistake for every empty cell of a row in which something was entered, unless it may stay empty.

    The row would keep every figure open that rests on it, and the visitor would not see why.
    """
    for name, entry in answers.items():
        fact = book.facts.get(name)
        if fact is None or isinstance(entry, str):
            continue
        for place in filled_rows(fact, entry):
            for column in fact.fields:
                if not column.optional and not entry[place].get(column.name, "").strip():
                    at = (name, place, column.name)
                    yield _told(book, Mistake(at, "cell_empty", message(book.messages, "cell_empty")))


def _told(book: RuleBook, one: Mistake) -> JsonObject:
    return {
        "field": ".".join(map(str, one.at)),
        "message": one.reason.to_json(),
        "summary": place_in_words(book, one).to_json(),
    }


def _as_entered(book: RuleBook, answers: Mapping[str, Entry], found: Mistake) -> Mistake:
    """Return the mistake with the place of its row on the form, where rows that were left empty count too."""
    match found.at:
        case (str(name), int(row), *inside):
            place = filled_rows(book.facts[name], answers[name])[row]
            return replace(found, at=(name, place, *inside))
        case _:
            return found
