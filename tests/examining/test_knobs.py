"""Answers of a company are turned also where parts of them are not known."""

from __future__ import annotations

from calculator.expressions import Aggregate, Aggregation
from calculator.kinds import Kind
from site_builder.examining.knobs import Turning
from tests.calculator.real_questions import real_book


def test_rows_are_taken_away_and_none_is_made_like_one_of_which_nothing_is_known() -> None:
    book = real_book()
    name = next(name for name, fact in book.facts.items() if fact.kind is Kind.LIST)
    facts = {name: ["unknown", "unknown"]}
    found = Turning(book, facts).other_rows(Aggregate(Aggregation.COUNT, name, None, None))
    assert list(found) == [{name: ["unknown"]}, {name: ["unknown"]}]
