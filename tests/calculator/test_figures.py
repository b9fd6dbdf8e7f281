"""Figures in words are exact, in the notation that each language expects."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

import pytest

from calculator.entries import number_in
from calculator.expressions import Scalar
from calculator.figures import (
    day_in_a_drawing,
    figure_text,
    month_in_a_drawing,
    yen_for_a_drawing,
    yen_in_a_drawing,
)
from calculator.kinds import Kind
from calculator.text import Text

JST = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("kind", "value", "ja", "en"),
    [
        (Kind.YEN, 7_500_000, "750万円", "7,500,000 yen"),
        (Kind.YEN, 300_000_000, "3億円", "300,000,000 yen"),
        (Kind.YEN, 150_000_000, "1億5,000万円", "150,000,000 yen"),
        (Kind.YEN, 1_333_333, "1,333,333円", "1,333,333 yen"),
        (Kind.YEN, 0, "0円", "0 yen"),
        (Kind.YEN, -5_000_000, "-500万円", "-5,000,000 yen"),
        (Kind.YES_NO, True, "はい", "yes"),
        (Kind.YES_NO, False, "いいえ", "no"),
        (Kind.PERCENT, Fraction(0), "0%", "0%"),
        (Kind.PERCENT, Fraction(1, 2), "0.5%", "0.5%"),
        (Kind.PERCENT, Fraction(1, 10**15), f"0.{'0' * 14}1%", f"0.{'0' * 14}1%"),
        (Kind.PERCENT, Fraction(1, 10**16), f"1/1{'0' * 16}%", f"1/1{'0' * 16}%"),
        (Kind.PERCENT, Fraction(149, 100), "1.49%", "1.49%"),
        (Kind.PERCENT, Fraction(3), "3%", "3%"),
        (Kind.PERCENT, Fraction(10, 3), "10/3%", "10/3%"),
        (Kind.PERCENT, Fraction(-1, 20), "-0.05%", "-0.05%"),
        (Kind.RATE, Fraction(2, 3), "2/3", "2/3"),
        (Kind.MONTHS, 1, "1か月", "1 month"),
        (Kind.MONTHS, 2, "2か月", "2 months"),
        (Kind.MONTHS, 10, "10か月", "10 months"),
        (Kind.COUNT, 1200, "1,200", "1,200"),
        (Kind.DATE, date(2022, 12, 22), "2022年12月22日（木）", "22 December 2022 (Thursday)"),
        (
            Kind.MOMENT,
            datetime(2022, 12, 22, 17, tzinfo=JST),
            "2022年12月22日（木）17:00（日本時間）",
            "22 December 2022 (Thursday), 17:00 JST",
        ),
        (
            Kind.MOMENT,
            datetime(2022, 12, 22, 17, 0, 1, tzinfo=JST),
            "2022年12月22日（木）17:00:01（日本時間）",
            "22 December 2022 (Thursday), 17:00:01 JST",
        ),
    ],
)
def test_a_figure_is_written_as_each_language_expects(kind: Kind, value: Scalar, ja: str, en: str) -> None:
    assert figure_text(kind, value) == Text(ja, en)


def test_the_unit_follows_a_count_as_each_language_writes_it() -> None:
    assert figure_text(Kind.COUNT, 20, Text("人", "employees")) == Text("20人", "20 employees")
    assert figure_text(Kind.COUNT, 1, Text("人", "employees")) == Text("1人", "1 employee")
    named = ("businesses", "companies", "people", "branches", "boxes", "SMEs", "staff")
    ones = ["1 business", "1 company", "1 person", "1 branch", "1 box", "1 SME", "1 staff"]
    assert [figure_text(Kind.COUNT, 1, Text("者", unit)).en for unit in named] == ones


def test_a_moment_of_another_offset_is_told_in_japanese_time() -> None:
    moment = datetime(2022, 12, 22, 8, tzinfo=UTC)
    assert figure_text(Kind.MOMENT, moment).en == "22 December 2022 (Thursday), 17:00 JST"


@pytest.mark.parametrize("amount", [0, 1, 9_999, 10_000, 123_456_789, 100_000_000, 1_230_000, 10**12])
def test_yen_in_words_are_read_back_as_the_same_amount(amount: int) -> None:
    text = figure_text(Kind.YEN, amount)
    assert number_in(text.ja, ("円",)) == number_in(text.en, ("yen",)) == amount


def test_a_value_of_another_kind_has_no_notation() -> None:
    with pytest.raises(ValueError, match="no notation"):
        figure_text(Kind.YEN, None)


def test_a_drawing_writes_days_and_months_without_their_year() -> None:
    assert day_in_a_drawing(date(2022, 12, 5)) == Text("12月5日", "5 Dec")
    assert day_in_a_drawing(date(2023, 1, 31)) == Text("1月31日", "31 Jan")
    assert month_in_a_drawing(date(2023, 1, 31)) == Text("1月", "Jan")
    assert month_in_a_drawing(date(2022, 12, 5)) == Text("12月", "Dec")


def test_a_drawing_writes_yen_in_the_large_units_of_each_language() -> None:
    assert yen_in_a_drawing(8_660_000) == Text("866", "8.66")
    assert yen_in_a_drawing(8_660_000, with_unit=True) == Text("866万円", "8.66 million yen")
    assert yen_in_a_drawing(0) == Text("0", "0")


@pytest.mark.parametrize(
    ("amount", "most", "shown"),
    [
        (1_239_999, 10_000_000, 1_230_000),  # whole 万円 beside millions
        (1_230_000, 10_000_000, 1_230_000),
        (4_567, 9_999, 4_560),  # three digits beside thousands
        (456, 999, 456),
        (456_789, 999_999, 456_000),
    ],
)
def test_a_drawing_leaves_out_what_cannot_be_seen_and_never_rounds_up(amount: int, most: int, shown: int) -> None:
    assert yen_for_a_drawing(amount, most) == shown
