"""What reads badly: where in a text, why, what to write instead, and a code that never changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """A place in a text, from `start` to `end`, and what is said of it."""

    start: int
    end: int
    sentence: str
    hint: str
    code: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that are not written; the first group, if there is one, is what is pointed at."""

    words: re.Pattern[str]
    sentence: str
    hint: str
    code: str

    def faults(self, text: str) -> Iterator[Fault]:
        """Yield each place of `text` that has them; `{}` in the sentence stands for what was found."""
        for match in self.words.finditer(text):
            group = 1 if self.words.groups else 0
            yield Fault(*match.span(group), self.sentence.format(match[group]), self.hint, self.code)


def all_faults(patterns: Iterable[Pattern], text: str) -> Iterator[Fault]:
    """Yield what every pattern finds in `text`."""
    for pattern in patterns:
        yield from pattern.faults(text)


def blanked(pattern: re.Pattern[str], text: str, filling: str = " ") -> str:
    """Return `text` with every match of `pattern` blanked out, so that all places stay."""
    return pattern.sub(lambda match: filling * len(match[0]), text)
