"""Why: how each requirement stands, and what the visitor has said of the facts that it reads."""

from __future__ import annotations

from calculator.answers import fact_value_text
from calculator.decision import Condition, Judged, Standing
from calculator.evaluation import FactValue, Row
from calculator.figures import figure_text
from calculator.json_values import JsonObject
from calculator.kinds import Kind
from calculator.messages import listed, message
from calculator.result.citations import citation
from calculator.result.judgment import Judgment
from calculator.rulebook import FactDefinition, Pool, RuleBook
from calculator.text import Text


def reasons(judgment: Judgment) -> list[JsonObject]:
    """Return every requirement of the frame in order, with its verdict and its place."""
    told = [
        _reason(judgment.book, one.condition, one.standing, _yours(judgment, one)) for one in judgment.answer.judged
    ]
    return [*told, *_exceeded_pool(judgment)]


def _exceeded_pool(judgment: Judgment) -> list[JsonObject]:
    """Return that the members of a consortium take more of their pool than there is, where they do."""
    group, consortium = judgment.group, judgment.rules.consortium
    pool = None if consortium is None else consortium.pool
    if group is None or pool is None or pool.code not in group.failed:
        return []
    return [_reason(judgment.book, pool, Standing.NOT_MET, None)]


def _reason(book: RuleBook, one: Condition | Pool, standing: Standing, yours: JsonObject | None) -> JsonObject:
    return {
        "code": one.code,
        "label": one.label.to_json(),
        "verdict": standing.value,
        "verdict_text": message(book.messages, standing.value).to_json(),
        "text": one.sentence.to_json(),
        "yours": yours,
        "citation": citation(book, one.citation),
    }


def _yours(judgment: Judgment, judged: Judged) -> JsonObject | None:
    """Return what the visitor said of the facts that a requirement reads, or None where nothing was said."""
    book, facts, read = judgment.book, judgment.answered, judged.condition.reads
    said = [_said(book, name, facts[name]) for name in book.facts if name in facts and name in read]
    return listed(book.messages, tuple(said)).to_json() if said else None


def _said(book: RuleBook, name: str, value: FactValue) -> Text:
    """Return a fact as it was answered; rows are told by their number and the sum of their first amount."""
    fact = book.facts[name]
    if not isinstance(value, tuple):
        return message(book.messages, "yours", fact=fact.label, value=fact_value_text(fact, value))
    amounts = next((column.name for column in fact.fields if column.kind is Kind.YEN), None)
    if amounts is None:
        return message(book.messages, "yours", fact=fact.label, value=_choices_in(book, fact, value))
    total = sum(amount for row in value if isinstance(amount := row.get(amounts), int))
    return message(
        book.messages, "yours_rows", fact=fact.label, total=figure_text(Kind.YEN, total), count=str(len(value))
    )


def _choices_in(book: RuleBook, fact: FactDefinition, rows: tuple[Row, ...]) -> Text:
    labels = {(column.name, choice.name): choice.label for column in fact.fields for choice in column.choices}
    said = (labels[name, value] for row in rows for name, value in row.items() if isinstance(value, str))
    return listed(book.messages, tuple(said))
