"""Measuring applicants: the cells that are left of what is on a border, or of what only some rows are known."""

from __future__ import annotations

from fractions import Fraction

import pytest

from calculator.cells import Variable
from calculator.decision import decide
from calculator.evaluation import Row
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
    Operation,
)
from calculator.kinds import Kind
from calculator.measures import Applicant, cell_finder, measure_of
from tests.calculator.made_forms import FACTS, HALF, at_least, award, frame, limit, only
from tests.calculator.made_rules import yen

GROWTH = Fact("certificate.growth")
LARGEST = Aggregate(
    Aggregation.LARGEST, "group", "amount_yen", Compare(Comparison.EQUAL, Field("type"), Constant(Kind.CHOICE, "sme"))
)


def variable(subject: Expression, *conditions: Expression) -> Variable:
    decision = decide(frame(award(only(HALF), limit(yen(1000))), *conditions), FACTS)
    (found,) = [one for one in decision.variables if one.subject == subject]
    return found


@pytest.mark.parametrize(("sign", "on_the_border"), [(Comparison.MORE_THAN, 0), (Comparison.AT_LEAST, 1)])
def test_a_share_on_the_border_is_on_the_side_that_the_rule_puts_it(sign: Comparison, on_the_border: int) -> None:
    cell_of = cell_finder(variable(GROWTH, Compare(sign, GROWTH, Constant(Kind.PERCENT, Fraction(3)))))
    near = Fraction(1, 1000)
    assert [cell_of(Fraction(3) + step) for step in (-near, 0, near)] == [0, on_the_border, 1]


def test_of_two_borders_each_keeps_its_own_side() -> None:
    above, least = (
        Compare(sign, GROWTH, Constant(Kind.PERCENT, Fraction(at)))
        for sign, at in ((Comparison.MORE_THAN, 3), (Comparison.AT_LEAST, 5))
    )
    cell_of = cell_finder(variable(GROWTH, above, least))
    assert [cell_of(Fraction(at)) for at in (2, 3, 4, 5)] == [0, 0, 1, 2]


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        (({"type": "sme", "amount_yen": 3}, {}), (0, 1)),  # one is there: the largest may only be higher
        (({"type": "sme", "amount_yen": 7}, {}), (1,)),
        (({"type": "npo", "amount_yen": 7}, {}), None),  # there may be none that counts, which is a cell of its own
        (({"type": "npo", "amount_yen": 7},), (2,)),
    ],
)
def test_once_one_row_counts_the_largest_is_there(rows: tuple[Row, ...], cells: tuple[int, ...] | None) -> None:
    largest = variable(LARGEST, at_least(LARGEST, Kind.YEN, 5))
    assert measure_of(largest)({"group": rows})[0] == cells


@pytest.mark.parametrize(("operation", "cells"), [(Operation.LOWER, (0, 1)), (Operation.HIGHER, (1, 2))])
def test_of_two_amounts_the_one_that_is_known_bounds_what_both_come_to(
    operation: Operation, cells: tuple[int, ...]
) -> None:
    of_both = Calculate(operation, Fact("paid"), Fact("back"))
    measure = measure_of(variable(of_both, *(at_least(of_both, Kind.YEN, at) for at in (10, 20))))
    assert measure({"paid": 15}) == (cells, ("back",))
    assert measure({"paid": 15, "back": 15}) == ((1,), ())
    assert measure({}) == (None, ("back", "paid"))


def test_a_comparison_is_settled_as_soon_as_no_figure_that_is_possible_changes_it() -> None:
    as_many = Compare(Comparison.AT_LEAST, Fact("members"), Fact("missed"))  # of 50 members at most
    measure = measure_of(variable(as_many, as_many))
    assert [measure({"missed": missed})[0] for missed in (0, 50, 51)] == [(1,), None, (0,)]


def test_nobody_is_asked_for_a_part_of_a_record_that_is_not_there() -> None:
    measure = measure_of(variable(GROWTH, at_least(GROWTH, Kind.PERCENT, 3)))
    assert measure({"certificate": None}) == (None, ())
    assert measure({}) == measure({"certificate": True}) == (None, ("certificate.growth",))


def test_a_list_is_there_as_soon_as_it_has_rows_or_says_that_it_has_none() -> None:
    members = Fact("costs_by_member")
    is_there = variable(members, Compare(Comparison.NOT_EQUAL, members, Constant(Kind.LIST, None)))
    measure, cell_of = measure_of(is_there), cell_finder(is_there)
    tried: tuple[tuple[Row, ...] | None, ...] = (({},), (), None)
    assert [measure({"costs_by_member": rows})[0] for rows in tried] == [(cell_of(one),) for one in (True, True, None)]


def test_an_applicant_who_has_been_measured_is_not_measured_again() -> None:
    applicant = Applicant.of({"cost": 5})
    assert Applicant.of(applicant) is applicant
