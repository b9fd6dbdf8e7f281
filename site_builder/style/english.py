"""How English is written here: short sentences, British spelling, one notation for numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from string import ascii_uppercase

from site_builder.style.faults import DIGITS, Fault, Pattern, all_faults, blanked
from site_builder.style.passages import FIGURE, HIDDEN

#: The most words of a sentence, and of one in the plainest words.
LONGEST, LONGEST_PLAIN = 30, 18
#: Names that others have given, in their own spelling.
NAMES = (
    "Labor Standards Act",
    "Subsidy Program",
    "Use of color",
    "Organized Crime",
    "organized crime",
)
_NAME = re.compile("|".join(map(re.escape, NAMES)))
_JAPANESE = re.compile(r" ?[（(]?[\u3000-\u30ff\u3400-\u9fff\uff01-\uff60][^A-Za-z.;:\n]*[）)]?")
_OF_A_WORD = re.compile(rf"[A-Za-z0-9{FIGURE}]")
_SENTENCE = re.compile(r"\S(?:[^.!?\n]++|[.!?](?![\"”’)]*(?:\s|$)))*[.!?]?[\"”’)]*")

#: American spellings and the British ones.
SPELLINGS = {
    "color": "colour", "labor": "labour", "center": "centre", "favor": "favour", "behavior": "behaviour",
    "honor": "honour", "neighbor": "neighbour", "program": "programme", "catalog": "catalogue", "dialog": "dialogue",
    "fulfill": "fulfil", "enroll": "enrol", "canceled": "cancelled", "traveled": "travelled", "modeling": "modelling",
    "analyze": "analyse", "defense": "defence", "offense": "offence", "gray": "grey", "percent": "per cent",
    "license": "licence (noun)", "judgement": "judgment", "fiber": "fibre", "meter": "metre", "inquiry": "enquiry",
    "aging": "ageing", "acknowledgment": "acknowledgement", "skillful": "skilful", "toward": "towards",
}  # fmt: skip
#: Makes letters small and leaves each where it stands.
_SMALL = str.maketrans({letter: letter.lower() for letter in ascii_uppercase})
_QUOTED = re.compile(r"“[^”]*”")

PATTERNS = (
    Pattern(
        re.compile(r"(?<![0-9,.])[0-9]{5,}(?![0-9.])|(?<![0-9,.])[0-9]{4}(?= (?:yen|employees|applications))"),
        "'{}' has no comma",
        "put a comma before every three digits: 1,000",
        DIGITS,
        "number-without-comma",
    ),
    Pattern(re.compile(r"(?<=\S)(  +)(?=\S)"), "two spaces follow one another", "write one", ("  ",), "double-space"),
    Pattern(
        re.compile(r"\w( [,;:.!?])(?=\s|$)"),
        "a space stands before '{}'",
        "take it away",
        (" ,", " ;", " :", " .", " !", " ?"),
        "space-before-mark",
    ),
    Pattern(
        re.compile(
            r"\bnot (?:un(?:common|likely|usual|able|necessary)|impossible|without|infrequent\w*)\b", re.IGNORECASE
        ),
        "'{}' denies twice",
        "say what is",
        ("not un", "not impossible", "not without", "not infrequent"),
        "double-negative",
    ),
    Pattern(
        re.compile(
            r"\b(?:click here|please note|in order to|utili[sz]e[sd]?|prior to|and/or|going forward|leverage)\b",
            re.IGNORECASE,
        ),
        "'{}' is not written here",
        "say it more plainly: to, use, before, or",
        (
            *("click here", "please note", "in order to", "utilis", "utiliz", "prior to", "and/or", "going forward"),
            "leverage",
        ),
        "banned-word",
    ),
)
_JAPANESE_MARK = Pattern(
    re.compile(r"(?<=[A-Za-z0-9)”])[。、，．]"),
    "'{}' is a Japanese mark in an English sentence",
    "write . or ,",
    (),
    "japanese-mark",
)
_LINK_TEXT = Pattern(
    re.compile(r"\[(here|this|this page|more|link|read more)\]\(", re.IGNORECASE),
    "the link is called '{}'",
    "let the link say where it leads",
    (),
    "empty-link-text",
)


def english_faults(text: str, raw: str, *, is_plain: bool) -> Iterator[Fault]:
    """Yield what reads badly in an English text whose markup is hidden; `raw` has it."""
    ours = text if text.isascii() else blanked(_JAPANESE, text, HIDDEN)
    unquoted = blanked(_QUOTED, ours, HIDDEN)
    yield from all_faults(PATTERNS, unquoted)
    yield from _LINK_TEXT.faults(raw)
    yield from () if text.isascii() else _JAPANESE_MARK.faults(text)
    yield from _spellings(blanked(_NAME, unquoted, HIDDEN))
    longest = LONGEST_PLAIN if is_plain else LONGEST
    for match in _SENTENCE.finditer(ours):
        words = match[0].replace(HIDDEN, " ").split()
        if len(words) <= longest:
            continue
        words = [word for word in words if _OF_A_WORD.search(word)]
        if len(words) > longest and re.search(r"[.!?]", match[0][-3:]):  # a name or a title is no sentence
            said = f"the sentence has {len(words)} words: {' '.join(words[:5])} …"
            yield Fault(*match.span(), said, f"cut it: {longest} at the most", "long-sentence")


@cache
def _with_endings(stem: str) -> re.Pattern[str]:
    """Return the expression for a word in small letters; with an ending, those in two l are British: fulfilled."""
    return re.compile(rf"{stem}(?<=\b{stem})(?:s|(?<!ll)(?:d|ed|ing|er|ers))?\b")


def _spellings(text: str) -> Iterator[Fault]:
    small = text.translate(_SMALL)
    for stem, british in SPELLINGS.items():
        if stem in small:
            for match in _with_endings(stem).finditer(small):
                if match[0] == british:  # toward and an s
                    continue
                said = f"'{text[slice(*match.span())]}' is not British spelling"
                yield Fault(*match.span(), said, f"write {british}", "american-spelling")
