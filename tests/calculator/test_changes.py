"""What would have to change: sound, minimal, and only what an applicant can change."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from calculator.changes import Change, smallest_changes
from calculator.decision import Decision, decide
from calculator.eligibility import Verdict, judge
from calculator.evaluation import Facts, Row
from calculator.expressions import Compare, Comparison, Constant, Scalar
from calculator.kinds import Kind
from tests.calculator import brute_force
from tests.calculator.made_rules import DEAREST, FACTS, TOTAL, at_least, drawn_frame, frame, requirement
from tests.calculator.test_exact_answers import VALUES, drawn_facts

CHANGEABLE = [name for name in VALUES if FACTS[name].changeable]


def fewest_by_trying(decision: Decision, facts: Facts) -> int | None:
    """Return how few facts have to change, by trying every value of every set of facts."""
    for size in range(1, len(CHANGEABLE) + 1):
        for names in combinations(CHANGEABLE, size):
            rest = {name: value for name, value in facts.items() if name not in names}
            question, missing = brute_force.eligibility(decision.rules), brute_force.alone(VALUES, names)
            if brute_force.try_everything(question, rest, missing).outcome != "not_eligible":
                return size
    return None


@pytest.mark.parametrize("seed", range(60))
def test_the_sets_are_as_small_as_trying_everything_finds(seed: int) -> None:
    random = Random(seed)
    rules = drawn_frame(random)
    assert rules.award is not None
    decision = decide(rules, FACTS)
    for _ in range(4):
        facts = drawn_facts(random, complete=True)
        if judge(decision, facts).verdict is Verdict.NOT_ELIGIBLE:
            sets = smallest_changes(decision, facts, FACTS)
            fewest = fewest_by_trying(decision, facts)
            assert (len({one.fact for one in sets[0]}) if sets else None) == fewest


@pytest.mark.parametrize("seed", range(60))
def test_making_the_changes_makes_the_case_eligible(seed: int) -> None:
    random = Random(seed)
    rules = drawn_frame(random)
    assert rules.award is not None
    decision = decide(rules, FACTS)
    for _ in range(6):
        facts = drawn_facts(random, complete=True)
        for changes in smallest_changes(decision, facts, FACTS):
            assert judge(decision, _changed(facts, changes)).verdict is Verdict.ELIGIBLE


def _changed(facts: Facts, changes: tuple[Change, ...]) -> Facts:
    """Return the facts after the changes; the sum and the dearest unit are changed in the one row of costs."""
    rows = facts["costs"]
    empty: Row = {"category": "machine", "amount_yen": 0, "unit_yen": 0}
    row: dict[str, Scalar] = dict(rows[0] if isinstance(rows, tuple) and rows else empty)
    columns = {TOTAL: "amount_yen", DEAREST: "unit_yen"}
    row |= {columns[one.variable.subject]: one.to for one in changes if one.variable.subject in columns}
    plain = {one.fact: one.to for one in changes if one.variable.subject not in columns}
    return {**facts, **plain, **({"costs": (row,)} if len(plain) < len(changes) else {})}


def test_nothing_is_proposed_that_an_applicant_cannot_change() -> None:
    rules = frame(requirement("staff", at_least("staff", 50)))
    assert rules.award is not None
    facts: Facts = {"trade": "shop", "staff": 10, "costs": brute_force.rows("machine", 900, 60)}
    assert smallest_changes(decide(rules, FACTS), facts, FACTS) == ()


def test_nothing_is_proposed_while_nothing_fails() -> None:
    rules = frame(requirement("growth", at_least("growth", 3)))
    assert rules.award is not None
    assert smallest_changes(decide(rules, FACTS), {"trade": "shop", "staff": 10}, FACTS) == ()


def test_from_no_equipment_at_all_the_way_is_up_to_the_price_that_is_needed() -> None:
    rules = frame(requirement("unit", Compare(Comparison.AT_LEAST, DEAREST, Constant(Kind.YEN, 50))))
    assert rules.award is not None
    facts: Facts = {"trade": "shop", "staff": 10, "costs": brute_force.rows("software", 900, 900)}
    ((change,),) = smallest_changes(decide(rules, FACTS), facts, FACTS)
    assert (change.fact, change.before, change.comparison, change.border) == ("costs", None, Comparison.AT_LEAST, 50)
