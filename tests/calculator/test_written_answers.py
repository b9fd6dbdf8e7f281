"""What is written once, read once and measured once changes nothing in any answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from calculator.answers import Switches
from calculator.assess import Assessor
from calculator.evaluation import Facts
from calculator.json_values import read_json, write_json
from calculator.reasons import members_of, stating
from tests.calculator.made_book import FACTS_THAT_PASS, assessor
from tests.calculator.real_questions import drawn, everything_asked, real_book

EVERYTHING = Switches(explain=True, next=True, changes=True)
COSTS = [{"category": "machine", "amount_yen": 900, "unit_yen": 900}]


def real_lines() -> Iterator[str]:
    for asked in everything_asked():
        for number in range(2):
            known = drawn(Random(f"written {asked.name} {number}"), asked, 3, 50).known
            yield json.dumps(asked.case(known), default=str)


def made_case(identity: object, **facts: object) -> dict[str, Any]:
    known = {**FACTS_THAT_PASS, "costs": COSTS, **facts}
    return {"id": identity, "kind": "eligibility", "rule_set": "made/up/plain", "round": 2, "facts": known}


def test_a_line_is_what_json_writes_of_the_answer() -> None:
    by_line, by_object = Assessor(real_book()), Assessor(real_book())
    for line in real_lines():
        assert by_line.answer_line(line, EVERYTHING) == write_json(by_object.answer(read_json(line), EVERYTHING))


def test_a_case_is_answered_the_same_after_others_as_alone() -> None:
    together = Assessor(real_book())
    lines = [line for line in real_lines() for _ in range(2)]
    answers = [together.answer_line(line, EVERYTHING) for line in lines]
    for place in range(0, len(lines), 40):
        assert answers[place] == Assessor(real_book()).answer_line(lines[place], EVERYTHING)


def test_facts_of_every_kind_are_written_as_json_writes_them() -> None:
    facts: Facts = {
        "none": None,
        "yes": True,
        "no": False,
        "whole": 1,
        "text": 'a "quoted" 語',
        "share": Fraction(2, 3),
        "growth": Fraction(29, 10),
        "whole_growth": Fraction(3),
        "day": date(2022, 12, 22),
        "moment": datetime(2022, 12, 22, 17, tzinfo=UTC),
        "rows": ({"category": "machine", "amount_yen": 9}, {}, {"category": None}),
        "nothing": (),
    }
    as_json: dict[str, object] = {
        **facts,
        "share": "2/3",
        "growth": 2.9,
        "whole_growth": 3,
        "day": "2022-12-22",
        "moment": "2022-12-22T17:00:00+00:00",
        "rows": [{"category": "machine", "amount_yen": 9}, {}, {"category": None}],
        "nothing": [],
    }
    for names in (*[(name,) for name in facts], ("none", "unheard_of", "whole"), tuple(facts), ("unheard_of",)):
        told = stating(names)(facts, members_of(facts))
        assert f"{{{told}}}" == write_json({name: as_json[name] for name in names if name in facts})


def test_a_percentage_is_told_as_the_number_that_was_stated() -> None:
    """A third of one per cent is no number of few digits: it stays what it is."""
    facts: Facts = {"a": Fraction("1.49"), "b": Fraction("3.0"), "c": Fraction(1, 3)}
    assert stating(("a", "b", "c"))(facts, members_of(facts)) == '"a": 1.49, "b": 3, "c": "1/3"'
    assert read_json('{"a": 1.49}') == {"a": Fraction("1.49")}


@pytest.mark.parametrize("first", [True, 1])
def test_yes_and_one_are_different_answers_of_two_cases_in_turn(first: object) -> None:
    door = assessor()
    second = True if first == 1 and first is not True else 1
    answers = [door.answer(made_case("", staff=staff)) for staff in (first, second)]
    assert ["error" in answer for answer in answers] == [first is True, second is True]


def test_a_character_that_no_encoding_has_is_escaped_with_all_others_beside_written_reasons() -> None:
    case = made_case("\ud800 \u00e9")
    line = assessor().answer_line(json.dumps(case), EVERYTHING)
    assert line == json.dumps(assessor().answer(case, EVERYTHING))
    assert line.isascii()


@pytest.mark.parametrize("name", ["語", "\ud800"])
def test_a_name_that_no_rule_knows_is_written_with_what_an_encoding_has_of_it(name: str) -> None:
    case = made_case("", **{name: 1})
    answer = assessor().answer(case, EVERYTHING)
    assert answer["ignored"] == [name]
    assert assessor().answer_line(json.dumps(case), EVERYTHING) == write_json(answer)
