"""Where things stand in a picture: round marks on axes, words that fit, flags beside each other, figures cut short."""

from __future__ import annotations

from fractions import Fraction

import pytest

from calculator.figures import yen_for_a_drawing, yen_in_a_drawing
from calculator.pictures.axes import Axis, Number, round_step
from calculator.pictures.drawing import LETTER, LINE, WIDTH, Anchor, Flag, flags_drawn, label_within, lanes_of
from calculator.pictures.growth import index_after, rounded_down
from calculator.text import Text


def test_an_index_is_exact_and_its_decimals_are_dropped_not_rounded() -> None:
    assert index_after(5, Fraction(3)) == Fraction("115.92740743")
    assert rounded_down(Fraction("115.99999")) == Text("115.99", "115.99")
    assert rounded_down(Fraction(1000)) == Text("1,000.00", "1,000.00")


def test_a_round_step_is_a_one_a_two_or_a_five_and_the_lowest_that_is_enough() -> None:
    steps: list[tuple[Number, Number]] = [(3, 5), (5, 5), (6, 10), (11, 20), (4_687_500, 5_000_000)]
    steps += [(Fraction(3, 10), Fraction(1, 2)), (Fraction(1, 7), Fraction(1, 5)), (Fraction(1, 100), Fraction(1, 100))]
    assert [(least, round_step(least)) for least, _ in steps] == steps
    with pytest.raises(ValueError, match="0"):
        round_step(0)


def test_an_axis_rounds_to_the_nearest_place_and_marks_only_what_lies_on_it() -> None:
    axis = Axis.over(0, 1900, (0, 320), 4)
    assert [axis.at(value) for value in (0, 3, 950, 1900)] == [0, 1, 160, 320]
    assert axis.marks() == [0, 500, 1000, 1500]
    falling = Axis.over(Fraction(95), Fraction(116), (144, 4), 4)
    assert (falling.at(95), falling.at(116)) == (144, 4)
    assert falling.marks() == [100, 110]


def test_flags_that_fit_beside_each_other_share_a_line_and_others_do_not() -> None:
    short, long = Text("短い", "short"), Text("これはとても長いことばです", "these are very many words")
    assert lanes_of([Flag(20, short), Flag(160, short), Flag(300, short)]) == (0, 0, 0)
    assert lanes_of([Flag(20, long), Flag(40, long), Flag(300, short)]) == (0, 1, 0)


def test_flags_share_a_line_where_a_letter_fits_between_them_wherever_they_stand() -> None:
    """Four narrow letters over 160 reach from 144 to 176; three wide ones over 190, which are 39, from 171 to 210."""
    first, odd = Flag(160, Text("abcd", "abcd")), Text("三文字", "c")
    after, before = 176 + LETTER + 19, 144 - LETTER - 20
    for close, apart in ((after, after + 1), (before, before - 1)):
        assert lanes_of([first, Flag(close, odd)]) == (0, 1)
        assert lanes_of([first, Flag(apart, odd)]) == (0, 0)


def test_a_flag_has_a_line_only_where_there_is_room_for_one_below_its_words() -> None:
    flags = [Flag(160, Text("旗", "flag"))]
    assert [len(flags_drawn(flags, LINE + room)[0]) for room in (LINE // 2, LINE // 2 + 1)] == [0, 1]
    assert flags_drawn([], 50) == ((), ())


def test_words_stand_over_their_place_unless_they_would_leave_the_drawing() -> None:
    even, odd = Text("abcd", "abcd"), Text("字", "c")  # 32 and 13 wide
    places = {
        (text.ja, x): (label_within("mark", x, 0, text).x, label_within("mark", x, 0, text).anchor)
        for text, half in ((even, 16), (odd, 7))
        for x in (half - 1, half, WIDTH - half, WIDTH - half + 1)
    }
    assert places == {
        ("abcd", 15): (0, Anchor.START),
        ("abcd", 16): (16, Anchor.MIDDLE),
        ("abcd", 304): (304, Anchor.MIDDLE),
        ("abcd", 305): (WIDTH, Anchor.END),
        ("字", 6): (0, Anchor.START),
        ("字", 7): (7, Anchor.MIDDLE),
        ("字", 313): (313, Anchor.MIDDLE),
        ("字", 314): (WIDTH, Anchor.END),
    }


def test_marks_are_as_fine_as_asked_for() -> None:
    assert Axis.over(0, 2, (0, 320), 4).marks() == [0, Fraction(1, 2), 1, Fraction(3, 2), 2]
    assert Axis.over(0, 2, (0, 320), 4, finest=1).marks() == [0, 1, 2]


def test_amounts_in_a_drawing_are_of_one_unit_and_never_more_than_they_are() -> None:
    assert yen_in_a_drawing(8_660_000) == Text("866", "8.66")
    assert yen_in_a_drawing(15_000_000, with_unit=True) == Text("1,500万円", "15 million yen")
    assert yen_for_a_drawing(8_666_666, 10_000_000) == 8_660_000
    assert yen_for_a_drawing(66_667, 100_000) == 66_000
    assert yen_for_a_drawing(7, 99) == 7
