"""Worked examples, as a frame's page prints them: the calculator answers them, and its answer is put into words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from calculator.answers import Switches, fact_value_text
from calculator.assess import Assessor
from calculator.cases import read_facts
from calculator.entries import given_from
from calculator.evaluation import FactValue, Row
from calculator.figures import figure_text
from calculator.json_values import JsonObject, JsonValue, read_json, write_json
from calculator.kinds import Kind
from calculator.result.frame import PARTS
from calculator.result.judgment import Judgment, judged
from calculator.rulebook import FactDefinition, RowField, RuleBook
from site_builder.memo import Memo
from site_builder.rules.assessors import assessor_of, budget_of
from site_builder.rules.model import Example, FrameInRound, Rules
from site_builder.rules.proof import case_of
from site_builder.site.example_answers import WORDED, Answer, AnswerView, answer_view, is_for_visitors
from site_builder.site.wording import Wording

#: The calculator's answers to the published examples, by rule set, round and name.
Answers: TypeAlias = Mapping[tuple[str, int | None, str], Answer]

#: The examples that stand where repayment is explained, apart from the others.
REPAYMENT = "clawback"


@dataclass(frozen=True, slots=True)
class StatedView:
    """A fact that the case states: its one value, or one for each row of a list; a sentence has no label."""

    label: str | None
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExampleView:
    """A case: its story, what it states, and what comes out."""

    anchor: str
    title: str
    story: str
    stated: tuple[StatedView, ...]
    answer: AnswerView


def work_out(rules: Rules, memo: Memo | None = None) -> Answers:
    """Return the calculator's answers to all published examples, each worked out when it is first looked at."""
    return _Answers(rules, Memo() if memo is None else memo)


class _Answers(Answers):
    """Answers by rule set, round and name; what the memo knows was worked out before."""

    def __init__(self, rules: Rules, memo: Memo) -> None:
        self._book, self._memo = rules.book, memo
        self._examples = {(one.rule_set, one.round, one.name): one for one in published_examples(rules)}

    def __getitem__(self, key: tuple[str, int | None, str]) -> Answer:
        example = self._examples[key]
        return self._memo.made(answer_to, example, assessor_of((budget_of(example.rule_set),), self._book, self._memo))

    def __iter__(self) -> Iterator[tuple[str, int | None, str]]:
        return iter(self._examples)

    def __len__(self) -> int:
        return len(self._examples)


def published_examples(rules: Rules) -> Iterator[Example]:
    """Yield the examples that are printed on their frame's page."""
    for programme in rules.programmes:
        for rule_set in programme.rule_sets:
            for one in rule_set.rounds:
                for frame in one.frames:
                    yield from shown(frame)


def example_views(
    frame: FrameInRound, answers: Answers, book: RuleBook, wording: Wording, *, of_repayment: bool = False
) -> tuple[ExampleView, ...]:
    """Word the published examples of `frame`: those about repayment, or all others."""
    return tuple(
        example_view(example, frame, answers[example.rule_set, example.round, example.name], book, wording)
        for example in shown(frame)
        if (example.kind == REPAYMENT) is of_repayment
    )


def anchor_of(example: Example) -> str:
    """Return the anchor of an example on its frame's page."""
    return f"example.{example.name}"


def shown(frame: FrameInRound) -> Iterator[Example]:
    """Yield the examples that are printed on the page of `frame`."""
    return (example for example in frame.examples if example.published and example.kind in WORDED)


def answer_to(example: Example, assessor: Assessor) -> Answer:
    """Return what a visitor to the self-diagnosis would be told, or another program, where no form asks such things."""
    rules = assessor.rules(example.rule_set, example.round)
    if rules is not None and is_for_visitors(example.kind, rules):
        return _told_to_a_visitor(example, assessor)
    answer: Answer = json.loads(assessor.answer_line(case_of(example), Switches(explain=True)))
    if "error" in answer:
        raise ValueError(f"example {example.name}: {answer['error']}")
    return answer


