"""What people type is read as they mean it, and what is not understood is not guessed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from calculator.entries import filled_rows, given_from, number_in, value_of_entry, value_of_field
from calculator.kinds import Kind
from calculator.rulebook import Choice, FactDefinition, RowField
from calculator.text import Text
from tests.calculator.made_forms import FACTS as FORMS
from tests.calculator.made_rules import FACTS, WORDS

UNITS = ("円", "yen", "%", "per cent", "人", "名", "年")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("20", 20),
        ("２０人", 20),
        ("20 人", 20),
        ("1,000,000", 1_000_000),
        ("１，０００，０００円", 1_000_000),
        ("1,000万円", 10_000_000),
        ("1000万", 10_000_000),
        ("3億円", 300_000_000),
        ("1億5,000万円", 150_000_000),
        ("1.5億", 150_000_000),
        ("1億5千万円", 150_000_000),
        ("1千万円", 10_000_000),
        ("500千円", 500_000),
        ("1、000円", 1_000),
        ("15,000,000 yen", 15_000_000),
        ("¥500000", 500_000),
        ("1.5%", Fraction(3, 2)),
        ("１．５％", Fraction(3, 2)),
        ("−3", -3),
        ("△500万円", -5_000_000),
        ("０", 0),
        ("5年", 5),
        ("1 000 000", 1_000_000),
        ("１　０００円", 1_000),
        ("¥-500", -500),
        ("5 per cent", 5),
        ("5 Per  Cent", 5),
        (f"{'0' * 39}7", 7),
    ],
)
def test_a_number_is_read_as_people_write_it(typed: str, number: int | Fraction) -> None:
    assert number_in(typed, UNITS) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "about 20",
        "二十",
        "20-30",
        "1.2.3",
        "万",
        "人",
        "1e6",
        "20人くらい",
        "--5",
        "3,5",
        "1,0000",
        "10万1億",
        "6か月",
        "9" * 50,
        "20 30",
        "1 0000",
        "1¥2",
        "①500万円",
        "10⁶",
        "1½",
        "⒈5億円",
        "⓪5",
        "⑨",
        f"{'0' * 40}7",
    ],
)
def test_what_is_not_a_number_is_not_guessed(typed: str) -> None:
    assert number_in(typed, UNITS) is None


def test_answers_become_the_facts_of_a_case_and_what_is_not_known_is_left_out() -> None:
    given = given_from(
        FACTS,
        {
            "trade": "works",
            "capital": "none",
            "staff": "２０人",
            "big_owner": "no",
            "earlier_grant": "unknown",
            "growth": "3.0%",
            "announced": "",
            "costs": [
                {"category": "machine", "amount_yen": "900万円", "unit_yen": ""},
                {"category": "", "amount_yen": " ", "unit_yen": ""},
            ],
        },
    )
    assert given == {
        "trade": "works",
        "capital": None,
        "staff": 20,
        "big_owner": False,
        "growth": 3,
        "costs": [{"category": "machine", "amount_yen": 9_000_000}],
    }


def test_a_text_that_is_not_understood_stays_to_be_refused_with_a_sentence() -> None:
    assert given_from(FACTS, {"staff": "たくさん"}) == {"staff": "たくさん"}


def test_rows_for_what_is_no_list_stay_to_be_refused() -> None:
    assert given_from(FACTS, {"staff": [{"staff": "5"}]}) == {"staff": [{"staff": "5"}]}


def test_no_row_at_all_is_not_answered() -> None:
    assert given_from(FACTS, {"costs": [{"category": "", "amount_yen": "", "unit_yen": ""}]}) == {}


def test_a_row_of_which_only_the_category_is_known_is_a_row() -> None:
    """Left out, it would let a sum look complete that is not."""
    rows = [{"category": "machine", "amount_yen": "", "unit_yen": ""}]
    assert given_from(FACTS, {"costs": rows}) == {"costs": [{"category": "machine"}]}


def test_only_the_words_of_the_fact_itself_may_stand_behind_its_number() -> None:
    staff = replace(FACTS["staff"], unit=Text("人", "employees"))
    assert given_from({"staff": staff}, {"staff": "20名"}) == {"staff": 20}
    assert given_from({"staff": staff}, {"staff": "20 Employees"}) == {"staff": 20}
    assert given_from({"staff": staff}, {"staff": "20円"}) == {"staff": "20円"}
    firms = replace(FACTS["staff"], unit=Text("社", "firms"))
    assert [value_of_entry(firms, typed) for typed in ("5社", "5 firms", "5人", "5")] == [5, 5, "5人", 5]


@pytest.mark.parametrize(
    "typed",
    ["2022-03-05", "2022/3/5", "２０２２年３月５日", "2022.3.5", "2022 / 3 / 5", "2022年 3月 5日", " 2022-3-5 "],
)
def test_a_date_is_read_as_people_write_it(typed: str) -> None:
    granted = replace(FACTS["growth"], kind=Kind.DATE)
    assert given_from({"day": granted}, {"day": typed}) == {"day": "2022-03-05"}


@pytest.mark.parametrize("typed", ["5 March 2022", "3/5", "2022", "令和4年3月5日", "2022-3-5-1", "20223-5"])
def test_what_is_no_date_stays_to_be_refused(typed: str) -> None:
    assert given_from({"day": replace(FACTS["growth"], kind=Kind.DATE)}, {"day": typed}) == {"day": typed}


def test_a_column_takes_the_words_of_its_kind_and_what_it_takes_none_of_is_text() -> None:
    yen, choice = (RowField(kind.value, kind, WORDS) for kind in (Kind.YEN, Kind.CHOICE))
    count, day, told = (RowField(kind.value, kind, WORDS) for kind in (Kind.COUNT, Kind.DATE, Kind.YES_NO))
    assert [value_of_field(yen, typed) for typed in ("5万円", "5 yen", "5人")] == [50_000, 5, "5人"]
    assert [value_of_field(choice, typed) for typed in ("old", "5", "none", "", "unknown")] == [
        "old", "5", None, "unknown", "unknown",
    ]  # fmt: skip
    assert [value_of_field(count, typed) for typed in ("5", "5人", "")] == [5, "5人", "unknown"]
    assert value_of_field(day, "2022/3/5") == "2022-03-05"
    assert [value_of_field(told, typed) for typed in ("yes", "no", "maybe")] == [True, False, "maybe"]


def test_a_row_of_names_alone_is_filled_once_one_is_chosen() -> None:
    names = replace(FACTS["costs"], fields=(RowField("category", Kind.CHOICE, WORDS),))
    assert filled_rows(names, [{"category": ""}, {"category": "machine"}, {}]) == (1,)


def test_an_answer_called_none_is_a_choice_where_the_fact_has_one_of_that_name() -> None:
    plan = replace(FACTS["trade"], choices=(Choice("none", WORDS), Choice("asked", WORDS)))
    assert value_of_entry(plan, "none") == "none"
    assert value_of_entry(FACTS["trade"], "none") is None
    assert value_of_entry(plan, "unknown") == "unknown"


@pytest.mark.parametrize("typed", ["①", "５²", "½"])
def test_a_sign_that_is_no_digit_is_refused_as_a_share_too(typed: str) -> None:
    """Shares may be text in the calculator's contract: what is no number must not become such a text."""
    share = FactDefinition("share", Kind.PERCENT, "plan", Text("率", "share"), Text("率は？", "Which share?"))
    assert value_of_entry(share, typed) == typed


