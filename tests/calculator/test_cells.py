"""The cells of what is measured: one value of each, cut exactly where the rules cut it, and no kinds mixed up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

import pytest

from calculator.cells import Cut, holds_in, records_of, subject_of, variable_for
from calculator.evaluation import evaluate
from calculator.expressions import (
    Aggregate,
    Aggregation,
    Calculate,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Named,
    OneOf,
    OpenPoint,
    Operation,
    Scalar,
)
from calculator.kinds import Kind
from calculator.rulebook import FactDefinition
from tests.calculator.made_forms import FACTS as FORMS
from tests.calculator.made_rules import FACTS as PLAIN
from tests.calculator.made_rules import WORDS, yen

DAY, NEXT = date(2022, 12, 22), date(2022, 12, 25)
DAY_AFTER = DAY + timedelta(days=1)
NOON = datetime(2022, 12, 22, 12, tzinfo=timezone(timedelta(hours=9)))
MORE = (
    FactDefinition("day", Kind.DATE, "plan", WORDS, WORDS),
    FactDefinition("moment", Kind.MOMENT, "plan", WORDS, WORDS),
    FactDefinition("share", Kind.PERCENT, "plan", WORDS, WORDS, at_least=0, at_most=100),
)
FACTS: Mapping[str, FactDefinition] = {**PLAIN, **FORMS, **{fact.name: fact for fact in MORE}}


def cells(subject: Expression, *borders: tuple[Comparison, Kind, Scalar]) -> tuple[Scalar, ...]:
    atoms = [Compare(sign, subject, Constant(kind, value)) for sign, kind, value in borders]
    return variable_for(subject, atoms, FACTS).representatives


def test_whole_numbers_are_cut_before_the_next_one() -> None:
    at_most, more = (Comparison.AT_MOST, Kind.COUNT, 5), (Comparison.MORE_THAN, Kind.COUNT, 5)
    assert cells(Fact("staff"), at_most) == cells(Fact("staff"), more) == (0, 6)
    assert cells(Fact("staff"), (Comparison.AT_LEAST, Kind.COUNT, 5)) == (0, 5)
    assert cells(Fact("staff"), (Comparison.EQUAL, Kind.COUNT, 5)) == (0, 5, 6)


def test_a_cut_outside_of_what_a_fact_can_be_makes_no_cell() -> None:
    assert cells(Fact("members"), (Comparison.AT_LEAST, Kind.COUNT, 0), (Comparison.MORE_THAN, Kind.COUNT, 50)) == (0,)
    assert cells(Fact("members"), (Comparison.AT_LEAST, Kind.COUNT, 50)) == (0, 50)
    assert cells(Fact("members"), (Comparison.AT_LEAST, Kind.COUNT, 1)) == (0, 1)


def test_a_share_is_cut_on_its_least_and_on_its_most_but_not_beyond() -> None:
    at_most, more = ((sign, Kind.PERCENT, 0) for sign in (Comparison.AT_MOST, Comparison.MORE_THAN))
    for border in (at_most, more):
        nothing, some = cells(Fact("share"), border)
        assert isinstance(some, Fraction | int)
        assert nothing == 0 < some <= 100
    assert cells(Fact("share"), (Comparison.AT_LEAST, Kind.PERCENT, 100)) == (0, 100)
    for sign, value in ((Comparison.AT_LEAST, 0), (Comparison.LESS_THAN, 0), (Comparison.MORE_THAN, 100)):
        assert cells(Fact("share"), (sign, Kind.PERCENT, value)) == (0,)


@pytest.mark.parametrize("aggregation", [Aggregation.SUM, Aggregation.COUNT])
def test_what_rows_come_to_is_a_whole_number_from_nothing_on(aggregation: Aggregation) -> None:
    rows = Aggregate(aggregation, "costs", None if aggregation is Aggregation.COUNT else "amount_yen", None)
    assert cells(rows, (Comparison.AT_MOST, Kind.YEN, 5), (Comparison.LESS_THAN, Kind.YEN, 6)) == (0, 6)
    assert cells(rows, (Comparison.AT_LEAST, Kind.YEN, 0)) == (0,)


def test_between_two_fractions_there_is_another() -> None:
    below, between, above = cells(
        Fact("growth"), (Comparison.AT_MOST, Kind.PERCENT, 3), (Comparison.AT_MOST, Kind.PERCENT, 4)
    )
    assert isinstance(below, int)
    assert isinstance(between, Fraction)
    assert isinstance(above, int)
    assert below <= 3 < between <= 4 < above


def test_days_are_cut_before_the_next_day() -> None:
    assert cells(Fact("day"), (Comparison.AT_MOST, Kind.DATE, DAY), (Comparison.LESS_THAN, Kind.DATE, NEXT)) == (
        DAY,
        DAY_AFTER,
        NEXT,
    )
    touching = (Comparison.AT_MOST, Kind.DATE, DAY), (Comparison.LESS_THAN, Kind.DATE, DAY_AFTER)
    assert cells(Fact("day"), *touching) == (DAY, DAY_AFTER)


def test_what_is_worked_out_is_cut_as_a_day_or_as_a_number_that_need_not_be_whole() -> None:
    later = Calculate(Operation.ADD, Fact("day"), Constant(Kind.MONTHS, 10))
    assert cells(later, (Comparison.AT_MOST, Kind.DATE, DAY)) == (DAY, DAY_AFTER)
    assert cells(later, (Comparison.AT_MOST, Kind.DATE, DAY), (Comparison.LESS_THAN, Kind.DATE, NEXT))[1] == DAY_AFTER
    both = Calculate(Operation.ADD, Fact("cost"), Fact("members"))
    below, above = cells(both, (Comparison.AT_MOST, Kind.YEN, 5))
    assert variable_for(both, [Compare(Comparison.AT_MOST, both, yen(5))], FACTS).cuts == (Cut(5, after=True),)
    assert isinstance(below, int)
    assert isinstance(above, int)
    assert below <= 5 < above
    soon = Calculate(Operation.LOWER, Fact("moment"), Fact("moment"))
    assert variable_for(soon, [Compare(Comparison.AT_MOST, soon, Constant(Kind.MOMENT, NOON))], FACTS).cuts == (
        Cut(NOON, after=True),
    )


def test_between_two_moments_there_is_another() -> None:
    later = NOON + timedelta(seconds=1)
    before, between, after = cells(
        Fact("moment"), (Comparison.AT_MOST, Kind.MOMENT, NOON), (Comparison.AT_MOST, Kind.MOMENT, later)
    )
    assert isinstance(before, datetime)
    assert isinstance(between, datetime)
    assert isinstance(after, datetime)
    assert before <= NOON < between <= later < after


@pytest.mark.parametrize(
    ("subject", "may_be_none"),
    [
        (Calculate(Operation.ADD, Fact("staff"), Fact("members")), False),
        (Calculate(Operation.ADD, Fact("capital"), Fact("cost")), True),
        (Calculate(Operation.DIVIDE, Fact("cost"), Fact("members")), True),
        (Calculate(Operation.ADD, Fact("cost"), Aggregate(Aggregation.LARGEST, "costs", "amount_yen", None)), True),
        (Calculate(Operation.ADD, Fact("cost"), Aggregate(Aggregation.SUM, "costs", "amount_yen", None)), False),
        (Aggregate(Aggregation.LARGEST, "costs", "amount_yen", None), True),
        (Aggregate(Aggregation.SUM, "costs", "amount_yen", None), False),
        (Fact("capital"), True),
        (Fact("staff"), False),
    ],
)
def test_what_can_come_to_none_has_a_cell_for_it(subject: Expression, may_be_none: bool) -> None:
    assert (cells(subject, (Comparison.AT_LEAST, Kind.YEN, 100))[-1] is None) == may_be_none


@pytest.mark.parametrize(
    ("fact", "names"),
    [
        ("big_owner", (False, True)),
        ("earlier_grant", (False, True, None)),
        ("trade", ("shop", "works", "farm")),
        ("costs", (True,)),
        ("certificate", (True, None)),
    ],
)
def test_what_has_no_order_has_a_cell_for_each_name(fact: str, names: tuple[Scalar, ...]) -> None:
    assert variable_for(Fact(fact), (), FACTS).representatives == names


def test_an_atom_may_have_what_it_measures_on_either_side_and_under_a_name() -> None:
    staff, five = Fact("staff"), Constant(Kind.COUNT, 5)
    for atom in (
        Compare(Comparison.AT_LEAST, staff, five),
        Compare(Comparison.AT_MOST, five, staff),
        Compare(Comparison.AT_MOST, five, Named("people", Named("staff", staff))),
        Compare(Comparison.AT_LEAST, Named("people", staff), five),
    ):
        assert subject_of(atom) == staff
        assert [holds_in(atom, staff, count) for count in variable_for(staff, [atom], FACTS).representatives] == [
            False,
            True,
        ]
    choice = OneOf(Named("business", Fact("trade")), ("shop",))
    assert subject_of(choice) == Fact("trade")
    assert [holds_in(choice, Fact("trade"), name) for name in ("shop", "farm")] == [True, False]


def test_two_measured_things_and_open_points_are_their_own_subject() -> None:
    between = Compare(Comparison.AT_LEAST, Fact("paid"), Fact("back"))
    for subject in (between, OpenPoint("law")):
        assert subject_of(subject) == subject
        assert variable_for(subject, [subject], FACTS).representatives == (False, True)
        assert [holds_in(subject, subject, value) for value in (False, True)] == [False, True]


def test_a_measured_thing_knows_how_far_its_facts_can_go_and_nothing_of_one_that_may_be_none() -> None:
    between = Compare(Comparison.AT_LEAST, Fact("members"), Fact("back"))
    assert variable_for(between, [between], FACTS).bounds == {"members": (0, 50), "back": (0, None)}
    optional = {**FACTS, "members": replace(FACTS["members"], optional=True)}
    assert variable_for(between, [between], optional).bounds == {"members": (None, None), "back": (0, None)}


@pytest.mark.parametrize("comparison", list(Comparison))
@pytest.mark.parametrize("mirrored", [False, True])
def test_in_each_cell_a_condition_is_what_it_is_for_its_representative(comparison: Comparison, mirrored: bool) -> None:
    staff, five = Fact("staff"), Constant(Kind.COUNT, 5)
    atom = Compare(comparison, five, staff) if mirrored else Compare(comparison, staff, five)
    variable = variable_for(staff, [atom], FACTS)
    for value in range(12):
        cell = sum(value >= cut.at for cut in variable.cuts or ())  # type: ignore[operator]  # whole numbers here
        assert holds_in(atom, staff, variable.representatives[cell]) == evaluate(atom, {"staff": value})


def test_only_records_that_may_not_be_there_are_asked_for() -> None:
    part = Fact("certificate.granted")
    assert records_of(part, FACTS) == ("certificate",)
    assert records_of(part, {**FACTS, "certificate": replace(FACTS["certificate"], optional=False)}) == ()
    assert records_of(Fact("staff"), FACTS) == ()


def test_kinds_that_do_not_fit_are_refused_and_not_guessed() -> None:
    with pytest.raises(TypeError, match="no order for 'shop'"):
        cells(Fact("staff"), (Comparison.AT_LEAST, Kind.CHOICE, "shop"))
    with pytest.raises(TypeError, match="nothing lies between"):
        cells(Fact("growth"), (Comparison.AT_MOST, Kind.DATE, DAY), (Comparison.AT_MOST, Kind.DATE, NEXT))
    with pytest.raises(TypeError, match="not a condition about"):
        holds_in(Fact("staff"), Fact("cost"), 1)
