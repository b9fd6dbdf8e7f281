"""How far what is not known can still go: never narrower than what may come out, and no border where there is none."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from calculator.evaluation import Facts
from calculator.expressions import (
    Aggregate,
    Aggregation,
    Calculate,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Field,
    Named,
    Operation,
)
from calculator.kinds import Kind
from calculator.reach import Bounds, Reach, reach_of, settled_by_reach
from tests.calculator.made_rules import yen

BOUNDS: Bounds = {"a": (2, 10), "b": (3, 4), "low": (5, None), "high": (None, 7), "sign": (-1, 1)}


def of_two(operation: Operation, left: str, right: str) -> Calculate:
    return Calculate(operation, Fact(left), Fact(right))


@pytest.mark.parametrize(
    ("expression", "reach"),
    [
        (Fact("a"), (2, 10)),
        (Fact("never heard of"), (None, None)),
        (Named("some", Fact("a")), (2, 10)),
        (of_two(Operation.ADD, "a", "b"), (5, 14)),
        (of_two(Operation.ADD, "a", "low"), (7, None)),
        (of_two(Operation.ADD, "high", "a"), (None, 17)),
        (of_two(Operation.SUBTRACT, "a", "b"), (-2, 7)),
        (of_two(Operation.SUBTRACT, "a", "low"), (None, 5)),
        (of_two(Operation.SUBTRACT, "a", "high"), (-5, None)),
        (of_two(Operation.LOWER, "a", "b"), (2, 4)),
        (of_two(Operation.LOWER, "a", "low"), (2, 10)),
        (of_two(Operation.LOWER, "low", "a"), (2, 10)),
        (of_two(Operation.LOWER, "a", "high"), (None, 7)),
        (of_two(Operation.HIGHER, "a", "b"), (3, 10)),
        (of_two(Operation.HIGHER, "a", "low"), (5, None)),
        (of_two(Operation.HIGHER, "a", "high"), (2, 10)),
        (of_two(Operation.HIGHER, "high", "a"), (2, 10)),
        (of_two(Operation.MULTIPLY, "a", "b"), (6, 40)),
        (of_two(Operation.MULTIPLY, "a", "low"), (10, None)),
        (of_two(Operation.MULTIPLY, "low", "a"), (10, None)),
        (of_two(Operation.MULTIPLY, "a", "sign"), (None, None)),
        (of_two(Operation.MULTIPLY, "sign", "a"), (None, None)),
        (of_two(Operation.MULTIPLY, "a", "high"), (None, None)),
        (of_two(Operation.DIVIDE, "a", "b"), (Fraction(1, 2), Fraction(10, 3))),
        (of_two(Operation.DIVIDE, "a", "low"), (None, 2)),
        (of_two(Operation.DIVIDE, "low", "b"), (Fraction(5, 4), None)),
        (of_two(Operation.DIVIDE, "a", "sign"), (None, None)),
    ],
)
def test_a_calculation_goes_as_far_as_its_sides_let_it(expression: Expression, reach: Reach) -> None:
    assert reach_of(expression, BOUNDS)({}) == reach


@pytest.mark.parametrize(
    ("operation", "left", "right", "reach"),
    [
        (Operation.MULTIPLY, (0, 10), (0, 4), (0, 40)),
        (Operation.MULTIPLY, (2, 10), (0, 4), (0, 40)),
        (Operation.DIVIDE, (0, 10), (3, 4), (0, Fraction(10, 3))),
        (Operation.DIVIDE, (2, 10), (1, 2), (1, 10)),
    ],
)
def test_nothing_and_one_are_borders_like_others(operation: Operation, left: Reach, right: Reach, reach: Reach) -> None:
    assert reach_of(of_two(operation, "a", "b"), {"a": left, "b": right})({}) == reach


def test_what_may_be_divided_by_nothing_has_no_border() -> None:
    assert reach_of(of_two(Operation.DIVIDE, "a", "b"), {"a": (2, 10), "b": (0, 4)})({}) == (None, None)


@pytest.mark.parametrize(("known", "reach"), [(7, (7, 7)), (None, (None, None))])
def test_what_is_known_goes_nowhere_and_none_is_no_number(known: int | None, reach: Reach) -> None:
    assert reach_of(Fact("a"), BOUNDS)({"a": known}) == reach


@pytest.mark.parametrize("known", ["shop", date(2022, 12, 22)])
def test_what_is_no_number_goes_nowhere_a_number_could(known: str | date) -> None:
    assert reach_of(Fact("a"), BOUNDS)({"a": known}) == (None, None)


def test_a_filter_that_reads_a_fact_tells_which_rows_may_match() -> None:
    dear = Compare(Comparison.AT_LEAST, Field("unit"), Fact("border"))
    facts: Facts = {"rows": ({"yen": 100, "unit": 60}, {"yen": 30, "unit": 40}, {"yen": 5}), "border": 50}
    assert reach_of(Aggregate(Aggregation.SUM, "rows", "yen", dear), {})(facts) == (100, 105)
    assert reach_of(Aggregate(Aggregation.COUNT, "rows", None, dear), {})(facts) == (1, 2)


def test_a_condition_is_no_number() -> None:
    assert reach_of(Compare(Comparison.EQUAL, Fact("a"), yen(1)), BOUNDS)({}) == (None, None)


def rows(aggregation: Aggregation, *, of_machines: bool = True, up_to: int | None = None) -> Aggregate:
    where = Compare(Comparison.EQUAL, Field("type"), Constant(Kind.CHOICE, "machine"))
    field = None if aggregation is Aggregation.COUNT else "yen"
    return Aggregate(aggregation, "rows", field, where if of_machines else None, up_to)


MACHINE, SOFTWARE = {"type": "machine", "yen": 100}, {"type": "software", "yen": 50}
UNSORTED, UNPRICED = {"yen": 30}, {"type": "machine"}


@pytest.mark.parametrize(
    ("aggregate", "facts", "reach"),
    [
        (rows(Aggregation.SUM), {}, (0, None)),
        (rows(Aggregation.COUNT), {}, (0, None)),
        (rows(Aggregation.LARGEST), {}, (None, None)),
        (rows(Aggregation.SUM), {"rows": (MACHINE, SOFTWARE, UNSORTED)}, (100, 130)),
        (rows(Aggregation.SUM), {"rows": (MACHINE, MACHINE, UNPRICED)}, (200, None)),
        (rows(Aggregation.LARGEST), {"rows": (MACHINE, MACHINE, UNPRICED)}, (100, None)),
        (rows(Aggregation.COUNT), {"rows": (MACHINE, SOFTWARE, UNSORTED)}, (1, 2)),
        (rows(Aggregation.LARGEST), {"rows": (MACHINE, SOFTWARE, UNSORTED)}, (100, 100)),
        (rows(Aggregation.LARGEST), {"rows": (UNSORTED,)}, (None, 30)),
        (rows(Aggregation.SUM), {"rows": (MACHINE, UNPRICED)}, (100, None)),
        (rows(Aggregation.LARGEST), {"rows": (MACHINE, UNPRICED)}, (100, None)),
        (rows(Aggregation.SUM, up_to=80), {"rows": (MACHINE, UNSORTED)}, (80, 110)),
        (rows(Aggregation.SUM, of_machines=False), {"rows": (SOFTWARE, UNPRICED)}, (50, None)),
    ],
)
def test_rows_only_add_and_what_may_match_is_the_most(aggregate: Aggregate, facts: Facts, reach: Reach) -> None:
    assert reach_of(aggregate, {})(facts) == reach


@pytest.mark.parametrize(
    ("comparison", "left", "right", "holds"),
    [
        (Comparison.MORE_THAN, (8, 9), (3, 7), True),
        (Comparison.MORE_THAN, (7, 9), (3, 7), None),
        (Comparison.MORE_THAN, (1, 3), (3, 7), False),
        (Comparison.MORE_THAN, (1, 4), (3, 7), None),
        (Comparison.AT_LEAST, (7, 9), (3, 7), True),
        (Comparison.AT_LEAST, (6, 9), (3, 7), None),
        (Comparison.AT_LEAST, (1, 3), (3, 7), None),
        (Comparison.AT_LEAST, (1, 2), (3, 7), False),
        (Comparison.LESS_THAN, (1, 2), (3, 7), True),
        (Comparison.LESS_THAN, (1, 3), (3, 7), None),
        (Comparison.LESS_THAN, (7, 9), (3, 7), False),
        (Comparison.AT_MOST, (1, 3), (3, 7), True),
        (Comparison.AT_MOST, (7, 9), (3, 7), None),
        (Comparison.AT_MOST, (8, 9), (3, 7), False),
        (Comparison.EQUAL, (1, 2), (3, 7), None),
        (Comparison.NOT_EQUAL, (1, 2), (3, 7), None),
        (Comparison.AT_LEAST, (None, None), (3, 7), None),
        (Comparison.AT_LEAST, (7, None), (None, 7), True),
    ],
)
def test_two_numbers_are_told_apart_only_where_they_cannot_meet(
    comparison: Comparison, left: Reach, right: Reach, holds: bool | None
) -> None:
    subject = Compare(comparison, Fact("left"), Fact("right"))
    assert settled_by_reach(subject, {"left": left, "right": right})({}) is holds
