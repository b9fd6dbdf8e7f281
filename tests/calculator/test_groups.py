"""Joint applications and consortia: the group's requirements, and what each member gets."""

from __future__ import annotations

import pytest

from calculator.decision import decide, decide_jointly
from calculator.evaluation import Facts, Row
from calculator.groups import ConsortiumAnswer, JointAnswer, judge_consortium, judge_joint
from tests.calculator.made_forms import (
    CONSORTIUM,
    FACTS,
    HALF,
    JOINT,
    award,
    consortium_frame,
    frame,
    limit,
    lower,
    only,
    uplift,
)
from tests.calculator.made_rules import yen

MILLION = 1_000_000


def joint(facts: Facts) -> tuple[tuple[str, ...], JointAnswer]:
    rules = frame(award(only(HALF), limit(yen(10 * MILLION), uplift(300_000)), lower(MILLION)), joint=JOINT)
    result, answer = judge_joint(decide_jointly(rules, JOINT, FACTS), JOINT, facts)
    return result.failed, answer


def group(*members: tuple[str, int]) -> tuple[Row, ...]:
    return tuple({"type": type_, "amount_yen": amount} for type_, amount in members)


@pytest.mark.parametrize(
    ("members", "failed"),
    [
        (group(("sme", 3), ("npo", 2)), ()),
        (group(("sme", 3), ("npo", 3)), ("joint.npo",)),  # level with the highest is the highest
        (group(("sme", 3)), ()),
        (group(("sme", 3), ("npo", 1), ("npo", 1)), ("joint.half",)),
        (group(("sme", 3), ("sme", 1), ("npo", 1), ("npo", 2)), ()),  # exactly half is half
        (group(("npo", 1)), ("joint.half", "joint.npo")),
    ],
)
def test_a_group_is_judged_by_its_own_requirements(members: tuple[Row, ...], failed: tuple[str, ...]) -> None:
    assert joint({"group": members, "expert": False})[0] == failed


def test_the_whole_group_gets_at_most_the_limit_with_its_uplift() -> None:
    members = group(("sme", 8 * MILLION), ("sme", 4 * MILLION))
    _, answer = joint({"group": members, "expert": True})
    assert (answer.requested_yen, answer.payable_yen, answer.upper_limit_yen) == (12 * MILLION, 10_300_000, 10_300_000)


def test_a_group_that_fails_gets_nothing_and_is_asked_nothing_more() -> None:
    failed, answer = joint({"group": group(("npo", 1))})
    assert (answer.verdict, answer.payable_yen, answer.missing) == ("not_eligible", 0, ())
    assert failed


def test_what_is_missing_of_a_group_is_named() -> None:
    _, answer = joint({"expert": False})
    assert (answer.verdict, answer.missing, answer.payable_yen) == ("cannot_tell", ("group",), None)


def consortium(facts: Facts) -> ConsortiumAnswer:
    return judge_consortium(decide(consortium_frame(), FACTS), CONSORTIUM, facts)[1]


def amounts(*values: int) -> tuple[Row, ...]:
    return tuple({"amount_yen": value} for value in values)


def test_limits_of_a_consortium_are_told_without_its_costs() -> None:
    answer = consortium({"members": 3, "expert": False, "costs_by_member": None})
    assert (answer.verdict, answer.member_limit_yen, answer.pool_yen, answer.group_limit_yen) == (
        "eligible",
        20 * MILLION,
        6 * MILLION,
        66 * MILLION,
    )
    assert answer.member_subsidies_yen is None


def test_members_within_their_limit_need_no_share_of_the_pool() -> None:
    facts: Facts = {"members": 2, "expert": False, "costs_by_member": amounts(40 * MILLION, 1)}
    answer = consortium(facts)
    assert (answer.verdict, answer.member_subsidies_yen, answer.total_yen) == (
        "eligible",
        (20 * MILLION, 0),
        20 * MILLION,
    )


def test_a_member_above_its_limit_gets_what_it_takes_of_the_pool() -> None:
    facts: Facts = {"members": 2, "expert": True, "costs_by_member": amounts(50 * MILLION, 10 * MILLION)}
    assert consortium(facts).missing == ("taken",)
    answer = consortium({**facts, "taken": amounts(4 * MILLION, 0)})
    assert answer.member_subsidies_yen == (24_300_000, 5 * MILLION)


def test_a_list_of_costs_that_is_not_one_a_member_is_asked_for_again() -> None:
    answer = consortium({"members": 3, "expert": True, "costs_by_member": amounts(1, 2)})
    assert (answer.verdict, answer.missing) == ("cannot_tell", ("costs_by_member",))


def test_one_alone_is_no_consortium() -> None:
    answer = consortium({"members": 1})
    assert (answer.verdict, answer.missing) == ("not_eligible", ())


def test_members_that_take_more_of_the_pool_than_there_is_fail() -> None:
    facts: Facts = {"members": 2, "expert": True, "costs_by_member": amounts(50 * MILLION, 10 * MILLION)}
    assert consortium({**facts, "taken": amounts(4 * MILLION, 0)}).failed == ()
    answer = consortium({**facts, "taken": amounts(4 * MILLION, 1)})
    assert (answer.verdict, answer.failed, answer.total_yen) == ("not_eligible", ("pool.exceeded",), None)
