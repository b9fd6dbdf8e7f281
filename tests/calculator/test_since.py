"""A result that was saved: what has become of it, and that a link can hold anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from calculator import browser
from calculator.codec import rule_book_json
from calculator.entries import Entry
from calculator.json_values import JsonValue
from tests.calculator.made_book import book
from tests.calculator.test_browser_door import FILLED

PLAIN = "made/up/plain"
EDITION = "0123456789ab"


@pytest.fixture(autouse=True)
def _loaded() -> None:
    browser.load(rule_book_json(replace(book(), edition=EDITION)))


def ask(answers: Mapping[str, Entry], saved: JsonValue = None) -> Any:  # noqa: ANN401 - JSON
    request = {"rule_sets": [PLAIN], "round": 2, "answers": answers, "saved": saved}
    return json.loads(browser.judge(json.dumps(request)))


def since(outcomes: JsonValue, answers: Mapping[str, Entry] = FILLED, edition: JsonValue = EDITION) -> Any:  # noqa: ANN401 - JSON
    return ask(answers, {"outcomes": outcomes, "edition": edition})["since"]


def before_and_now(outcomes: JsonValue, answers: Mapping[str, Entry] = FILLED) -> list[tuple[str, str]]:
    return [(one["before"]["en"].split(":")[0], one["now"]["en"]) for one in since(outcomes, answers)["frames"]]


def test_the_same_answer_is_no_change() -> None:
    outcomes = ask(FILLED)["outcomes"]
    assert outcomes == {PLAIN: ["eligible", "600"]}
    assert since(outcomes) == {"rules_changed": False, "frames": []}


def test_other_rules_are_told_even_where_the_answer_is_the_same() -> None:
    assert since({PLAIN: ["eligible", "600"]}, edition="another") == {"rules_changed": True, "frames": []}


def test_an_older_link_has_yen_as_a_number() -> None:
    assert since({PLAIN: ["eligible", 600]})["frames"] == []


def test_another_amount_is_told_with_both_amounts() -> None:
    (frame,) = since({PLAIN: ["eligible", "500"]})["frames"]
    assert "500 yen" in frame["before"]["en"]
    assert "500円" in frame["before"]["ja"]
    assert "600 yen" in frame["now"]["en"]


def test_an_amount_is_told_only_of_what_is_eligible() -> None:
    refused = {**FILLED, "growth": "2"}
    assert ask(refused)["outcomes"] == {PLAIN: ["not_eligible", "0"]}
    ((before, now),) = before_and_now({PLAIN: ["cannot_tell", None]}, refused)
    assert (before, now) == ("verdict_cannot_tell", "verdict_not_eligible: ")


@pytest.mark.parametrize(
    "outcomes",
    [
        {},
        [],
        "eligible",
        {PLAIN: None},
        {PLAIN: ["eligible"]},
        {PLAIN: ["perhaps", "600"]},
        {PLAIN: ["perhaps", None]},
        {PLAIN: ["eligible", "6e2"]},
        {PLAIN: ["eligible", "-600"]},
        {PLAIN: ["eligible", "9" * 21]},
        {PLAIN: ["eligible", [600]]},
        {PLAIN: [None, "600"]},
        {"made/up/special": ["eligible", "600"]},
    ],
)
def test_what_is_no_outcome_is_called_nothing(outcomes: JsonValue) -> None:
    assert [before for before, _ in before_and_now(outcomes)] == ["saved_nothing"]


def test_what_became_of_a_saved_answer_is_told_in_whole() -> None:
    (frame,) = since({PLAIN: ["eligible", "500"]})["frames"]
    assert frame == {
        "name": {"ja": "plain", "en": "plain"},
        "before": {
            "ja": "saved_with_amount: 500円 verdict_eligible: ",
            "en": "saved_with_amount: 500 yen verdict_eligible: ",
        },
        "now": {
            "ja": "saved_with_amount: 600円 verdict_eligible: ",
            "en": "saved_with_amount: 600 yen verdict_eligible: ",
        },
    }


def test_a_link_keeps_no_amount_while_it_is_open() -> None:
    assert ask({})["outcomes"] == {PLAIN: ["cannot_tell", None]}
