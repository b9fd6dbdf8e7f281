"""The engine against trying everything: an answer is withheld only when two ways of filling in really differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random

import pytest

from calculator.decision import decide
from calculator.eligibility import Verdict, judge
from calculator.evaluation import Facts, FactValue
from calculator.questions import next_question
from calculator.rulebook import FrameRules
from tests.calculator import brute_force
from tests.calculator.made_rules import FACTS, drawn_frame

VALUES: Mapping[str, Sequence[FactValue]] = {
    "trade": ["shop", "works", "farm"],
    "capital": [None, *brute_force.around(100, 300)],
    "staff": [*brute_force.around(0, 5, 6, 20)],
    "big_owner": [False, True],
    "earlier_grant": [None, False, True],
    "growth": [Fraction(n, 4) for n in (4, 6, 7, 12, 13)],
    "announced": [False, True],
    "costs": [
        (),
        *(brute_force.rows("machine", a, u) for a in (49, 133, 134, 150, 200, 201, 900) for u in (40, 50, 60)),
    ],
}
MOST_MISSING = 3


def drawn_facts(random: Random, complete: bool = False) -> Facts:
    """Return a case in which up to three facts are missing."""
    facts = {name: random.choice(values) for name, values in VALUES.items()}
    for name in [] if complete else random.sample(list(facts), random.randint(0, MOST_MISSING)):
        del facts[name]
    return facts


def tried(rules: FrameRules, facts: Facts) -> brute_force.Tried:
    missing = brute_force.alone(VALUES, [name for name in VALUES if name not in facts])
    return brute_force.try_everything(brute_force.eligibility(rules), facts, missing)


@pytest.mark.parametrize("seed", range(250))
def test_an_answer_is_withheld_only_when_two_completions_differ(seed: int) -> None:
    random = Random(seed)
    rules = drawn_frame(random)
    assert rules.award is not None
    decision = decide(rules, FACTS)
    for _ in range(8):
        facts = drawn_facts(random)
        expected, answer = tried(rules, facts), judge(decision, facts)
        assert answer.verdict.value == expected.outcome
        assert frozenset(answer.missing) == expected.matters


@pytest.mark.parametrize("seed", range(100))
def test_a_complete_case_gets_the_figures_that_direct_evaluation_gives(seed: int) -> None:
    random = Random(seed)
    rules = drawn_frame(random)
    assert rules.award is not None
    decision = decide(rules, FACTS)
    for _ in range(8):
        facts = drawn_facts(random, complete=True)
        expected, answer = brute_force.eligibility(rules).answered(facts), judge(decision, facts)
        assert (answer.verdict is Verdict.ELIGIBLE) == (expected is not None)
        if expected is not None:
            assert (answer.rate, answer.upper_limit_yen, answer.eligible_cost_yen) == expected
        else:
            assert answer.subsidy_yen == 0


@pytest.mark.parametrize("seed", range(100))
def test_adding_a_fact_never_takes_back_a_definite_answer(seed: int) -> None:
    random = Random(seed)
    rules = drawn_frame(random)
    assert rules.award is not None
    decision = decide(rules, FACTS)
    known: dict[str, FactValue] = {}
    settled: Verdict | None = None
    for name in random.sample(list(VALUES), len(VALUES)):
        known[name] = random.choice(VALUES[name])
        verdict = judge(decision, known).verdict
        assert settled is None or verdict is settled
        settled = None if verdict is Verdict.CANNOT_TELL else verdict
    assert settled is not None


@pytest.mark.parametrize("seed", range(100))
def test_only_what_matters_is_asked_and_asking_ends_in_an_answer(seed: int) -> None:
    random = Random(seed)
    rules = drawn_frame(random)
    assert rules.award is not None
    decision = decide(rules, FACTS)
    known: dict[str, FactValue] = {}
    while (asked := next_question(decision, known)) is not None:
        assert asked in judge(decision, known).missing
        known[asked] = random.choice(VALUES[asked])
    assert judge(decision, known).verdict is not Verdict.CANNOT_TELL
