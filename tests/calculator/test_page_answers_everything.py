"""The page's questions never break the calculator: whatever some visitor has answered so far, there is an answer."""

from __future__ import annotations

import json
from itertools import islice
from random import Random
from typing import Any

import pytest

from calculator import browser
from calculator.codec import rule_book_json
from calculator.json_values import JsonValue
from tests.bench.real import Judged, made, newest, together
from tests.calculator.real_questions import real_book

VISITORS = 12
ELSEWHERE = [{"rule_set": one.rules.rule_set, "round": one.rules.round} for one in newest()]


def typed(name: str, value: JsonValue) -> Any:  # noqa: ANN401 - what a form holds
    """Return what somebody types who has this fact; a row of one column is written as its value alone."""
    match value:
        case bool():
            return "yes" if value else "no"
        case None:
            return "none"
        case list():
            rows = [row if isinstance(row, dict) else {real_book().facts[name].fields[0].name: row} for row in value]
            return [{column: str(typed(column, cell)) for column, cell in row.items()} for row in rows]
        case _:
            return str(value)


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    browser.load(rule_book_json(real_book()))


@pytest.mark.parametrize("judged", list(together()), ids=lambda judged: judged[0].rules.rule_set.rpartition("/")[0])
def test_every_state_of_an_interview_has_an_answer(judged: tuple[Judged, ...]) -> None:
    random = Random(1)
    for visitor in islice(made(random, judged), VISITORS):
        names = [name for name, value in visitor.json.items() if not isinstance(value, dict)]
        random.shuffle(names)
        answers = {name: typed(name, visitor.json[name]) for name in names[: random.randint(0, len(names))]}
        frames = [one.rules.rule_set for one in judged]
        request = {"rule_sets": frames, "round": judged[0].rules.round, "answers": answers, "passed": list(answers)}
        told = json.loads(browser.judge(json.dumps(request)))
        assert told["mistakes"] == []
        assert [one["rule_set"] for one in told["frames"]] == frames
        assert told["interview"]["ask"] not in answers
        others = json.loads(browser.others(json.dumps({"answers": answers, "others": ELSEWHERE})))["others"]
        assert len(others) == len(ELSEWHERE)
