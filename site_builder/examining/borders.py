"""On which side of a number a sentence draws its border: 以上 and "at least", or 超 and "more than"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from enum import Enum

from site_builder.examining.numbers import ENGLISH, JAPANESE, value_of


class Border(Enum):
    """Whether a number is on the upper side of its border (以上, 未満) or on the lower one (超, 以下)."""

    FROM = "the number itself belongs to what lies above"
    UP_TO = "the number itself belongs to what lies below"


_FIGURE = r"\{[a-z][a-z0-9_./:-]*\}"
_JA = rf"(?P<number>{_FIGURE}|{JAPANESE})"
_JA_UNIT = r"(?:円|人|年間|年|か月|%|％|歳|日|社|者|件|個|回|名|倍|週間)?"
_EN = rf"(?P<number>{_FIGURE}|{ENGLISH})"
#: What is counted: "yen", "regular employees", "million yen of sales".
_EN_UNIT = r"(?:%| per cent)?(?: [a-z]+){0,3}?"

_SAID = (
    (Border.FROM, rf"{_JA}{_JA_UNIT}(?:以上|未満|に満たな|に達しな|を下回)"),
    (Border.UP_TO, rf"{_JA}{_JA_UNIT}(?:以下|以内|を超|超(?!過)|を上回|より(?:大き|多|高))"),
)
_ABOVE = "at least|no less than|not less than|less than|fewer than|lower than|below|under"
_BELOW = "at most|no more than|not more than|more than|up to|within|over|above|exceed(?:s|ing)?|higher than"
_SAID_IN_ENGLISH = (
    (Border.FROM, rf"\b(?:{_ABOVE}) {_EN}"),
    (Border.UP_TO, rf"\b(?:{_BELOW}) {_EN}"),
    (Border.FROM, rf"{_EN}{_EN_UNIT} or (?:more|over|higher|above)\b"),
    (Border.UP_TO, rf"{_EN}{_EN_UNIT} or (?:less|fewer|under|below|lower)\b"),
)
_PATTERNS = {
    "ja": tuple((border, re.compile(words)) for border, words in _SAID),
    "en": tuple((border, re.compile(words, re.IGNORECASE)) for border, words in _SAID_IN_ENGLISH),
}


def borders_in(text: str, language: str) -> Mapping[str, tuple[Border, tuple[int, int]]]:
    """Return the border at each number or named figure of a text, and where it stands.

    What a text draws on both sides at different places is left out: which is meant where cannot be told.
    """
    found: dict[str, list[tuple[Border, tuple[int, int]]]] = defaultdict(list)
    for border, pattern in _PATTERNS[language]:
        for match in pattern.finditer(text):
            number = match["number"]
            name = number if number.startswith("{") else str(value_of(number))
            found[name].append((border, match.span()))
    return {name: several[0] for name, several in found.items() if len({border for border, _ in several}) == 1}
