"""Texts of the rules in the other language: Japanese ones of Latin letters alone, English ones with Japanese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.examining.findings import Finding
from site_builder.examining.subject import Subject
from site_builder.examining.texts import texts_of
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.texts import TextDraft

_JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff々〇]+")
_LATIN = re.compile(r"[A-Za-z]")
#: Where either language may stand in the other: names of figures, words in brackets and in quotation marks.
_APART = re.compile(r"\{[^{}]*\}|\([^()]*\)|“[^”]*”")


def examine_languages(subject: Subject) -> Iterator[Finding]:
    """Yield the texts that are not in the language that they are given for."""
    for rule_set in subject.rule_sets:
        for of, _, text in texts_of(rule_set):
            yield from _in(text, of)


def _in(text: TextDraft, of: str) -> Iterator[Finding]:
    japanese, english = _blotted(text.ja.value), _blotted(text.en.value)
    if _LATIN.search(japanese) and not _JAPANESE.search(japanese):
        yield _found(text.ja, (0, len(text.ja.value)), of, "the Japanese text has no Japanese letter")
    for match in _JAPANESE.finditer(english):
        yield _found(text.en, match.span(), of, f"'{match[0]}' stands in the English text outside of brackets")


def _found(node: ScalarNode, span: tuple[int, int], of: str, sentence: str) -> Finding:
    hint = "write it in the language of its key; else say in rules/accepted.yaml why not"
    return Finding("other-language", node.place(*span), f"{of} {node.value[slice(*span)]}", sentence, hint)


def _blotted(text: str) -> str:
    """Return `text` with what may be in the other language blotted out, each letter where it was."""
    return _APART.sub(lambda match: " " * len(match[0]), text)
