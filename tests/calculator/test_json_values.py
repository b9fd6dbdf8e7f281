"""JSON from outside is read exactly or refused, and what is written is what `json` would write, piece by piece."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from calculator.json_values import (
    LARGEST_EXPONENT,
    LONGEST_NUMBER,
    MOST_NESTED,
    JsonValue,
    WrittenArray,
    is_too_deep,
    read_back,
    read_json,
    write_json,
    write_object,
)

DIGITS = "9" * LONGEST_NUMBER


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1", Fraction(1, 10)),
        ("2.50", Fraction(5, 2)),
        ("1e2", Fraction(100)),
        ("-1E-2", Fraction(-1, 100)),
        (f"1e{LARGEST_EXPONENT}", Fraction(10**LARGEST_EXPONENT)),
        (f"1e-{LARGEST_EXPONENT}", Fraction(1, 10**LARGEST_EXPONENT)),
        (f"0.{DIGITS[2:]}", Fraction(f"0.{DIGITS[2:]}")),
        (DIGITS, int(DIGITS)),
        ("-7", -7),
        ('{"a": [true, null, "語"]}', {"a": [True, None, "語"]}),
    ],
)
def test_a_number_is_read_as_the_exact_value_that_is_written(text: str, value: object) -> None:
    assert read_json(text) == value
    assert type(read_json(text)) is type(value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{DIGITS}9", "a number of too many digits"),
        (f"0.{DIGITS[1:]}", "a number of too many digits"),
        (f"1e{LARGEST_EXPONENT + 1}", "a number of too many digits"),
        (f"1E-{LARGEST_EXPONENT + 1}", "a number of too many digits"),
        ("NaN", "NaN is not JSON"),
        ("[-Infinity]", "-Infinity is not JSON"),
        ('{"a": 1, "b": 2, "a": 1}', "a key stands twice in one object"),
        ("[" * (MOST_NESTED + 1) + "]" * (MOST_NESTED + 1), "nested too deeply"),
        ("{'a': 1}", "Expecting property name"),
    ],
)
def test_what_nobody_writes_in_good_faith_is_refused_with_what_is_wrong(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=f"^{told}"):
        read_json(text)


def nested(depth: int) -> str:
    return '{"a": [' * (depth // 2) + "[]" * (depth % 2) + "]}" * (depth // 2)


def test_as_many_levels_are_read_as_any_python_reads_and_no_more() -> None:
    assert read_json(nested(MOST_NESTED)) == json.loads(nested(MOST_NESTED))
    assert [is_too_deep(nested(MOST_NESTED + more)) for more in (0, 1, 2)] == [False, True, True]
    assert [is_too_deep(nested(depth), 3) for depth in (3, 4)] == [False, True]


def test_levels_are_counted_from_where_brackets_have_closed() -> None:
    """Many lie beside each other, and after a deep one others begin inside of those that are still open."""
    again = [f"{'[' * outer}[[]], {'[' * inner}{']' * inner}{']' * outer}" for outer, inner in ((20, 10), (20, 11))]
    assert [is_too_deep(text) for text in again] == [False, True]
    assert is_too_deep("[[[]]]", 2)
    assert not is_too_deep("[[[]], {}, []]", 3)


@pytest.mark.parametrize(
    "text",
    [
        f"[{', '.join(['[]', '{}'] * MOST_NESTED)}]",
        json.dumps(["[" * 40, "{" * 40, '"[' * 40, "\\" * 3 + "[" * 40, '[\\"' * 40]),
        json.dumps({"[" * 40: "\n[" * 40}),
    ],
)
def test_what_lies_side_by_side_or_in_a_text_is_not_nested(text: str) -> None:
    assert not is_too_deep(text)
    assert read_json(text) == json.loads(text)


VALUES: tuple[JsonValue, ...] = (
    None,
    True,
    False,
    0,
    -15,
    "plain",
    'a "quoted" \\ text\nof two lines',
    "語",
    [],
    ["one"],
    ["one", "語", 'a "quoted" one'],
    [1, "two", None],
    [{"code": "a", "text": {"ja": "語"}}],
    {"a": {"b": None}, "c": [1]},
)


def test_an_object_is_written_as_json_writes_it_whatever_its_values_are() -> None:
    whole = {f"name {place} 語": value for place, value in enumerate(VALUES)}
    for written in (whole, {}, *({"a": value} for value in VALUES)):
        assert write_object(written) == json.dumps(written, ensure_ascii=False)
        assert write_json(written) == json.dumps(written, ensure_ascii=False)


@pytest.mark.parametrize("half", ["\ud800", ["\ud800", "語"], ["\ud800", 1], {"語": "\ud800"}])
def test_half_a_character_is_escaped_so_that_the_line_has_an_encoding(half: JsonValue) -> None:
    content = {"id": half, "word": "語", "reasons": WrittenArray.of([('{"code": ', '"a"}'), ('"語"',)])}
    line = write_object(content)
    assert json.loads(line.encode()) == {"id": half, "word": "語", "reasons": [{"code": "a"}, "語"]}
    assert write_json(half) == json.dumps(half)


@pytest.mark.parametrize("half", ["\ud800", ["\ud800", "語"]])
def test_half_a_character_in_a_text_or_a_list_of_texts_has_all_of_the_line_escaped(half: JsonValue) -> None:
    assert write_object({"id": "語", "ignored": half}) == json.dumps({"id": "語", "ignored": half})


def test_values_that_are_written_already_stand_in_their_array_in_order_and_can_be_read_back() -> None:
    array = WrittenArray.of([('{"code": ', '"a"}'), (), ("2",), ["null"]])
    assert write_object({"id": 1, "reasons": array}) == '{"id": 1, "reasons": [{"code": "a"}, 2, null]}'
    assert read_back({"id": 1, "reasons": array}) == {"id": 1, "reasons": [{"code": "a"}, 2, None]}
    assert write_object({"reasons": WrittenArray.of([(), ()])}) == '{"reasons": []}'
    assert read_back({"reasons": WrittenArray.of([])}) == {"reasons": []}
