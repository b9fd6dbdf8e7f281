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


@pytest.mark.parametrize(("years", "told"), [("1", "22"), ("10", "2")])
def test_the_fewest_and_the_most_years_are_years_that_can_be_typed(rules: RuleBook, years: str, told: str) -> None:
    assert worked(rules, "growth", {**GROWN, "years": years})["figure"] == told


def test_a_plan_has_one_year_at_least_also_where_nothing_says_so(rules: RuleBook) -> None:
    free = replace(rules, facts={**FACTS, "years": replace(FACTS["years"], at_least=None)})
    assert worked(free, "growth", {**GROWN, "years": "1"})["mistakes"] == []
    late = replace(rules, facts={**FACTS, "years": replace(FACTS["years"], at_least=3)})
    for few, years in ((rules, "0"), (free, "0"), (late, "2")):
        (mistake,) = worked(few, "growth", {**GROWN, "years": years})["mistakes"]
        least = "3" if few is late else "1"
        assert mistake == {"field": "years", "message": {"ja": f"too_small: {least}", "en": f"too_small: {least}"}}


def test_more_years_than_a_plan_can_have_are_told_with_the_most(rules: RuleBook) -> None:
    (mistake,) = worked(rules, "growth", {**GROWN, "years": "11"})["mistakes"]
    assert mistake == {"field": "years", "message": {"ja": "too_large: 10", "en": "too_large: 10"}}


def test_every_line_of_a_sum_has_its_figures(rules: RuleBook) -> None:
    assert [line["en"] for line in worked(rules, "growth", GROWN)["lines"]] == [
        "worked_totals: 61,000,000 yen 50,000,000 yen 5",
        "worked_compound: 4.05%",
        "worked_simple: 4.4%",
        "worked_either: ",
    ]
    (line,) = worked(rules, "margin", {"now.profit": "1030 yen", "now.wages": "1000"})["lines"]
    assert line == {"ja": "worked_sum: 30円", "en": "worked_sum: 30 yen"}


def test_what_is_not_worked_out_is_refused_by_its_name(rules: RuleBook) -> None:
    with pytest.raises(ValueError, match="years is not worked out from anything"):
        worked(rules, "years", {})
