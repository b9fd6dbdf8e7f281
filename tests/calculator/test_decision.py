"""Decisions made of rules: what each kind of decision takes over of them, and what it leaves out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from calculator.decision import decide, decide_after_adoption, decide_jointly, decide_together
from calculator.eligibility import judge
from calculator.evaluation import Facts
from calculator.expressions import Compare, Comparison, Constant, Fact
from calculator.kinds import Kind
from calculator.measures import Workshop
from calculator.rulebook import Award, OpenAward, RateChange
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
from tests.calculator.made_rules import PLACE, WORDS, yen

PAYS = award(only(HALF), limit(yen(1000)), lower(100))
CHANGE = RateChange("certificate", "certificate", WORDS, PLACE)
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
