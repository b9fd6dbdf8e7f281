"""Knowing more never takes back what was told: chains of facts, added in any order, over all real rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from random import Random

import pytest

from calculator.assess import Assessor
from calculator.evaluation import Facts
from calculator.json_values import JsonObject
from calculator.rulebook import FrameRules
from tests.calculator.brute_force import OPEN
from tests.calculator.candidates import Candidates, repayment_expressions
from tests.calculator.real_questions import Asked, drawn, facts_json, newest_asked, real_book

CHAINS = 12
NOT_FIGURES = frozenset({"id", "outcome", "failed", "missing", "bonus_items", "deduction_items", "adopted_as"})


@cache
def assessor() -> Assessor:
    return Assessor(real_book())


def chain(random: Random, names: Sequence[str], facts: Facts) -> Iterator[tuple[str, Facts]]:
    """Yield the facts of an applicant one after the other in random order, each with all that came before it."""
    known: dict[str, object] = {}
    for name in random.sample(names, len(names)):
        known |= {one: value for one, value in facts.items() if one == name or one.startswith(f"{name}.")}
        yield name, dict(known)  # type: ignore[arg-type]  # values of facts


@pytest.mark.parametrize("asked", newest_asked(), ids=lambda asked: asked.name)
def test_a_fact_more_never_takes_back_a_definite_answer(asked: Asked) -> None:
    for number in range(CHAINS):
        random = Random(f"{asked.name} {number}")
        facts = drawn(random, asked, 0, 1).known
        names = [name for name in asked.candidates.names if name not in asked.candidates.given]
        before = assessor().answer(asked.case({}))
        for _, known in chain(random, names, facts):
            answer = assessor().answer(asked.case(known))
            assert taken_back(before, answer) == [], (asked.case(known), before)
            before = answer
        assert before["outcome"] != "cannot_tell" or set(before["missing"]) <= {
            *asked.candidates.points,
            *open_award(asked),
        }


def open_award(asked: Asked) -> set[str]:
    return set() if asked.rules.open_award is None else {asked.rules.open_award.point}


def taken_back(before: JsonObject, answer: JsonObject) -> list[str]:
    """Return what was told before and is told no longer: outcome, figures, failures, points; and what is missing."""
    wrong = []
    if before["outcome"] != "cannot_tell" and answer["outcome"] != before["outcome"]:
        wrong.append(f"outcome {before['outcome']} became {answer['outcome']}")
    wrong += [
        f"{name} {before[name]} became {answer[name]}"
        for name in before.keys() - NOT_FIGURES
        if before[name] is not None and answer[name] != before[name]
    ]
    wrong += [f"{name} is missing only now" for name in answer["missing"] if name not in before["missing"]]
    wrong += [f"{code} does not fail any more" for code in before["failed"] if answer["outcome"] != "not_eligible"]
    for name in ("bonus_items", "deduction_items"):
        if before.get(name, 0) > answer.get(name, 0):
            wrong.append(f"{name} {before[name]} became {answer[name]}")
    return wrong


def with_repayment() -> list[FrameRules]:
    """Return the newest rules of each frame that can be paid back."""
    newest = {rules.rule_set: rules for frame in real_book().frames.values() for rules in frame.rounds.values()}
    older = {
        rules.rule_set: rules
        for frame in real_book().frames.values()
        for rules in frame.rounds.values()
        if rules.clawback
    }
    return [rules for rules in {**newest, **older}.values() if rules.clawback is not None]


@pytest.mark.parametrize("rules", with_repayment(), ids=lambda rules: rules.rule_set)
def test_a_fact_more_never_takes_back_what_must_be_paid_back(rules: FrameRules) -> None:
    """Pleas and findings that nobody stated are named in `assumed`: stating one of those may change the sum."""
    assert rules.clawback is not None
    told = 0
    candidates = Candidates(real_book().facts, repayment_expressions(rules.clawback), (), {}, {}, {})
    for number in range(150):
        random = Random(f"{rules.rule_set} {number}")
        facts: dict[str, object] = {}
        for name in candidates.names:
            facts |= candidates.drawn(random, name, {})
        before: JsonObject | None = None
        for name, known in chain(random, candidates.names, facts):  # type: ignore[arg-type]  # values of facts
            answer = repayment(rules, known)
            if before is not None and is_told(before) and name not in before["assumed"]:
                assert is_told(answer), (known, name, before)
                assert answer["clawback"] == before["clawback"], (known, name, before)
                told += 1
            before = answer
        assert before is not None
        assert before["assumed"] == []
        assert is_told(before) or set(before["missing"]) <= {*candidates.points} or is_impossible(facts)
    assert told > 100


def is_told(answer: JsonObject) -> bool:
    return answer["clawback"]["total_yen"] is not None and not answer["missing"]


def is_impossible(facts: Mapping[str, object]) -> bool:
    """Say whether the facts cannot be: nothing was paid for the equipment, or the plan has no years."""
    return 0 in (facts.get("purchase_price_yen"), facts.get("plan_years"))


def repayment(rules: FrameRules, known: Facts) -> JsonObject:
    facts = facts_json({name: value for name, value in known.items() if not name.startswith(OPEN)})
    content = {"id": "1", "kind": "clawback", "rule_set": rules.rule_set, "round": rules.round, "facts": facts}
    answer = assessor().answer(content)
    assert "error" not in answer, answer
    return answer
