"""The worst that can be asked back: exact where it is settled, and never below what is asked back in the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from calculator.evaluation import Facts, FactValue
from calculator.expressions import Calculate, Constant, Expression, Fact, Operation, facts_of
from calculator.kinds import Kind
from calculator.repayment import judge_repayment
from calculator.rulebook import Clawback, ClawbackPart, FactDefinition
from calculator.worst_repayment import MOST_COUNTS, Breach, WorstRepayment, worst_repayment
from tests.calculator.made_forms import CLAWBACK, FACTS, case
from tests.calculator.made_rules import WORDS
from tests.calculator.real_questions import real_book
from tests.scenarios.worked import Worked, worked_cases

GENERAL = ("monozukuri/r1s/general", 5)
NORMAL = ("monozukuri/r3s/normal", 13)
RECOVERY = ("monozukuri/r3s/recovery", 13)

WORKED = tuple(one for one in worked_cases() if one.kind == "clawback")
PAID = "subsidy_paid_yen"


def clawback(frame: tuple[str, int | None]) -> Clawback:
    rules = real_book().frames[frame[0]].rounds[frame[1]].clawback
    assert rules is not None
    return rules


def worst(frame: tuple[str, int | None], **facts: FactValue) -> WorstRepayment:
    return worst_repayment(clawback(frame), facts, real_book().facts)


def breaches(answer: WorstRepayment) -> dict[str | None, list[Breach]]:
    return {None if duty.part is None else duty.part.name: list(duty.breaches) for duty in answer.duties}


def test_in_the_recovery_frame_every_breach_costs_the_whole_subsidy() -> None:
    answer = worst(RECOVERY, subsidy_paid_yen=9_333_333)
    assert {breach.yen for some in breaches(answer).values() for breach in some} == {9_333_333}
    assert (answer.worst_yen, answer.ceiling_yen) == (9_333_333, 9_333_333)


def test_each_year_in_which_the_lowest_wage_is_missed_costs_its_share_of_the_subsidy() -> None:
    (missed,) = breaches(worst(GENERAL, subsidy_paid_yen=6_000_000, plan_years=5))["min_wage"]
    assert missed.counted == "lowest_wage_missed_years"
    assert missed.by_count == ((1, 1_200_000), (2, 2_400_000), (3, 3_600_000), (4, 4_800_000), (5, 6_000_000))


def test_fractions_of_a_yen_are_dropped_in_every_year() -> None:
    (missed,) = breaches(worst(GENERAL, subsidy_paid_yen=10_000_000, plan_years=3))["min_wage"]
    assert missed.by_count == ((1, 3_333_333), (2, 6_666_666), (3, 10_000_000))


def test_an_amount_that_more_than_a_count_keeps_open_is_not_told_by_counts() -> None:
    (missed,) = breaches(worst(GENERAL, subsidy_paid_yen=6_000_000))["min_wage"]
    assert (missed.yen, missed.counted, missed.by_count) == (None, None, ())


def test_what_is_not_known_counts_as_the_ceiling() -> None:
    answer = worst(GENERAL, subsidy_paid_yen=6_000_000, plan_years=5)
    (wage,) = breaches(answer)["wage"]
    assert (wage.yen, answer.worst_yen) == (None, 6_000_000)


def test_without_the_subsidy_the_cases_are_told_and_no_amount() -> None:
    answer = worst(GENERAL, plan_years=5)
    assert set(breaches(answer)) == {None, "wage", "min_wage"}
    assert (answer.worst_yen, answer.ceiling_yen) == (None, None)
    assert all(breach.yen is None and breach.by_count == () for some in breaches(answer).values() for breach in some)


def test_an_exemption_that_the_known_facts_settle_leaves_no_breach() -> None:
    answer = worst(NORMAL, subsidy_paid_yen=6_000_000, rehabilitation_business=True)
    assert breaches(answer)["wage"] == []
    assert breaches(answer)["min_wage"] == []
    reasons = [case.reason for duty in answer.duties if duty.part is not None for case in duty.unpaid]
    assert reasons == ["target_met", "exempt_rehabilitation"] * 2


def test_what_the_documents_leave_open_is_named_and_counts() -> None:
    answer = worst(RECOVERY, subsidy_paid_yen=9_333_333, rehabilitation_business=True)
    points = {point for some in breaches(answer).values() for breach in some for point in breach.open_points}
    assert points == {"rehabilitation_in_recovery"}
    assert answer.worst_yen == 9_333_333


def test_only_so_many_counts_are_told_one_by_one() -> None:
    (missed,) = breaches(worst(GENERAL, subsidy_paid_yen=6_000_000, plan_years=100))["min_wage"]
    assert [count for count, _ in missed.by_count] == list(range(1, MOST_COUNTS + 1))


def for_each_missed(owed: int) -> Expression:
    return Calculate(Operation.MULTIPLY, Constant(Kind.YEN, owed), Fact("missed"))


def late(amount: Expression) -> Clawback:
    return replace(CLAWBACK, whole=(), parts=(ClawbackPart("late", WORDS, (case("late", None, amount),)),))


def told_by_counts(rules: Clawback, facts: Facts, definitions: Mapping[str, FactDefinition] = FACTS) -> Breach:
    ((breach,),) = breaches(worst_repayment(rules, facts, definitions)).values()
    return breach


def test_no_count_costs_more_than_the_ceiling() -> None:
    rules = late(for_each_missed(60))
    assert told_by_counts(rules, {"paid": 100}).by_count == ((1, 60), (2, 100))
    alone = replace(rules, whole=rules.parts[0].cases, parts=())
    assert told_by_counts(alone, {"paid": 100}) == Breach(
        alone.whole[0], None, "missed", ((1, 60), (2, 100)), frozenset()
    )


def test_counts_begin_at_the_least_that_there_can_be_and_end_at_the_most() -> None:
    rules = late(for_each_missed(1))
    assert [count for count, _ in told_by_counts(rules, {"paid": 100}).by_count] == list(range(1, MOST_COUNTS + 1))
    bounded = {**FACTS, "missed": replace(FACTS["missed"], at_least=2, at_most=4)}
    assert told_by_counts(rules, {"paid": 100}, bounded).by_count == ((2, 2), (3, 3), (4, 4))


def test_an_amount_that_waits_for_other_yen_is_not_told_by_counts() -> None:
    told = told_by_counts(late(Fact("back")), {"paid": 100})
    assert (told.yen, told.counted, told.by_count) == (None, None, ())


def test_without_a_ceiling_nothing_is_the_worst() -> None:
    answer = worst_repayment(late(Constant(Kind.YEN, 5)), {}, FACTS)
    assert (answer.ceiling_yen, answer.worst_yen) == (None, None)
    assert [breach.yen for breach in breaches(answer)["late"]] == [5]


def test_an_amount_that_some_count_leaves_without_a_figure_is_not_told_by_counts() -> None:
    before = Calculate(Operation.SUBTRACT, Fact("missed"), Constant(Kind.COUNT, 1))
    (missed,) = breaches(
        worst_repayment(late(Calculate(Operation.DIVIDE, Fact("paid"), before)), {"paid": 100}, FACTS)
    )["late"]
    assert (missed.yen, missed.counted, missed.by_count) == (None, None, ())


def test_where_the_rules_know_of_nothing_else_only_the_duties_count() -> None:
    rules = late(Calculate(Operation.DIVIDE, Fact("paid"), Constant(Kind.COUNT, 3)))
    assert worst_repayment(rules, {"paid": 100}, FACTS).worst_yen == 100  # what else is paid back is not known
    assert worst_repayment(rules, {"paid": 100, "back": 5}, FACTS).worst_yen == 38
    alone = replace(rules, total=replace(rules.total, others=None))
    assert worst_repayment(alone, {"paid": 100}, FACTS).worst_yen == 33


def test_a_case_that_decides_alone_and_is_open_leaves_the_worst_open() -> None:
    rules = replace(CLAWBACK, whole=(case("sold", Fact("plea"), Fact("back")),))
    assert worst_repayment(rules, {"paid": 100}, FACTS).worst_yen is None
    assert worst_repayment(rules, {"paid": 100, "back": 300}, FACTS).worst_yen == 300
    assert worst_repayment(rules, {"paid": 100, "plea": False}, FACTS).worst_yen == 100


def test_where_a_case_that_decides_alone_holds_no_other_duty_counts() -> None:
    answer = worst(GENERAL, subsidy_paid_yen=6_000_000, plan_not_announced_discovered=True)
    assert set(breaches(answer)) == {None}


def facts_read(rules: Clawback) -> frozenset[str]:
    total = rules.total
    cases = (*rules.whole, *(case for part in rules.parts for case in part.cases))
    read = [facts_of(one.amount) for one in cases] + [facts_of(one.when) for one in cases if one.when is not None]
    return frozenset().union(*read, facts_of(total.ceiling), *([facts_of(total.others)] if total.others else []))


def drawn(random: Random, fact: FactDefinition) -> FactValue:
    match fact.kind:
        case Kind.YES_NO:
            return random.random() < 0.5
        case Kind.PERCENT:
            return Fraction(random.randint(-100, 500), 100)
        case Kind.COUNT:
            return random.randint(max(fact.at_least or 0, 0), 6)
        case Kind.YEN:
            return random.randint(fact.at_least or 0, random.choice((9, 10_000_000)))
        case _:
            raise AssertionError(fact)


def told_of(random: Random, facts: Facts, always: str) -> Facts:
    return {name: value for name, value in facts.items() if name == always or random.random() < 0.4}


RULES: Mapping[str, tuple[Clawback, Mapping[str, FactDefinition], str]] = {
    **{
        f"{name} {round_}": (clawback((name, round_)), real_book().facts, PAID)
        for name, round_ in (GENERAL, NORMAL, RECOVERY)
    },
    "made": (CLAWBACK, FACTS, "paid"),
}


@pytest.mark.parametrize("name", RULES)
def test_no_answer_is_above_the_worst_and_all_that_is_known_makes_it_exact(name: str) -> None:
    rules, definitions, paid = RULES[name]
    random, settled = Random(name), 0
    for _ in range(1500):
        facts = {fact: drawn(random, definitions[fact]) for fact in sorted(facts_read(rules))}
        total = judge_repayment(rules, facts, definitions).total_yen
        known = told_of(random, facts, paid)
        at_worst = worst_repayment(rules, known, definitions).worst_yen
        assert at_worst is not None
        if total is not None:
            assert total <= at_worst, (facts, known)
            assert worst_repayment(rules, facts, definitions).worst_yen == total, facts
            settled += 1
    assert settled > 500


@pytest.mark.parametrize("worked", WORKED, ids=lambda one: one.name)
def test_no_worked_case_is_above_the_worst_of_its_subsidy(worked: Worked) -> None:
    paid: int = worked.facts[PAID]
    rules = clawback((worked.rule_set, worked.round))
    at_worst = worst_repayment(rules, {PAID: paid}, real_book().facts).worst_yen
    assert at_worst == paid
    asked_back = [answer.get("clawback", {}).get("total_yen") for answer in worked.answers]
    assert max((yen for yen in asked_back if yen is not None), default=0) <= at_worst
