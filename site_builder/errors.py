"""What is wrong in a source file, for the person who can mend it: a place, a sentence, a hint and a stable code."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

#: Characters that nobody sees and that change what is seen or read: control characters, marks of direction, spaces
#: without a width, other line breaks, halves of characters, and what is no character.
HIDDEN = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
#: What is printed in their place.
_SHOWN = "\N{REPLACEMENT CHARACTER}"
_EXCERPT_INDENT = " " * 8
_HINT_INDENT = " " * 4
_MOST_NAMES_IN_A_HINT = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Characters of one line of a file. `line` and `column` count from 1; `source` is the whole line, "" if unknown."""

    path: str
    line: int = 1
    column: int = 1
    length: int = 1
    source: str = ""

    def excerpt(self) -> str:
        """Return the line with carets under the place, a full-width character taking two cells; "" without a line."""
        source = visible(self.source)
        if not source.strip():
            return ""
        text = source.lstrip()
        before = source[len(source) - len(text) : self.column - 1]
        marked = source[self.column - 1 : self.column - 1 + self.length]
        carets = "^" * max(1, _cells(marked))
        return f"{_EXCERPT_INDENT}{text.rstrip()}\n{_EXCERPT_INDENT}{' ' * _cells(before)}{carets}"


class GuidanceError(Exception):
    """One mistake in rules or content: where it stands, what it is, what to do, and a code that never changes."""

    def __init__(self, place: Place, sentence: str, hint: str, code: str) -> None:
        super().__init__(place, sentence, hint, code)
        self.place = place
        self.sentence = visible(sentence)
        self.hint = visible(hint)
        self.code = code

    def __str__(self) -> str:
        """Return the error as it is printed, without a newline at its end."""
        place = self.place
        head = f"{place.path}:{place.line}:{place.column}: {self.sentence} [{self.code}]"
        lines = [head, place.excerpt(), f"{_HINT_INDENT}hint: {self.hint}"]
        return "\n".join(line for line in lines if line)


class GuidanceErrors(Exception):  # noqa: N818 - it is several errors
    """All mistakes that were found, each once, in the order of files, lines and columns.

    `not_checked` says in words what could not be looked at because of them.
    """

    def __init__(self, errors: Iterable[GuidanceError], not_checked: Iterable[str] = ()) -> None:
        distinct = {(error.place, error.code, error.sentence): error for error in errors}
        self.errors = tuple(sorted(distinct.values(), key=_reading_order))
        self.not_checked = tuple(dict.fromkeys(not_checked))
        super().__init__(*self.errors)

    def __str__(self) -> str:
        """Return all errors as they are printed."""
        return "\n".join(str(error) for error in self.errors)


class WrongUsageError(Exception):
    """What was asked for on the command line cannot be done: why, and what to ask for instead."""

    def __init__(self, sentence: str, hint: str) -> None:
        super().__init__(f"{visible(sentence)}\n{_HINT_INDENT}hint: {visible(hint)}")


class Gathering:
    """The errors of a stage while it goes on; `close` ends the stage."""

    def __init__(self) -> None:
        self._errors: list[GuidanceError] = []

    @property
    def errors(self) -> tuple[GuidanceError, ...]:
        """All that were remembered so far."""
        return tuple(self._errors)

    def add(self, error: GuidanceError | GuidanceErrors) -> None:
        """Remember `error`, or each of several."""
        self._errors.extend(error.errors if isinstance(error, GuidanceErrors) else (error,))

    def attempt(self, act: Callable[[], T]) -> T | None:
        """Return what `act` returns, or None after remembering what it raises."""
        try:
            return act()
        except (GuidanceError, GuidanceErrors) as error:
            self.add(error)
            return None

    @property
    def found(self) -> tuple[GuidanceError, ...]:
        """What was remembered so far, in the order in which it was found."""
        return tuple(self._errors)

    def close(self) -> None:
        """End the stage.

        Raises:
            GuidanceErrors: anything was remembered.
        """
        if self._errors:
            raise GuidanceErrors(self._errors)


def hidden_character(text: str) -> str | None:
    """Return the first character of `text` that nobody sees and that changes what is seen or read, if there is one."""
    found = HIDDEN.search(text)
    return None if found is None else found[0]


def visible(text: str) -> str:
    """Return `text` as it can be printed: with a sign for each hidden character, such as one that moves a cursor."""
    return HIDDEN.sub(_SHOWN, text)


def name_hint(word: str, names: Iterable[str], otherwise: str) -> str:
    """Return the hint for a `word` that is none of `names`: the nearest one, else all of a few, else `otherwise`."""
    known = sorted(names)
    near = difflib.get_close_matches(word, known, n=1)
    if near:
        return f"did you mean '{near[0]}'?"
    if 0 < len(known) <= _MOST_NAMES_IN_A_HINT:
        return f"one of: {', '.join(known)}"
    return otherwise


def no_rule_set(slug: str, known: Iterable[str]) -> WrongUsageError:
    """Return the error for a rule set on the command line that is none of `known`; the round may be written to it."""
    names = tuple(known)
    whole, _, number = slug.rpartition("/")
    hint = name_hint(slug, names, f"one of: {', '.join(names)}")
    if whole in names and number.isdigit():
        hint = f"write the round apart: {whole} {number}"
    return WrongUsageError(f"no rule set is called '{slug}'", hint)


def _reading_order(error: GuidanceError) -> tuple[str, int, int, str, str]:
    return (error.place.path, error.place.line, error.place.column, error.code, error.sentence)


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
