"""What nobody can tell because a file could not be read, so that errors that only follow from that are kept back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from site_builder.errors import GuidanceError

_WORD = re.compile(r"[a-z0-9][a-z0-9_.-]*")
_QUOTED = re.compile(r"'([^']*)'|(round \d+)| at /(\S*)")
#: What else a half-read file seems to lack or to have wrong, besides what it names.
_OF_NAMES = frozenset(
    ("bare-optional", "definition-cycle", "duplicate-code", "duplicate-name", "kinds-differ", "never-none")
)


@dataclass(frozen=True, slots=True)
class Lost:
    """What was lost in reading.

    Attributes:
        words: the names that stand in what could not be read: somebody who asks for one of them may be right.
        addresses: beginnings of names and addresses of which nothing can be told, such as `monozukuri/r3s/`; "" is all.
        paths: files of which a part could not be read, as errors call them.
    """

    words: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    paths: frozenset[str] = frozenset()

    def __or__(self, other: Lost) -> Lost:
        """Return what is lost here or there."""
        return Lost(self.words | other.words, self.addresses | other.addresses, self.paths | other.paths)

    def explains(self, error: GuidanceError) -> bool:
        """Say whether `error` may be no mistake of its own: it misses something that could not be read."""
        if error.code.startswith("unknown-"):
            return any(self._has(name) for name in _names_in(error.sentence))
        return error.place.path in self.paths and error.code not in _OF_NAMES

    def mistakes(self, errors: Iterable[GuidanceError]) -> Iterator[GuidanceError]:
        """Yield those of `errors` that are mistakes of their own."""
        return (error for error in errors if not self.explains(error))

    def _has(self, name: str) -> bool:
        parts = (name, *name.split("."))  # what misses a record's part may miss the record
        return not self.words.isdisjoint(parts) or any(f"{name}/".startswith(start) for start in self.addresses)


def words_of(text: str) -> frozenset[str]:
    """Return every word of `text` that may be a name."""
    return frozenset(word.rstrip(".-") for word in _WORD.findall(text))


def _names_in(sentence: str) -> Iterator[str]:
    for match in _QUOTED.finditer(sentence):
        name = next(group for group in match.groups() if group is not None)
        yield name.strip("{}")
