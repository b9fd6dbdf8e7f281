"""What nobody can tell because a file could not be read, so that errors that only follow from that are kept back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from site_builder.errors import GuidanceError
from site_builder.sources.source_file import MOST_BYTES

_WORD = re.compile(r"[a-z0-9][a-z0-9_.-]*")
#: What prose may name without that it is written as a name: the newest call, and figures of an award.
_GIVEN = frozenset(("newest", "rate", "upper_limit", "lower_limit", "uplift", "sources"))
#: Words of the languages of the files, which name nothing.
_NO_NAMES = frozenset(("true", "false", "yes", "no", "none", "null", "printed", "outside", "convention"))
_QUOTED = re.compile(r"\"[^\"\n]*\"")
#: What is told of a name that the rules do not have.
_OF_THE_RULES = frozenset(
    (
        *("unknown-name", "unknown-figure", "unknown-frame", "unknown-round", "unknown-source", "unknown-choice"),
        *("unknown-example", "unknown-about", "unknown-page", "unknown-name-in-block"),
    )
)
#: What is told of a round of whose frames none was read.
_OF_FRAMES = "no-frames"
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
        if error.code in _OF_THE_RULES:
            return any(self._has(name, error.code) for name in _names_in(error))
        if error.code == _OF_FRAMES:
            folder = error.place.path.partition("/rounds/")[0].removesuffix("/call.yaml")
            return any(path.startswith(f"{folder}/") for path in self.paths)
        return error.place.path in self.paths and error.code not in _OF_NAMES

    def mistakes(self, errors: Iterable[GuidanceError]) -> Iterator[GuidanceError]:
        """Yield those of `errors` that are mistakes of their own."""
        return (error for error in errors if not self.explains(error))

    def _has(self, name: str, code: str) -> bool:
        address, _, figure = name.partition("#")[0].rstrip("/").partition(":")
        for start in self.addresses:
            if f"{address}/".startswith(start):
                rest = (*f"{address}/"[len(start) :].split("/"), figure)
                return all(self._knows(part) for part in rest)
        record = name.partition(".")[0] if code == "unknown-name" else name  # what misses a part may miss the whole
        return not self.words.isdisjoint((name, record))

    def _knows(self, part: str) -> bool:
        """Say whether a part of an address or a figure of an award may be right: it stands somewhere."""
        first = part.partition(".")[0]
        return not part or part.isdigit() or part in self.words or first in _GIVEN


def words_of(text: str) -> frozenset[str]:
    """Return every word of `text` that may be a name; words in quotes are not."""
    return frozenset(word.rstrip(".-") for word in _WORD.findall(_QUOTED.sub("", text).lower())) - _NO_NAMES


def words_in(file: Path) -> frozenset[str]:
    """Return every word that may be a name in a file, whatever it is; of an endless one, in its beginning."""
    if not file.is_file():
        return frozenset()
    with file.open("rb") as opened:
        return words_of(opened.read(MOST_BYTES).decode(errors="replace"))


def _names_in(error: GuidanceError) -> Iterator[str]:
    """Yield what `error` misses: what it points at, or what its sentence names."""
    if error.code == "unknown-round":
        yield from re.findall(r"round \d+|call without a number", error.sentence)
        return
    place = error.place
    marked = place.source[place.column - 1 :][: place.length].strip("{}\"'/ ")
    yield from [marked] if marked else re.findall(r"'([^']*)'", error.sentence)
