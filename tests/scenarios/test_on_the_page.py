"""The worked cases as the page is told them: outcome, amount and requirements are those of the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calculator.assess import Assessor
from calculator.cases import read_facts
from calculator.evaluation import question_of
from calculator.json_values import read_json
from calculator.result.frame import frame_answer
from calculator.result.judgment import judged
from calculator.result.since import outcome_of
from tests.calculator.real_questions import real_book
from tests.scenarios.worked import Worked, worked_cases

OF_ONE_FRAME = ("eligibility", "simple", "consortium")


def told(case: Worked) -> tuple[Any, list[Any], dict[str, Any]]:
    assessor = Assessor(real_book())
    facts, mistakes = read_facts(assessor.book, read_json(json.dumps(case.facts)))
    assert mistakes == ()
    judgment = judged(assessor, case.rule_set, case.round, facts)
    assert judgment is not None
    return frame_answer(judgment), outcome_of(judgment), assessor.answer(read_json(json.dumps(case.case)))


def is_judged(case: Worked) -> bool:
    frame = real_book().frames[case.rule_set]
    rules = frame.rounds.get(case.round)
    return case.kind in OF_ONE_FRAME and rules is not None and rules.award is not None


@pytest.mark.parametrize("case", [one for one in worked_cases() if is_judged(one)], ids=lambda one: one.name)
def test_the_page_is_told_what_the_command_line_answers(case: Worked) -> None:
    frame, (outcome, subsidy), answer = told(case)
    assert frame["outcome"] == outcome == answer["outcome"]
    assert {question_of(one["fact"]) for one in frame["missing"]} == set(answer["missing"])
    paid = answer.get("subsidy_yen", answer.get("total_subsidy_yen"))
    if outcome != "not_eligible":
        assert subsidy == (None if paid is None else str(paid))  # yen reach the page as text
    failed = {one["code"] for one in frame["reasons"] if one["verdict"] == "not_met"}
    assert failed == set(answer["failed"]) or failed == set()  # where requirements only fail together, none does alone
