"""The published rules are read back as they were written, and another format is refused."""

from __future__ import annotations

import json

import pytest

from calculator.codec import WrongFormatError, frame_rules_json, part_json, rule_book_from_json, rule_book_json
from calculator.rulebook import FORMAT
from tests.calculator.made_book import book
from tests.calculator.made_forms_book import forms_book


def test_a_rule_book_survives_being_written_and_read() -> None:
    assert rule_book_from_json(rule_book_json(book())) == book()
    assert rule_book_from_json(rule_book_json(forms_book())) == forms_book()


def test_the_same_rules_are_the_same_bytes() -> None:
    assert rule_book_json(book()) == rule_book_json(rule_book_from_json(rule_book_json(book())))


def test_rules_are_written_alike_in_pieces_and_at_once() -> None:
    for frame in (*book().frames.values(), *forms_book().frames.values()):
        for rules in frame.rounds.values():
            assert frame_rules_json(rules) == part_json(rules)


def test_no_float_is_in_the_published_rules() -> None:
    def refuse(text: str) -> None:
        raise AssertionError(f"a float was published: {text}")

    json.loads(rule_book_json(book()), parse_float=refuse)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": 0}',
        "{",
        f'{{"format": {FORMAT}}}',
        f'{{"format": {FORMAT}, "facts": []}}',
        f'{{"format": {FORMAT}, "more": 1}}',
    ],
)
def test_what_is_not_a_rule_book_of_this_format_is_refused(text: str) -> None:
    with pytest.raises(WrongFormatError):
        rule_book_from_json(text)


def test_rules_without_words_that_this_calculator_says_are_refused_before_it_needs_them() -> None:
    content = json.loads(rule_book_json(book()))
    del content["messages"]["change_record"]
    with pytest.raises(WrongFormatError, match="no words for change_record"):
        rule_book_from_json(json.dumps(content))
