"""Joint applications and consortia: the group's requirements, and what each member gets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from calculator.decision import decide, decide_jointly
from calculator.evaluation import Facts, Row
from calculator.expressions import Fact
from calculator.groups import ConsortiumAnswer, JointAnswer, judge_consortium, judge_joint
from calculator.rulebook import Consortium, OpenAward, Pool
from tests.calculator.made_forms import (
    BY_MEMBERS,
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


def test_a_group_that_fails_is_not_asked_for_what_it_wants_either() -> None:
    _, answer = joint({"group": ({"type": "npo"},)})
    assert (answer.verdict, answer.requested_yen, answer.payable_yen, answer.missing) == ("not_eligible", None, 0, ())


def consortium(facts: Facts, form: Consortium = CONSORTIUM, **rules: object) -> ConsortiumAnswer:
    own = replace(consortium_frame(), consortium=form, **rules)  # type: ignore[arg-type]  # fields of the rules
    return judge_consortium(decide(own, FACTS), form, facts)[1]


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


WITHOUT_POOL = replace(CONSORTIUM, pool=None)


def test_without_a_pool_members_get_their_limit_and_no_yen_more() -> None:
    facts: Facts = {"members": 2, "expert": False, "costs_by_member": amounts(50 * MILLION, 10 * MILLION)}
    answer = consortium(facts, WITHOUT_POOL)
    assert (answer.verdict, answer.rate, answer.pool_yen) == ("eligible", HALF, 0)
    assert (answer.member_limit_yen, answer.group_limit_yen) == (20 * MILLION, 40 * MILLION)
    assert (answer.member_subsidies_yen, answer.total_yen) == ((20 * MILLION, 5 * MILLION), 25 * MILLION)


def test_while_the_number_of_members_is_open_so_are_all_limits_that_hang_on_it() -> None:
    costs: Facts = {"expert": False, "costs_by_member": amounts(1, 2)}
    for form in (CONSORTIUM, WITHOUT_POOL):
        answer = consortium({**costs, "taken": amounts(1, 1)}, form)
        assert (answer.verdict, answer.missing) == ("cannot_tell", ("members",))
        assert (answer.failed, answer.group_limit_yen, answer.member_subsidies_yen) == ((), None, None)
        assert answer.member_limit_yen == 20 * MILLION


def test_a_pool_that_is_open_keeps_the_limit_of_the_group_open() -> None:
    assert CONSORTIUM.pool is not None
    pool: Pool = replace(CONSORTIUM.pool, amount=Fact("back"))
    answer = consortium({"members": 2, "expert": False, "costs_by_member": None}, replace(CONSORTIUM, pool=pool))
    assert (answer.pool_yen, answer.group_limit_yen, answer.missing) == (None, None, ("back",))


def test_a_limit_that_is_worked_out_with_the_members_caps_each_of_them() -> None:
    pays = consortium_frame().award
    assert pays is not None
    facts: Facts = {"members": 2, "costs_by_member": amounts(3 * MILLION, 10)}
    answer = consortium(facts, WITHOUT_POOL, award=replace(pays, upper_limit=limit(BY_MEMBERS)))
    assert (answer.member_limit_yen, answer.member_subsidies_yen) == (MILLION, (MILLION, 5))


def test_where_the_documents_leave_the_award_open_nothing_is_told_of_any_member() -> None:
    facts: Facts = {"members": 2, "expert": False, "costs_by_member": amounts(1, 2), "taken": amounts(0, 0)}
    answer = consortium(facts, award=None, open_award=OpenAward("law"))
    assert (answer.verdict, answer.missing) == ("cannot_tell", ("law",))
    assert (answer.rate, answer.member_limit_yen, answer.group_limit_yen) == (None, None, None)
    assert answer.member_subsidies_yen is None


def test_all_that_is_not_known_of_the_members_is_missing_and_nothing_that_is() -> None:
    known: Facts = {"members": 2, "expert": False}
    assert consortium(known).missing == ("costs_by_member", "taken")
    assert consortium({**known, "taken": amounts(0, 0)}).missing == ("costs_by_member",)
    answer = consortium({**known, "costs_by_member": ({"amount_yen": 1}, {}), "taken": amounts(0, 0)})
    assert (answer.verdict, answer.missing, answer.total_yen) == ("cannot_tell", ("costs_by_member",), None)


def test_what_is_taken_of_the_pool_by_nobody_is_nothing_and_what_is_not_told_is_asked_for() -> None:
    facts: Facts = {"members": 2, "expert": False, "costs_by_member": amounts(10, 50 * MILLION)}
    assert consortium({**facts, "taken": None}).member_subsidies_yen == (5, 20 * MILLION)
    assert consortium({**facts, "taken": amounts(0)}).missing == ("taken",)
    assert consortium({**facts, "taken": ({"amount_yen": 0}, {})}).missing == ("taken",)