def _told_to_a_visitor(example: Example, assessor: Assessor) -> Answer:
    book = assessor.book
    typed = {name: entry for fact, value in example.facts.items() for name, entry in _entries(book.facts[fact], value)}
    facts, mistakes = read_facts(book, given_from(book.facts, read_json(json.dumps(typed))))
    judgment = judged(assessor, example.rule_set, example.round, facts)
    if mistakes or judgment is None:
        raise ValueError(f"example {example.name}: {mistakes}")
    return _Told(judgment)


class _Told(Answer):
    """What the self-diagnosis tells of a frame, in the form in which the browser gets it; a part is made when read."""

    def __init__(self, judgment: Judgment) -> None:
        self._judgment = judgment
        self._parts: dict[str, JsonValue] = {}

    def __getitem__(self, name: str) -> JsonValue:
        if name not in self._parts:
            self._parts[name] = json.loads(write_json(PARTS[name](self._judgment)))
        return self._parts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(PARTS)

    def __len__(self) -> int:
        return len(PARTS)


def _entries(fact: FactDefinition, value: object) -> Iterator[tuple[str, object]]:
    """Yield a fact as a visitor would type it into the form: each part of a record into a field of its own."""
    match value:
        case dict():
            yield from ((f"{fact.name}.{part}", _typed(one)) for part, one in value.items())
        case list() | tuple():
            yield fact.name, [_row(fact, row) for row in value]
        case _:
            yield fact.name, _typed(value)


def _row(fact: FactDefinition, row: object) -> Mapping[str, str]:
    """Return a row of a list as typed; a list of one column is written without its name."""
    if isinstance(row, dict):
        return {name: _typed(part) for name, part in row.items()}
    return {fact.fields[0].name: _typed(row)}


def _typed(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case None:
            return "none"
        case _:
            return str(value)


def example_view(
    example: Example, frame: FrameInRound, answer: Answer, book: RuleBook, wording: Wording
) -> ExampleView:
    """Word an example of `frame` with the answer to it."""
    return ExampleView(
        anchor=anchor_of(example),
        title=wording.say(example.title),
        story=wording.say(example.story),
        stated=stated_views(read_json(json.dumps(dict(example.facts))), book, wording),
        answer=answer_view(example.kind, answer, frame, book, wording),
    )


def stated_views(given: JsonObject, book: RuleBook, wording: Wording) -> tuple[StatedView, ...]:
    """Word what a case states, read as the calculator reads it; of a record each part stands by itself."""
    return tuple(_stated(given, book, wording))


def _stated(given: JsonObject, book: RuleBook, wording: Wording) -> Iterator[StatedView]:
    facts, _ = read_facts(book, given)
    for name, value in facts.items():
        fact = book.facts[name]
        sentence = fact.yes_sentence if value is True else fact.no_sentence if value is False else None
        if sentence is not None:
            yield StatedView(None, (wording.say_sentence(sentence),))
        elif fact.kind is not Kind.RECORD or value is None:
            yield StatedView(wording.say_sentence(fact.label), _values(fact, value, wording))


def _values(fact: FactDefinition, value: FactValue, wording: Wording) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return tuple(_row_in_words(fact, row, wording) for row in value) or (wording.words["stated_no_rows"],)
    return (wording.say(fact_value_text(fact, value)),)


def _row_in_words(fact: FactDefinition, row: Row, wording: Wording) -> str:
    columns = [column for column in fact.fields if row.get(column.name) is not None]
    if len(fact.fields) == 1:
        return wording.listed(_cell(column, row, wording) for column in columns)
    return wording.listed(
        wording.fill("stated", label=wording.say_sentence(column.label), value=_cell(column, row, wording))
        for column in columns
    )


def _cell(column: RowField, row: Row, wording: Wording) -> str:
    value = row[column.name]
    if column.kind is Kind.CHOICE:
        return next(wording.say(choice.label) for choice in column.choices if choice.name == value)
    return wording.say(figure_text(column.kind, value))
