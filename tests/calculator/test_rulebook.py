"""What the records of rules tell of themselves: anchors that never move, dates by name, amounts written out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from calculator.expressions import Calculate, Constant, Expression, Operation
from calculator.kinds import Kind
from calculator.rulebook import LimitTier, PointLimit, ScheduledDay, SelectionItem, constant_yen, place_of
from tests.calculator.made_book import CLOSES, OPENS, book
from tests.calculator.made_rules import IS_SMALL, PLACE, WORDS, yen

RULES = book().frames["made/up/plain"].rounds[2]


@pytest.mark.parametrize(
    ("section", "place"),
    [
        ("", "dfyy"),  # its hash is 0x811c9dc5, as the authors of FNV publish it
        ("a", "ohza"),  # 0xe40c292c
        ("foobar", "ozce"),  # 0xbf9cf968
        ("第1章", "zkpr"),
    ],
)
def test_a_section_has_the_anchor_that_links_to_it_have(section: str, place: str) -> None:
    assert place_of(section) == place
    assert replace(PLACE, section=section).place == place


def test_an_anchor_is_a_letter_and_three_letters_or_digits() -> None:
    places = [place_of(str(number)) for number in range(2000)]
    assert all(len(place) == 4 and place[0].isalpha() and place.isalnum() and place.islower() for place in places)
    assert {letter for place in places for letter in place[1:]} == set("abcdefghijklmnopqrstuvwxyz0123456789")


def test_a_moment_or_a_day_is_found_by_its_name_and_only_among_its_own_kind() -> None:
    day = ScheduledDay("call_opens", date(2022, 10, 24), PLACE)
    rules = replace(RULES, scheduled_days=(replace(day, name="results"), day))
    assert (rules.moment("applications_open"), rules.moment("applications_close")) == (OPENS, CLOSES)
    assert (rules.moment("call_opens"), rules.day("call_opens")) == (None, day)
    assert rules.day("applications_open") is None


def test_all_that_weighs_in_the_selection_is_told_in_the_order_of_the_rules() -> None:
    plus, minus = (SelectionItem(code, WORDS, WORDS, IS_SMALL, PLACE) for code in ("plus", "minus"))
    limit = PointLimit("most", WORDS, ("plus",), 1, WORDS, PLACE)
    rules = replace(RULES, bonuses=(plus,), deductions=(minus,), point_limits=(limit,))
    assert rules.weighed == (plus, minus, limit)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (yen(500), 500),
        (yen(0), 0),
        (Constant(Kind.COUNT, 5), None),
        (Constant(Kind.YEN, None), None),
        (Calculate(Operation.ADD, yen(1), yen(2)), None),
    ],
)
def test_an_amount_is_the_same_for_everybody_only_where_it_is_written_out_in_yen(
    amount: Expression, written: int | None
) -> None:
    assert constant_yen(amount) == written
    assert LimitTier(None, None, amount, WORDS).amount_yen == written
