"""JSON as the calculator takes it: text from outside goes in, exact values or a ValueError come out.

No float comes near a figure: a number with a decimal point is a Fraction. What nobody writes in good faith (numbers of
hundreds of digits, bottomless nesting, one key twice) is refused like any other text that is not JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from itertools import accumulate
from json.encoder import encode_basestring
from typing import Any, TypeAlias

JsonValue: TypeAlias = Any
"""A value whose kind is found out by looking at it; past the modules that look, there is none."""

JsonObject: TypeAlias = dict[str, JsonValue]

#: Every Python gives up somewhere between hundreds and thousands of levels, each elsewhere; all are asked to here.
MOST_NESTED = 30
LONGEST_NUMBER = 40  # characters
LARGEST_EXPONENT = 30
_NEVER_WRITTEN = "\0"  # JSON escapes it


def read_json(text: str) -> JsonValue:
    """Return the value that `text` writes.

    Raises:
        ValueError: the text is not JSON, or is refused.
    """
    if is_too_deep(text):
        raise ValueError("nested too deeply")
    return _DECODER.decode(text)


def is_too_deep(text: str, most: int = MOST_NESTED) -> bool:
    """Say whether more than `most` objects and arrays lie in one another; of what is no JSON, anything."""
    return text.count("[") + text.count("{") > most and _depth(text) > most


def _depth(text: str) -> int:
    """Return how many objects and arrays lie in one another at most in a text that has any; of no JSON, any number."""
    return max(accumulate(map(_LEVELS.__getitem__, _BRACKET_OR_TEXT.findall(text))))


def decoder(constant: Callable[[str], JsonValue]) -> json.JSONDecoder:
    """Return what reads JSON so strictly; `constant` says what `NaN` and the infinities stand for."""
    return json.JSONDecoder(parse_float=_decimal, parse_int=_whole, parse_constant=constant, object_pairs_hook=_object)


def write_json(value: JsonValue) -> str:
    """Return `value` as one line; characters that no encoding has are escaped."""
    text = _ENCODER.encode(value)
    return text if _can_be_encoded(text) else json.dumps(value)


@dataclass(frozen=True, slots=True)
class WrittenArray:
    """A JSON array whose values are written already, without characters that no encoding has.

    Its text comes in `pieces`, without the brackets. Only whoever writes all of an answer puts them together: to copy
    long texts again and again takes longer than anything else.
    """

    pieces: list[str]

    @classmethod
    def of(cls, values: Iterable[Sequence[str]]) -> WrittenArray:
        """Return the array of `values`, each in pieces of its own; what has no pieces adds nothing."""
        pieces = [piece for value in values if value for piece in (", ", *value)]
        return cls(pieces[1:])


def write_object(content: Mapping[str, JsonValue]) -> str:
    """Return an object as `write_json` does; its values may be a `WrittenArray` too."""
    pieces = [*_form(tuple(content))]
    try:
        pieces[1::2] = ["null" if value is None else _WRITERS[type(value)](value) for value in content.values()]
    except UnicodeEncodeError:
        return json.dumps(read_back(content))
    return "".join(pieces)


def read_back(content: Mapping[str, JsonValue]) -> JsonObject:
    """Return an object with the values of each `WrittenArray` in it, as if they had not been written yet."""
    return {
        name: json.loads(f"[{''.join(value.pieces)}]") if isinstance(value, WrittenArray) else value
        for name, value in content.items()
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
def _form(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the pieces of an object, each second empty for a value; the names are those of answers, which are few."""
    places = ", ".join([f"{write_json(name)}: {_NEVER_WRITTEN}" for name in names])
    pieces = [""] * (2 * len(names) + 1)
    pieces[::2] = f"{{{places}}}".split(_NEVER_WRITTEN)
    return tuple(pieces)


def _string(text: str) -> str:
    """Return a string as JSON writes it, or raise UnicodeEncodeError where no encoding has its characters."""
    if not text.isascii():
        text.encode()
    return encode_basestring(text)


def _array(values: list[JsonValue]) -> str:
    """Return an array; those of an answer are mostly of strings, or empty."""
    if not values:
        return "[]"
    try:
        text = f"[{', '.join(map(_quoted, values))}]"
    except TypeError:  # there are others than strings
        return write_json(values)
    if not text.isascii():
        text.encode()
    return text


#: The texts in arrays are mostly names of the rules.
_quoted = lru_cache(maxsize=4096)(encode_basestring)
_DECODER = decoder(_refuse)
#: A text that does not end goes on to the end of all, so that nothing is looked at twice.
_BRACKET_OR_TEXT = re.compile(r'([\[{\]}])|"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
#: How many levels a bracket begins; a text begins none.
_LEVELS = {"[": 1, "{": 1, "]": -1, "}": -1, "": 0}
_ENCODER = json.JSONEncoder(ensure_ascii=False)


#: How values of answers are written, which are all of these very types.
_WRITERS: Mapping[type, Callable[..., str]] = {
    str: _string,
    int: str,
    list: _array,
    WrittenArray: lambda array: "".join(("[", *array.pieces, "]")),
    dict: write_json,
    bool: write_json,
}
