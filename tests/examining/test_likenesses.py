"""Names that are written nearly alike: which are."""

from __future__ import annotations

import pytest

from site_builder.examining.likenesses import differ_by_a_letter


@pytest.mark.parametrize(
    ("one", "other"),
    [("wage", "wages"), ("met_target", "met_tagret"), ("missed", "mised"), ("report", "repart")],
)
def test_a_letter_more_or_less_or_another_or_two_exchanged_is_nearly_alike(one: str, other: str) -> None:
    assert differ_by_a_letter(one, other)
    assert differ_by_a_letter(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("year_1", "year_2"),
        ("year", "year2"),
        ("met", "mat"),
        ("missed", "misd"),
        ("target", "tagtre"),
        ("abcd", "dcba"),
    ],
)
def test_digits_short_names_and_two_letters_are_another_matter(one: str, other: str) -> None:
    assert not differ_by_a_letter(one, other)
    assert not differ_by_a_letter(other, one)
