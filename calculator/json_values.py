"""JSON as the calculator takes it: text from outside goes in, exact values or a ValueError come out.

No float comes near a figure: a number with a decimal point is a Fraction. What nobody writes in good faith (numbers of
hundreds of digits, bottomless nesting, one key twice) is refused like any other text that is not JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from typing import Any, TypeAlias

JsonValue: TypeAlias = Any
"""A value whose kind is found out by looking at it; past the modules that look, there is none."""

JsonObject: TypeAlias = dict[str, JsonValue]

#: Every Python gives up somewhere between hundreds and thousands of levels, each elsewhere; all are asked to here.
MOST_NESTED = 30
LONGEST_NUMBER = 40  # characters
LARGEST_EXPONENT = 30


def read_json(text: str) -> JsonValue:
    """Return the value that `text` writes.

    Raises:
        ValueError: the text is not JSON, or is refused.
    """
    if text.count("[") + text.count("{") > MOST_NESTED and _depth(text) > MOST_NESTED:
        raise ValueError("nested too deeply")
    return _DECODER.decode(text)


def _depth(text: str) -> int:
    """Return how many objects and arrays lie in one another at most; of what is no JSON, any number."""
    depth = deepest = 0
    for bracket in _BRACKET_OR_TEXT.findall(text):
        if bracket in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif bracket in "]}":
            depth -= 1
    return deepest


def write_json(value: JsonValue) -> str:
    """Return `value` as one line; characters that no encoding has are escaped."""
    text = _ENCODER.encode(value)
    return text if _can_be_encoded(text) else json.dumps(value)


class WrittenArray(list[str]):
    """A JSON array whose values are written already: the text of each, without characters that no encoding has."""


def write_object(content: Mapping[str, JsonValue]) -> str:
    """Return an object as `write_json` does; its values may be a `WrittenArray` too."""
    pieces: list[str] = []
    for is_written, members in groupby(content.items(), _is_written):
        if is_written:
            pieces += [f"{_ENCODER.encode(name)}: [{', '.join(texts)}]" for name, texts in members]
        else:
            pieces.append(_ENCODER.encode(dict(members))[1:-1])
            if not _can_be_encoded(pieces[-1]):
                return json.dumps(read_back(content))
    return f"{{{', '.join(pieces)}}}"


def _is_written(member: tuple[str, JsonValue]) -> bool:
    return isinstance(member[1], WrittenArray)


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


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _object(pairs: list[tuple[str, JsonValue]]) -> JsonObject:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


#: A text that does not end goes on to the end of all, so that nothing is looked at twice.
_BRACKET_OR_TEXT = re.compile(r'[\[{\]}]|"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_DECODER = json.JSONDecoder(parse_float=_decimal, parse_int=_whole, parse_constant=_refuse, object_pairs_hook=_object)
_ENCODER = json.JSONEncoder(ensure_ascii=False)
