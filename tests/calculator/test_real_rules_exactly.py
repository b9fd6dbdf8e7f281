"""All real rules against trying everything: what is told, what is withheld and what is asked for is exact.

Every frame that has rules is asked everything that it can be asked, in every round. `pytest -m slow` does the same a
million times over on all cores; the environment variable EXACT_CASES says how often instead.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from random import Random

import pytest

from calculator.answers import Switches
from calculator.assess import Assessor
from calculator.cells import Variable
from calculator.decision import Decision, decide_jointly
from calculator.evaluation import Facts
from calculator.expressions import OpenPoint
from calculator.kinds import Kind
from calculator.measures import measure_of
from tests.calculator.brute_force import try_everything
from tests.calculator.candidates import Applicant
from tests.calculator.real_questions import Asked, disagreements, drawn, everything_asked, newest_asked, real_book

MOST_MISSING = 4
MOST_WAYS = 2000
CASES_EACH = 40
A_MILLION = 1_000_000


@cache
def assessor() -> Assessor:
    return Assessor(real_book())


@pytest.mark.parametrize("asked", newest_asked(), ids=lambda asked: asked.name)
def test_real_rules_withhold_and_ask_exactly_what_can_differ(asked: Asked) -> None:
    for number in range(CASES_EACH):
        applicant = drawn(Random(f"{asked.name} {number}"), asked, MOST_MISSING, MOST_WAYS)
        assert disagreements(assessor(), asked, applicant) == [], asked.case(applicant.known)


@pytest.mark.slow
def test_a_million_cases_agree_with_trying_everything(capsys: pytest.CaptureFixture[str]) -> None:
    count, processes = int(os.environ.get("EXACT_CASES", A_MILLION)), os.cpu_count() or 1
    pieces = [range(start, count, 50 * processes) for start in range(50 * processes)]
    with ProcessPoolExecutor(processes) as pool:
        found = [one for some in pool.map(wrong_among, pieces) for one in some]
    with capsys.disabled():
        print(f"\n{count} cases, {len(found)} disagreements", *found[:10], sep="\n")
    assert found == []


def wrong_among(numbers: Sequence[int]) -> list[str]:
    """Return the cases among `numbers` in which the calculator and trying everything disagree."""
    found = []
    for number in numbers:
        asked = everything_asked()[number % len(everything_asked())]
        applicant = drawn(Random(f"million {number}"), asked, MOST_MISSING, MOST_WAYS)
        wrong = disagreements(assessor(), asked, applicant)
        found += [f"{asked.case(applicant.known)}: {wrong}"] if wrong else []
    return found


@pytest.mark.parametrize("asked", newest_asked(), ids=lambda asked: asked.name)
def test_the_values_tried_lie_on_both_sides_of_everything_that_is_read(asked: Asked) -> None:
    for variable in decision_of(asked).variables:
        if not isinstance(variable.subject, OpenPoint):
            measure, ways = measure_of(variable), ways_of(asked, variable)
            tried = {cell for facts in ways for cell in measure(facts)[0] or range(len(variable.representatives))}
            assert tried == set(range(len(variable.representatives))), (variable.subject, variable.representatives)


def decision_of(asked: Asked) -> Decision:
    if asked.kind == "joint" and asked.rules.joint is not None:
        return decide_jointly(asked.rules, asked.rules.joint, real_book().facts)
    decision = assessor().decision(asked.rules, after_adoption=asked.kind == "rate_change")
    assert decision is not None
    return decision


def ways_of(asked: Asked, variable: Variable) -> list[Facts]:
    """Return the ways of filling in what a variable is worked out from; the parts of a record that is there."""
    ways: list[Facts] = [{}]
    for name in sorted({name.partition(".")[0] for name in variable.facts}):
        given = {name: asked.candidates.given[name]} if name in asked.candidates.given else None
        each = [given] if given is not None else asked.candidates.ways(name, {})
        ways = [{**way, **one} for way in ways for one in each]
    return [way for way in ways if all(name in way for name in variable.facts)]


@pytest.mark.parametrize("asked", newest_asked(), ids=lambda asked: asked.name)
def test_both_outcomes_are_among_the_applicants_drawn(asked: Asked) -> None:
    passing: set[bool] = set()
    for number in range(200):
        applicant = drawn(Random(f"{asked.name} {number}"), asked, 0, MOST_WAYS)
        answers = try_everything(asked.question, applicant.known, applicant.missing).answers
        passing |= {answer is not None for answer in answers}
        if passing == {True, False}:
            return
    assert passing == {True}
    assert not asked.question.requirements, "not one applicant is refused"


def test_a_row_that_may_or_may_not_count_never_makes_an_answer_too_definite() -> None:
    """A row's category can be missing too; cells do not tell apart which rows count, so that more may be asked for."""
    told = 0
    for asked in newest_asked():
        rows_of = [name for name in asked.candidates.names if has_sorts(asked, name)]
        for number in range(6 if rows_of else 0):
            random = Random(f"sorts {asked.name} {number}")
            applicant = drawn(random, asked, 0, MOST_WAYS)
            part = asked.candidates.without_a_sort(random, random.choice(rows_of), applicant.known)
            if part is not None:
                known, missing = part
                whole = Applicant(known, (*(one for one in applicant.missing if one.name != missing.name), missing))
                told += is_sound(asked, whole)
    assert told > 50


def has_sorts(asked: Asked, name: str) -> bool:
    return any(column.kind is Kind.CHOICE for column in asked.candidates.definitions[name].fields)


def is_sound(asked: Asked, applicant: Applicant) -> bool:
    """Check that nothing is told that can differ, and that all that matters is named; say whether anything was told."""
    tried = try_everything(asked.question, applicant.known, applicant.missing)
    answer = assessor().answer(asked.case(applicant.known), Switches(next=True))
    assert answer["outcome"] in ("cannot_tell", tried.outcome), asked.case(applicant.known)
    assert tried.matters <= set(answer["missing"]) or answer["outcome"] == "not_eligible"
    return answer["outcome"] != "cannot_tell" or bool(answer["missing"])


def test_every_frame_with_rules_is_asked_in_every_round() -> None:
    asked = {(one.rules.rule_set, one.rules.round) for one in everything_asked()}
    rules = [rules for frame in real_book().frames.values() for rules in frame.rounds.values()]
    assert asked == {(one.rule_set, one.round) for one in rules if one.award is not None or one.open_award is not None}
    assert {one.kind for one in everything_asked()} == {
        "eligibility",
        "reexam",
        "rate_change",
        "joint",
        "consortium",
        "tiered",
    }
