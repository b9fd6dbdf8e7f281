"""What reads badly: where in a text, why, what to write instead, and a code that never changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: Signs of a number.
DIGITS = tuple("0123456789")


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
    """Words that are not written; the first group, if there is one, is what is pointed at.

    A text in which none of `signs` stands has none of the words. That is found out much sooner; where there are no
    signs, the words are looked for at once. Signs are in small letters.
    """

    words: re.Pattern[str]
    sentence: str
    hint: str
    signs: tuple[str, ...]
    code: str

    def faults(self, text: str) -> Iterator[Fault]:
        """Yield each place of `text` that has them; `{}` in the sentence stands for what was found."""
        for match in self.words.finditer(text):
            group = 1 if self.words.groups else 0
            yield Fault(*match.span(group), self.sentence.format(match[group]), self.hint, self.code)


def has_any(signs: Iterable[str], small: str) -> bool:
    """Say whether any of the `signs` stands in a text in small letters."""
    for sign in signs:  # noqa: SIM110 - asked so often that a generator would take as long again
        if sign in small:
            return True
    return False


def all_faults(patterns: Iterable[Pattern], text: str) -> Iterator[Fault]:
    """Yield what every pattern finds in `text`."""
    small = text.casefold()
    for pattern in patterns:
        if not pattern.signs or has_any(pattern.signs, small):
            yield from pattern.faults(text)


def blanked(pattern: re.Pattern[str], text: str, filling: str = " ") -> str:
    """Return `text` with every match of `pattern` blanked out, so that all places stay."""
    return pattern.sub(lambda match: filling * len(match[0]), text)


#: What reads badly in either language, where markup is hidden: a tag of HTML is printed as it is typed.
IN_BOTH = (
    Pattern(
        re.compile(
            r"</?(?:a|abbr|b|br|center|code|del|div|em|font|h[1-6]|hr|i|img|ins|li|mark|ol|p|rp|rt|ruby|s|small|span"
            r"|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul)(?:\s[^<>\n]*)?/?>",
            re.IGNORECASE,
        ),
        "'{}' is HTML, and would be printed as it stands",
        "write it in Markdown, such as **words** or [words](/schedule/), or take it away",
        ("<",),
        "html-tag",
    ),
)
#: Looked for where markup stands, since it hides the addresses of links.
IN_BOTH_WITH_MARKUP = (
    Pattern(
        re.compile(r"http://[^\s<>()（）「」、。]+"),
        "'{}' does not begin with https://",
        "write https:// and try the link; what is sent over http:// can be read and changed on its way",
        ("http://",),
        "insecure-link",
    ),
)