def test_a_list_is_none_only_where_that_is_said_and_its_row_may_lack_a_column() -> None:
    rows = next(fact for fact in FACTS.values() if fact.kind is Kind.LIST)
    column = next(one.name for one in rows.fields if one.kind is Kind.YEN)
    assert given_from(FACTS, {rows.name: "none"}) == {rows.name: []}
    for other in ("", "unknown", "20", "[]"):
        assert given_from(FACTS, {rows.name: other}) == {}
    assert given_from(FACTS, {rows.name: [{column: "5"}]}) == {rows.name: [{column: 5}]}


def test_the_parts_of_a_record_are_put_together_and_none_of_it_has_no_parts() -> None:
    parts = {"certificate.granted": "yes", "certificate.growth": "3%"}
    assert given_from(FORMS, parts) == {"certificate": {"granted": True, "growth": 3}}
    assert given_from(FORMS, {**parts, "certificate": "none"}) == {"certificate": None}
    assert given_from(FORMS, {"certificate": "some", **parts}) == {"certificate": {"granted": True, "growth": 3}}
    assert given_from(FORMS, {**parts, "certificate.growth": "unknown"}) == {"certificate": {"granted": True}}


def test_where_there_is_no_list_there_are_no_rows() -> None:
    assert filled_rows(FACTS["costs"], "none") == ()
    assert filled_rows(FACTS["costs"], [{"category": "machine"}, {}, {"amount_yen": "1"}]) == (0, 2)
