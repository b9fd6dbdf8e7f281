"""The page for many companies: its columns come from the rules, and its files are read as what they show."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from pathlib import Path

import pytest

from calculator.batch.columns import Column, columns_of
from calculator.batch.report import Report
from calculator.batch.tables import BYTE_ORDER_MARK
from calculator.kinds import Kind
from calculator.text import LANGUAGES, Language
from site_builder.site.batch import OUTCOMES, asked_columns, batch_page, example_rows, example_table, template_table
from site_builder.site.calls import Call, checked_calls
from site_builder.site.content import read_content
from site_builder.site.wording import Wording, Words
from tests.bench.real import assessor
from tests.real import real_rules

CONTENT = Path(__file__).parents[2] / "content"


@cache
def wording(language: Language) -> Wording:
    rules = real_rules()
    words = Words(read_content(CONTENT, rules).interface, language)
    return Wording(language, words, rules.book.sources, rules.book.messages)


def checked_call() -> Call:
    return checked_calls(real_rules())[0]


def report(table: str, language: Language) -> Report:
    call = checked_call()
    rule_sets = [frame.rules.rule_set for frame in call.round.frames if frame.rules.award is not None]
    order = {"rule_sets": rule_sets, "round": call.round.number, "language": language}
    return Report.ordered(assessor(), f"{json.dumps(order)}\n{table}")


def columns() -> tuple[Column, ...]:
    return tuple(asked_columns(checked_call(), real_rules().book))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_heading_of_the_template_is_understood_but_for_the_name_of_the_company(language: Language) -> None:
    table = template_table(real_rules(), wording(language))
    told = report(table, language).beginning()
    (first_row,) = csv.reader(io.StringIO(table.removeprefix(BYTE_ORDER_MARK), newline=""))
    assert [one["heading"] for one in told["passed_on"]] == first_row[:1]
    assert [one["heading"] for one in told["understood"]] == first_row[1:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_companies_of_the_example_come_out_as_the_examples_of_the_rules_say(language: Language) -> None:
    rules = real_rules()
    examples = [one for one, _ in example_rows(rules, columns(), wording(language))]
    read = report(example_table(rules, wording(language)), language)
    table = read.beginning()["table"] + read.portion(1_000)["table"]
    rows = list(csv.DictReader(io.StringIO(table.removeprefix(BYTE_ORDER_MARK), newline="")))
    assert len(rows) > 10
    for row, example in zip(rows, examples, strict=True):
        frame = example.rule_set.rpartition("/")[2]
        assert row[wording(language).words["batch_name_column"]] == example.title.within(language)
        assert row[f"{frame}.outcome"] == example.expected["outcome"]
        if example.expected.get("subsidy_yen") is not None:
            assert row[f"{frame}.subsidy_yen"] == str(example.expected["subsidy_yen"])
    assert {row[f"{one.rule_set.rpartition('/')[2]}.outcome"] for row, one in zip(rows, examples, strict=True)} == {
        "eligible",
        "not_eligible",
        "cannot_tell",
    }


def test_every_published_example_of_the_round_that_judges_an_application_is_a_company() -> None:
    round_ = checked_call().round
    published = {
        one.name
        for frame in round_.frames
        for one in frame.examples
        if one.published and one.kind == "eligibility" and one.round == round_.number
    }
    assert {one.name for one, _ in example_rows(real_rules(), columns(), wording("en"))} == published


def test_of_a_list_those_columns_are_offered_that_a_frame_reads() -> None:
    book = real_rules().book
    offered = {one.name for one in columns() if one.fact.name == "costs"}
    award = checked_call().round.frames[0].rules.award
    assert award is not None
    assert award.eligible_costs is not None
    assert {f"costs.{category}" for category in award.eligible_costs.categories} <= offered
    assert [name for name in offered if name.endswith(".max_unit_price_yen")] == [
        "costs.machinery_system.max_unit_price_yen"
    ]
    assert offered < {one.name for one in columns_of(book, book.facts["costs"])}


def test_every_column_says_how_its_cells_are_written() -> None:
    view = batch_page(real_rules(), wording("en")).view
    written = {one.name: one.writes for group in view.groups for one in group.columns}  # type: ignore[attr-defined]
    assert list(written) == [one.name for one in columns()]
    kinds = {one.kind for one in columns()}
    assert {Kind.YES_NO, Kind.CHOICE, Kind.YEN, Kind.COUNT, Kind.PERCENT, Kind.DATE, Kind.LIST} <= kinds
    assert written["capital_yen"] == "Yen: “10000000” or “1,000万円”. “none” if there is none"
    assert written["deemed_large_company"] == "yes or no"
    assert written["regular_employees"] == "A number (employees)"


def test_the_page_has_words_for_every_outcome() -> None:
    view = batch_page(real_rules(), wording("ja")).view
    assert set(view.outcomes) == set(OUTCOMES)  # type: ignore[attr-defined]
    assert len(set(view.outcomes.values())) == len(OUTCOMES)  # type: ignore[attr-defined]
