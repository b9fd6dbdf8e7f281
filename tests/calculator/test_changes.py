"""What would have to change: sound, minimal, and only what an applicant can change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from calculator.changes import Change, smallest_changes
from calculator.decision import Decision, decide
from calculator.eligibility import Verdict, judge
from calculator.evaluation import Facts, Row
from calculator.expressions import (
    AllOf,
    AnyOf,
    Calculate,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Not,
    Operation,
    Scalar,
)
from calculator.kinds import Kind
from calculator.rulebook import FactDefinition, RateCase
from tests.calculator import brute_force, made_forms
from tests.calculator.made_rules import (
    DEAREST,
    FACTS,
    PLACE,
    TOTAL,
    WORDS,
    at_least,
    drawn_frame,
    frame,
    requirement,
    yen,
)
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


DAY = date(2022, 12, 22)
DEFINITIONS = {
    name: replace(fact, changeable=name in ("paid", "members", "status", "day"))
    for name, fact in {**made_forms.FACTS, "day": FactDefinition("day", Kind.DATE, "plan", WORDS, WORDS)}.items()
}
PAYS = made_forms.award(made_forms.only(made_forms.HALF), made_forms.limit(yen(1000)))


def changes(facts: Facts, *conditions: Expression) -> tuple[tuple[Change, ...], ...]:
    decision = decide(made_forms.frame(PAYS, *conditions), DEFINITIONS)
    return smallest_changes(decision, {"cost": 100, **facts}, DEFINITIONS)


@pytest.mark.parametrize(
    "condition",
    [
        Compare(Comparison.AT_LEAST, Fact("paid"), Fact("back")),
        Compare(Comparison.AT_MOST, Fact("back"), Fact("paid")),
    ],
)
def test_what_is_compared_with_another_figure_is_changed_to_that_figure(condition: Expression) -> None:
    ((change,),) = changes({"paid": 5, "back": 9}, condition)
    assert (change.fact, change.before, change.to) == ("paid", 5, 9)


def test_what_must_pass_another_figure_has_no_nearest_value_of_its_own() -> None:
    ((change,),) = changes({"paid": 5, "back": 9}, Compare(Comparison.MORE_THAN, Fact("paid"), Fact("back")))
    assert (change.fact, change.before, change.to) == ("paid", False, True)


def three_each(sign: Comparison, total: int) -> Expression:
    product_ = Calculate(Operation.MULTIPLY, Fact("members"), Constant(Kind.COUNT, 3))
    return Compare(sign, product_, Constant(Kind.COUNT, total))


@pytest.mark.parametrize(
    ("members", "sign", "total", "to"),
    [
        (10, Comparison.AT_LEAST, 100, 34),
        (10, Comparison.AT_LEAST, 31, 11),
        (10, Comparison.AT_MOST, 9, 3),
        (10, Comparison.LESS_THAN, 1, 0),  # not below what a number of members can be
        (10, Comparison.AT_LEAST, 150, 50),  # nor above it
        (10, Comparison.EQUAL, 0, 0),
        (10, Comparison.EQUAL, 150, 50),
    ],
)
def test_a_figure_is_moved_just_so_far_that_what_is_worked_out_with_it_is_enough(
    members: int, sign: Comparison, total: int, to: int
) -> None:
    ((change,),) = changes({"members": members}, three_each(sign, total))
    assert (change.fact, change.before, change.to) == ("members", members, to)


def test_a_share_without_borders_is_moved_as_far_as_it_must() -> None:
    facts = {**DEFINITIONS, "certificate.growth": replace(DEFINITIONS["certificate.growth"], changeable=True)}
    tripled = Calculate(Operation.MULTIPLY, Fact("certificate.growth"), Constant(Kind.COUNT, 3))
    for sign, to in ((Comparison.AT_LEAST, 34), (Comparison.AT_MOST, -34)):
        total = Constant(Kind.PERCENT, Fraction(100 if to > 0 else -100))
        decision = decide(made_forms.frame(PAYS, Compare(sign, tripled, total)), facts)
        given: Facts = {"cost": 100, "certificate": True, "certificate.growth": Fraction(2)}
        ((change,),) = smallest_changes(decision, given, facts)
        assert (change.before, change.to) == (2, to)


def test_a_share_is_moved_no_farther_than_to_what_it_can_be() -> None:
    growth = replace(DEFINITIONS["certificate.growth"], changeable=True, at_least=-50, at_most=50)
    facts = {**DEFINITIONS, "certificate.growth": growth}
    tripled = Calculate(Operation.MULTIPLY, Fact("certificate.growth"), Constant(Kind.COUNT, 3))
    for sign, to in ((Comparison.AT_LEAST, 50), (Comparison.AT_MOST, -50)):
        enough = Compare(sign, tripled, Constant(Kind.PERCENT, Fraction(3 * to)))
        given: Facts = {"cost": 100, "certificate": True, "certificate.growth": Fraction(5, 2)}
        ((change,),) = smallest_changes(decide(made_forms.frame(PAYS, enough), facts), given, facts)
        assert (change.before, change.to) == (Fraction(5, 2), to)


def test_what_no_value_of_the_fact_can_reach_is_not_proposed() -> None:
    assert changes({"members": 10}, three_each(Comparison.AT_LEAST, 151)) == ()
    as_many = Compare(Comparison.AT_LEAST, Fact("members"), Fact("missed"))
    ((change,),) = changes({"members": 10, "missed": 50}, as_many)
    assert (change.fact, change.before, change.to) == ("members", 10, 50)
    assert changes({"members": 10, "missed": 51}, as_many) == ()  # nobody can change how often it was missed


def test_where_nothing_that_is_known_can_be_changed_nothing_is_proposed() -> None:
    assert changes({"expert": False}, Fact("expert")) == ()


def test_six_changes_are_proposed_and_seven_are_not() -> None:
    facts = {name: replace(fact, changeable=True) for name, fact in made_forms.FACTS.items()}
    names = ("expert", "met", "plea", "paid", "missed", "back", "members")
    meets = {
        name: Fact(name) if facts[name].kind is Kind.YES_NO else made_forms.at_least(Fact(name), facts[name].kind, 1)
        for name in names
    }
    given: Facts = {name: False if facts[name].kind is Kind.YES_NO else 0 for name in names}
    for size, found in ((6, 1), (7, 0)):
        decision = decide(made_forms.frame(PAYS, *(meets[name] for name in names[:size])), facts)
        sets = smallest_changes(decision, {"cost": 100, **given}, facts)
        assert [{one.fact for one in one_set} for one_set in sets] == [{*names[:size]}] * found


WITH_RECORD = {**DEFINITIONS, "certificate": replace(DEFINITIONS["certificate"], changeable=True)}


@pytest.mark.parametrize("optional", [False, True])
def test_whoever_lacks_a_certificate_may_get_one_whatever_is_then_written_in_it(*, optional: bool) -> None:
    growth = replace(DEFINITIONS["certificate.growth"], optional=optional, none_label=WORDS if optional else None)
    facts = {**WITH_RECORD, "certificate.growth": growth}
    decision = decide(made_forms.frame(PAYS, made_forms.GRANTED), facts)
    ((change,),) = smallest_changes(decision, {"cost": 100, "certificate": None}, facts)
    assert (change.fact, change.before, change.to) == ("certificate", None, True)


def test_a_certificate_of_which_nobody_knows_may_turn_out_either_way() -> None:
    decision = decide(made_forms.frame(PAYS, made_forms.GRANTED, at_most_members(10)), WITH_RECORD)
    ((change,),) = smallest_changes(decision, {"cost": 100, "members": 20}, WITH_RECORD)
    assert (change.fact, change.before, change.to) == ("members", 20, 10)


WITHOUT_BACK = {**DEFINITIONS, "back": replace(DEFINITIONS["back"], optional=True, none_label=WORDS, changeable=True)}
NO_BACK = Compare(Comparison.EQUAL, Fact("back"), Constant(Kind.YEN, None))


def test_an_amount_can_be_changed_to_none_and_from_none_to_any() -> None:
    some = Compare(Comparison.NOT_EQUAL, Fact("back"), Constant(Kind.YEN, None))
    few = RateCase(made_forms.at_least(Fact("back"), Kind.YEN, 10), made_forms.TWO_THIRDS, WORDS, PLACE)
    by_amount = made_forms.award((few, *made_forms.only(made_forms.HALF)), made_forms.limit(yen(1000)))
    for pays in (PAYS, by_amount):
        ((change,),) = smallest_changes(
            decide(made_forms.frame(pays, NO_BACK), WITHOUT_BACK), {"cost": 100, "back": 5}, WITHOUT_BACK
        )
        assert (change.before, change.comparison, change.border, change.to) == (5, Comparison.EQUAL, None, None)
    ((change,),) = smallest_changes(
        decide(made_forms.frame(PAYS, some), WITHOUT_BACK), {"cost": 100, "back": None}, WITHOUT_BACK
    )
    assert (change.before, change.comparison) == (None, Comparison.EQUAL)
    assert change.to == change.border is not None


def test_where_no_value_of_the_fact_is_found_what_is_worked_out_is_told() -> None:
    ((change,),) = changes({"members": 10}, three_each(Comparison.EQUAL, 100))
    assert (change.fact, change.before, change.to) == ("members", 30, 100)


def test_a_day_that_is_too_late_is_moved_to_the_last_one_that_is_not() -> None:
    before = Compare(Comparison.LESS_THAN, Fact("day"), Constant(Kind.DATE, DAY))
    ((change,),) = changes({"day": date(2023, 1, 31)}, before)
    assert (change.comparison, change.border, change.to) == (Comparison.AT_MOST, date(2022, 12, 21), date(2022, 12, 21))
    on_it = Compare(Comparison.AT_LEAST, Fact("day"), Constant(Kind.DATE, DAY))
    ((change,),) = changes({"day": date(2022, 1, 31)}, on_it)
    assert (change.comparison, change.border) == (Comparison.AT_LEAST, DAY)


def test_a_share_that_is_too_high_is_kept_below_the_border() -> None:
    facts = {**DEFINITIONS, "certificate.growth": replace(DEFINITIONS["certificate.growth"], changeable=True)}
    below = Compare(Comparison.LESS_THAN, Fact("certificate.growth"), Constant(Kind.PERCENT, Fraction(3)))
    decision = decide(made_forms.frame(PAYS, below), facts)
    given: Facts = {"cost": 100, "certificate": True, "certificate.growth": Fraction(4)}
    ((change,),) = smallest_changes(decision, given, facts)
    assert (change.comparison, change.border) == (Comparison.LESS_THAN, 3)


def at_most_members(most: int) -> Expression:
    return Compare(Comparison.AT_MOST, Fact("members"), Constant(Kind.COUNT, most))


def test_three_ways_are_enough_and_come_in_the_order_of_the_facts() -> None:
    ways = AnyOf(
        (
            Compare(Comparison.AT_LEAST, Fact("paid"), Constant(Kind.YEN, 10)),
            Compare(Comparison.AT_LEAST, Fact("members"), Constant(Kind.COUNT, 5)),
            Compare(Comparison.EQUAL, Fact("status"), Constant(Kind.CHOICE, "yes")),
            Compare(Comparison.AT_LEAST, Fact("day"), Constant(Kind.DATE, DAY)),
        )
    )
    facts: Facts = {"paid": 5, "members": 1, "status": "no", "day": date(2022, 1, 31)}
    found = changes(facts, ways)
    assert [[(one.fact, one.to) for one in way] for way in found] == [
        [("members", 5)],
        [("status", "yes")],
        [("paid", 10)],
    ]
    both = changes(facts, ways, Compare(Comparison.AT_MOST, Fact("paid"), Constant(Kind.YEN, 4)))
    assert [{(one.fact, one.to) for one in way} for way in both] == [
        {("paid", 4), other} for other in (("members", 5), ("status", "yes"), ("day", DAY))
    ]


def test_the_way_is_no_longer_than_it_must_be() -> None:
    few = RateCase(at_most_members(5), made_forms.TWO_THIRDS, WORDS, PLACE)
    pays = made_forms.award((few, *made_forms.only(made_forms.HALF)), made_forms.limit(yen(1000)))
    decision = decide(made_forms.frame(pays, at_most_members(10)), DEFINITIONS)
    ((change,),) = smallest_changes(decision, {"cost": 100, "members": 20}, DEFINITIONS)
    assert (change.comparison, change.border, change.before, change.to) == (Comparison.AT_MOST, 10, 20, 10)


def test_a_share_is_moved_to_the_border_itself() -> None:
    facts = {**DEFINITIONS, "certificate.growth": replace(DEFINITIONS["certificate.growth"], changeable=True)}
    least = Constant(Kind.PERCENT, Fraction(7, 2))
    decision = decide(made_forms.frame(PAYS, Compare(Comparison.AT_LEAST, Fact("certificate.growth"), least)), facts)
    given: Facts = {"cost": 100, "certificate": True, "certificate.growth": Fraction(11, 5)}
    ((change,),) = smallest_changes(decision, given, facts)
    assert (change.before, change.to) == (Fraction(11, 5), Fraction(7, 2))


def test_of_what_is_worked_out_with_something_that_is_not_known_no_value_before_is_told() -> None:
    lower = Calculate(Operation.LOWER, Fact("paid"), Fact("back"))
    ((change,),) = changes({"paid": 5}, Compare(Comparison.AT_LEAST, lower, Constant(Kind.YEN, 10)))
    assert (change.fact, change.before, change.comparison, change.border) == ("paid", None, Comparison.AT_LEAST, 10)


def test_an_answer_that_helps_however_it_turns_out_comes_before_one_that_may_not() -> None:
    ((change,),) = changes({"status": "no"}, AllOf((made_forms.SETTLED, Fact("expert"))))  # nobody knows of an expert
    assert (change.fact, change.before, change.to) == ("status", "no", "yes")


def test_an_answer_that_settles_it_comes_before_one_that_is_waited_for() -> None:
    ((change,),) = changes({"status": "no"}, made_forms.SETTLED)
    assert (change.fact, change.before, change.to) == ("status", "no", "yes")
    not_yet = Not(Compare(Comparison.EQUAL, Fact("status"), Constant(Kind.CHOICE, "yes")))
    ((waited,),) = changes({"status": "no"}, made_forms.SETTLED, not_yet)
    assert (waited.fact, waited.to) == ("status", "asked")


def test_an_answer_that_is_settled_either_way_comes_before_one_that_helps_only_one_way() -> None:
    """Nobody knows of an expert, so that nothing is met whatever happens."""
    condition = AllOf((Not(made_forms.SETTLED), Fact("expert")))
    ((change,),) = changes({"status": "yes"}, condition)
    assert (change.fact, change.before, change.to) == ("status", "yes", "no")


def test_what_may_lie_too_high_already_is_kept_low_enough() -> None:
    """Of the higher of two amounts nobody knows the other one; it is named beside what must rise."""
    higher = Calculate(Operation.HIGHER, Fact("paid"), Fact("back"))
    enough = made_forms.at_least(Fact("paid"), Kind.YEN, 10)
    (found,) = changes({"paid": 5}, enough, Compare(Comparison.AT_MOST, higher, Constant(Kind.YEN, 20)))
    assert {(one.variable.subject, one.comparison, one.border) for one in found} == {
        (Fact("paid"), Comparison.AT_LEAST, 10),
        (higher, Comparison.AT_MOST, 20),
    }
