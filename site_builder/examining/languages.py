"""Texts of the rules in the other language: Japanese ones of Latin letters alone, English ones with Japanese."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.examining.findings import Finding
from site_builder.examining.pairs import WrittenPair, pairs_in_rules
from site_builder.examining.subject import Subject
from site_builder.style.pairs import JAPANESE, LATIN, blotted
from site_builder.style.passages import Passage


def examine_languages(subject: Subject) -> Iterator[Finding]:
    """Yield the texts that are not in the language that they are given for; those that are swapped, once each."""
    for one in pairs_in_rules(subject):
        yield from _in(one)


def _in(one: WrittenPair) -> Iterator[Finding]:
    ja, en = one.pair.ja, one.pair.en
    if one.pair.is_swapped:
        yield _found(ja, (0, len(ja.raw)), one.of, "the English text stands here, and the Japanese one under 'en'")
        return
    japanese = blotted(ja.raw)
    if LATIN.search(japanese) and not JAPANESE.search(japanese):
        yield _found(ja, (0, len(ja.raw)), one.of, "the Japanese text has no Japanese letter")
    for match in JAPANESE.finditer(blotted(en.raw)):
        yield _found(en, match.span(), one.of, f"'{match[0]}' stands in the English text outside of brackets")


def _found(passage: Passage, span: tuple[int, int], of: str, sentence: str) -> Finding:
    hint = "write it in the language of its key; else say in rules/accepted.yaml why not"
    return Finding("other-language", passage.place(*span), f"{of} {passage.raw[slice(*span)]}", sentence, hint)
