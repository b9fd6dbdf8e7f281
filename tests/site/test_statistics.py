"""The page of numbers: shares are exact until they are shown, and a drawing has what its table has."""

from __future__ import annotations

from fractions import Fraction

import pytest

from site_builder.site.blocks.statistics import ResultsView, percent, results
from site_builder.site.charts import Bar, Point, bars, shares
from site_builder.site.wording import Wording, Words
from tests.real import real_rules
from tests.site.hand_made_content import content_for


@pytest.fixture(scope="module")
def view() -> ResultsView:
    rules = real_rules()
    wording = Wording("en", Words(content_for(rules).interface, "en"), rules.book.sources, rules.book.messages)
    (only,) = results(rules, wording)
    return only


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(5, 8), "62.5%"),
        (Fraction(1, 3), "33.3%"),
        (Fraction(2, 3), "66.7%"),
        (Fraction(1, 2000), "0.1%"),
        (Fraction(499, 1_000_000), "0.0%"),
        (Fraction(0), "0.0%"),
        (Fraction(1), "100.0%"),
        (Fraction(9531, 20803), "45.8%"),
    ],
)
def test_a_share_is_rounded_to_one_place_half_up(share: Fraction, shown: str) -> None:
    assert percent(share) == shown


def test_a_bar_is_as_long_as_its_number() -> None:
    drawing = bars([Bar("a", "a", 1000, 500), Bar("b", "b", 500, None)])
    assert [shape.path.split("H")[1].split("V")[0] for shape in drawing.shapes] == ["320", "160", "160"]
    assert [shape.look for shape in drawing.shapes] == ["bar", "own-bar", "bar"]


def test_the_line_breaks_where_a_round_is_missing() -> None:
    points = [Point(number, Fraction(1, 2), "50.0%") for number in (1, 2, 4, 6, 7)]
    drawing = shares(points, [(Fraction(0), "0%"), (Fraction(1), "100%")])
    assert [shape.path.count("L") for shape in drawing.shapes if shape.look == "planned-line"] == [1, 1]
    assert [label.text for label in drawing.labels if label.y > 200] == ["1", "2", "3", "4", "5", "6", "7"]


def test_a_higher_share_stands_higher() -> None:
    points = [Point(1, Fraction(1, 4), "25.0%"), Point(2, Fraction(3, 4), "75.0%")]
    drawing = shares(points, [(Fraction(0), "0%"), (Fraction(1), "100%")])
    low, high = (int(shape.path.split("a")[0].split(" ")[1]) for shape in drawing.shapes if shape.look == "own-dot")
    assert high < low


def test_each_bar_says_the_numbers_of_its_round(view: ResultsView) -> None:
    assert view.bars is not None
    said = {label.text for label in view.bars.labels}
    whole = [
        row for row in view.rows if row.of is None and row.share is not None and row.round.text.startswith("Round")
    ]
    assert len(whole) == 5
    for row in whole:
        assert f"{row.adopted} of {row.applied} ({row.share})" in said


def test_parts_are_added_where_no_whole_is_given(view: ResultsView) -> None:
    assert view.bars is not None
    assert "3,178 of 10,312 (30.8%)" in {label.text for label in view.bars.labels}


def test_what_is_not_known_is_not_drawn(view: ResultsView) -> None:
    assert view.bars is not None
    said = [label.text for label in view.bars.labels]
    assert "3,319 applied (adopted: not known)" in said
    assert not [text for text in said if text in ("Round 9", "Round 11")]
