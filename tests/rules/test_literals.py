"""Values are read as the documents print them, exactly or not at all."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator.expressions import Constant, Scalar
from calculator.figures import figure_text
from calculator.kinds import Kind
from site_builder.rules.literals import JAPAN, read_literal

READ: list[tuple[str, Kind, Scalar]] = [
    ("1,000万円", Kind.YEN, 10_000_000),
    ("1億5,000万円", Kind.YEN, 150_000_000),
    ("3億円", Kind.YEN, 300_000_000),
    ("0円", Kind.YEN, 0),
    ("20人", Kind.COUNT, 20),
    ("5年", Kind.COUNT, 5),
    ("30者", Kind.COUNT, 30),
    ("1,000", Kind.COUNT, 1000),
    ("1.5%", Kind.PERCENT, Fraction(3, 2)),
    ("2/3", Kind.RATE, Fraction(2, 3)),
    ("10か月", Kind.MONTHS, 10),
    ("2018-12-21", Kind.DATE, date(2018, 12, 21)),
    ("2022-12-22 17:00", Kind.MOMENT, datetime(2022, 12, 22, 17, 0, tzinfo=JAPAN)),
    ("2022-12-22 23:59:59", Kind.MOMENT, datetime(2022, 12, 22, 23, 59, 59, tzinfo=JAPAN)),
]


@pytest.mark.parametrize(("text", "kind", "value"), READ, ids=[text for text, _, _ in READ])
def test_a_notation_has_its_kind_and_its_exact_value(text: str, kind: Kind, value: Scalar) -> None:
    assert read_literal(text) == Constant(kind, value)


@pytest.mark.parametrize(
    "text",
    ["円", "万円", "1,00円", "10,00万円", "1.5万円", "２０人", "20 人", "2/0", "2022-02-30", "2022-12-22 24:00", "1,5%",
     "2022-12-22 23:59:60", "-5円", "1e3", "5ヶ月", "20dollars", "2022-1-1", ""],
)  # fmt: skip
def test_anything_else_is_no_value(text: str) -> None:
    assert read_literal(text) is None


@given(st.integers(0, 10**13))
def test_every_amount_is_read_back_from_its_japanese_words(amount: int) -> None:
    assert read_literal(figure_text(Kind.YEN, amount).ja) == Constant(Kind.YEN, amount)


@given(st.fractions(0, 100, max_denominator=1000).filter(lambda share: 1000 % share.denominator == 0))
def test_every_decimal_percentage_is_read_back_from_its_words(share: Fraction) -> None:
    assert read_literal(figure_text(Kind.PERCENT, share).ja) == Constant(Kind.PERCENT, share)


def test_moments_are_in_japan() -> None:
    moment = read_literal("2022-12-22 17:00")
    assert moment is not None
    assert isinstance(moment.value, datetime)
    assert moment.value.utcoffset() == timedelta(hours=9)
