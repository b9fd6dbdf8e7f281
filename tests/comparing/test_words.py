"""The words of a page are those that a reader is shown, and words that differ are counted one by one."""

from __future__ import annotations

import pytest

from site_builder.comparing.words import Hunk, count_words, hunks_of, lines_of

PAGE = """<!doctype html><html><head><title>Title</title><meta name="description" content="What &amp; why">
<style>p { color: red }</style><script>let hidden = 1;</script></head>
<body><h1>Head<span> and more</span></h1><p>One
line<br>another</p><ul><li>a</li><li>b</li></ul></body></html>"""


def test_each_block_is_a_line_and_what_no_reader_is_shown_is_none() -> None:
    assert lines_of(PAGE) == ("Title", "What & why", "Head and more", "One line", "another", "a", "b")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("上限は750万円です。", "上限は1,000万円です。", 1),
        ("the rate is 1/2 of the cost", "the rate is 2/3 of the cost", 1),
        ("補助率は 1/2 です。", "補助率は 1/2です。", 0),
        ("", "three more words", 3),
        ("Round 13", "", 2),
    ],
)
def test_words_that_differ_are_counted(before: str, after: str, words: int) -> None:
    assert Hunk((before,), (after,)).words == words


def test_only_lines_that_differ_are_told_and_of_them_only_the_difference_is_marked() -> None:
    (hunk,) = hunks_of(("a", "the rate is 1/2", "b"), ("a", "the rate is 2/3", "b"))
    ((left, right),) = hunk.lines
    assert [text for text, is_own in left if is_own] == ["1/2"]
    assert [text for text, is_own in right if is_own] == ["2/3"]


def test_a_line_that_only_one_side_has_stands_alone() -> None:
    (hunk,) = hunks_of(("a",), ("a", "b", "c"))
    assert list(hunk.lines) == [((), (("b", True),)), ((), (("c", True),))]
    assert count_words(hunk.after) == 2
