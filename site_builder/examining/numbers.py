"""Numbers, money, shares and days as texts have them in either language, told as values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from calculator.figures import MONTHS_EN

_DIGITS = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_HALVES = {"half": "1/2", "third": "1/3", "quarter": "1/4"}
_WORDS = {"one": 1, "a": 1, "two": 2, "three": 3}
_KANJI = "一二三四五六七八九十"
#: 3分の2, 三分の二, 半額
_JAPANESE_FRACTION = rf"[0-9]+分の[0-9]+|[{_KANJI}]分の[{_KANJI}]|半[数分額]"
#: 1億2,000万, 3,000, 3分の2, 半数
JAPANESE = (
    rf"(?<![0-9,.])(?:{_JAPANESE_FRACTION}"
    rf"|(?:{_DIGITS}億)?(?:{_DIGITS}万)?(?:{_DIGITS}千)?(?:{_DIGITS})?(?<=[0-9億万千]))"
)
#: 120 million, 3,000, 2/3, two thirds, half
ENGLISH = (
    rf"(?<![0-9,.])(?:[0-9]+/[0-9]+|\b(?:(?:one|two|three|a)[ -])?(?:half|thirds?|quarters?)\b"
    rf"|{_DIGITS}(?: (?:thousand|million|billion))?)"
)
#: Any number in either notation; one that is followed by a Japanese scale is Japanese.
_NUMBER = re.compile(rf"(?={_DIGITS}[億万千分]|[{_KANJI}]分の|半){JAPANESE}|{ENGLISH}", re.IGNORECASE)
_SCALES = {"千": 10**3, "万": 10**4, "億": 10**8, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_SCALED = re.compile(rf"({_DIGITS}) ?(千|万|億|thousand|million|billion)?", re.IGNORECASE)
#: Several numbers that share what stands behind the last: 36 and 44 million.
_SHARING = re.compile(
    rf"((?:{_DIGITS}(?:, | and | or | to |–|-))+)(?={_DIGITS} (thousand|million|billion))", re.IGNORECASE
)

_MONEY = re.compile(rf"(?P<ja>{JAPANESE})円|(?P<en>{ENGLISH}) yen\b|¥(?P<sign>{_DIGITS})", re.IGNORECASE)
_SHARE = re.compile(rf"(?<![0-9,./])({_DIGITS}) ?(?:%|％|パーセント|per ?cent\b)", re.IGNORECASE)
#: A fraction in words; not "a third party", and not half-width.
_FRACTION = re.compile(
    rf"(?<![0-9])(?:{_JAPANESE_FRACTION})"
    r"|\b(?:(?:one|two|three)[ -](?:thirds?|quarters?)|(?:(?:one|a)[ -])?half)\b(?!-)",
    re.IGNORECASE,
)
_MONTHS = {name: number for number, name in enumerate(MONTHS_EN, 1)}
_DAY = re.compile(r"(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日")
_ENGLISH_DAY = re.compile(
    r"(?<![0-9,.])(?P<day>[0-9]{1,2})(?:(?: to | and | or |–|-|, )(?P<last>[0-9]{1,2}))? "
    rf"(?P<month>{'|'.join(_MONTHS)})\b"
)


def value_of(number: str) -> Fraction:
    """Return the value of a number as it is written in either language."""
    small = number.lower()
    if "分の" in small:
        below, _, above = small.partition("分の")
        return Fraction(_whole_number(above), _whole_number(below))
    if small.startswith("半"):
        return Fraction(1, 2)
    word = re.fullmatch(r"(?:(one|two|three|a)[ -])?(half|third|quarter)s?", small)
    if word is not None:
        return _WORDS.get(word[1], 1) * Fraction(_HALVES[word[2]])
    if "/" in small:
        above, _, below = small.partition("/")
        return Fraction(int(above), int(below) or 1)
    parts = _SCALED.findall(small)
    return sum((Fraction(digits.replace(",", "")) * _SCALES.get(scale, 1) for digits, scale in parts), Fraction(0))


def _whole_number(digits: str) -> int:
    return 1 + _KANJI.index(digits) if digits in _KANJI else int(digits)


def numbers_in(text: str) -> frozenset[Fraction]:
    """Return every number of a text, in whichever notation."""
    found = {value_of(match[0]) for match in _NUMBER.finditer(text)}
    for match in _SHARING.finditer(text):
        found |= {value_of(f"{digits} {match[2]}") for digits in re.findall(_DIGITS, match[1])}
    return frozenset(found)


def quantities_in(text: str) -> Iterator[tuple[Fraction, tuple[int, int]]]:
    """Yield the money, the shares and the fractions of a text, and where each stands; a single yen is worded freely."""
    for match in _MONEY.finditer(text):
        number = match["ja"] or match["en"] or match["sign"]
        if number and value_of(number) > 1:
            yield value_of(number), match.span()
    yield from ((value_of(match[1]), match.span()) for match in _SHARE.finditer(text))
    yield from ((value_of(match[0]), match.span()) for match in _FRACTION.finditer(text))


def days_in(text: str) -> Mapping[tuple[int, int], tuple[int, int]]:
    """Return the days of a text as months and days, and where each stands."""
    found = {(int(match["month"]), int(match["day"])): match.span() for match in _DAY.finditer(text)}
    for match in _ENGLISH_DAY.finditer(text):
        for day in (match["day"], match["last"]):
            if day is not None:
                found.setdefault((_MONTHS[match["month"]], int(day)), match.span())
    return found
