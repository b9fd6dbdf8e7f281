"""Sliced and fixed rates, uplifts, limits that are worked out, records, and what an answer leaves open."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator.award import (
    Limits,
    Worth,
    added,
    by_cases,
    causes_in_order,
    least_cost,
    limits_that_vary,
    lower_of_rates,
    pays,
    rate_at,
    rate_text,
    reaches_lower_limit,
    tier_condition,
    worth_for,
)
from calculator.decision import decide
from calculator.eligibility import Eligibility, judge
from calculator.evaluation import Facts, FactValue, evaluate
from calculator.expressions import AllOf, Calculate, Compare, Comparison, Constant, Expression, Fact, Named, Operation
from calculator.kinds import Kind
from calculator.measures import Applicant
from calculator.rulebook import FrameRules, LimitTier, OpenAward, Rate, Slice, SliceBasis, UpperLimit
from tests.calculator import brute_force
from tests.calculator.made_forms import (
    ALL_COSTS,
    BY_MEMBERS,
    COST,
    FACTS,
    FIXED,
    HALF,
    IT_SLICES,
    OTHERS,
    SETTLED,
    TWO_THIRDS,
    WITH_CERTIFICATE,
    at_least,
    award,
    frame,
    limit,
    lower,
    only,
    uplift,
)
from tests.calculator.made_rules import PLACE, WORDS, yen

MILLION = 1_000_000


def judged(rules: FrameRules, facts: Facts) -> Eligibility:
    return judge(decide(rules, FACTS), facts)


@pytest.mark.parametrize(
    ("cost", "paid"),
    [
        (0, 0),
        (600_000, 450_000),
        (666_666, 499_999),
        (666_667, 500_000),
        (666_668, 500_000),
        (666_669, 500_001),
        (1_000_000, 722_222),
        (5_166_666, 3_499_999),
        (5_166_667, 3_500_000),
        (9_000_000, 3_500_000),
    ],
)
def test_each_slice_is_paid_at_its_own_rate_and_nothing_beyond_the_last(cost: int, paid: int) -> None:
    assert pays(IT_SLICES, cost) == paid


def test_slices_of_cost_are_as_wide_as_they_are_written() -> None:
    sliced = Rate((Slice(Fraction(1, 2), 10 * MILLION), Slice(Fraction(1, 3))), SliceBasis.COST)
    assert pays(sliced, 10 * MILLION) == 5 * MILLION
    assert pays(sliced, 13 * MILLION) == 6 * MILLION


RATES = st.builds(
    lambda shares, widths, of, is_open: Rate(
        tuple(
            Slice(share, None if is_open and place == len(shares) - 1 else sum(widths[: place + 1]))
            for place, share in enumerate(shares)
        ),
        of,
    ),
    st.lists(st.sampled_from([Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)]), min_size=1, max_size=3),
    st.lists(st.integers(1, 5000), min_size=3, max_size=3),
    st.sampled_from(SliceBasis),
    st.booleans(),
)


@given(RATES, st.integers(0, 20_000))
def test_what_a_rate_pays_is_what_its_slices_come_to(rate: Rate, cost: int) -> None:
    assert pays(rate, cost) == brute_force.paid(rate, cost)


@given(RATES, st.integers(1, 10_000))
def test_the_least_cost_is_the_first_that_pays_enough(rate: Rate, subsidy: int) -> None:
    least = least_cost(rate, subsidy)
    if least is None:
        assert pays(rate, 10**9) < subsidy
    else:
        assert pays(rate, least) >= subsidy > pays(rate, least - 1)


def test_a_fixed_sum_pays_the_cost_itself_up_to_the_limit() -> None:
    rules = frame(award(only(FIXED), limit(yen(100 * MILLION)), lower(MILLION)))
    answer = judged(rules, {"cost": 50 * MILLION})
    assert (answer.verdict, answer.subsidy_yen, answer.rate and rate_text(answer.rate)) == (
        "eligible",
        50 * MILLION,
        "fixed",
    )
    assert judged(rules, {"cost": 999_999}).failed == ("amount.too_low",)


def test_an_uplift_is_added_for_those_for_whom_it_holds() -> None:
    rules = frame(award(only(HALF), limit(yen(10 * MILLION), uplift(300_000))))
    facts = {"cost": 20_600_000}
    assert judged(rules, {**facts, "expert": True}).subsidy_yen == 10_300_000
    assert judged(rules, {**facts, "expert": False}).subsidy_yen == 10_000_000
    assert judged(rules, facts).missing == ("expert",)


def test_a_limit_that_is_worked_out_is_asked_for_and_can_fall_below_the_lower_limit() -> None:
    rules = frame(award(only(HALF), limit(BY_MEMBERS), lower(MILLION)))
    facts = {"cost": 30 * MILLION}
    assert judged(rules, {**facts, "members": 3}).upper_limit_yen == 1_500_000
    assert judged(rules, {**facts, "members": 30}).upper_limit_yen == 5 * MILLION
    assert judged(rules, {**facts, "members": 1}).failed == ("amount.too_low",)
    assert judged(rules, facts).missing == ("members",)


def test_a_row_counts_for_at_most_what_the_sum_allows() -> None:
    rules = frame(award(only(HALF), limit(yen(100 * MILLION)), None, ALL_COSTS))
    others = ({"amount_yen": 3 * MILLION}, {"amount_yen": MILLION})
    assert judged(rules, {"cost": MILLION, "others": others}).eligible_cost_yen == 4 * MILLION


def test_what_is_known_of_a_sum_settles_a_lower_limit_before_the_rest_is_known() -> None:
    rules = frame(award(only(HALF), limit(yen(100 * MILLION)), lower(MILLION), ALL_COSTS))
    (low,) = judged(rules, {"cost": 2 * MILLION}).judged
    assert low.standing == "met"
    (low,) = judged(rules, {"cost": MILLION}).judged
    assert low.standing == "cannot_tell"


def test_an_award_that_the_documents_leave_open_is_never_told_but_a_failure_is() -> None:
    rules = replace(frame(award(only(HALF), limit(yen(1)))), award=None, open_award=OpenAward("figures"))
    assert (judged(rules, {}).verdict, judged(rules, {}).missing) == ("cannot_tell", ("figures",))
    strict = replace(rules, requirements=frame(award(only(HALF), limit(yen(1))), SETTLED).requirements)
    assert judged(strict, {"status": "no"}).verdict == "not_eligible"
    assert judged(strict, {"status": "yes"}).missing == ("figures",)


def test_what_an_answer_leaves_open_is_named_by_its_fact_and_not_asked_again() -> None:
    rules = frame(award(only(HALF), limit(yen(MILLION))), SETTLED)
    decision = decide(rules, FACTS)
    asked = judge(decision, {"cost": 100, "status": "asked"})
    assert (asked.verdict, asked.missing) == ("cannot_tell", ("status",))
    assert decision.askable(asked.missing, {"cost": 100, "status": "asked"}) == ()
    unknown = judge(decision, {"cost": 100})
    assert (unknown.missing, decision.askable(unknown.missing, {"cost": 100})) == (("status",), ("status",))


PARTS: dict[str, list[FactValue]] = {
    "certificate": [None, True],
    "certificate.granted": [False, True],
    "certificate.growth": [Fraction(2), Fraction(3)],
}


def test_a_record_is_judged_exactly_whatever_of_it_is_known() -> None:
    decision = decide(frame(award(WITH_CERTIFICATE, limit(yen(MILLION)))), FACTS)
    for known in product(*([None, *range(len(values))] for values in PARTS.values())):
        facts = {"cost": 100} | {
            name: PARTS[name][place] for name, place in zip(PARTS, known, strict=True) if place is not None
        }
        answers = {
            judge(decision, {**facts, **dict(zip(PARTS, values, strict=True))}).rate
            for values in product(*([facts[name]] if name in facts else PARTS[name] for name in PARTS))
        }
        answer = judge(decision, facts)
        assert answer.rate == (answers.pop() if len(answers) == 1 else None), facts
        assert (answer.missing == ()) == (answer.rate is not None), facts


def test_of_two_rates_the_one_that_pays_less_of_the_cost_holds() -> None:
    cut_off = Rate((Slice(Fraction(1, 2), 500_000),))
    steep = Rate((Slice(Fraction(3, 4), 500_000), Slice(Fraction(1, 3))))
    assert lower_of_rates((HALF,), (TWO_THIRDS,)) == lower_of_rates((TWO_THIRDS,), (HALF,)) == (HALF,)
    assert lower_of_rates((HALF,), (cut_off,)) == lower_of_rates((cut_off,), (HALF,)) == (cut_off,)
    both = lower_of_rates((HALF,), (steep,))
    assert set(both) == {HALF, steep}
    assert (rate_at(both, 600_000), rate_at(both, 10 * MILLION), rate_at(both, None)) == (HALF, steep, None)
    assert set(lower_of_rates((TWO_THIRDS,), (HALF, steep))) == {HALF, steep}
    dearer = Rate((Slice(Fraction(2, 3), 500_000),))  # both end at the same amount, and one gets there sooner
    assert lower_of_rates((dearer,), (cut_off,)) == lower_of_rates((cut_off,), (dearer,)) == (cut_off,)


def test_a_rate_is_written_slice_by_slice() -> None:
    assert (rate_text(HALF), rate_text(IT_SLICES), rate_text(FIXED)) == ("1/2", "3/4, 2/3", "fixed")


@given(RATES, RATES, st.integers(0, 20_000))
def test_the_lower_of_two_rates_never_pays_more_than_either(one: Rate, other: Rate, cost: int) -> None:
    lower = rate_at(lower_of_rates((one,), (other,)), cost)
    assert lower is not None
    assert pays(lower, cost) == min(pays(one, cost), pays(other, cost))


SEVERAL: Facts = {"others": ({"amount_yen": 10}, {})}  # one of the amounts is known: 10 or more in all
UP_TO_FIVE = Calculate(Operation.LOWER, yen(5), COST)


@pytest.mark.parametrize(
    ("amount", "facts", "worth"),
    [
        (Calculate(Operation.LOWER, yen(5), OTHERS), SEVERAL, Worth(5)),
        (Calculate(Operation.DIVIDE, COST, yen(3)), {"cost": 11}, Worth(3)),
        (Calculate(Operation.DIVIDE, COST, Fact("paid")), {"cost": 11, "paid": 0}, Worth(None)),
        (Named("some", COST), {}, Worth(None, frozenset({"cost"}))),
        (Calculate(Operation.ADD, COST, OTHERS), SEVERAL, Worth(None, frozenset({"cost", "others"}))),
        (Calculate(Operation.LOWER, COST, Fact("paid")), {}, Worth(None, frozenset({"cost", "paid"}))),
        (Calculate(Operation.LOWER, UP_TO_FIVE, OTHERS), SEVERAL, Worth(None, frozenset({"cost"}))),
        (Calculate(Operation.LOWER, OTHERS, UP_TO_FIVE), SEVERAL, Worth(None, frozenset({"cost"}))),
        (Calculate(Operation.HIGHER, UP_TO_FIVE, OTHERS), SEVERAL, Worth(None, frozenset({"others"}))),
        (Calculate(Operation.HIGHER, OTHERS, UP_TO_FIVE), SEVERAL, Worth(None, frozenset({"others"}))),
        (Named("some", Calculate(Operation.LOWER, UP_TO_FIVE, OTHERS)), SEVERAL, Worth(None, frozenset({"cost"}))),
    ],
)
def test_only_what_can_still_change_an_amount_is_missing_for_it(amount: Expression, facts: Facts, worth: Worth) -> None:
    assert worth_for(amount, facts) == worth


def test_sides_that_touch_settle_it_and_those_that_overlap_do_not() -> None:
    up_to_ten = Calculate(Operation.LOWER, yen(10), COST)
    up_to_eleven = Calculate(Operation.LOWER, yen(11), COST)
    assert worth_for(Calculate(Operation.LOWER, up_to_ten, OTHERS), SEVERAL).missing == {"cost"}
    assert worth_for(Calculate(Operation.LOWER, OTHERS, up_to_ten), SEVERAL).missing == {"cost"}
    assert worth_for(Calculate(Operation.LOWER, up_to_eleven, OTHERS), SEVERAL).missing == {"cost", "others"}
    assert worth_for(Calculate(Operation.LOWER, OTHERS, up_to_eleven), SEVERAL).missing == {"cost", "others"}


def test_an_uplift_is_added_to_a_limit_that_is_worked_out() -> None:
    rules = frame(award(only(HALF), limit(BY_MEMBERS, uplift(300_000)), lower(MILLION)))
    facts: Facts = {"cost": 30 * MILLION, "members": 2}
    assert judged(rules, {**facts, "expert": True}).upper_limit_yen == 1_300_000
    assert judged(rules, {**facts, "expert": False}).upper_limit_yen == MILLION
    assert judged(rules, {**facts, "members": 1, "expert": True}).failed == ("amount.too_low",)


def test_a_lower_limit_asks_nothing_where_no_costs_count() -> None:
    pays = replace(award(only(HALF), limit(yen(10 * MILLION)), lower(MILLION)), eligible_costs=None)
    answer = judged(frame(pays), {})
    assert (answer.verdict, answer.lower_limit_yen, answer.eligible_cost_yen) == ("eligible", MILLION, None)
    assert (answer.amount, answer.uncapped_yen, answer.subsidy_yen) == (None, None, None)


def test_a_rate_that_never_pays_the_lower_limit_refuses_everybody() -> None:
    answer = judged(frame(award(only(IT_SLICES), limit(yen(10 * MILLION)), lower(4 * MILLION))), {})
    assert (answer.verdict, answer.failed, answer.missing) == ("not_eligible", ("amount.too_low",), ())


def test_requirements_of_which_each_can_be_met_and_not_all_fail_together() -> None:
    few, many = (
        Compare(Comparison.AT_MOST, Fact("members"), Constant(Kind.COUNT, 5)),
        at_least(Fact("members"), Kind.COUNT, 6),
    )
    for conditions in ((few, Fact("expert"), many), (many, few, Fact("met")), (Fact("expert"), many, few)):
        answer = judged(frame(award(only(HALF), limit(yen(MILLION))), *conditions), {"cost": 10})
        codes = {f"made.{place}" for place, one in enumerate(conditions) if one in (few, many)}
        assert answer.verdict == "not_eligible"
        assert set(answer.failed) == codes
    sure = judged(frame(award(only(HALF), limit(yen(MILLION))), few, many, Fact("expert")), {"expert": False})
    assert sure.failed == ("made.2",)


def test_the_first_case_that_holds_decides_and_where_none_does_the_condition_fails() -> None:
    expert, met, plea, few = Fact("expert"), Fact("met"), Fact("plea"), Fact("certificate.granted")
    with_rest, without = by_cases(((expert, met), (few, plea), (None, met))), by_cases(((expert, met), (few, plea)))
    for is_expert, is_met, is_plea, is_few in product((False, True), repeat=4):
        facts = {"expert": is_expert, "met": is_met, "plea": is_plea, "certificate.granted": is_few}
        first = is_met if is_expert else is_plea if is_few else None
        assert evaluate(with_rest, facts) is (is_met if first is None else first)
        assert evaluate(without, facts) is (first is True)
    assert by_cases(((None, met), (expert, plea))) == met  # nothing comes after a case that always holds


@pytest.mark.parametrize(
    ("start", "end", "inside", "outside"), [(2, 5, (2, 5), (1, 6)), (None, 5, (0, 5), (6,)), (6, None, (6, 50), (5,))]
)
def test_a_tier_holds_from_its_start_to_its_end(
    start: int | None, end: int | None, inside: tuple[int, ...], outside: tuple[int, ...]
) -> None:
    condition = tier_condition("members", Kind.COUNT, LimitTier(start, end, yen(1), WORDS))
    assert [evaluate(condition, {"members": members}) for members in inside] == [True] * len(inside)
    assert [evaluate(condition, {"members": members}) for members in outside] == [False] * len(outside)
    assert isinstance(condition, AllOf)
    kinds = [
        part.right.kind for part in condition.parts if isinstance(part, Compare) and isinstance(part.right, Constant)
    ]
    assert kinds == [Kind.COUNT] * len([edge for edge in (start, end) if edge is not None])


def test_amounts_that_are_written_out_are_added_and_others_are_worked_out_later() -> None:
    assert added(yen(3), yen(4)) == yen(7)
    for one, other in ((COST, yen(4)), (yen(4), COST), (COST, Fact("paid"))):
        assert added(one, other) == Calculate(Operation.ADD, one, other)


def test_the_limits_that_vary_are_those_that_are_worked_out_with_and_without_each_uplift() -> None:
    fixed, worked_out = LimitTier(0, 5, yen(MILLION), WORDS), LimitTier(6, None, BY_MEMBERS, WORDS)
    upper = UpperLimit("members", (fixed, worked_out), PLACE, (uplift(300_000), uplift(500_000)))
    both = added(added(BY_MEMBERS, yen(300_000)), yen(500_000))
    assert set(limits_that_vary(upper)) == {
        BY_MEMBERS,
        added(BY_MEMBERS, yen(300_000)),
        added(BY_MEMBERS, yen(500_000)),
        both,
    }
    assert limits_that_vary(limit(yen(MILLION), uplift(300_000))) == ()


def test_the_lower_limit_is_reached_by_cost_or_always_or_never() -> None:
    always, never = (Constant(Kind.YES_NO, value=value) for value in (True, False))
    limited = award(only(HALF), limit(yen(10 * MILLION)), lower(MILLION))
    assert reaches_lower_limit(limited, only(HALF)) == at_least(COST, Kind.YEN, 2 * MILLION)
    assert reaches_lower_limit(replace(limited, lower_limit=None), only(HALF)) == always
    assert reaches_lower_limit(replace(limited, eligible_costs=None), only(HALF)) == always
    beyond = replace(limited, lower_limit=lower(4 * MILLION))
    assert reaches_lower_limit(beyond, only(IT_SLICES)) == never


def test_facts_come_in_the_order_in_which_they_are_defined_and_what_is_no_fact_last() -> None:
    places = {"cost": 0, "back": 1, "area": 2}
    assert causes_in_order(["area", "law", "cost", "back", "a point", "area"], places) == (
        "cost",
        "back",
        "area",
        "a point",
        "law",
    )


def test_a_limit_is_one_figure_only_where_it_is_the_same_for_everybody() -> None:
    (same,), (worked_out,) = limit(yen(MILLION)).tiers, limit(BY_MEMBERS).tiers
    assert (same.amount_yen, worked_out.amount_yen) == (MILLION, None)


@pytest.mark.parametrize(
    ("amounts", "known", "yen_of_all", "missing"),
    [
        ((yen(5),), {}, 5, set()),
        ((yen(5), yen(6)), {}, None, set()),
        ((yen(5), COST), {"cost": 5}, 5, set()),
        ((yen(5), COST), {"cost": 6}, None, set()),
        ((yen(5), COST), {}, None, {"cost"}),
        ((COST, OTHERS), {}, None, {"cost", "others"}),
        ((), {}, None, set()),
    ],
)
def test_limits_come_to_one_amount_where_all_of_them_are_known_and_equal(
    amounts: tuple[Expression, ...], known: Facts, yen_of_all: int | None, missing: set[str]
) -> None:
    limits, worth = Limits.of(amounts), Applicant(known).worth
    assert (limits.yen(worth), {*limits.missing(worth)}) == (yen_of_all, missing)
