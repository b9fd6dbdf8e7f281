"""The published rules are read back as they were written, and another format is refused."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from calculator.codec import WrongFormatError, frame_rules_json, part_json, rule_book_from_json, rule_book_json
from calculator.rulebook import FORMAT, FrameRules
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


def test_words_are_published_as_they_are_written_and_nothing_stands_between() -> None:
    text = rule_book_json(book())
    assert '{"ja":"ことば","en":"words"}' in text
    assert json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":")) == text


def test_a_budget_without_numbered_rounds_survives_being_written_and_read() -> None:
    rules = book()
    plain = rules.frames["made/up/plain"]
    whole = replace(plain, rounds={None: replace(plain.rounds[2], round=None)})
    without = replace(rules, frames={**rules.frames, "made/up/plain": whole})
    assert rule_book_from_json(rule_book_json(without)) == without


def test_whoever_has_the_texts_already_is_asked_for_each_record_and_for_the_rules_of_each_round() -> None:
    records: list[object] = []
    rounds: list[FrameRules] = []

    def text_of(part: object) -> str:
        records.append(part)
        return part_json(part)

    def rules_text(rules: FrameRules) -> str:
        rounds.append(rules)
        return frame_rules_json(rules)

    assert rule_book_json(book(), text_of, rules_text) == rule_book_json(book())
    frames = book().frames.values()
    assert rounds == [rules for frame in frames for rules in frame.rounds.values()]
    assert not any(isinstance(one, FrameRules) for one in records)
    rules = rounds[0]
    records.clear()
    frame_rules_json(rules, text_of)
    assert [one for one in records if one in rules.requirements] == [*rules.requirements]


def test_no_float_is_in_the_published_rules() -> None:
    def refuse(text: str) -> None:
        raise AssertionError(f"a float was published: {text}")

    json.loads(rule_book_json(book()), parse_float=refuse)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "not JSON: "),
        ("{", "not JSON: "),
        ("[]", f"not a rule book of format {FORMAT}$"),
        ("{}", f"not a rule book of format {FORMAT}$"),
        ('{"format": 0}', f"not a rule book of format {FORMAT}$"),
        (f'{{"format": {FORMAT}}}', f"not a rule book of format {FORMAT}: .*missing"),
        (f'{{"format": {FORMAT}, "facts": []}}', f"not a rule book of format {FORMAT}: .*items"),
        (f'{{"format": {FORMAT}, "more": 1}}', f"not a rule book of format {FORMAT}: 'more'"),
    ],
)
def test_what_is_not_a_rule_book_of_this_format_is_refused_with_what_is_wrong(text: str, told: str) -> None:
    with pytest.raises(WrongFormatError, match=f"^{told}"):
        rule_book_from_json(text)


def test_rules_without_words_that_this_calculator_says_are_refused_before_it_needs_them() -> None:
    content = json.loads(rule_book_json(book()))
    for missing in ("change_record", "change_eq"):
        del content["messages"][missing]
    with pytest.raises(WrongFormatError, match=r"^no words for change_eq, change_record: written for another"):
        rule_book_from_json(json.dumps(content))
