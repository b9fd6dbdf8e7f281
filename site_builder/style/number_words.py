"""Whole numbers in English words: five, twenty-one, third."""

from __future__ import annotations

import re
from collections.abc import Iterator


def _words(line: str) -> tuple[str, ...]:
    return tuple(line.split())


_ONES = (
    *_words("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"),
    *_words("seventeen eighteen nineteen"),
)
_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINALS = (
    *_words("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"),
    *_words("fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"),
)
_VALUES = {word: value for value, word in enumerate(_ONES, 1)} | {
    word: 10 * value for value, word in enumerate(_TENS, 2)
}
_WORD = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[ -](?P<ones>{'|'.join(_ONES[:9])}))?|(?P<small>{'|'.join(_ONES)}))\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(rf"\b(?:{'|'.join(_ORDINALS)})\b", re.IGNORECASE)


def number_words(text: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield the value of each number from 1 to 99 that is written as a word, and where it stands."""
    for match in _WORD.finditer(text):
        parts = (match["tens"], match["ones"], match["small"])
        yield sum(_VALUES[part.lower()] for part in parts if part is not None), match.span()


def ordinals(text: str) -> Iterator[int]:
    """Yield the value of each ordinal from first to twentieth."""
    yield from (1 + _ORDINALS.index(match[0].lower()) for match in _ORDINAL.finditer(text))
