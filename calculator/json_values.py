"""JSON as the calculator takes it: text from outside goes in, exact values or a ValueError come out.

No float comes near a figure: a number with a decimal point is a Fraction. What nobody writes in good faith (numbers of
hundreds of digits, bottomless nesting, one key twice) is refused like any other text that is not JSON.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any, TypeAlias

JsonValue: TypeAlias = Any
"""A value whose kind is found out by looking at it; past the modules that look, there is none."""

JsonObject: TypeAlias = dict[str, JsonValue]

LONGEST_NUMBER = 40  # characters
LARGEST_EXPONENT = 30


def read_json(text: str) -> JsonValue:
    """Return the value that `text` writes.

    Raises:
        ValueError: the text is not JSON, or is refused.
    """
    try:
        return json.loads(
            text,
            parse_float=_decimal,
            parse_int=_whole,
            parse_constant=_refuse,
            object_pairs_hook=_object,
        )
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def write_json(value: JsonValue) -> str:
    """Return `value` as one line; characters that no encoding has are escaped."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return text


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError("a number of too many digits")
    return int(digits)


def _decimal(digits: str) -> Fraction:
    _, _, exponent = digits.lower().partition("e")
    if len(digits) > LONGEST_NUMBER or abs(int(exponent or 0)) > LARGEST_EXPONENT:
        raise ValueError("a number of too many digits")
    return Fraction(digits)


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _object(pairs: list[tuple[str, JsonValue]]) -> JsonObject:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return found
