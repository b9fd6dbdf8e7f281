"""Expressions: what is published of each is what is read back, and what is looked for in one is found in every part."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

import pytest

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
    Named,
    Not,
    OneOf,
    OpenPoint,
    Operation,
    Scalar,
    expression_from_json,
    expression_to_json,
    facts_of,
    stated_in_json,
    walk,
    with_fact,
)
from calculator.kinds import Kind

NOON = datetime(2022, 12, 22, 12, tzinfo=timezone(timedelta(hours=9)))
DEAR = Compare(Comparison.AT_LEAST, Field("amount_yen"), Fact("capital"))


def holding(fact: str) -> tuple[Expression, ...]:
    """One of every expression that has parts, with `fact` in each of them."""
    staff, limit = Fact(fact), Constant(Kind.COUNT, 5)
    few = Compare(Comparison.AT_MOST, staff, limit)
    return (
        staff,
        few,
        Compare(Comparison.LESS_THAN, limit, staff),
        OneOf(staff, ("shop", "works")),
        Named("small", few),
        AllOf((few, Fact("big_owner"))),
        AnyOf((Fact("big_owner"), few)),
        Not(few),
        Calculate(Operation.SUBTRACT, staff, limit),
        Calculate(Operation.DIVIDE, limit, staff),
    )


#: One of every expression in which no fact stands by its name.
OTHERS: tuple[Expression, ...] = (
    Constant(Kind.YES_NO, False),
    Constant(Kind.YEN, None),
    Constant(Kind.PERCENT, Fraction(3, 2)),
    Constant(Kind.RATE, Fraction(2, 3)),
    Constant(Kind.DATE, date(2022, 12, 22)),
    Constant(Kind.MOMENT, NOON),
    Field("amount_yen"),
    OpenPoint("not_published"),
    Aggregate(Aggregation.COUNT, "costs", None, None),
    Aggregate(Aggregation.LARGEST, "costs", "unit_yen", OneOf(Field("category"), ("machine",))),
    Aggregate(Aggregation.SUM, "costs", "amount_yen", None, 500),
    Aggregate(Aggregation.SUM, "costs", "amount_yen", Compare(Comparison.LESS_THAN, Field("unit_yen"),
                                                              Constant(Kind.YEN, 90)), 0),
)  # fmt: skip


@pytest.mark.parametrize("expression", [*holding("staff"), *OTHERS], ids=str)
def test_an_expression_is_read_back_from_json_as_it_was(expression: Expression) -> None:
    assert expression_from_json(json.loads(json.dumps(expression_to_json(expression)))) == expression


def test_no_cap_on_a_row_is_published_where_there_is_none() -> None:
    assert expression_to_json(OTHERS[-4]) == ["count", "costs", None, None]
    assert expression_to_json(OTHERS[-2]) == ["sum", "costs", "amount_yen", None, 500]


@pytest.mark.parametrize("wrong", [["guess", 1], ["fact"], ["not", ["fact", "a"], ["fact", "b"]], 7, None, ["lt", 1]])
def test_what_is_no_expression_is_refused_by_name(wrong: object) -> None:
    with pytest.raises(ValueError, match="not an expression"):
        expression_from_json(wrong)


def test_no_float_passes_for_a_value_of_the_rules() -> None:
    with pytest.raises(ValueError, match="not a yen"):
        expression_from_json(["value", "yen", 1.5])


def test_a_fact_is_replaced_in_every_part_and_nothing_else_is() -> None:
    for before, after in zip(holding("staff"), holding("staff_later"), strict=True):
        assert with_fact(before, "staff", "staff_later") == after
        assert with_fact(before, "trade", "trade_later") == before
    for other in OTHERS:
        assert with_fact(other, "costs", "costs_later") == other


def test_the_facts_of_a_condition_are_found_in_every_part() -> None:
    for expression in holding("staff"):
        assert "staff" in facts_of(expression)


def test_the_filter_of_a_sum_is_looked_through_too() -> None:
    total = Aggregate(Aggregation.SUM, "costs", "amount_yen", DEAR)
    assert facts_of(total) == {"costs", "capital"}
    assert list(walk(total)) == [total, DEAR, DEAR.left, DEAR.right]


@pytest.mark.parametrize(
    ("value", "stated"),
    [
        (Fraction(3), 3),
        (Fraction("1.5"), 1.5),
        (Fraction("0.1"), 0.1),
        (Fraction(1, 3), "1/3"),
        (Fraction("2.99999999999999999"), "299999999999999999/100000000000000000"),
        (date(2022, 12, 22), "2022-12-22"),
        (NOON, "2022-12-22T12:00:00+09:00"),
        (500, 500),
        ("works", "works"),
        (False, False),
        (None, None),
    ],
)
def test_a_percentage_is_stated_as_a_number_where_its_digits_are_exact_and_all_else_as_rules_write_it(
    value: Scalar, stated: object
) -> None:
    assert stated_in_json(value) == stated
    assert type(stated_in_json(value)) is type(stated)
