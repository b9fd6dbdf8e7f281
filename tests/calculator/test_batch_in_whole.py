"""Tables of companies under made-up rules: what the page is told of one in whole, what headings and cells mean.

What tables of the real rules come to is claimed in test_batch.py.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from calculator.assess import Assessor
from calculator.batch import reading as batch_reading
from calculator.batch import report as batch_report
from calculator.batch.columns import Headings, columns_of
from calculator.batch.header import TableError
from calculator.batch.judging import Table, frames_to_judge
from calculator.batch.reading import CellReader
from calculator.batch.report import Report
from calculator.batch.tables import BYTE_ORDER_MARK, harmless, lines_in, written
from calculator.evaluation import Facts
from calculator.kinds import Kind
from calculator.rulebook import Choice, FactDefinition, RowField, RuleBook
from calculator.text import LANGUAGES, Language, Text
from tests.calculator.made_book import book
from tests.calculator.made_forms_book import forms_book

Told = Any  # JSON


def named(name: str) -> Text:
    return Text(f"項目{name}", f"the {name}")


def choices(*names: str) -> tuple[Choice, ...]:
    return tuple(Choice(name, named(name)) for name in names)


def made_list(name: str, *fields: RowField, none: Text | None = None) -> FactDefinition:
    label = named(name)
    return FactDefinition(name, Kind.LIST, "firm", label, label, fields=fields, optional=True, none_label=none)


AMOUNT = RowField("amount_yen", Kind.YEN, named("amount"))
UNIT = RowField("unit_yen", Kind.YEN, named("unit price"), optional=True)
SORT = RowField("sort", Kind.CHOICE, named("sort"), choices("none", "old"))
LISTS = (
    made_list("sorts", SORT),
    made_list("answers", RowField("held", Kind.YES_NO, named("held"))),
    made_list("sums", AMOUNT),
    made_list("pairs", AMOUNT, UNIT),
    made_list("works", SORT, AMOUNT, UNIT, none=Text("工事なし", "no works")),
)
#: What every cell may hold, and what one outcome is called; all other words of the made-up book are their codes.
WORDS = {
    "outcome_eligible": Text("対象です", "Eligible"),
    "words_yes": Text("はい/○", "yes/true"),
    "words_no": Text("いいえ/×", "no/false"),
    "words_none": Text("なし", "none"),
    "words_unknown": Text("不明/？", "unknown"),
}


def made_book() -> RuleBook:
    """Return the book of the rarer forms, in which each fact has a label of its own, with some lists more."""
    rules = forms_book()
    facts = {**rules.facts, **{fact.name: fact for fact in LISTS}}
    labelled = {name: replace(fact, label=named(name)) for name, fact in facts.items()}
    return replace(rules, facts=labelled, messages={**rules.messages, **WORDS})


def headings() -> Headings:
    return Headings(made_book())


def report(text: str, language: Language = "en") -> Report:
    order = {"rule_sets": ["made/up/plain", "made/up/special"], "round": 2, "language": language}
    return Report.ordered(Assessor(made_book()), f"{json.dumps(order)}\n{text}")


def read(cells: Mapping[str, str]) -> tuple[Facts, tuple[str, ...]]:
    """Return what a row with these cells says, and its mistakes."""
    table = Table.read(headings(), written([list(cells), list(cells.values())]))
    (line,) = table.rows
    facts, mistakes = table._facts(line)
    return facts, tuple(one.en for one in mistakes)


def said(code: str, *parts: str) -> dict[str, str]:
    """Return a sentence of the made-up book, whose parts are the same in both languages."""
    return dict.fromkeys(LANGUAGES, f"{code}: {' '.join(parts)}")


# --- what the page is told ---

COMPANIES = "name,trade,staff,capital,big_owner,earlier_grant,growth,costs.machine\n"
ENOUGH = "A,works,20,100,no,no,3,900\n"


def test_the_columns_of_a_table_are_told_in_their_order_with_what_they_mean() -> None:
    told = report("costs.machine,town,trade,Groth\n1,2,works,3\n").beginning()
    machine = Text("column_part: ことば 項目costs", "column_part: words the costs")
    assert told == {
        "understood": [
            {
                "heading": "costs.machine",
                "label": machine.to_json(),
            },
            {"heading": "trade", "label": named("trade").to_json()},
        ],
        "passed_on": [{"heading": "town", "meant": None}, {"heading": "Groth", "meant": named("growth").to_json()}],
        "frames": [{"frame": name, "name": {"ja": name, "en": name}} for name in ("plain", "special")],
        "table": told["table"],
    }
    assert next(csv.reader(io.StringIO(told["table"].removeprefix(BYTE_ORDER_MARK)))) == [
        "costs.machine", "town", "trade", "Groth", "result_not_read: ",
        *(heading for name in ("plain", "special") for heading in (
            f"{name}.outcome", f"{name}.subsidy_yen", f"result_outcome: {name}", f"result_failed: {name}",
            f"result_missing: {name}")),
    ]  # fmt: skip


def test_the_companies_of_a_table_are_told_with_their_outcomes_and_all_counts() -> None:
    asked = report(f"{COMPANIES}{ENOUGH}B,works,20,100,no,no,2,900\nC,works,20,100,no,no,,900\nD,much,few\n\n\n")
    told = asked.portion(10)
    assert [told[name] for name in ("is_last", "line", "lines", "companies", "not_read")] == [True, 7, 7, 4, 1]
    one_each = {"eligible": 1, "not_eligible": 1, "cannot_tell": 1}
    assert told["outcomes"] == {"plain": one_each, "special": one_each}
    trade = "table_cell: table_column: trade B 2 5 not_choice: two_words: two_words:"
    mistakes = [
        Text(f"{trade} ことば ことば ことば", f"{trade} words words words").to_json(),
        said("table_cell", "table_column: staff C 3", "5", "not_count: "),
    ]
    assert told["mistakes"] == mistakes
    assert [row["mistakes"] for row in told["rows"]] == [[], [], [], mistakes]
    assert [(row["line"], row["name"]) for row in told["rows"]] == [(2, "A"), (3, "B"), (4, "C"), (5, "D")]
    answers = [[row["frames"][0] for row in told["rows"][:3]], [row["frames"][1] for row in told["rows"][:3]]]
    paid, failed, open_ = Text("600円", "600 yen"), Text("ことば", "words"), named("growth")
    assert answers[0] == [
        {"outcome": "eligible", "subsidy": paid.to_json(), "failed": [], "missing": [], "frame": "plain"},
        {"outcome": "not_eligible", "subsidy": None, "failed": [failed.to_json()], "missing": [], "frame": "plain"},
        {"outcome": "cannot_tell", "subsidy": None, "failed": [], "missing": [open_.to_json()], "frame": "plain"},
    ]
    assert answers[1] == [{**answer, "frame": "special"} for answer in answers[0]]
    assert told["rows"][3]["frames"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_results_has_each_row_with_its_outcomes_in_words(language: Language) -> None:
    asked = report(f"{COMPANIES}{ENOUGH}B,works,20,100,no,no,,\nD,much\n", language)
    growth, costs = (named(name).within(language) for name in ("growth", "costs"))
    rows = list(csv.reader(io.StringIO(asked.portion(10)["table"], newline="")))
    eligible = ["eligible", "600", WORDS["outcome_eligible"].within(language), "", ""]
    left_open = ["cannot_tell", "", "outcome_cannot_tell: ", "", f"two_in_a_cell: {growth} {costs}"]
    not_read = ["not_read", "", "outcome_not_read: ", "", ""]
    assert rows == [
        [*ENOUGH.strip().split(","), "", *eligible * 2],
        [*["B", "works", "20", "100", "no", "no", "", ""], "", *left_open * 2],
        ["D", "much", *[""] * 6, rows[2][8], *not_read * 2],
    ]
    assert rows[2][8].startswith("table_cell: table_column: trade B 2 4 not_choice")


def test_a_table_without_companies_is_over_at_its_last_line() -> None:
    told = report(f"{COMPANIES}\n").portion(5)
    assert (told["is_last"], told["line"], told["rows"], told["table"]) == (True, 2, [], "")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("trade,staff\nworks,5\n", "works"),  # nothing else calls it, and its first cell is as good as any
        ("trade,name\nworks\n", ""),  # a spreadsheet has left its empty name out
        ("trade,,town\nworks,,T\n", ""),
    ],
)
def test_a_company_is_called_by_its_first_cell_that_says_nothing_else(text: str, name: str) -> None:
    assert [row["name"] for row in report(text).portion(5)["rows"]] == [name]


def test_frames_of_which_no_rules_are_published_are_not_judged() -> None:
    assessor = Assessor(book())
    assert frames_to_judge(assessor, ["made/up/special", "made/up/plain"], 3) == ()
    assert [one.slug for one in frames_to_judge(assessor, ["made/up/special", "made/up/plain"], 2)] == [
        "special",
        "plain",
    ]


# --- headings ---


def test_a_table_that_says_the_same_twice_is_refused_with_both_columns_and_what_they_say() -> None:
    with pytest.raises(TableError) as refused:
        report("staff,the staff\n1,2\n")
    told = "table_with_twins: the staff table_column: staff A 1 table_column: the staff B 2"
    assert refused.value.text.en == str(refused.value) == told


@pytest.mark.parametrize(
    ("fact", "names"),
    [
        ("staff", ["staff"]),
        ("sorts", ["sorts"]),
        ("pairs", ["pairs"]),
        ("works", ["works", "works.none", "works.none.unit_yen", "works.old", "works.old.unit_yen"]),
    ],
)
def test_only_a_list_of_several_fields_with_a_choice_has_columns_of_its_choices(fact: str, names: list[str]) -> None:
    rules = made_book()
    assert [column.name for column in columns_of(rules, rules.facts[fact])] == names


@pytest.mark.parametrize("heading", ["works.old.1.amount_yen", "sorts.1.sort", "staff.1.amount_yen", "works.1.colour"])
def test_rows_with_a_number_are_those_of_lists_with_several_fields_alone(heading: str) -> None:
    assert headings().column(heading) is None


def test_a_column_of_a_numbered_row_is_called_by_its_list_its_number_and_its_field() -> None:
    for heading in ("works.2.amount_yen", "the works: 2: the amount", "項目works：2：項目amount"):
        column = headings().column(heading)
        assert column is not None
        assert column.name == "works.2.amount_yen"
        assert column.label.en == "column_part: the amount column_part: 2 the works"
        assert column.label.ja == "column_part: 項目amount column_part: 2 項目works"


def test_the_first_figure_of_a_row_may_be_named_or_not() -> None:
    whole, part = "column_part: the old the works", "column_part: the amount"
    for heading in ("works.old", "works.old.amount_yen", whole, f"{part} {whole}"):
        column = headings().column(heading)
        assert column is not None
        assert (column.name, column.label.en) == ("works.old", whole)


@pytest.mark.parametrize(("heading", "meant"), [("Grwth", "growth"), ("growing", None), ("big-owner?", "big_owner")])
def test_only_a_slip_of_the_pen_is_taken_for_what_may_have_been_meant(heading: str, meant: str | None) -> None:
    (told,) = report(f"{heading},trade\n1,works\n").beginning()["passed_on"]
    assert told["meant"] == (None if meant is None else named(meant).to_json())


def test_headings_beyond_those_that_are_compared_are_passed_on_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_report, "MOST_COMPARED", 1)
    told = report("Grwth,Stff,trade\n1,2,works\n").beginning()["passed_on"]
    assert told == [{"heading": "Grwth", "meant": named("growth").to_json()}, {"heading": "Stff", "meant": None}]


# --- cells ---


@pytest.mark.parametrize(
    ("cells", "facts"),
    [
        ({"answers": "yes; いいえ"}, {"answers": ({"held": True}, {"held": False})}),
        ({"sorts": "none; old"}, {"sorts": ({"sort": "none"}, {"sort": "old"})}),
        ({"works.1.sort": "none", "works.1.amount_yen": "5"}, {"works": ({"sort": "none", "amount_yen": 5},)}),
        ({"works.1.sort": "項目none", "works.1.unit_yen": "none"}, {"works": ({"sort": "none", "unit_yen": None},)}),
        ({"works": "no works"}, {"works": ()}),
        ({"works": "", "works.old": "5"}, {"works": ({"sort": "old", "amount_yen": 5},)}),
        ({"works": "unknown", "works.old": "5"}, {}),
        ({"certificate.granted": "", "certificate.growth": "3"}, {"certificate": True, "certificate.growth": 3}),
        ({"certificate.granted": "?", "certificate.growth": "3"}, {"certificate": True, "certificate.growth": 3}),
    ],
)
def test_a_cell_says_what_its_column_can_say(cells: Mapping[str, str], facts: Facts) -> None:
    found, mistakes = read({**cells, "staff": "7"})
    assert mistakes == ()
    assert found == {**facts, "staff": 7}


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"sums": "much；-5"}, "two_sentences: not_yen:  too_small: 0 yen"),
        ({"certificate.growth": "much"}, "not_percent: "),
        ({"works.old": "no works"}, "not_yen: "),
        ({"works": "none", "works.old": "5"}, "none_and_some: the works"),
        ({"works.old": "none", "works.old.unit_yen": "5"}, "none_and_some: the works"),
        ({"certificate": "none", "certificate.growth": "3"}, "none_and_some: the certificate"),
    ],
)
def test_a_cell_that_says_what_it_cannot_is_a_mistake_with_its_reason(cells: Mapping[str, str], why: str) -> None:
    _, mistakes = read(cells)
    (told,) = mistakes
    assert told.startswith("table_cell: table_column: ")
    assert why in told


def test_a_text_is_read_once_and_only_so_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = made_book()
    (column,) = columns_of(rules, rules.facts["staff"])
    reader = CellReader(rules, column)
    assert reader.read("5") is reader.read("5")
    for module in (batch_reading, batch_report):
        monkeypatch.setattr(module, "MOST_REMEMBERED", 2)
    for text in "1234":
        reader.read(text)
        assert len(reader._said) <= 2
    asked = report(f"{COMPANIES}{ENOUGH}B,works,20,100,no,no,2,900\nC,works,20,100,no,no,,900\n")
    asked.portion(10)
    assert len(asked._words) <= 2


# --- text ---


@pytest.mark.parametrize(("text", "lines"), [("", 0), ("a", 1), ("a\rb\r\nc\n", 3), ("a\n\n", 2), ('"a\nb"', 2)])
def test_lines_are_counted_however_they_end(text: str, lines: int) -> None:
    assert lines_in(text) == lines


@pytest.mark.parametrize("cell", ["\tplain", "\r5", "\n5", "　\t5", " \u3000-x"])
def test_what_a_spreadsheet_takes_for_the_beginning_of_a_formula_is_made_harmless(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["X=1", "a\t=1", " plain", "　語", " X=1"])
def test_what_only_has_a_sign_within_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell
