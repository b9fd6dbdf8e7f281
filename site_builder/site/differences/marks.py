"""Two sentences laid side by side: where they differ, in pieces that a page can mark and a terminal can colour."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import groupby
from typing import TypeAlias

Piece: TypeAlias = tuple[str, bool]
"""Words of a sentence, and whether the other sentence has others in their place."""

#: Figures stay whole, with their signs and units of ten thousand; so do words of letters, and runs of one script.
_TOKEN = re.compile(r"[0-9][0-9,./]*[%億万]?|[A-Za-z]+|[一-龯々]+|[ぁ-ゖ]+|[ァ-ヺー]+|\s+|.", re.DOTALL)
#: Sentences less alike than this are two sentences: marking what they share by chance would help nobody.
_LEAST_LIKENESS = 0.5


def side_by_side(one: str, other: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both sentences in pieces; of two that have little in common each is one piece, marked as a whole.

    A sentence that stands whole in the other has no mark, however much the other says besides.
    """
    left, right = _TOKEN.findall(one), _TOKEN.findall(other)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.ratio() < _LEAST_LIKENESS and one not in other and other not in one:
        return ((one, True),), ((other, True),)
    alike_left, alike_right = set[int](), set[int]()
    for left_at, right_at, size in matcher.get_matching_blocks():
        alike_left.update(range(left_at, left_at + size))
        alike_right.update(range(right_at, right_at + size))
    return _pieces(left, alike_left), _pieces(right, alike_right)


def _pieces(tokens: list[str], alike: set[int]) -> tuple[Piece, ...]:
    runs = groupby(enumerate(tokens), key=lambda token: token[0] not in alike)
    return tuple(("".join(word for _, word in run), is_own) for is_own, run in runs)
