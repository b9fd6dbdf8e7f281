"""Messages: what is left out of one is named, texts are told one after the other, and each in its language."""

from __future__ import annotations

import pytest

from calculator.messages import listed, message
from calculator.text import Text
from tests.calculator.made_book import book

WORDS = Text("ことば", "words")


def test_a_message_without_its_parts_is_refused_with_their_names() -> None:
    with pytest.raises(KeyError, match="sum_capped needs limit, uncapped"):
        message(book().messages, "sum_capped")


def test_nothing_is_told_of_nothing_and_one_text_as_it_is() -> None:
    assert listed(book().messages, ()) == Text("", "")
    assert listed(book().messages, (WORDS,)) is WORDS
    assert listed(book().messages, (WORDS, WORDS)) == Text("two_words: ことば ことば", "two_words: words words")


def test_a_text_has_both_languages() -> None:
    assert (WORDS.within("ja"), WORDS.within("en")) == ("ことば", "words")
