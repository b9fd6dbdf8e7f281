"""The sums beside questions: figures as their fields take them, the lines that lead there, and what cannot be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from calculator.kinds import Kind
from calculator.result.worked import worked
from calculator.rulebook import AmountPart, FactDefinition, RuleBook, WorkedOut
from calculator.text import Text
from tests.calculator.made_book import book

NAME = Text("名", "name")
PARTS = tuple(AmountPart(name, NAME) for name in ("profit", "wages"))
FACTS = {
    "years": FactDefinition("years", Kind.COUNT, "plan", NAME, NAME, unit=Text("年", "years"), at_least=1, at_most=10),
    "growth": FactDefinition(
        "growth", Kind.PERCENT, "plan", NAME, NAME, grows_over="years", worked_out=WorkedOut(PARTS)
    ),
    "margin": FactDefinition("margin", Kind.YEN, "plan", NAME, NAME, worked_out=WorkedOut(PARTS[:1], PARTS[1:])),
}
GROWN = {
    "now.profit": "１，０００万円",
    "now.wages": "4000万",
    "later.profit": "1,500万円",
    "later.wages": "46,000,000",
    "years": "５年",
}


@pytest.fixture(scope="module")
def rules() -> RuleBook:
    return replace(book(), facts=FACTS)


def test_a_growth_is_that_of_the_sums_and_the_lower_of_its_two_meanings(rules: RuleBook) -> None:
    told = worked(rules, "growth", GROWN)  # 50 to 61 million in five years: 4.05 % a year, or 22 % / 5
    assert (told["mistakes"], told["figure"]) == ([], "4.05")
    assert [line["en"].split(":")[0] for line in told["lines"]] == [
        "worked_totals",
        "worked_compound",
        "worked_simple",
        "worked_either",
    ]


def test_a_margin_is_the_difference_and_may_be_below_zero(rules: RuleBook) -> None:
    assert worked(rules, "margin", {"now.profit": "1,030円", "now.wages": "1000"})["figure"] == "30"
    assert worked(rules, "margin", {"now.profit": "1000", "now.wages": "1030"})["figure"] == "-30"


def test_growth_from_nothing_is_said_to_be_none(rules: RuleBook) -> None:
    told = worked(rules, "growth", {**GROWN, "now.profit": "-4000万"})
    assert told["figure"] is None
    assert told["lines"][-1]["en"].startswith("worked_no_growth")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("now.wages", ""),
        ("later.profit", "many"),
        ("later.profit", "0.5"),
        ("years", "0"),
        ("years", "11"),
        ("years", ""),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field_and_nothing_is_worked_out(
    rules: RuleBook, field: str, typed: str
) -> None:
    told = worked(rules, "growth", {**GROWN, field: typed})
    assert [one["field"] for one in told["mistakes"]] == [field]
    assert (told["figure"], told["lines"]) == (None, [])


def test_all_mistakes_are_told_at_once(rules: RuleBook) -> None:
    assert len(worked(rules, "growth", {})["mistakes"]) == 5
