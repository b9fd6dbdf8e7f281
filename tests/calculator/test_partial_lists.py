"""A list of which only a part is known: what is surely there already settles what it can."""

from __future__ import annotations

from calculator.decision import Standing, decide
from calculator.eligibility import Verdict, judge
from calculator.evaluation import FactValue, Row, evaluate
from calculator.expressions import Compare, Comparison, Constant
from calculator.kinds import Kind
from tests.calculator.made_rules import DEAREST, FACTS, TOTAL, frame, requirement

KNOWN: dict[str, FactValue] = {"trade": "shop", "staff": 30}
NEEDS_A_DEAR_MACHINE = requirement("unit", Compare(Comparison.AT_LEAST, DEAREST, Constant(Kind.YEN, 50)))


def standing_of_unit(*rows: Row) -> Standing:
    rules = frame(NEEDS_A_DEAR_MACHINE)
    assert rules.award is not None
    return judge(decide(rules, FACTS), {**KNOWN, "costs": rows}).judged[0].standing


def test_one_dear_machine_settles_the_unit_price_whatever_the_others_cost() -> None:
    dear: Row = {"category": "machine", "amount_yen": 500, "unit_yen": 50}
    not_priced: Row = {"category": "machine", "amount_yen": 500}
    assert standing_of_unit(dear, not_priced) is Standing.MET


def test_a_machine_without_a_price_leaves_the_unit_price_open() -> None:
    cheap: Row = {"category": "machine", "amount_yen": 500, "unit_yen": 49}
    not_priced: Row = {"category": "machine", "amount_yen": 500}
    assert standing_of_unit(cheap, not_priced) is Standing.CANNOT_TELL


def test_a_row_whose_category_is_not_known_may_or_may_not_count() -> None:
    assert standing_of_unit({"amount_yen": 500, "unit_yen": 60}) is Standing.CANNOT_TELL
    assert standing_of_unit({"category": "software", "amount_yen": 500, "unit_yen": 60}) is Standing.NOT_MET


def test_an_amount_that_is_missing_keeps_the_subsidy_open_although_the_requirements_are_met() -> None:
    rules = frame()
    assert rules.award is not None
    rows: tuple[Row, ...] = ({"category": "machine", "amount_yen": 900}, {"category": "machine"})
    answer = judge(decide(rules, FACTS), {**KNOWN, "costs": rows})
    assert answer.verdict is Verdict.CANNOT_TELL
    assert answer.missing == ("costs",)
    assert answer.requirements_are_met
    assert answer.subsidy_yen is None


def test_no_rows_add_up_to_nothing_and_have_no_largest() -> None:
    assert evaluate(TOTAL, {"costs": ()}) == 0
    assert evaluate(DEAREST, {"costs": ()}) is None


def test_a_row_of_which_only_the_amount_is_known_counts_for_that_amount_at_most() -> None:
    rules = frame()
    assert rules.award is not None
    small = judge(decide(rules, FACTS), {**KNOWN, "costs": ({"amount_yen": 1},)})
    assert small.verdict is Verdict.NOT_ELIGIBLE
    large = judge(decide(rules, FACTS), {**KNOWN, "costs": ({"amount_yen": 10_000},)})
    assert large.verdict is Verdict.CANNOT_TELL
