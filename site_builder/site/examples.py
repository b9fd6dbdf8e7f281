"""Worked examples, as a frame's page prints them: the calculator answers them as it would answer the same visitor."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from calculator import browser
from calculator.codec import rule_book_json
from calculator.rulebook import FactDefinition
from calculator.text import Text
from site_builder.rules.model import Example, FrameInRound, Rules
from site_builder.site.wording import Wording

Answer: TypeAlias = Mapping[str, Any]
#: The calculator's answers to the published examples, by rule set, round and name.
Answers: TypeAlias = Mapping[tuple[str, int | None, str], Answer]

#: The kinds of cases that the self-diagnosis answers; only these can be shown as a visitor would see them.
SHOWN_KIND = "eligibility"


@dataclass(frozen=True, slots=True)
class UnmetView:
    """A requirement that the case does not meet; its code is its anchor on the page."""

    code: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ExampleView:
    """A case: its story, what comes out, the arithmetic, and the requirements that are not met."""

    anchor: str
    title: str
    story: str
    verdict: str
    subsidy: str | None
    arithmetic: tuple[str, ...]
    unmet: tuple[UnmetView, ...]


def work_out(rules: Rules) -> Answers:
    """Return the calculator's answers to all published examples."""
    browser.load(rule_book_json(rules.book))
    return {
        (example.rule_set, example.round, example.name): _answer(example, rules.book.facts)
        for example in published_examples(rules)
    }


def published_examples(rules: Rules) -> Iterator[Example]:
    """Yield the examples that are printed on their frame's page."""
    for programme in rules.programmes:
        for rule_set in programme.rule_sets:
            for one in rule_set.rounds:
                for frame in one.frames:
                    yield from _shown(frame)


def example_views(frame: FrameInRound, answers: Answers, wording: Wording) -> tuple[ExampleView, ...]:
    """Word the published examples of `frame`."""
    return tuple(
        _view(example, answers[example.rule_set, example.round, example.name], wording) for example in _shown(frame)
    )


def _shown(frame: FrameInRound) -> Iterator[Example]:
    return (example for example in frame.examples if example.published and example.kind == SHOWN_KIND)


def _answer(example: Example, facts: Mapping[str, FactDefinition]) -> Answer:
    request = {
        "rule_sets": [example.rule_set],
        "round": example.round,
        "answers": {
            name: entry for fact, value in example.facts.items() for name, entry in _entries(facts[fact], value)
        },
    }
    answer: Answer = json.loads(browser.judge(json.dumps(request)))
    if answer["mistakes"]:
        raise ValueError(f"example {example.name}: {answer['mistakes']}")
    (frame,) = answer["frames"]
    return dict(frame)


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


def _view(example: Example, answer: Answer, wording: Wording) -> ExampleView:
    figures = {figure["name"]: figure for figure in answer["figures"]}
    return ExampleView(
        anchor=f"example.{example.name}",
        title=wording.say(example.title),
        story=wording.say(example.story),
        verdict=_said(answer["verdict"], wording),
        subsidy=_said(figures["subsidy_yen"]["value"], wording) if answer["outcome"] == "eligible" else None,
        arithmetic=tuple(_said(step["text"], wording) for step in answer["arithmetic"]),
        unmet=tuple(
            UnmetView(reason["code"], _said(reason["label"], wording), _said(reason["text"], wording))
            for reason in answer["reasons"]
            if reason["verdict"] == "not_met"
        ),
    )


def _said(text: Mapping[str, str], wording: Wording) -> str:
    return wording.say(Text(text["ja"], text["en"]))
