"""Decisions made of rules: what each kind of decision takes over of them, and what it leaves out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from calculator.decision import decide, decide_after_adoption, decide_jointly, decide_together
from calculator.eligibility import judge
from calculator.evaluation import Facts
from calculator.expressions import AllOf, Compare, Comparison, Constant, Fact, OpenPoint
from calculator.kinds import Kind
from calculator.measures import Workshop
from calculator.rulebook import ApplicantClass, Award, OpenAward, RateChange, Uplift
from tests.calculator import made_rules
from tests.calculator.made_forms import (
    FACTS,
    GRANTED,
    HALF,
    JOINT,
    OTHERS,
    SETTLED,
    WITH_CERTIFICATE,
    at_least,
    award,
    frame,
    limit,
    lower,
    only,
)
from tests.calculator.made_rules import PLACE, WORDS, requirement, yen

PAYS = award(only(HALF), limit(yen(1000)), lower(100))
CHANGE = RateChange("certificate", "certificate", WORDS, PLACE)
MORE_FOR_CERTIFIED = Uplift(GRANTED, yen(500), WORDS, PLACE)
FOR_BOTH, FOR_ONE, FOR_OTHER = Fact("met"), Fact("expert"), at_least(Fact("members"), Kind.COUNT, 3)


def test_open_points_are_those_of_the_rules_and_the_one_that_leaves_the_award_open() -> None:
    settled = frame(PAYS, FOR_ONE)
    assert decide(settled, FACTS).open_points == frozenset()
    assert decide(frame(PAYS, SETTLED), FACTS).open_points == {"status"}
    open_award = replace(frame(PAYS, SETTLED), award=None, open_award=OpenAward("rate"))
    assert decide(open_award, FACTS).open_points == {"status", "rate"}


def test_who_wants_two_awards_must_meet_each_requirement_of_both_once() -> None:
    one, other = (
        decide(frame(PAYS, *conditions), FACTS) for conditions in ((FOR_BOTH, FOR_ONE), (FOR_BOTH, FOR_OTHER))
    )
    together = decide_together(one.rules, (one, other), FACTS)
    assert [condition.expression for condition in together.conditions] == [
        FOR_BOTH,
        FOR_ONE,
        one.conditions[-1].expression,  # the lower limit, which is that of both
        FOR_OTHER,
    ]
    words = [(one.code, one.label, one.sentence, one.citation) for one in together.conditions]
    assert words[0] == (one.conditions[0].code, WORDS, WORDS, PLACE)
    assert (together.award, together.rules) == (None, one.rules)
    enough: Facts = {"met": True, "expert": True, "members": 3, "cost": 200}
    assert [judge(together, {**enough, **less}).verdict for less in ({}, {"members": 2}, {"cost": 199})] == [
        "eligible",
        "not_eligible",
        "not_eligible",
    ]


@pytest.mark.parametrize(("pays", "change"), [(PAYS, None), (None, CHANGE), (None, None)])
def test_without_a_change_of_the_rate_the_final_inspection_judges_as_the_application(
    pays: Award | None, change: RateChange | None
) -> None:
    rules = replace(frame(PAYS, FOR_ONE), award=pays, rate_change=change)
    later, now = decide_after_adoption(rules, FACTS), decide(rules, FACTS)
    assert (later.rules, later.award, later.variables, later.conditions[0].expression) == (
        now.rules,
        now.award,
        now.variables,
        FOR_ONE,
    )
    known: Facts = {"expert": True, "cost": 500}
    assert judge(later, known).rate == judge(now, known).rate


@pytest.mark.parametrize("pays", [PAYS, None])
def test_a_joint_application_has_requirements_of_its_own_alone(pays: Award | None) -> None:
    joint = decide_jointly(replace(frame(PAYS, FOR_ONE), award=pays), JOINT, FACTS)
    assert [one.code for one in joint.conditions] == ["joint.half", "joint.npo"]
    assert joint.cost is None


def test_what_is_worked_out_alike_is_measured_once_for_all_decisions() -> None:
    workshop = Workshop()
    with_award = [decide(frame(PAYS, FOR_ONE), FACTS).measured_by(workshop) for _ in range(2)]
    first, second = with_award
    assert first.measures == second.measures
    assert first.cost is second.cost is not None
    assert judge(second, {"expert": True, "cost": 500}).subsidy_yen == 250
    without = replace(frame(PAYS, FOR_ONE), award=None)
    assert decide(without, FACTS).measured_by(workshop).cost is None
    no_costs = replace(frame(PAYS, FOR_ONE), award=replace(PAYS, lower_limit=None, eligible_costs=None))
    assert decide(no_costs, FACTS).measured_by(workshop).cost is None


def test_a_list_can_be_answered_until_all_its_rows_are_known_and_a_figure_until_it_is() -> None:
    few = Compare(Comparison.AT_MOST, OTHERS, Constant(Kind.YEN, 5))
    decision = decide(frame(award(WITH_CERTIFICATE, limit(yen(1000))), few, GRANTED), FACTS)
    causes = ("others", "members", "no fact")
    assert decision.askable(causes, {}) == ("others", "members")
    assert decision.askable(causes, {"others": ({"amount_yen": 1},), "members": 3}) == ("others",)
    assert decision.askable(causes, {"others": None, "members": 3}) == ()


def test_every_variable_names_the_questions_that_ask_for_it_and_an_open_point_has_none() -> None:
    decision = decide(frame(PAYS, FOR_ONE, SETTLED, GRANTED), FACTS)
    asked = {one.subject: questions for one, questions in zip(decision.variables, decision.questions, strict=True)}
    assert asked[OpenPoint("status")] == ()
    assert asked[FOR_ONE] == ("expert",)
    assert asked[Fact("certificate.granted")] == asked[Fact("certificate.growth")] == ("certificate",)


def test_between_two_tiers_of_a_count_there_is_nobody() -> None:
    tiers = made_rules.award().upper_limit
    pays = award(only(HALF), tiers, lower(100))
    (by_staff,) = [
        one for one in decide(frame(pays), {**made_rules.FACTS, **FACTS}).variables if one.facts == {"staff"}
    ]
    assert len(by_staff.representatives) == len(tiers.tiers)


def test_a_condition_reads_each_of_its_facts_once_in_the_order_of_their_names() -> None:
    (first, _) = decide(frame(PAYS, AllOf((FOR_OTHER, FOR_BOTH, FOR_OTHER, GRANTED))), FACTS).conditions
    assert first.reads == ("certificate.granted", "certificate.growth", "members", "met")


def test_all_variables_but_open_points_can_be_answered_and_each_may_be_in_any_of_its_cells() -> None:
    decision = decide(frame(PAYS, FOR_ONE, SETTLED, GRANTED), FACTS)
    answerable = [level for level in range(len(decision.variables)) if decision.answerable >> level & 1]
    subjects = [one.subject for one in decision.variables]
    assert [subjects[level] for level in answerable] == [one for one in subjects if one != OpenPoint("status")]
    assert len(answerable) == len(subjects) - 1
    assert [decision.cells(level) for level in range(len(subjects))] == [
        tuple(range(len(one.representatives))) for one in decision.variables
    ]
    assert decision.possible({}) == dict(enumerate(decision.all_cells))


def test_a_frame_has_the_questions_of_the_requirements_that_it_adds_to_the_basic_ones() -> None:
    basic, added = requirement("basic", FOR_BOTH), replace(requirement("added", GRANTED), additional=True)
    rules = replace(frame(PAYS), requirements=(basic, added))
    assert decide(rules, FACTS).own_questions == {"certificate"}
    assert decide(frame(PAYS, FOR_BOTH, GRANTED), FACTS).own_questions == frozenset()


def test_an_applicant_is_of_the_first_class_whose_condition_holds_or_of_none() -> None:
    classes = tuple(ApplicantClass(name, WORDS, one) for name, one in (("first", FOR_BOTH), ("second", FOR_ONE)))
    decision = decide(replace(frame(PAYS), classes=classes), FACTS)
    facts: list[Facts] = [{"met": met, "expert": expert} for met in (True, False) for expert in (True, False)]
    assert [judge(decision, known).applicant_class for known in facts] == ["first", "first", "second", None]


def test_who_cannot_meet_a_requirement_any_more_cannot_become_eligible() -> None:
    decision = decide(frame(PAYS, FOR_BOTH, SETTLED), FACTS)
    known: list[Facts] = [{}, {"met": True}, {"met": False}, {"met": True, "status": "no"}, {"status": "asked"}]
    possible = [decision.may_be_eligible(decision.diagrams.restriction(decision.possible(one))) for one in known]
    assert possible == [True, True, False, False, True]


def test_what_a_requirement_shares_with_the_figures_is_part_of_the_payment_and_nothing_else_is() -> None:
    for rates, upper in ((WITH_CERTIFICATE, limit(yen(1000))), (only(HALF), limit(yen(1000), MORE_FOR_CERTIFIED))):
        prospect = decide(frame(award(rates, upper), FOR_ONE, Fact("certificate.granted")), FACTS).prospect
        (hurdle,) = prospect.hurdles
        assert not hurdle.reads & prospect.payment.reads
