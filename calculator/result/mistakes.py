"""What could not be read, told beside its field of the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from calculator.cases import Mistake, place_in_words
from calculator.entries import Entry, filled_rows
from calculator.json_values import JsonObject
from calculator.rulebook import RuleBook


def mistake(book: RuleBook, answers: Mapping[str, Entry], found: Mistake) -> JsonObject:
    """Return a mistake with the name of its field on the form and its words."""
    one = _as_entered(book, answers, found)
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
