"""Reasons as other programs read them: the sentence, its place, and what was stated of the facts that it rests on."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from calculator.answers import Switches
from calculator.assess import Assessor
from calculator.evaluation import Facts
from calculator.expressions import Fact, Not
from calculator.json_values import JsonValue
from calculator.reasons import members_of, stating
from tests.calculator.made_book import assessor
from tests.calculator.made_forms import HALF, award, frame, limit, only
from tests.calculator.made_forms_book import ROUND, forms_book
from tests.calculator.made_rules import PLACE, WORDS, yen

EXPLAINED = Switches(explain=True)


def asked(**facts: object) -> str:
    return json.dumps({"id": 1, "kind": "eligibility", "rule_set": "made/up/plain", "round": 2, "facts": facts})


def reason(code: str, verdict: str, **facts: object) -> Any:  # noqa: ANN401 - JSON
    return {
        "code": code,
        "verdict": verdict,
        "text": WORDS.to_json(),
        "citation": {"source": "outline", "section": PLACE.section, "status": "printed"},
        "facts": facts,
    }


ROWS = [{"category": "machine", "amount_yen": 90, "unit_yen": None}, {"category": "software", "amount_yen": 5}]


def test_a_reason_is_told_in_whole_with_the_facts_that_its_sentence_reads() -> None:
    door = assessor()
    line = asked(growth=2.5, big_owner=False, earlier_grant=None, staff=3, costs=ROWS, announced=True)
    assert json.loads(door.answer_line(line, EXPLAINED))["reasons"] == [
        reason("plan.growth", "not_met", growth=2.5),
        reason("owner", "met", big_owner=False),
        reason("history", "cannot_tell", earlier_grant=None, closes_on="2022-12-22"),
        reason("amount.too_low", "not_met", costs=ROWS, staff=3),
    ]


def test_each_applicant_is_told_what_he_has_stated_and_none_of_what_one_before_him_has() -> None:
    door = assessor()
    stated: list[dict[str, object]] = [
        {"growth": 3},
        {"growth": 2},
        {},
        {"growth": 2, "big_owner": True},
        {"growth": True},
        {"growth": 1},
    ]
    answers = [json.loads(door.answer_line(asked(**facts), EXPLAINED)) for facts in stated]
    told = [[one["facts"] for one in answer["reasons"]][:2] for answer in answers if "reasons" in answer]
    assert told == [
        [{"growth": 3}, {}],
        [{"growth": 2}, {}],
        [{}, {}],
        [{"growth": 2}, {"big_owner": True}],
        [{"growth": 1}, {}],
    ]


def test_the_same_requirement_of_two_rule_sets_is_told_alike_and_each_verdict_by_itself() -> None:
    door = assessor()
    lines = [asked(growth=growth) for growth in (3, 2)]
    lines += [line.replace("plain", "special") for line in lines]
    verdicts = [json.loads(door.answer_line(line, EXPLAINED))["reasons"][0]["verdict"] for line in lines]
    assert verdicts == ["met", "not_met"] * 2


def test_a_reason_that_reads_parts_of_a_record_tells_them_as_one_fact() -> None:
    door = Assessor(forms_book())
    stated = {"cost": 10_000_000, "certificate": {"granted": True, "growth": 3}}
    case = {"id": 1, "kind": "eligibility", "rule_set": "made/up/certified", "round": ROUND, "facts": stated}
    (told,) = json.loads(door.answer_line(json.dumps(case), EXPLAINED))["reasons"]
    assert told == reason("amount.too_low", "met", **stated)
    none = {**case, "facts": {"cost": 1, "certificate": None}}
    (told,) = json.loads(door.answer_line(json.dumps(none), EXPLAINED))["reasons"]
    assert told["facts"] == {"certificate": None, "cost": 1}


def test_two_requirements_that_read_the_same_fact_both_tell_it() -> None:
    grown = Fact("met")
    door = Assessor(forms_book(titled=frame(award(only(HALF), limit(yen(1000))), grown, Not(grown))))
    case = {"id": 1, "kind": "eligibility", "rule_set": "made/up/titled", "round": ROUND, "facts": {"met": True}}
    told = json.loads(door.answer_line(json.dumps(case), EXPLAINED))["reasons"]
    assert [(one["verdict"], one["facts"]) for one in told] == [("met", {"met": True}), ("not_met", {"met": True})]


@pytest.mark.parametrize(
    ("facts", "read"),
    [
        ({}, {}),
        ({"paper": None}, {"paper": None}),
        ({"paper.granted": True}, {"paper": {"granted": True}}),
        (
            {"paper.granted": False, "paper.on": date(2022, 12, 1), "staff": 5},
            {"paper": {"granted": False, "on": "2022-12-01"}, "staff": 5},
        ),
        ({"paper": True, "paper.on": None}, {"paper": {"on": None}}),
        ({"staff": None}, {"staff": None}),
        ({"staff": ({"at": datetime(2022, 12, 1, 17, tzinfo=UTC)},)}, {"staff": [{"at": "2022-12-01T17:00:00+00:00"}]}),
        ({"unread": 1}, {}),
    ],
)
def test_a_record_is_told_as_an_object_of_those_parts_that_are_known(facts: Facts, read: JsonValue) -> None:
    told = stating(("paper.granted", "paper.on", "staff"))(facts, members_of(facts))
    assert json.loads(f"{{{told}}}") == read
