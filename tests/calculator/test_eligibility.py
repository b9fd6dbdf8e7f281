"""What an answer tells for certain and what it leaves open: limits that come to the same, points, rates that fall."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from calculator.decision import decide, decide_after_adoption
from calculator.eligibility import Eligibility, judge
from calculator.evaluation import Facts
from calculator.expressions import AnyOf, Calculate, Compare, Comparison, Constant, Expression, Fact, Operation
from calculator.kinds import Kind
from calculator.rulebook import (
    FrameRules,
    LimitTier,
    OpenAward,
    Rate,
    RateCase,
    RateChange,
    SelectionItem,
    Slice,
    UpperLimit,
)
from tests.calculator.made_forms import FACTS, HALF, TWO_THIRDS, award, frame, limit, lower, only
from tests.calculator.made_rules import PLACE, WORDS, yen

COST = 1_000


def judged(rules: FrameRules, facts: Facts) -> Eligibility:
    return judge(decide(rules, FACTS), {"cost": COST, **facts})


def paid_up_to(most: int) -> Expression:
    return Calculate(Operation.LOWER, Fact("paid"), yen(most))


def tiers(*amounts: Expression) -> UpperLimit:
    """Return one limit for up to 5 members, and another one above."""
    few, many = amounts
    return UpperLimit("members", (LimitTier(0, 5, few, WORDS), LimitTier(6, None, many, WORDS)), PLACE)


UP_TO_100_OR_200 = tiers(paid_up_to(100), paid_up_to(200))


@pytest.mark.parametrize(
    ("facts", "missing", "limit_yen", "subsidy"),
    [
        ({"paid": 50}, (), 50, 50),
        ({"paid": 100}, (), 100, 100),
        ({"paid": 101}, ("members",), None, None),
        ({"paid": 101, "members": 5}, (), 100, 100),
        ({"paid": 101, "members": 6}, (), 101, 101),
        ({}, ("members", "paid"), None, None),
        ({"members": 6}, ("paid",), None, None),
    ],
)
def test_what_decides_between_limits_that_come_to_the_same_is_not_missing(
    facts: Facts, missing: tuple[str, ...], limit_yen: int | None, subsidy: int | None
) -> None:
    answer = judged(frame(award(only(HALF), UP_TO_100_OR_200)), facts)
    assert (answer.verdict, answer.missing) == ("cannot_tell" if missing else "eligible", missing)
    assert (answer.upper_limit_yen, answer.subsidy_yen) == (limit_yen, subsidy)


def test_the_same_limit_at_two_rates_is_two_amounts() -> None:
    by_members = RateCase(
        Compare(Comparison.AT_MOST, Fact("members"), Constant(Kind.COUNT, 5)), TWO_THIRDS, WORDS, PLACE
    )
    answer = judged(frame(award((by_members, *only(HALF)), UP_TO_100_OR_200)), {"paid": 50})
    assert (answer.verdict, answer.missing, answer.upper_limit_yen) == ("cannot_tell", ("members",), 50)
    assert (answer.rate, answer.amount, answer.subsidy_yen) == (None, None, None)


def test_what_may_still_be_refused_is_open_although_the_limits_come_to_the_same() -> None:
    answer = judged(frame(award(only(HALF), UP_TO_100_OR_200), Fact("expert")), {"paid": 50})
    assert (answer.verdict, answer.missing) == ("cannot_tell", ("expert",))
    assert (answer.upper_limit_yen, answer.subsidy_yen) == (50, None)


def test_what_decides_between_limits_and_on_refusal_is_missing_for_the_refusal() -> None:
    few = Compare(Comparison.AT_MOST, Fact("members"), Constant(Kind.COUNT, 5))
    answer = judged(frame(award(only(HALF), UP_TO_100_OR_200), AnyOf((few, Fact("expert")))), {"paid": 50})
    assert (answer.verdict, sorted(answer.missing)) == ("cannot_tell", ["expert", "members"])
    assert judged(answer.decision.rules, {"paid": 50, "expert": True}).missing == ()
    assert judged(answer.decision.rules, {"paid": 101, "expert": True}).missing == ("members",)


@pytest.mark.parametrize("limits", [(paid_up_to(100), yen(100)), (yen(100), paid_up_to(100))])
def test_the_facts_of_every_limit_that_is_possible_are_missing(limits: tuple[Expression, Expression]) -> None:
    answer = judged(frame(award(only(HALF), tiers(*limits))), {})
    assert (answer.verdict, answer.missing) == ("cannot_tell", ("members", "paid"))
    two = judged(frame(award(only(HALF), tiers(paid_up_to(100), Fact("back")))), {})
    assert two.missing == ("members", "paid", "back")


def test_facts_that_are_missing_for_amounts_alone_come_last_and_each_once() -> None:
    rules = frame(award(only(HALF), limit(paid_up_to(100))), Fact("met"), Fact("plea"))
    assert judge(decide(rules, FACTS), {}).missing == ("met", "plea", "cost", "paid")
    both = frame(award(only(HALF), limit(paid_up_to(100)), lower(50)), Fact("met"))
    missing = judge(decide(both, FACTS), {"met": True}).missing
    assert sorted(missing) == ["cost", "paid"]


def test_nothing_is_missing_once_it_is_refused() -> None:
    rules = frame(award(only(HALF), UP_TO_100_OR_200), Fact("expert"), Fact("met"))
    answer = judged(rules, {"expert": False})
    assert (answer.verdict, answer.missing, answer.failed, answer.subsidy_yen) == ("not_eligible", (), ("made.0",), 0)


def test_where_no_lower_limit_is_printed_there_is_none() -> None:
    rules = frame(award(only(HALF), limit(yen(100))))
    assert judged(rules, {}).lower_limit_yen is None
    assert judged(replace(rules, award=None, open_award=OpenAward("figures")), {}).lower_limit_yen is None
    assert judged(frame(award(only(HALF), limit(yen(100)), lower(50))), {}).lower_limit_yen == 50


POINT = SelectionItem("point", WORDS, WORDS, Fact("expert"), PLACE)
OTHER_POINT = SelectionItem("other", WORDS, WORDS, Fact("met"), PLACE)
DEDUCTION = SelectionItem("deduction", WORDS, WORDS, Fact("plea"), PLACE)


def test_points_and_deductions_count_for_certain_or_not_and_decide_nothing() -> None:
    rules = replace(frame(award(only(HALF), limit(yen(100)))), bonuses=(POINT, OTHER_POINT), deductions=(DEDUCTION,))
    answer = judged(rules, {"expert": True, "plea": False})
    assert (answer.verdict, answer.missing, answer.subsidy_yen) == ("eligible", (), 100)
    assert answer.points == ((POINT, "met"), (OTHER_POINT, "cannot_tell"))
    assert answer.deductions == ((DEDUCTION, "not_met"),)
    assert (answer.points_met, answer.deductions_met) == (1, 0)
    both = judged(rules, {"expert": True, "met": True, "plea": True})
    assert (both.points_met, both.deductions_met) == (2, 1)


STEEP = Rate((Slice(Fraction(3, 4), 300), Slice(Fraction(1, 3))))


@pytest.mark.parametrize(("cost", "rate"), [(300, HALF), (799, HALF), (10_000, STEEP), (None, None)])
def test_of_two_rates_at_the_inspection_the_one_that_pays_less_of_this_cost_holds(
    cost: int | None, rate: Rate | None
) -> None:
    by_members = RateCase(Compare(Comparison.AT_MOST, Fact("members"), Constant(Kind.COUNT, 5)), HALF, WORDS, PLACE)
    change = RateChange("members", "missed", WORDS, PLACE)
    rules = frame(award((by_members, *only(STEEP)), limit(yen(1_000_000))), rate_change=change)
    facts: Facts = {"members": 5, "missed": 6} | ({} if cost is None else {"cost": cost})
    assert judge(decide_after_adoption(rules, FACTS), facts).rate == rate
