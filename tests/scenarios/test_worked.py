"""The worked cases, asked at the command line of the calculator with the rules that the site publishes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.calculator.real_questions import real_book
from tests.scenarios.worked import CERTAINTIES, Worked, worked_cases

PROJECT = Path(__file__).parents[2]
SWITCHES = ["--explain", "--next", "--changes"]


def asked(rules: Path, *options: str) -> dict[str, Mapping[str, Any]]:
    lines = "".join(json.dumps(one.case, ensure_ascii=False) + "\n" for one in worked_cases())
    command = [sys.executable, "-m", "calculator", "assess", "--rules", str(rules), *options]
    run = subprocess.run(command, input=lines, capture_output=True, encoding="utf-8", cwd=PROJECT, check=True)
    return {answer["id"]: answer for answer in map(json.loads, run.stdout.splitlines())}


@pytest.fixture(scope="module")
def answers(built_site: Path) -> Mapping[str, Mapping[str, Any]]:
    return asked(built_site / "rules.json")


@pytest.fixture(scope="module")
def full_answers(built_site: Path) -> Mapping[str, Mapping[str, Any]]:
    return asked(built_site / "rules.json", *SWITCHES)


@pytest.mark.parametrize("one", worked_cases(), ids=lambda one: one.name)
def test_the_answer_is_the_one_worked_out_by_hand(one: Worked, answers: Mapping[str, Mapping[str, Any]]) -> None:
    assert one.wrong(answers[one.name]) == [], one.title


@pytest.mark.parametrize("one", worked_cases(), ids=lambda one: one.name)
def test_the_switches_change_nothing_in_the_answer(
    one: Worked, answers: Mapping[str, Mapping[str, Any]], full_answers: Mapping[str, Mapping[str, Any]]
) -> None:
    plain, full = answers[one.name], full_answers[one.name]
    assert {name: full[name] for name in plain} == plain
    if one.kind != "schedule":
        assert {"reasons", "ask", "matters", "changes"} <= full.keys()
    if plain.get("outcome") == "eligible":
        assert full["changes"] == []
        assert full["ask"] is None


def test_names_are_unique_and_certainties_known() -> None:
    names = [one.name for one in worked_cases()]
    assert len(names) == len(set(names))
    assert {one.certainty for one in worked_cases()} <= CERTAINTIES


def test_every_way_to_apply_and_every_kind_of_question_has_worked_cases() -> None:
    without = {rule_set for rule_set in real_book().frames if "r4s2" in rule_set} | {
        "it/r3s/pc-tablet",
        "it/r3s/register",
    }
    assert {one.rule_set for one in worked_cases()} >= real_book().frames.keys() - without
    assert {one.kind for one in worked_cases()} == {
        "eligibility",
        "reexam",
        "rate_change",
        "joint",
        "consortium",
        "tiered",
        "simple",
        "clawback",
        "schedule",
    }


def test_an_answer_that_differs_is_found() -> None:
    one = next(one for one in worked_cases() if one.name == "monozukuri-r3s-sizes/tier-21-employees")
    right = dict(one.answers[0])
    assert one.wrong(right) == []
    assert one.wrong({**right, "subsidy_yen": 1}) == ["subsidy_yen: expected 9000000, got 1"]
    assert one.wrong({**right, "missing": ["capital_yen"]}) != []
