"""What single expressions are worth, at their borders."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from calculator.evaluation import Facts, Row, Unknown, compare, evaluate, known_figures, months_after
from calculator.expressions import (
    Aggregate,
    Aggregation,
    AllOf,
    AnyOf,
    Calculate,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Field,
    Not,
    OpenPoint,
    Operation,
    Scalar,
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
    for left, right in (("staff", "missing"), ("missing", "staff")):
        assert evaluate(Compare(comparison, Fact(left), Fact(right)), {"staff": None}) is False


def test_an_unknown_value_is_neither_true_nor_false() -> None:
    unknown = evaluate(Fact("announced"), {})
    assert isinstance(unknown, Unknown)
    with pytest.raises(TypeError, match=r"^an unknown value is neither true nor false$"):
        bool(unknown)


def test_a_part_that_settles_the_whole_does_so_whatever_is_missing() -> None:
    missing, true, false = Fact("missing"), Constant(Kind.YES_NO, True), Constant(Kind.YES_NO, False)
    assert evaluate(AllOf((missing, false)), {}) is False
    assert evaluate(AnyOf((missing, true)), {}) is True
    assert evaluate(AllOf((missing, true)), {}) == Unknown(frozenset({"missing"}))
    assert evaluate(Not(OpenPoint("law")), {}) == Unknown(frozenset({"law"}))


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [
        (True, True, True, True),
        (True, False, False, True),
        (True, None, None, True),
        (False, False, False, False),
        (False, None, False, None),
        (None, None, None, None),
    ],
)
def test_logic_has_three_values(one: bool | None, other: bool | None, both: bool | None, either: bool | None) -> None:
    facts = {name: value for name, value in (("one", one), ("other", other)) if value is not None}
    for parts in ((Fact("one"), Fact("other")), (Fact("other"), Fact("one"))):
        for whole, expected in ((AllOf(parts), both), (AnyOf(parts), either)):
            missing = Unknown(frozenset({"one", "other"} - facts.keys()))
            assert evaluate(whole, facts) == (missing if expected is None else expected)


def test_a_part_of_a_record_that_is_not_there_is_none_and_else_what_was_answered() -> None:
    part = Fact("relief.yen")
    assert evaluate(part, {"relief": None}) is None
    assert evaluate(part, {"relief": None, "relief.yen": 5}) is None
    assert evaluate(part, {"relief": True, "relief.yen": 5}) == 5
    assert evaluate(part, {"relief.yen": 5}) == 5
    assert evaluate(part, {"relief": True}) == evaluate(part, {}) == Unknown(frozenset({"relief.yen"}))
    assert evaluate(Fact("relief"), {"relief": None}) is None


def test_a_list_that_is_there_is_true_even_without_a_row() -> None:
    assert evaluate(Fact("bills"), {"bills": ()}) is True
    assert evaluate(Fact("bills"), {"bills": None}) is None


BILLS: tuple[Row, ...] = (
    {"yen": 30, "kind": "machine"},
    {"yen": 50, "kind": "travel"},
    {"kind": "machine"},
    {"yen": 90},
)


def of_bills(aggregation: Aggregation, where: Expression | None = None, up_to: int | None = None) -> Aggregate:
    field = None if aggregation is Aggregation.COUNT else "yen"
    return Aggregate(aggregation, "bills", field, where, up_to)


AT_LEAST_40 = Compare(Comparison.AT_LEAST, Field("yen"), Constant(Kind.YEN, 40))


@pytest.mark.parametrize(
    ("aggregation", "of_none", "of_nothing", "of_two", "of_four", "of_those_of_40"),
    [
        (Aggregation.COUNT, 0, 0, 2, 4, 1),
        (Aggregation.SUM, 0, 0, 80, None, 50),
        (Aggregation.LARGEST, None, None, 50, None, 50),
    ],
)
def test_rows_are_counted_and_their_figures_are_added_and_compared(
    aggregation: Aggregation,
    of_none: int | None,
    of_nothing: int | None,
    of_two: int,
    of_four: int | None,
    of_those_of_40: int,
) -> None:
    every, large = of_bills(aggregation), of_bills(aggregation, AT_LEAST_40)
    missing = Unknown(frozenset({"bills"}))
    assert evaluate(every, {}) == evaluate(large, {}) == missing
    assert evaluate(every, {"bills": None}) == evaluate(large, {"bills": None}) == of_none
    assert evaluate(every, {"bills": ()}) == evaluate(large, {"bills": ()}) == of_nothing
    assert evaluate(every, {"bills": BILLS[:2]}) == of_two
    assert evaluate(every, {"bills": BILLS}) == (missing if of_four is None else of_four)  # one has no figure yet
    assert evaluate(large, {"bills": BILLS[:2]}) == of_those_of_40
    assert evaluate(large, {"bills": BILLS}) == missing


def test_a_figure_counts_up_to_what_is_printed() -> None:
    assert evaluate(of_bills(Aggregation.SUM, up_to=40), {"bills": BILLS[:2]}) == 70
    assert evaluate(of_bills(Aggregation.SUM, up_to=50), {"bills": BILLS[:2]}) == 80


@pytest.mark.parametrize(
    ("where", "sum_yen"),
    [
        (Compare(Comparison.AT_MOST, Constant(Kind.YEN, 40), Field("yen")), 50),
        (Compare(Comparison.LESS_THAN, Field("yen"), Fact("border")), 30),
        (Compare(Comparison.LESS_THAN, Fact("border"), Field("yen")), 50),
        (AllOf((AT_LEAST_40, Compare(Comparison.EQUAL, Field("kind"), Constant(Kind.CHOICE, "travel")))), 50),
        (AnyOf((AT_LEAST_40, Compare(Comparison.EQUAL, Field("kind"), Constant(Kind.CHOICE, "machine")))), 80),
        (Not(AT_LEAST_40), 30),
        (Compare(Comparison.MORE_THAN, Calculate(Operation.ADD, Fact("border"), Field("yen")), Fact("most")), 50),
    ],
)
def test_a_filter_reads_the_row_at_hand_and_the_facts_beside_it(where: Expression, sum_yen: int) -> None:
    facts: Facts = {"bills": BILLS[:2], "border": 40, "most": 80}
    total = of_bills(Aggregation.SUM, where)
    assert evaluate(total, facts) == sum_yen
    assert known_figures(total, facts) == ([sum_yen] if sum_yen != 80 else [30, 50], False)


def test_outside_a_filter_there_is_no_row_to_read() -> None:
    assert evaluate(Field("yen"), {"yen": 5, "bills": BILLS}) == Unknown(frozenset({"yen"}))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2022, 1, 31), 2, date(2022, 3, 31)),
        (date(2022, 1, 31), 3, date(2022, 4, 30)),
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
    "expression",
    [
        IS_SMALL,
        TOTAL,
        DEAREST,
        Not(IS_SMALL),
        Constant(Kind.PERCENT, Fraction(3, 2)),
        Constant(Kind.DATE, date(2022, 12, 22)),
        Constant(Kind.MOMENT, datetime(2022, 12, 22, 17, tzinfo=UTC)),
        Constant(Kind.YEN, None),
        OpenPoint("law"),
    ],
)
def test_an_expression_survives_being_written_and_read(expression: Expression) -> None:
    assert expression_from_json(expression_to_json(expression)) == expression


def test_what_is_not_an_expression_is_refused() -> None:
    with pytest.raises(ValueError, match="not an expression"):
        expression_from_json(["perhaps", "staff"])
    with pytest.raises(ValueError, match="not a yen"):
        expression_from_json(["value", "yen", [1]])


def test_a_condition_can_be_asked_of_another_fact() -> None:
    later = with_fact(IS_SMALL, "staff", "staff_later")
    assert evaluate(later, {"trade": "shop", "staff": 99, "staff_later": 5}) is True
    assert evaluate(with_fact(Not(IS_SMALL), "staff", "staff_later"), {"trade": "shop", "staff_later": 5}) is False


@pytest.mark.parametrize("comparison", list(Comparison))
def test_none_is_equal_to_none_and_has_no_order(comparison: Comparison) -> None:
    assert compare(comparison, None, None) is (comparison is Comparison.EQUAL)
    for left, right in ((None, 5), (5, None)):
        assert compare(comparison, left, right) is (comparison is Comparison.NOT_EQUAL)


@pytest.mark.parametrize(
    ("operation", "left", "right", "result"),
    [
        (Operation.ADD, 7, 2, 9),
        (Operation.SUBTRACT, 7, 2, 5),
        (Operation.MULTIPLY, 7, 2, 14),
        (Operation.DIVIDE, 7, 2, Fraction(7, 2)),
        (Operation.DIVIDE, 7, 0, None),
        (Operation.LOWER, 7, 2, 2),
        (Operation.LOWER, 2, 7, 2),
        (Operation.HIGHER, 7, 2, 7),
        (Operation.HIGHER, 2, 7, 7),
        (Operation.ADD, date(2022, 2, 22), 10, date(2022, 12, 22)),
        (Operation.SUBTRACT, date(2022, 12, 22), 10, date(2022, 2, 22)),
        (Operation.ADD, None, 2, None),
        (Operation.LOWER, 2, None, None),
    ],
)
def test_each_operation_is_exact_and_nothing_comes_of_none(
    operation: Operation, left: Scalar, right: Scalar, result: Scalar
) -> None:
    assert evaluate(Calculate(operation, Fact("a"), Fact("b")), {"a": left, "b": right}) == result


def test_all_that_is_missing_for_a_calculation_is_named() -> None:
    both = Calculate(Operation.LOWER, Fact("a"), Fact("b"))
    assert evaluate(both, {}) == Unknown(frozenset({"a", "b"}))
    assert evaluate(both, {"a": None}) == Unknown(frozenset({"b"}))


def test_what_is_no_number_is_not_calculated_with() -> None:
    with pytest.raises(TypeError, match="not a number: 'shop'"):
        evaluate(Calculate(Operation.ADD, Fact("trade"), FIVE), {"trade": "shop"})
