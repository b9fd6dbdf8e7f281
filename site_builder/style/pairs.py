"""The same text in both languages, and whether each stands where the other belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from site_builder.style.faults import Fault
from site_builder.style.passages import Passage

JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff々〇]+")
LATIN = re.compile(r"[A-Za-z]")
_KANA = re.compile(r"[\u3041-\u30ff]")
#: Where either language may stand in the other: names of figures, words in brackets and in quotation marks.
_APART = re.compile(r"\{[^{}]*\}|\((?:[^()]|\([^()]*\))*\)|“[^”]*”")


@dataclass(frozen=True, slots=True)
class Pair:
    """A text in Japanese and in English."""

    ja: Passage
    en: Passage

    @property
    def is_swapped(self) -> bool:
        """Whether the Japanese one has no Japanese letter, and the English one is Japanese."""
        ja, en = blotted(self.ja.raw), blotted(self.en.raw)
        if JAPANESE.search(ja) or not LATIN.search(ja) or not JAPANESE.search(en):
            return False
        letters = sum(len(match[0]) for match in JAPANESE.finditer(en))
        return _KANA.search(en) is not None or letters > len(LATIN.findall(en))


def pairs_of(passages: Iterable[Passage]) -> Iterator[Pair]:
    """Yield the pairs among the passages of a YAML file, in which the English follows the Japanese."""
    for one, other in pairwise(passages):
        if (one.language, other.language) == ("ja", "en"):
            yield Pair(one, other)


def swapped(pair: Pair) -> Fault:
    """Return the fault of the Japanese text of a pair that is swapped."""
    sentence = "English stands under 'ja', and Japanese under 'en'"
    return Fault(0, len(pair.ja.raw), sentence, "exchange the two texts", "languages-swapped")


def blotted(text: str) -> str:
    """Return `text` with what may be in the other language blotted out, each letter where it was."""
    return _APART.sub(lambda match: " " * len(match[0]), text)
