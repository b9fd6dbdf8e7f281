"""What single expressions are worth, at their borders."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from calculator.evaluation import Unknown, evaluate, months_after
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
    OpenPoint,
    Operation,
    expression_from_json,
    expression_to_json,
    with_fact,
)
from calculator.kinds import Kind
from tests.calculator.made_rules import DEAREST, IS_SMALL, TOTAL

FIVE = Constant(Kind.COUNT, 5)


@pytest.mark.parametrize(
    ("comparison", "below", "equal", "above"),
    [
        (Comparison.LESS_THAN, True, False, False),
        (Comparison.AT_MOST, True, True, False),
        (Comparison.MORE_THAN, False, False, True),
        (Comparison.AT_LEAST, False, True, True),
        (Comparison.EQUAL, False, True, False),
        (Comparison.NOT_EQUAL, True, False, True),
    ],
)
def test_each_sign_is_exact_at_its_border(comparison: Comparison, below: bool, equal: bool, above: bool) -> None:
    expression = Compare(comparison, Fact("staff"), FIVE)
    assert [evaluate(expression, {"staff": staff}) for staff in (4, 5, 6)] == [below, equal, above]


@pytest.mark.parametrize("comparison", [Comparison.LESS_THAN, Comparison.AT_MOST, Comparison.MORE_THAN])
def test_a_comparison_with_what_there_is_none_of_is_false(comparison: Comparison) -> None:
    assert evaluate(Compare(comparison, Fact("staff"), FIVE), {"staff": None}) is False


def test_an_unknown_value_is_neither_true_nor_false() -> None:
    unknown = evaluate(Fact("announced"), {})
    assert isinstance(unknown, Unknown)
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(unknown)


def test_a_part_that_settles_the_whole_does_so_whatever_is_missing() -> None:
    missing, true, false = Fact("missing"), Constant(Kind.YES_NO, True), Constant(Kind.YES_NO, False)
    assert evaluate(AllOf((missing, false)), {}) is False
    assert evaluate(AnyOf((missing, true)), {}) is True
    assert evaluate(AllOf((missing, true)), {}) == Unknown(frozenset({"missing"}))
    assert evaluate(Not(OpenPoint("law")), {}) == Unknown(frozenset({"law"}))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2022, 2, 22), 10, date(2022, 12, 22)),
        (date(2022, 4, 30), 10, date(2023, 2, 28)),
        (date(2023, 4, 30), 10, date(2024, 2, 29)),
        (date(2022, 12, 31), -1, date(2022, 11, 30)),
    ],
)
def test_months_are_calendar_months_and_end_with_the_month(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


def test_arithmetic_never_leaves_exact_numbers() -> None:
    half = Calculate(Operation.DIVIDE, Fact("a"), Constant(Kind.COUNT, 3))
    assert evaluate(half, {"a": 1}) == Fraction(1, 3)


@pytest.mark.parametrize(
    "expression", [IS_SMALL, TOTAL, DEAREST, Constant(Kind.PERCENT, Fraction(3, 2)), OpenPoint("law")]
)
def test_an_expression_survives_being_written_and_read(expression: Expression) -> None:
    assert expression_from_json(expression_to_json(expression)) == expression


def test_what_is_not_an_expression_is_refused() -> None:
    with pytest.raises(ValueError, match="not an expression"):
        expression_from_json(["perhaps", "staff"])


def test_a_condition_can_be_asked_of_another_fact() -> None:
    later = with_fact(IS_SMALL, "staff", "staff_later")
    assert evaluate(later, {"trade": "shop", "staff": 99, "staff_later": 5}) is True
