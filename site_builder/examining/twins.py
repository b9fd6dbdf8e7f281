"""The two languages of a text side by side: what one says, or is built of, and the other is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from calculator.text import LANGUAGES
from site_builder.examining.borders import borders_in
from site_builder.examining.counts import counted_in, counts_in
from site_builder.examining.findings import Finding
from site_builder.examining.numbers import days_in, numbers_in, quantities_in
from site_builder.examining.pairs import WrittenPair, pairs_in_rules, pairs_on_pages
from site_builder.examining.shapes import unlike_shapes
from site_builder.examining.subject import Subject
from site_builder.sources.texts import LANGUAGE_NAMES
from site_builder.style.passages import Passage

_NAMED = re.compile(r"(?<!\{)\{([a-z][a-z0-9_./:-]*)\}(?!\})")
_QUOTED = re.compile(r"「[^」]*」|“[^”]*”|`[^`\n]*`")
#: The whole of an amount in each language, and what may stand for it in the other.
_WHOLE = {
    "ja": re.compile(r"全額|満額"),
    "en": re.compile(r"\b(?:whole|full|entire) (?:subsidy|grant)\b", re.IGNORECASE),
}
_AS_WHOLE = {
    "ja": re.compile(r"全|満額|総額|すべて"),
    "en": re.compile(r"\b(?:full|whole|entire|entirely|all|everything|total|itself)\b", re.IGNORECASE),
}
_SAME = "say the same in both languages"
_ACCEPT = "else say in rules/accepted.yaml why not"


def examine_twins(subject: Subject) -> Iterator[Finding]:
    """Yield where the two languages of a text say different things of the same matter."""
    for one in pairs_in_rules(subject):
        yield from told_apart(one)
    for one in pairs_on_pages(subject):
        yield from told_apart(one)


def told_apart(one: WrittenPair) -> Iterator[Finding]:
    """Yield where the two languages of one text part."""
    sides = {"ja": one.pair.ja, "en": one.pair.en}
    said = {language: _without_quotations(passage.raw) for language, passage in sides.items()}
    yield from _figures(one.of, sides)
    yield from _quantities(one.of, sides, said)
    yield from _counts(one.of, sides, said)
    yield from _wholes(one.of, sides, said)
    yield from _days(one.of, sides, said)
    yield from _borders(one.of, sides, said)
    yield from unlike_shapes(one.of, sides)


def _figures(of: str, sides: Mapping[str, Passage]) -> Iterator[Finding]:
    """Yield the figures that are named in one language only, each where it is."""
    named = {
        language: {match[1]: match.span() for match in _NAMED.finditer(sides[language].raw)} for language in LANGUAGES
    }
    for here, there in (LANGUAGES, LANGUAGES[::-1]):
        for name, span in named[here].items():
            if name not in named[there]:
                sentence = f"'{{{name}}}' is named in {LANGUAGE_NAMES[here]} only"
                hint = f"name it in {LANGUAGE_NAMES[there]} as well, at {_line(sides[there])}; {_ACCEPT}"
                yield Finding("figure-in-one-language", sides[here].place(*span), f"{of} {name}", sentence, hint)


def _quantities(of: str, sides: Mapping[str, Passage], said: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the amounts, shares and fractions that are no number of the other language's text."""
    for here, there in (LANGUAGES, LANGUAGES[::-1]):
        known = numbers_in(sides[there].raw)
        for value, span in quantities_in(said[here]):
            if value not in known:
                yield _apart(of, sides, here, there, span)


def _counts(of: str, sides: Mapping[str, Passage], said: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what is counted and is no number of the other language's text, of whatever."""
    for here, there in (LANGUAGES, LANGUAGES[::-1]):
        known = counted_in(sides[there].raw)
        for value, span in counts_in(said[here], here):
            if value not in known:
                yield _apart(of, sides, here, there, span)


def _wholes(of: str, sides: Mapping[str, Passage], said: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the whole of an amount of which the other language does not say that it is the whole."""
    for here, there in (LANGUAGES, LANGUAGES[::-1]):
        if not _AS_WHOLE[there].search(sides[there].raw):
            yield from (_apart(of, sides, here, there, one.span()) for one in _WHOLE[here].finditer(said[here]))


def _days(of: str, sides: Mapping[str, Passage], said: Mapping[str, str]) -> Iterator[Finding]:
    for here, there in (LANGUAGES, LANGUAGES[::-1]):
        known = days_in(sides[there].raw)
        for day, span in days_in(said[here]).items():
            if day not in known:
                yield _apart(of, sides, here, there, span)


def _apart(of: str, sides: Mapping[str, Passage], here: str, there: str, span: tuple[int, int]) -> Finding:
    words = sides[here].raw[slice(*span)]
    sentence = f"'{words}' stands in {LANGUAGE_NAMES[here]}, and nothing in {LANGUAGE_NAMES[there]} is that"
    hint = f"{_SAME}; the {LANGUAGE_NAMES[there]} is at {_line(sides[there])}; {_ACCEPT}"
    return Finding("number-differs", sides[here].place(*span), f"{of} {words}", sentence, hint)


def _borders(of: str, sides: Mapping[str, Passage], said: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the numbers that belong to the upper side in one language, and to the lower side in the other."""
    japanese, english = (borders_in(said[language], language) for language in LANGUAGES)
    for name, (border, span) in english.items():
        if name in japanese and japanese[name][0] is not border:
            words, other = said["en"][slice(*span)], said["ja"][slice(*japanese[name][1])]
            sentence = f"'{words}' draws the border on the other side of the number than '{other}'"
            hint = f"以上 and 未満 are “at least” and “less than”, 超 and 以下 “more than” and “at most”; {_ACCEPT}"
            yield Finding("border-differs", sides["en"].place(*span), f"{of} {words}", sentence, hint)


def _line(passage: Passage) -> str:
    place = passage.place(0, 1)
    return f"{place.path}:{place.line}"


def _without_quotations(text: str) -> str:
    return _QUOTED.sub(lambda match: "\0" * len(match[0]), text)
