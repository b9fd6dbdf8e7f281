"""Figures in words are exact, in the notation that each language expects."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

import pytest

from calculator.entries import number_in
from calculator.expressions import Scalar
from calculator.figures import figure_text
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
        (Kind.PERCENT, Fraction(149, 100), "1.49%", "1.49%"),
        (Kind.PERCENT, Fraction(3), "3%", "3%"),
        (Kind.PERCENT, Fraction(10, 3), "10/3%", "10/3%"),
        (Kind.PERCENT, Fraction(-1, 20), "-0.05%", "-0.05%"),
        (Kind.RATE, Fraction(2, 3), "2/3", "2/3"),
        (Kind.MONTHS, 10, "10か月", "10 months"),
        (Kind.COUNT, 1200, "1,200", "1,200"),
        (Kind.DATE, date(2022, 12, 22), "2022年12月22日（木）", "22 December 2022 (Thursday)"),
        (
            Kind.MOMENT,
            datetime(2022, 12, 22, 17, tzinfo=JST),
            "2022年12月22日（木）17:00（日本時間）",
            "22 December 2022 (Thursday), 17:00 JST",
        ),
    ],
)
def test_a_figure_is_written_as_each_language_expects(kind: Kind, value: Scalar, ja: str, en: str) -> None:
    assert figure_text(kind, value) == Text(ja, en)


def test_the_unit_follows_a_count_as_each_language_writes_it() -> None:
    assert figure_text(Kind.COUNT, 20, Text("人", "employees")) == Text("20人", "20 employees")


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
