"""The real frames of the newest rounds against trying everything: what is withheld, and what is asked for, is exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random

import pytest

from calculator.assess import Assessor
from calculator.decision import Decision
from calculator.eligibility import judge
from calculator.evaluation import Facts, FactValue, Row
from calculator.expressions import facts_of
from site_builder.rules import read_rules
from tests.calculator import brute_force

RULES = Path(__file__).parents[2] / "rules"
FRAMES = [f"monozukuri/r3s/{slug}" for slug in ("normal", "recovery", "digital", "green", "global")]
MOST_MISSING = 3


def machine(cost: int, unit: int) -> tuple[Row, ...]:
    return ({"category": "machinery_system", "amount_yen": cost, "max_unit_price_yen": unit},)


#: Values on either side of every figure that the rules name.
VALUES: Mapping[str, Sequence[FactValue]] = {
    "applicant_type": ["company", "sole_proprietor", "npo"],  # of other corporations the documents do not tell
    "industry": ["manufacturing", "wholesale", "service", "retail", "lodging", "entertainment"],
    "capital_yen": [None, 50_000_000, 50_000_001, 100_000_000, 100_000_001, 300_000_000, 300_000_001, 10**9 - 1, 10**9],
    "regular_employees": [0, *brute_force.around(5, 20, 50, 100, 300, 400, 500)],
    "deemed_large_company": [False, True],
    "rehabilitation_business": [False, True],
    "plan_years": [2, 3, 5, 6],
    "value_added_growth_pct": [Fraction(299, 100), Fraction(3)],
    "total_wages_growth_pct": [Fraction(149, 100), Fraction(3, 2)],
    "lowest_wage_above_regional_minimum_yen": [29, 30],
    "plan_announced_to_employees": [False, True],
    "awarded_same_programme_within_10_months": [None, False, True],
    "same_programme_grant_decision_on": [None, date(2022, 2, 21), date(2022, 2, 22)],
    "taxable_income_previous_year_yen": [-1, 0, 1],
    "dx_project": [False, True],
    "dx_diagnosis_submitted_to_ipa": [False, True],
    "security_action_stars": [0, 1, 2],
    "green_project": [False, True],
    "mere_equipment_replacement": [False, True],
    "green_past_efforts_stated": [False, True],
    "carbon_productivity_growth_pct": [Fraction(99, 100), Fraction(1)],
    "global_category": [None, "1", "2", "3", "4"],
    "costs": [
        (),
        *(
            machine(cost, unit)
            for cost in (1_499_999, 1_500_000, 1_999_999, 2_000_000, 14_999_999, 15_000_000, 20_000_000, 90_000_000)
            for unit in (499_999, 500_000)
        ),
    ],
}


@cache
def decision_of(rule_set: str) -> tuple[Decision, Facts]:
    """Return the frame in its newest round with rules, and the facts that the round gives."""
    assessor = Assessor(read_rules(RULES, {}).book)
    newest = max(number for number, one in assessor.book.frames[rule_set].rounds.items() if one.award if number)
    rules = assessor.rules(rule_set, newest)
    assert rules is not None
    decision = assessor.decision(rules)
    assert decision is not None
    return decision, assessor.known_facts(rules, {})


def likely(random: Random, name: str) -> FactValue:
    """Return a value that mostly lets the requirements pass, so that both outcomes are seen."""
    values = VALUES[name]
    return (
        random.choice(values) if random.random() < 0.25 else values[-1 if name.endswith("_pct") else len(values) // 2]
    )


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("rule_set", FRAMES)
def test_a_real_frame_withholds_and_asks_exactly_what_can_differ(rule_set: str, seed: int) -> None:
    decision, given = decision_of(rule_set)
    random = Random(seed)
    read = facts_of_all(decision)
    facts = {**{name: likely(random, name) for name in VALUES if name in read}, **given}
    for name in random.sample([name for name in VALUES if name in read], random.randint(0, MOST_MISSING)):
        del facts[name]
    values = {name: VALUES[name] for name in VALUES if name in read}
    expected = brute_force.try_everything(decision.rules, decision.award, facts, values)
    answer = judge(decision, facts)
    assert answer.verdict.value == expected.outcome
    assert frozenset(answer.missing) == expected.matters


def facts_of_all(decision: Decision) -> frozenset[str]:
    """Return every fact that the outcome or the amount can rest on."""
    conditions = [condition.expression for condition in decision.conditions]
    conditions += [case.when for case in decision.award.rates if case.when is not None]
    return frozenset().union(*(facts_of(condition) for condition in conditions))


def test_the_values_tried_lie_on_both_sides_of_everything_that_the_real_frames_read() -> None:
    read = frozenset().union(*(facts_of_all(decision_of(rule_set)[0]) for rule_set in FRAMES))
    assert read - VALUES.keys() == {"application_deadline"}  # which the round gives
    for rule_set in FRAMES:
        for variable in decision_of(rule_set)[0].variables:
            (name, *others) = variable.facts
            if not others and name in VALUES and name != "costs":
                tried = {variable.cell_of(value) for value in VALUES[name] if not isinstance(value, tuple)}
                untold = {variable.cell_of("corporation")} if name == "applicant_type" else set()
                assert tried == set(range(len(variable.representatives))) - untold, name


def test_of_another_corporation_everything_else_may_be_known_and_it_still_cannot_be_told() -> None:
    decision, given = decision_of("monozukuri/r3s/normal")
    passing = {name: likely(Random(1), name) for name in VALUES} | {
        "regular_employees": 10,
        "deemed_large_company": False,
        "plan_years": 5,
        "awarded_same_programme_within_10_months": False,
        "lowest_wage_above_regional_minimum_yen": 30,
        "plan_announced_to_employees": True,
        "costs": machine(9_000_000, 9_000_000),
        **{name: VALUES[name][-1] for name in ("value_added_growth_pct", "total_wages_growth_pct")},
    }
    assert judge(decision, {**passing, **given, "applicant_type": "company"}).missing == ()
    answer = judge(decision, {**passing, **given, "applicant_type": "corporation"})
    assert (answer.verdict.value, answer.missing) == ("cannot_tell", ("other_corporations",))
