"""What is counted in either language: 4つの枠 and "four frames"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from site_builder.examining.numbers import numbers_in
from site_builder.style.number_words import number_words, ordinals

#: What is counted in Japanese. A year is the year of an era, and 13回目 is the thirteenth.
_COUNTED = re.compile(
    r"(?<![0-9,.第])(?P<digits>[0-9]+|(?<![一二三四五六七八九十])[二三四五六七八九](?=つ))"
    r"(?:つ|枠|類型|種類|区分|項目|段階|業種|社|者|人|名|組|件|本|台|店|枚|倍|通り|か国|か所|回(?!目)|時間|日間|週間|か月|年間|歳)"
)
_KANJI = {kanji: value for value, kanji in enumerate("一二三四五六七八九十", 1)}
_TWO = re.compile(r"\b(?:both|twice|doubles?|pair)\b", re.IGNORECASE)
#: "eight in ten" is 8割.
_OF_TEN = re.compile(r"(?<=\bin )ten\b", re.IGNORECASE)
#: Not the 12 of 12,000,000.
_DIGITS = re.compile(r"(?<![0-9])(?<![0-9][,.])[0-9]+(?![0-9]|[,.][0-9])")
#: "One" is an article, and "two" stands where Japanese has each, the other, or before and after.
_LEAST_IN_JAPANESE, _LEAST_IN_ENGLISH = 2, 3


def counts_in(text: str, language: str) -> Iterator[tuple[Fraction, tuple[int, int]]]:
    """Yield what a text counts and must be found in the other language, and where each stands."""
    if language == "ja":
        for match in _COUNTED.finditer(text):
            value = _KANJI.get(match["digits"]) or int(match["digits"])
            if value >= _LEAST_IN_JAPANESE:
                yield Fraction(value), match.span()
        return
    for value, span in number_words(_OF_TEN.sub("\0\0\0", text)):
        if value >= _LEAST_IN_ENGLISH:
            yield Fraction(value), span


def counted_in(text: str) -> frozenset[Fraction]:
    """Return every number that a text has in digits or words, of whatever: what a count may be found as."""
    found = set(numbers_in(text))
    found |= {Fraction(match[0]) for match in _DIGITS.finditer(text)}
    found |= {Fraction(value) for value, _ in number_words(text)}
    found |= {Fraction(value) for value in ordinals(text)}
    found |= {Fraction(_KANJI[letter]) for letter in text if letter in _KANJI}
    return frozenset(found | {Fraction(2)} if _TWO.search(text) else found)
