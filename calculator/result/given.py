"""What the visitor has answered, in words: for the list of answers beside the result, and on paper."""

from __future__ import annotations

from collections.abc import Mapping

from calculator.answers import fact_value_text
from calculator.cases import UNKNOWN
from calculator.entries import Entry
from calculator.evaluation import Facts, Row, question_of
from calculator.expressions import Scalar
from calculator.figures import figure_text
from calculator.json_values import JsonObject
from calculator.kinds import Kind
from calculator.messages import listed, message
from calculator.rulebook import FactDefinition, RowField, RuleBook
from calculator.text import Text


def given(book: RuleBook, answers: Mapping[str, Entry], facts: Facts) -> list[JsonObject]:
    """Return every fact that was answered, or that the visitor does not know, in the order of the form."""
    return [
        {"question": question_of(name), "label": fact.label.to_json(), "values": [one.to_json() for one in values]}
        for name, fact in book.facts.items()
        if (values := _values(book, fact, answers, facts))
    ]


def _values(book: RuleBook, fact: FactDefinition, answers: Mapping[str, Entry], facts: Facts) -> tuple[Text, ...]:
    """Return the answer in words, a list row by row; nothing where nothing was answered."""
    if fact.name not in facts:
        return (message(book.messages, "not_known_to_you"),) if answers.get(fact.name) == UNKNOWN else ()
    value = facts[fact.name]
    if isinstance(value, tuple):
        return _rows(book, fact, value)
    if fact.kind is Kind.RECORD and value is not None:
        return ()  # its parts are told one by one
    return (fact_value_text(fact, value),)


def _rows(book: RuleBook, fact: FactDefinition, rows: tuple[Row, ...]) -> tuple[Text, ...]:
    if not rows:
        return (message(book.messages, "no_rows"),)
    return tuple(_row(book, fact, row) for row in rows)


def _row(book: RuleBook, fact: FactDefinition, row: Row) -> Text:
    """Return the cells of a row; those of the first column stand for themselves, the others with their labels."""
    first, *others = fact.fields
    cells = [_cell(first, row[first.name])] if row.get(first.name) is not None else []
    named = (
        message(book.messages, "yours", fact=column.label, value=_cell(column, row[column.name]))
        for column in others
        if row.get(column.name) is not None
    )
    return listed(book.messages, (*cells, *named))


def _cell(column: RowField, value: Scalar) -> Text:
    if column.kind is Kind.CHOICE:
        return next(choice.label for choice in column.choices if choice.name == value)
    return figure_text(column.kind, value)
