"""JSON as the calculator takes it: text from outside goes in, exact values or a ValueError come out.

No float comes near a figure: a number with a decimal point is a Fraction. What nobody writes in good faith (numbers of
hundreds of digits, bottomless nesting, one key twice) is refused like any other text that is not JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache, lru_cache
from json.encoder import encode_basestring
from types import NoneType
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
        return _DECODER.decode(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def decoder(constant: Callable[[str], JsonValue]) -> json.JSONDecoder:
    """Return what reads JSON so strictly; `constant` says what `NaN` and the infinities stand for."""
    return json.JSONDecoder(
        parse_float=_decimal, parse_int=_whole, parse_constant=constant, object_pairs_hook=_object
    )


def write_json(value: JsonValue) -> str:
    """Return `value` as one line; characters that no encoding has are escaped."""
    text = _ENCODER.encode(value)
    return text if _can_be_encoded(text) else json.dumps(value)


class WrittenArray(list[str]):
    """A JSON array whose values are written already: the text of each, without characters that no encoding has."""


def write_object(content: Mapping[str, JsonValue]) -> str:
    """Return an object as `write_json` does; its values may be a `WrittenArray` too."""
    try:
        members = [f"{_key(name)}{_WRITERS.get(type(value), write_json)(value)}" for name, value in content.items()]
    except UnicodeEncodeError:
        return json.dumps(read_back(content))
    return f"{{{', '.join(members)}}}"


def read_back(content: Mapping[str, JsonValue]) -> JsonObject:
    """Return an object with the values of each `WrittenArray` in it, as if they had not been written yet."""
    return {
        name: [*map(json.loads, value)] if isinstance(value, WrittenArray) else value for name, value in content.items()
    }


def _can_be_encoded(text: str) -> bool:
    try:
        return text.isascii() or bool(text.encode())
    except UnicodeEncodeError:
        return False


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError("a number of too many digits")
    return int(digits)


@lru_cache(maxsize=1024)
def _decimal(digits: str) -> Fraction:
    _, _, exponent = digits.lower().partition("e")
    if len(digits) > LONGEST_NUMBER or abs(int(exponent or 0)) > LARGEST_EXPONENT:
        raise ValueError("a number of too many digits")
    return Fraction(digits)


def _refuse(name: str) -> JsonValue:
    raise ValueError(f"{name} is not JSON")


def _object(pairs: list[tuple[str, JsonValue]]) -> JsonObject:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


@cache
def _key(name: str) -> str:
    """Return how a member called `name` begins; names of members are ours, and few."""
    return f"{write_json(name)}: "


def _string(text: str) -> str:
    """Return a string as JSON writes it, or raise UnicodeEncodeError where no encoding has its characters."""
    if not text.isascii():
        text.encode()
    return encode_basestring(text)


def _array(values: list[JsonValue]) -> str:
    """Return an array; those of an answer are mostly of strings, or empty."""
    try:
        return f"[{', '.join(map(_string, values))}]"
    except (AttributeError, TypeError):  # there are others than strings
        return write_json(values)


_DECODER = decoder(_refuse)
_ENCODER = json.JSONEncoder(ensure_ascii=False)

#: How values of an answer are written that have a short way; a subclass, such as an enumeration, is none of them.
_WRITERS: Mapping[type, Callable[..., str]] = {
    NoneType: lambda _: "null",
    str: _string,
    int: str,
    list: _array,
    WrittenArray: lambda texts: f"[{', '.join(texts)}]",
}
