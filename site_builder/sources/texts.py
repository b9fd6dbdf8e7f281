"""Texts in both languages: `{ja: …, en: …}` goes in, a `Text` comes out; neither language may be missing or empty."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from calculator.text import LANGUAGES, Text
from site_builder.errors import Gathering, GuidanceError, name_hint
from site_builder.sources.documents import read_document
from site_builder.sources.fields import mapping, named, without_other_quotes
from site_builder.sources.forms import Asked, BlankRecord, Leaf, TextForm
from site_builder.sources.nodes import MappingNode, Node, ScalarNode, kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: What errors and findings call each language.
LANGUAGE_NAMES = {"ja": "Japanese", "en": "English"}

#: What commands print in the place of words that are still to be written.
_TO_BE_WRITTEN = "…"


@dataclass(frozen=True, slots=True)
class TextDraft:
    """The words of both languages where they stand; `{name}` in them is not filled in yet."""

    ja: ScalarNode
    en: ScalarNode

    def unfilled(self) -> Text:
        """Return the text as written."""
        return Text(self.ja.value.strip(), self.en.value.strip())


def read_texts(path: Path, shown: str | None = None) -> Mapping[str, Text]:
    """Return the named texts of a file that holds nothing else, as written; errors call the file `shown`.

    Raises:
        GuidanceErrors: all that is wrong in it.
    """
    return read_document(path, str(path) if shown is None else shown, texts_file)


def texts_file(node: Node) -> Mapping[str, Text]:
    """Read a file of named texts."""
    return {name: draft.unfilled() for name, draft in named(text_draft, "a file of texts")(node).items()}


def text(node: Node) -> Text:
    """Read a text that is taken as it is written."""
    return text_draft(node).unfilled()


def text_draft(node: Node, form: TextForm = TextForm()) -> TextDraft:  # noqa: B008 - it is frozen
    """Read `{ja: …, en: …}`; `form` is what the caller takes of the words of a language, for `form_of`."""
    record = mapping(node, "a text")
    if isinstance(record, BlankRecord):
        raise Asked(Leaf("a text", dict.fromkeys(LANGUAGES, form), frozenset(LANGUAGES)))
    errors = Gathering()
    for entry in record.entries:
        if entry.key.value not in LANGUAGES:
            errors.add(_unknown_language(entry.key))
    ja, en = (errors.attempt(partial(_translation, record, language)) for language in LANGUAGES)
    errors.close()
    assert ja is not None  # noqa: S101 - close() has raised otherwise
    assert en is not None  # noqa: S101 - the same
    return TextDraft(ja, en)


def _translation(record: MappingNode, language: str) -> ScalarNode:
    entry = record.get(language)
    if entry is None:
        raise _untranslated(record, language)
    if not isinstance(entry.value, ScalarNode):
        sentence = f"the {LANGUAGE_NAMES[language]} words are a single value, not {kind_of(entry.value)}"
        raise GuidanceError(entry.value.place(), sentence, "put words that contain ': ' in quotes", "wrong-type")
    if not entry.value.value.strip():
        raise _untranslated(entry.key, language)
    if entry.value.value.strip() == _TO_BE_WRITTEN:
        raise _untranslated(entry.value, language)
    return without_other_quotes(entry.value)


def _untranslated(at: ScalarNode | MappingNode, language: str) -> GuidanceError:
    sentence = f"the {LANGUAGE_NAMES[language]} words are missing"
    return GuidanceError(
        at.place(), sentence, f"add `{language}: …`; every text has both languages", "missing-translation"
    )


def _unknown_language(key: ScalarNode) -> GuidanceError:
    hint = name_hint(key.value, LANGUAGES, "a text has the keys ja and en")
    return GuidanceError(key.place(), f"a text has no key '{key.value}'", hint, "unknown-key")
