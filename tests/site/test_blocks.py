"""Blocks of guides on rules made by hand: what a table says follows from the rules, and nothing is left out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as some

from calculator.evaluation import evaluate
from calculator.expressions import (
    AllOf,
    AnyOf,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Named,
    Not,
    OneOf,
    OpenPoint,
)
from calculator.kinds import Kind
from calculator.rulebook import Choice, FactDefinition
from calculator.text import Text
from calculator.working_out import yearly_growth
from site_builder.rules.model import Rules
from site_builder.site.blocks.budgets import budgets, grouped, newest_ways, rows_by_budget
from site_builder.site.blocks.comparisons import chief_cases, frames_compared, key_amounts
from site_builder.site.blocks.conditions import Chance, _chance, reading, requirements, targets
from site_builder.site.blocks.costs import cost_matrix
from site_builder.site.blocks.definitions import definitions, limits_by_choice
from site_builder.site.blocks.growths import least_later
from site_builder.site.blocks.limits import Limit, Limits, figure_bound, given, limits_of
from site_builder.site.blocks.papers import papers
from site_builder.site.blocks.proceedings import key_dates, steps
from site_builder.site.blocks.sheets import Cell, Footing, Line, Row, Sheet, Table, cell
from site_builder.site.wording import Wording, Words
from tests.site.hand_made import (
    AWARD,
    EMPLOYEES,
    FRAME,
    FRAME_RULES,
    OUTSIDE,
    PRINTED,
    ROUND,
    SMALL_IN_WORDS,
    rules,
    said,
)
from tests.site.hand_made_content import content_for
from tests.site.hand_made_kinds import JOINT, family

CONTENT = content_for(rules())
TRADE = FactDefinition(
    "trade",
    Kind.CHOICE,
    "applicant",
    Text("業種", "trade"),
    Text("業種は", "Which trade?"),
    choices=(Choice("baker", Text("製パン", "Baking")), Choice("smith", Text("鍛冶", "Smithery"))),
)
CAPITAL = FactDefinition(
    "capital", Kind.YEN, "applicant", Text("資本金", "capital"), said("資本金"), optional=True,
    none_label=Text("資本金なし", "no capital"),
)  # fmt: skip


def at_most(fact: str, kind: Kind, most: int) -> Compare:
    return Compare(Comparison.AT_MOST, Fact(fact), Constant(kind, most))


def is_trade(*trades: str) -> OneOf:
    return OneOf(Fact("trade"), trades)


HEADS, MONEY = at_most("employees", Kind.COUNT, 9), at_most("capital", Kind.YEN, 500)
EITHER = AnyOf((MONEY, HEADS))
OR_NONE = AnyOf(
    (
        Compare(Comparison.EQUAL, Fact("capital"), Constant(Kind.YEN, None)),
        Compare(Comparison.LESS_THAN, Fact("capital"), Constant(Kind.YEN, 500)),
    )
)
BY_TRADE = AnyOf((AllOf((is_trade("baker"), EITHER)), AllOf((is_trade("smith"), OR_NONE, HEADS))))


def wording(of: Rules, language: str = "en") -> Wording:
    words = Words(CONTENT.interface, "ja" if language == "ja" else "en")
    return Wording("ja" if language == "ja" else "en", words, of.book.sources, of.book.messages)


def with_trades() -> Rules:
    """Return the small rules, whose one definition depends on the trade."""
    small = rules()
    named = Named("small", BY_TRADE)
    size = replace(FRAME_RULES.requirements[0], condition=named)
    award = replace(AWARD, rates=AWARD.rates[1:])
    frame = replace(
        FRAME,
        rules=replace(FRAME_RULES, requirements=(size,), award=award, bonuses=()),
        outlines={},
        definitions={"small": SMALL_IN_WORDS},
    )
    (programme,) = small.programmes
    (rule_set,) = programme.rule_sets
    only = replace(rule_set, rounds=(replace(ROUND, frames=(frame,)),))
    book = replace(small.book, facts={"employees": EMPLOYEES, "trade": TRADE, "capital": CAPITAL})
    return replace(small, book=book, programmes=(replace(programme, rule_sets=(only,)),))


def texts(one: Cell) -> list[str]:
    return [line.text if line.value is None else f"{line.text}: {line.value}" for line in one.lines]


# --- conditions taken apart


@pytest.mark.parametrize(
    ("condition", "left"),
    [
        (is_trade("baker"), True),
        (is_trade("smith"), False),
        (Not(is_trade("smith")), True),
        (AllOf((is_trade("baker"), HEADS)), HEADS),
        (AllOf((is_trade("smith"), HEADS)), False),
        (AnyOf((is_trade("baker"), HEADS)), True),
        (AnyOf((is_trade("smith"), HEADS)), HEADS),
        (Named("small", AnyOf((is_trade("smith"), HEADS))), HEADS),
        (Compare(Comparison.NOT_EQUAL, Fact("trade"), Constant(Kind.CHOICE, "baker")), False),
        (HEADS, HEADS),
        (OpenPoint("unclear"), OpenPoint("unclear")),
    ],
)
def test_an_answer_settles_what_it_can_and_leaves_the_rest(condition: Expression, left: Expression | bool) -> None:
    assert given(condition, {"trade": "baker"}) == left


def test_open_points_come_out_as_they_are_told_to() -> None:
    condition = AnyOf((is_trade("smith"), AllOf((is_trade("baker"), OpenPoint("unclear")))))
    assert given(condition, {"trade": "baker"}, open_points=False) is False
    assert given(condition, {"trade": "baker"}, open_points=True) is True


def test_limits_side_by_side_are_told_from_limits_of_which_one_is_enough() -> None:
    heads = Limit("employees", Comparison.AT_MOST, Constant(Kind.COUNT, 9))
    money = Limit("capital", Comparison.AT_MOST, Constant(Kind.YEN, 500))
    assert limits_of(EITHER) == Limits((money, heads), is_either=True)
    assert limits_of(AllOf((MONEY, HEADS))) == Limits((money, heads))
    less = Limit("capital", Comparison.LESS_THAN, Constant(Kind.YEN, 500), or_none=True)
    assert limits_of(AllOf((OR_NONE, HEADS))) == Limits((less, heads))


@pytest.mark.parametrize(
    "condition",
    [
        AllOf((EITHER, at_most("years", Kind.COUNT, 3))),  # one of two, and a third: no list of limits
        AnyOf((is_trade("baker"), HEADS)),
        Not(HEADS),
        OpenPoint("unclear"),
    ],
)
def test_a_condition_that_is_no_list_of_limits_is_not_made_one(condition: Expression) -> None:
    assert limits_of(condition) is None


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_bound_is_worded_as_it_is_compared(language: str) -> None:
    expected = {
        Comparison.LESS_THAN: ("9人未満", "less than 9 employees"),
        Comparison.AT_MOST: ("9人以下", "9 employees or less"),
        Comparison.MORE_THAN: ("9人超", "more than 9 employees"),
        Comparison.AT_LEAST: ("9人以上", "9 employees or more"),
    }
    small = rules()
    for comparison, (ja, en) in expected.items():
        condition = Compare(comparison, Fact("employees"), Constant(Kind.COUNT, 9))
        assert figure_bound(condition, small.book.facts, wording(small, language)) == (ja if language == "ja" else en)


def test_a_range_is_worded_as_one() -> None:
    low = Compare(Comparison.AT_LEAST, Fact("employees"), Constant(Kind.COUNT, 3))
    small = rules()
    assert figure_bound(AllOf((low, HEADS)), small.book.facts, wording(small, "ja")) == "3～9人"


# --- definitions as tables


def test_a_definition_is_tabulated_by_the_answer_that_tells_its_limits_apart() -> None:
    trades = with_trades()
    (term,) = definitions(trades, wording(trades))
    (table,) = term.sheet.tables
    assert table.columns == ("Capital", "Number of employees", "How they go together")
    assert [[texts(row.head), *map(texts, row.cells)] for row in table.rows] == [
        [["Baking"], ["500 yen or less"], ["9 employees or less"], ["Either is enough"]],
        [["Smithery"], ["less than 500 yen (“no capital” counts too)"], ["9 employees or less"], ["Both are needed"]],
    ]
    assert table.citation is not None


def test_the_first_screen_has_the_same_limits() -> None:
    trades = with_trades()
    assert [(one.label, one.value) for one in limits_by_choice(trades, wording(trades, "ja"), ("small",))] == [
        ("製パン", "500円以下または9人以下"),
        ("鍛冶", "500円未満（「資本金なし」も可）、かつ9人以下"),
    ]


def test_what_the_table_says_is_what_the_definition_decides() -> None:
    for trade, heads, capital in product(("baker", "smith"), (8, 9, 10), (None, 499, 500, 501)):
        limits = limits_of(given(BY_TRADE, {"trade": trade}))
        assert limits is not None
        facts: dict[str, int | str | None] = {"trade": trade, "employees": heads, "capital": capital}
        kept = [_keeps(limit, facts) for limit in limits.limits]
        assert (any(kept) if limits.is_either else all(kept)) is evaluate(BY_TRADE, dict(facts)), facts


def _keeps(limit: Limit, facts: dict[str, int | str | None]) -> bool:
    value, figure = facts[limit.fact], limit.figure.value
    if value is None:
        return limit.or_none
    assert isinstance(value, int)
    assert isinstance(figure, int)
    return value <= figure if limit.comparison is Comparison.AT_MOST else value < figure


# --- budgets, groups and sheets


def test_a_budget_of_placeholders_alone_is_no_budget_to_compare() -> None:
    assert [budget.rule_set.slug for budget in budgets(family())] == ["sister/newer", "sister/older", "subsidy/budget"]


def test_ways_that_are_settled_alike_share_a_row_and_silent_ones_the_last() -> None:
    every = family()

    def settled(way: object) -> bool:
        return way.frame.rules.joint is not None  # type: ignore[attr-defined]  # a way

    rows = rows_by_budget(
        grouped(every, settled), lambda way: (Cell((Line("joint"),)),) if settled(way) else (Cell(),), wording(every)
    )
    assert [(texts(row.head), [texts(one) for one in row.cells]) for row in rows] == [
        (["Sister, Newer"], []),
        (["Joint"], [["joint"]]),
        (["Sister, Newer: Sliced, Fixed, Ranged, Silent, Group", "Sister, Older", "Test, Test subsidy"], [[]]),
    ]


def test_a_place_that_is_cited_twice_keeps_its_number() -> None:
    small = rules()
    footing = Footing("here", wording(small))
    refs = [footing.ref(one) for one in (PRINTED, OUTSIDE, PRINTED)]
    assert [ref.text for ref in refs] == ["source 1", "source 2", "source 1"]
    assert [place.anchor for place in footing.sheet([]).places] == ["here.place-1", "here.place-2"]


def test_a_place_that_all_lines_of_a_cell_share_is_told_after_the_last() -> None:
    small = rules()
    footing = Footing("here", wording(small))
    alike = cell([footing.line("a", PRINTED), footing.line("b", PRINTED)])
    assert [len(line.refs) for line in alike.lines] == [0, 1]
    apart = cell([footing.line("a", PRINTED), footing.line("b", OUTSIDE)])
    assert [len(line.refs) for line in apart.lines] == [1, 1]


def test_a_table_without_rows_is_left_out() -> None:
    small = rules()
    empty, full = (Table(name, name, "", ("",), rows) for name, rows in (("e", ()), ("f", (Row(Cell(), (Cell(),)),))))
    assert Footing("here", wording(small)).sheet([empty, full]).tables == (full,)


# --- conditions through the budgets


def test_a_requirement_that_a_budget_does_not_have_is_not_printed_there() -> None:
    every = family()
    sheet = requirements(every, wording(every), ("frame.own",))
    assert [[texts(one) for one in row.cells] for row in sheet.tables[0].rows] == [[["About 枠"]], [[]]]


def test_targets_are_those_of_the_newest_call_that_ask_for_one_figure() -> None:
    small = rules()
    own = replace(FRAME_RULES.requirements[1], condition=HEADS)
    (programme,) = small.programmes
    (rule_set,) = programme.rule_sets
    frame = replace(FRAME, rules=replace(FRAME_RULES, requirements=(FRAME_RULES.requirements[0], own)))
    one = replace(rule_set, rounds=(replace(ROUND, frames=(frame,)),))
    changed = replace(small, programmes=(replace(programme, rule_sets=(one,)),))
    found = targets(changed, wording(changed), ("size.small", "frame.own", "nobody.has"))
    assert [(target.label, target.value) for target in found] == [("Own requirement", "9 employees or less")]


@pytest.mark.parametrize(
    ("condition", "chance"),
    [
        (is_trade("baker"), Chance.POSSIBLE),
        (is_trade("smith"), Chance.OUT),
        (AnyOf((is_trade("smith"), OpenPoint("unclear"))), Chance.OPEN),
        (AnyOf((is_trade("smith"), HEADS, OpenPoint("unclear"))), Chance.POSSIBLE),
        (HEADS, Chance.FREE),
    ],
)
def test_an_answer_keeps_out_leaves_open_or_may_do(condition: Expression, chance: Chance) -> None:
    size = replace(FRAME_RULES.requirements[0], condition=condition)
    assert _chance("trade", "baker", replace(FRAME_RULES, requirements=(size,))) is chance


def test_all_that_rests_on_a_fact_is_told() -> None:
    every = family()
    (table,) = reading(every, wording(every), ("employees",)).tables
    told = [line for row in table.rows for one in row.cells for line in texts(one)]
    assert told == [
        "Requirement of a joint application “Half”: About 半数",
        "What raises the upper limit: About 上乗せ",
        "Repayment “met”: About 達成",
        "Requirement “Size”: About 規模",
        "Requirement “Own requirement”: About 枠",
        "Rate: About 小規模",
        "Bonus “Early”: About 早期",
    ]


# --- money


def test_categories_that_no_list_has_do_not_count() -> None:
    small = rules()
    sheet = cost_matrix(small, wording(small))
    (first, *_) = sheet.tables
    assert [[texts(row.head), *map(texts, row.cells)] for row in first.rows] == [
        [["Machines"], ["Yes"]],
        [["Source"], ["Plain frame"]],
    ]
    assert first.rows[-1].cells[0].lines[0].refs


def test_on_a_narrow_screen_a_column_lists_what_counts_and_what_does_not() -> None:
    small = rules()
    costs = small.book.facts["costs"]
    fields = tuple(
        replace(field, choices=(*field.choices, *(Choice(name, Text(name, name)) for name in ("rent", "tea"))))
        if field.choices
        else field
        for field in costs.fields
    )
    facts = {**small.book.facts, "costs": replace(costs, fields=fields)}
    wider = replace(small, book=replace(small.book, facts=facts))
    (first, *_) = cost_matrix(wider, wording(wider)).tables
    (column,) = first.told
    assert column.head == first.rows[-1].cells[0]  # its frames, and where a document says so
    assert texts(Cell(column.rows)) == ["Yes, in the list: Machines", "No, not in the list: rent, tea"]
    assert [texts(row.cells[0]) for row in first.rows[:-1]] == [["Yes"], ["No"], ["No"]]


def test_frames_without_categories_say_what_counts_or_that_nothing_is_printed() -> None:
    every = family()
    table = cost_matrix(every, wording(every)).tables[-1]
    assert [[texts(row.head), *map(texts, row.cells)] for row in table.rows] == [
        [["Sister, Newer"]],
        [["Sliced", "Fixed", "Joint"], ["About 経費の額"]],
        [["Sister, Newer: Ranged, Silent, Group", "Sister, Older"], []],
    ]


def test_of_cases_with_one_reason_the_one_that_needs_no_plea_is_told() -> None:
    plea = replace(JOINT.rules.clawback.parts[0].cases[0], counts_only_if_stated=True)  # type: ignore[union-attr]  # it has repayment
    plain = replace(plea, counts_only_if_stated=False)
    assert chief_cases([plea, plain]) == (plain,)
    assert chief_cases([plea]) == (plea,)


def test_the_first_screen_tells_what_the_frames_of_the_newest_call_give() -> None:
    small = rules()
    assert [one.value for one in key_amounts(small, wording(small))] == ["600,000 yen to 9,000,000 yen", "1/3 or 3/4"]


def test_every_frame_of_the_newest_call_is_compared() -> None:
    every = family()
    sheet = frames_compared(every, wording(every))
    assert [texts(row.head) for row in sheet.tables[0].rows] == [
        [wording(every).say(way.frame.rules.name)] for way in newest_ways(every)
    ]


# --- figures of a plan


@for_all(some.integers(1, 10**9), some.integers(1, 10), some.fractions(0, 50, max_denominator=100))
def test_the_least_that_reaches_a_target_reaches_it_and_a_yen_less_does_not(
    now: int, years: int, growth: Fraction
) -> None:
    growth = Fraction(int(growth * 100), 100)  # the calculator cuts off at hundredths
    least = least_later(now, years, growth)
    enough, less = yearly_growth(now, least, years), yearly_growth(now, least - 1, years)
    assert enough is not None
    assert enough.compound >= growth
    assert less is None or least == now or less.compound < growth


# --- dates and documents


def test_the_steps_are_those_of_the_newest_published_call() -> None:
    small = rules()
    shown = steps(small, wording(small))
    assert shown is not None
    assert shown.call.text == "Round 7"
    assert [(one.label, None if one.time is None else one.time.iso) for one in shown.steps][-1] == (
        "Applications close",
        "2030-05-31T17:00+09:00",
    )


def test_the_first_screen_tells_the_deadline() -> None:
    small = rules()
    shown = key_dates(small, wording(small))
    assert shown is not None
    assert shown.row is not None
    assert shown.row.moment is not None
    assert shown.row.moment.time.iso == "2030-05-31T17:00+09:00"


def test_documents_stand_under_their_round_and_rounds_without_any_are_named() -> None:
    every = family()
    shown = papers(every, wording(every))
    assert all(table.caption for table in shown.sheet.tables)
    told = [texts(row.head) for table in shown.sheet.tables for row in table.rows]
    assert told.count(["Form"]) == 3  # of the small rules' round, and of both published calls of the sister programme
    assert [link.text for link in shown.unknown] == ["Sister, Round 9", "Test, Round 8"]


# --- names in prose


def _sheets(of: Rules) -> list[Sheet]:
    said_in = wording(of)
    return [
        cost_matrix(of, said_in),
        frames_compared(of, said_in),
        requirements(of, said_in, ("size.small", "frame.own")),
        reading(of, said_in, ("employees",)),
    ]


def test_every_ref_has_its_place_below_the_tables() -> None:
    for sheet in _sheets(family()):
        anchors = {place.anchor for place in sheet.places}
        cells = [one for table in sheet.tables for row in table.rows for one in (row.head, *row.cells)]
        refs = {ref.anchor for one in cells for line in one.lines for ref in line.refs}
        assert refs == anchors


def test_every_row_has_a_cell_for_each_column_or_is_a_heading() -> None:
    for sheet in _sheets(family()):
        for table in sheet.tables:
            assert {len(row.cells) for row in table.rows} <= {0, len(table.columns)}
