"""Numbers in the texts of the rules that are no named figures: in words, typed though a figure has them, or of none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from calculator.expressions import Constant
from calculator.figures import figure_text
from calculator.kinds import Kind
from calculator.text import LANGUAGES
from site_builder.errors import Gathering, Place
from site_builder.examining.findings import Finding
from site_builder.examining.subject import Subject
from site_builder.examining.texts import texts_of
from site_builder.rules.drafts.rounds import RoundDraft
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.texts import TextDraft
from site_builder.style.passages import passages

_KANJI = "一二三四五六七八九十百千"
#: A figure written out in words, or in full-width digits: what a search for digits does not find.
_IN_WORDS = re.compile(
    rf"[{_KANJI}]+分の[{_KANJI}]+|半分|[{_KANJI}]+(?:万円|億円|円|人(?!当たり)|年間|か月|％|%|パーセント)"
    r"|[０-９][０-９，．,.]*(?:[％%円人年万億]|か月)"
    r"|\b(?:one[- ]half|one[- ]third|two[- ]thirds|three[- ]quarters|one[- ]quarter)\b"
    r"|\b(?:two|three|four|five|ten|twenty|fifty) (?:(?:hundred|thousand|million) )?"
    r"(?:yen|per ?cent|employees|months)\b",
    re.IGNORECASE,
)
#: Money, a share or a rate in digits; but for "less than a yen", which is how all money is rounded.
_IN_DIGITS = re.compile(
    r"(?<![0-9,./])(?!1円未満)(?:[0-9][0-9,.]*(?:億(?:[0-9][0-9,]*万)?|万)?円|[0-9][0-9.]*(?:%| ?per ?cent)"
    r"|[0-9]+/[0-9]+(?![0-9/])|[0-9][0-9,.]*(?: (?:million|billion))? yen|(?:¥|JPY ?)[0-9][0-9,]*)"
)
_NAMED = re.compile(r"\{[^{}]*\}")
_QUOTED = re.compile(r"「[^」]*」|“[^”]*”")


def examine_typed(subject: Subject) -> Iterator[Finding]:
    """Yield the numbers in texts that should be named figures."""
    for rule_set in subject.rule_sets:
        figures = {name: one.value.constant for name, one in rule_set.file.figures.items()}
        for of, draft, text in texts_of(rule_set):
            given = {**draft.figures, **(draft.added.figures if isinstance(draft, RoundDraft) else {})}
            own = {name: one.value.constant for name, one in given.items()}
            yield from _in(text, of, {**figures, **own})
    if subject.content is not None and subject.is_whole:
        yield from _on_pages(subject.content)


def _on_pages(content: Path) -> Iterator[Finding]:
    """Yield the numbers in words that pages say; the build refuses those in digits."""
    for passage in passages(content, Gathering()):  # what cannot be read, the build tells
        for match in _IN_WORDS.finditer(_hidden(passage.text)):
            place = passage.place(match.start(), match.end())
            yield _in_words(match[0], place, f"{place.path} {match[0]}")


def _in_words(words: str, place: Place, of: str) -> Finding:
    sentence = f"'{words}' is a number in words"
    hint = "name the figure: {name}; figures are given under `figures`"
    return Finding("figure-in-words", place, of, sentence, hint)


def _in(text: TextDraft, of: str, figures: Mapping[str, Constant]) -> Iterator[Finding]:
    for language in LANGUAGES:
        node: ScalarNode = getattr(text, language)
        hidden = _hidden(node.value)
        for match in _IN_WORDS.finditer(hidden):
            yield _in_words(match[0], node.place(match.start(), match.end()), f"{of} {match[0]}")
        typed = list(_typed_figures(hidden, figures, language))
        for name, words, start in typed:
            sentence = f"'{words}' is typed, and is what the figure '{name}' is"
            hint = f"write {{{name}}}, if that is meant; else say in rules/accepted.yaml why not"
            yield Finding("figure-typed", node.place(start, start + len(words)), f"{of} {words}", sentence, hint)
        known = {start + letter for _, words, start in typed for letter in range(len(words))}
        for match in _IN_DIGITS.finditer(hidden):
            if match.start() not in known:
                yield _of_no_figure(match[0], node.place(match.start(), match.end()), f"{of} {match[0]}")


def _typed_figures(text: str, figures: Mapping[str, Constant], language: str) -> Iterator[tuple[str, str, int]]:
    """Yield the names of figures that are typed in `text`, their words, and where those begin."""
    for name, constant in figures.items():
        words = _typed(constant).get(language)
        for start in _found(words, text) if words is not None else ():
            yield name, words or "", start


def _of_no_figure(words: str, place: Place, of: str) -> Finding:
    sentence = f"'{words}' is typed, and no figure here is that"
    hint = "give it under `figures` and name it: {name}; else say in rules/accepted.yaml why not"
    return Finding("figure-unnamed", place, of, sentence, hint)


def _hidden(text: str) -> str:
    """Return `text` with named figures and quotations blotted out, each letter where it was."""
    for pattern in (_NAMED, _QUOTED):
        text = pattern.sub(lambda match: "\0" * len(match[0]), text)
    return text


def _typed(constant: Constant) -> dict[str, str]:
    """Return a figure as it would be typed; a count alone is too little to tell it by."""
    if constant.kind not in (Kind.YEN, Kind.PERCENT, Kind.RATE, Kind.MONTHS):
        return {}
    words = figure_text(constant.kind, constant.value)
    return {"ja": words.ja, "en": words.en}


def _found(words: str, text: str) -> Iterator[int]:
    """Yield where `words` stand, but not as the end of a longer number."""
    for match in re.finditer(rf"(?<![0-9,./]){re.escape(words)}(?![0-9/])", unicodedata.normalize("NFC", text)):
        yield match.start()
