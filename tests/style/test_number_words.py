"""Numbers in English words are told as values."""

from __future__ import annotations

import pytest

from site_builder.style.number_words import number_words, ordinals


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("One of four frames", [1, 4]),
        ("twenty-one employees, or thirty", [21, 30]),
        ("nineteen and ninety nine", [19, 99]),
        ("someone often weighs tenfold", []),
    ],
)
def test_a_number_in_words_is_a_value(text: str, values: list[int]) -> None:
    assert [value for value, _ in number_words(text)] == values


def test_where_a_number_stands_is_told() -> None:
    text = "There are twenty-one."
    ((_, span),) = number_words(text)
    assert text[slice(*span)] == "twenty-one"


def test_an_ordinal_is_a_value() -> None:
    assert list(ordinals("The third call, not the Twentieth nor a seconder")) == [3, 20]
