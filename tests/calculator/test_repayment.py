"""What must be paid back, why, and what is only counted when somebody states it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from calculator.evaluation import Facts, FactValue
from calculator.expressions import AllOf, Calculate, Compare, Comparison, Constant, Expression, Fact, Not, Operation
from calculator.kinds import Kind
from calculator.repayment import Repayment, judge_repayment
from calculator.rulebook import Clawback, ClawbackCase
from tests.calculator.made_forms import CLAWBACK, FACTS, case
from tests.calculator.made_rules import yen

SHARED = Calculate(Operation.DIVIDE, Fact("paid"), Fact("members"))
AT_LEAST_ONE_YEN = Calculate(Operation.ADD, Fact("back"), yen(1))


def repayment(facts: Facts, rules: Clawback = CLAWBACK) -> Repayment:
    return judge_repayment(rules, facts, FACTS)


def with_total(*, others: Expression | None = None, ceiling: Expression = CLAWBACK.total.ceiling) -> Clawback:
    return replace(CLAWBACK, total=replace(CLAWBACK.total, others=others, ceiling=ceiling))


def of_parts(*cases: tuple[ClawbackCase, ...]) -> Clawback:
    parts = tuple(replace(part, cases=one) for part, one in zip(CLAWBACK.parts, cases, strict=False))
    return replace(with_total(), whole=(), parts=parts)


@pytest.mark.parametrize(
    ("facts", "parts", "total", "reason"),
    [
        ({"missed": 0}, (0, 0), 0, "met"),
        ({"missed": 1}, (33, 0), 33, "one_missed"),
        ({"missed": 2}, (33, 50), 83, "both"),
        ({"missed": 2, "plea": True}, (0, 50), 50, "two_missed"),
        ({"missed": 1, "plea": True}, (0, 0), 0, "excused"),
        ({"missed": 2, "back": 30}, (33, 50), 100, "capped"),
        ({"missed": 2, "back": 17}, (33, 50), 100, "both"),  # the ceiling reached exactly cuts nothing off
        ({"missed": 0, "met": False}, (0, 0), 100, "not_told"),
    ],
)
def test_the_reason_is_the_one_that_decides(facts: Facts, parts: tuple[int, int], total: int, reason: str) -> None:
    answer = repayment({"paid": 100, "met": True, "plea": False, "back": 0, **facts})
    assert tuple(yen for _, yen in answer.parts_yen) == parts
    assert (answer.total_yen, answer.reason, answer.missing, answer.assumed) == (total, reason, (), ())


def test_a_plea_that_nobody_makes_does_not_count_and_is_named() -> None:
    answer = repayment({"paid": 100, "missed": 2})
    assert (answer.total_yen, answer.missing, answer.assumed) == (83, (), ("met", "plea", "back"))


def test_what_is_needed_and_not_known_is_missing_and_nothing_is_told() -> None:
    answer = repayment({"paid": 100, "met": True, "back": 0})
    assert (answer.total_yen, answer.reason, answer.missing) == (None, None, ("missed",))


ONE, TWO = CLAWBACK.parts
KNOWN: Facts = {"paid": 100, "missed": 2, "met": True, "plea": False, "back": 0}


def without(name: str, **more: FactValue) -> Facts:
    return {**{key: value for key, value in KNOWN.items() if key != name}, **more}


def test_a_case_of_the_whole_decides_alone() -> None:
    (whole,) = CLAWBACK.whole
    assert repayment({"paid": 100, "met": False}) == Repayment(
        (("one", 0), ("two", 0)), 100, "not_told", (whole,), (), ()
    )


def test_a_case_of_the_whole_whose_amount_is_open_leaves_the_total_open_and_nothing_to_the_parts() -> None:
    parts = (("one", 0), ("two", 0))
    assert repayment({"met": False}) == Repayment(parts, None, None, (), ("paid",), ())


def test_an_amount_that_is_open_leaves_the_total_open_and_tells_the_other_part() -> None:
    rules = replace(CLAWBACK, parts=(ONE, replace(TWO, cases=(case("shared", None, SHARED),))))
    told = Repayment((("one", 33), ("two", None)), None, None, (ONE.cases[2],), ("members",), ())
    assert repayment(KNOWN, rules) == told
    assert repayment(without("back"), rules) == replace(told, assumed=("back",))


def test_an_amount_divided_by_nothing_is_asked_for_again() -> None:
    rules = of_parts((case("shared", None, SHARED),))
    answer = repayment({**KNOWN, "members": 0}, rules)
    assert answer == Repayment((("one", None),), None, None, (), ("members", "paid"), ())


def test_a_part_of_which_no_case_holds_leaves_the_total_open() -> None:
    rules = of_parts((case("excused", Fact("plea")),))
    assert repayment(KNOWN, rules) == Repayment((("one", None),), None, None, (), (), ())


def test_the_cases_that_decide_are_told() -> None:
    assert repayment(KNOWN).cases == (ONE.cases[2], TWO.cases[2])
    assert repayment({**KNOWN, "missed": 1, "plea": True}).cases == (ONE.cases[1], TWO.cases[1])


def test_every_plea_that_nobody_makes_is_named_once_even_beside_what_is_missing() -> None:
    two_pleas = (case("a", Fact("plea"), only_if_stated=True), case("b", Fact("expert"), only_if_stated=True))
    owed = case("owed", None, Fact("paid"))
    rules = of_parts((*two_pleas, owed), (*two_pleas, owed))
    assert repayment({"paid": 100}, rules).assumed == ("expert", "plea")
    open_whole = case("whole", Fact("met"), SHARED)
    assert repayment({"met": True, "paid": 100}, replace(rules, whole=(*two_pleas, open_whole))) == Repayment(
        (("one", 0), ("two", 0)), None, None, (), ("members",), ("expert", "plea")
    )
    decided = replace(open_whole, when=Compare(Comparison.EQUAL, Fact("missed"), Constant(Kind.COUNT, 0)))
    answer = repayment({"met": True, "paid": 100}, replace(rules, whole=(two_pleas[0], decided)))
    assert (answer.missing, answer.assumed) == (("members", "missed"), ("expert", "plea"))


def test_a_plea_of_which_a_stated_part_leaves_it_open_counts() -> None:
    both = AllOf((Fact("certificate.granted"), Fact("plea")))
    rules = of_parts((case("excused", both, only_if_stated=True), case("owed", None, Fact("paid"))))
    assert repayment(without("plea", **{"certificate.granted": True}), rules).assumed == ("plea",)
    assert repayment(without("plea", **{"certificate.granted": False}), rules).assumed == ()


def test_where_nothing_is_paid_the_reason_is_what_excuses_not_what_was_met() -> None:
    rules = of_parts((case("met", None),), TWO.cases)
    assert repayment({**KNOWN, "missed": 1}, rules).reason == "few"
    assert repayment({**KNOWN, "missed": 0}, rules).reason == "met"


def test_while_the_ceiling_is_open_the_parts_are_told_and_the_total_is_not() -> None:
    answer = repayment(without("plea"), with_total(ceiling=Fact("cost")))
    parts, cases = (("one", 33), ("two", 50)), (ONE.cases[2], TWO.cases[2])
    assert answer == Repayment(parts, None, None, cases, ("cost",), ("plea",))


def by_nothing(fact: str) -> Expression:
    return Calculate(Operation.DIVIDE, Fact(fact), Fact("members"))


def test_a_ceiling_that_is_no_number_names_the_facts_of_which_one_cannot_be_right() -> None:
    answer = repayment({**KNOWN, "members": 0}, with_total(ceiling=by_nothing("paid")))
    assert (answer.parts_yen, answer.total_yen, answer.reason) == ((("one", 33), ("two", 50)), None, None)
    assert answer.missing == ("members", "paid")
    two_open = repayment({**KNOWN, "members": 0}, with_total(others=by_nothing("back"), ceiling=by_nothing("paid")))
    assert two_open.missing == ("back", "members", "paid")


def test_what_else_is_paid_back_is_not_taken_for_nothing_where_it_is_no_number() -> None:
    rules = with_total(others=by_nothing("back"))
    answer = repayment({**KNOWN, "members": 0, "back": 5}, rules)
    assert (answer.total_yen, answer.reason, answer.missing) == (None, None, ("back", "members"))
    assert repayment({**KNOWN, "members": 0, "back": None}, rules).total_yen == 83  # there is nothing else


def test_what_else_is_paid_back_is_nothing_where_the_rules_know_of_nothing() -> None:
    assert repayment(KNOWN, with_total()).total_yen == 83
    assert repayment(KNOWN, with_total(others=yen(1))).total_yen == 84
    assert repayment(without("back"), with_total(others=Fact("back"))).total_yen == 83


def test_amounts_are_cut_to_whole_yen_each_and_the_ceiling_too() -> None:
    assert repayment({**KNOWN, "paid": 101}).parts_yen == (("one", 33), ("two", 50))
    half = Calculate(Operation.DIVIDE, Fact("paid"), yen(2))
    answer = repayment({**KNOWN, "paid": 101}, with_total(ceiling=half))
    assert (answer.total_yen, answer.reason) == (50, "capped")


def test_an_excuse_is_asked_for_only_where_nothing_may_be_paid_beside_it() -> None:
    """The reason is what is paid as soon as that is one yen; if it may be nothing, an excuse can be the reason."""
    excused = (case("met", Not(Fact("expert"))), case("excused", None))
    for amount, missing in ((Fact("back"), ("back", "expert")), (AT_LEAST_ONE_YEN, ("back",))):
        assert repayment({"paid": 100}, of_parts((case("owed", None, amount),), excused)).missing == missing


def test_what_decides_between_two_reasons_or_two_amounts_is_asked_for_beside_what_both_rest_on() -> None:
    two_reasons = (case("sold", Fact("expert"), Fact("back")), case("closed", None, Fact("back")))
    two_amounts = (case("owed", Fact("expert"), Fact("back")), case("owed", None, AT_LEAST_ONE_YEN))
    for rules in (replace(with_total(), whole=two_reasons), of_parts(two_amounts)):
        answer = repayment({"paid": 100}, rules)
        assert (answer.total_yen, answer.reason, answer.missing) == (None, None, ("back", "expert"))


def test_a_case_of_the_whole_that_comes_to_no_number_leaves_nothing_to_the_parts() -> None:
    rules = replace(CLAWBACK, whole=(case("sold", None, SHARED),))
    parts = (("one", 0), ("two", 0))
    assert repayment({**KNOWN, "members": 0}, rules) == Repayment(parts, None, None, (), ("members", "paid"), ())


def test_a_plea_that_comes_too_late_to_count_is_not_named() -> None:
    owed = case("owed", None, Fact("paid"))
    first, late = case("a", Fact("plea"), only_if_stated=True), case("b", Fact("expert"), only_if_stated=True)
    assert repayment({"paid": 100}, of_parts((first, owed), (owed, late))).assumed == ("plea",)
