"""The words of the programme: `content/glossary.yaml` goes in; terms, and where each stands in a text, come out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from calculator.text import LANGUAGES, Language, Text
from site_builder.errors import Gathering, GuidanceError, name_hint
from site_builder.site.prose import REFERENCE, TYPED_FIGURE, figure_hint, typed_figure
from site_builder.sources.documents import read_document
from site_builder.sources.fields import Fields, keyed, mapping, matching, named, scalar, some, truth, words
from site_builder.sources.forms import TextForm, like
from site_builder.sources.nodes import MappingNode, Node, ScalarNode
from site_builder.sources.texts import text, text_draft

#: Letters in which readings are written.
_READING = re.compile(r"[\u3041-\u3096ー]+")
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
#: What a long sound repeats, by the kana before it.
_VOWELS = {
    kana: vowel
    for vowel, row in {
        "あ": "あかさたなはまやらわ",
        "い": "いきしちにひみりゐ",
        "う": "うくすつぬふむゆる",
        "え": "えけせてねへめれゑ",
        "お": "おこそとのほもよろを",
    }.items()
    for kana in row
}
_LINK = re.compile(r"/([^#\s]*)(?:#\S+)?")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the programme.

    Attributes:
        name: its anchor.
        text: the Japanese term, and the English that this site uses.
        reading: how the Japanese is read, in hiragana.
        body: whose English it is; None where it is this site's own.
        is_official: whether the English is exactly that body's.
        others: other forms in which pages write it.
        about: what it means, with the rules' figures put in; None where the term says it all.
        defined: the page and anchor where the rules define it, without a language: `monozukuri/#who`.
        is_everyday: whether everybody knows it, so that pages do not list it.
    """

    name: str
    text: Text
    reading: str
    body: Text | None
    is_official: bool
    others: Mapping[Language, tuple[str, ...]]
    about: Text | None
    defined: str | None
    is_everyday: bool

    def forms(self, language: Language) -> tuple[str, ...]:
        """Return every form in which a text of `language` may have it."""
        return (self.text.within(language), *self.others[language])


@dataclass(frozen=True, slots=True)
class _Known:
    """What an entry may refer to."""

    bodies: Mapping[str, Text] | None  # None: they were read wrongly
    figures: Mapping[str, Text]
    pages: frozenset[str]

    def body(self, node: Node) -> Text:
        """Read whose English it is."""
        name, bodies = scalar(node, form=TextForm(names=("body",))), self.bodies or {}
        if name.value in bodies:
            return bodies[name.value]
        if self.bodies is None:
            return Text(name.value, name.value)
        hint = name_hint(name.value, bodies, "name it under bodies: in both languages")
        raise GuidanceError(name.place(), f"no body is called '{name.value}'", hint, "unknown-body")

    def filled(self, node: Node) -> Text:
        """Read an explanation, and put the rules' figures in."""
        draft = text_draft(node)
        errors = Gathering()
        for written in (draft.ja, draft.en):
            for error in self._wrong_figures(written):
                errors.add(error)
        errors.close()
        text = draft.unfilled()
        return Text(self._fill(text.ja, "ja"), self._fill(text.en, "en"))

    def page(self, node: Node) -> str:
        """Read where the rules define it, `/monozukuri/#who`; whether there is such an anchor, is told of all links."""
        address = scalar(node, form=like(_LINK, "name a page without its language, such as /schedule/"))
        link = _LINK.fullmatch(address.value)
        if link is not None and link[1] in self.pages:
            return address.value[1:]
        hint = name_hint(address.value.strip("/"), self.pages, "name a page without its language, such as /schedule/")
        raise GuidanceError(address.place(), f"there is no page at {address.value}", hint, "unknown-page")

    def _fill(self, written: str, language: Language) -> str:
        return REFERENCE.sub(lambda match: self.figures[match["name"]].within(language), written)

    def _wrong_figures(self, written: ScalarNode) -> Iterator[GuidanceError]:
        for reference in REFERENCE.finditer(written.value):
            if reference["name"] not in self.figures:
                sentence = f"no figure of the rules is called '{reference['name']}'"
                hint = figure_hint(reference["name"], self.figures)
                yield GuidanceError(written.place(*reference.span()), sentence, hint, "unknown-figure")
        for figure in TYPED_FIGURE.finditer(REFERENCE.sub(lambda match: "\0" * len(match.group()), written.value)):
            yield typed_figure(figure.group(), written.place(*figure.span()))


def read_terms(path: Path, shown: str, figures: Mapping[str, Text], pages: frozenset[str]) -> tuple[Term, ...]:
    """Return the terms of the file at `path`, which errors call `shown`.

    Args:
        path: the file.
        shown: what errors call it.
        figures: every figure of the rules, by the name that content calls it.
        pages: the addresses of all pages, without a language.

    Raises:
        GuidanceErrors: everything that is wrong in it.
    """
    return read_document(path, shown, partial(glossary_file, figures, pages))


def order_of(reading: str) -> tuple[str, str]:
    """Return by what a reading is sorted: its plain kana first; voiced marks, small and long sounds only after them."""
    plain = ""
    for letter in reading:
        base = unicodedata.normalize("NFD", letter)[0].translate(_SMALL)
        plain += _VOWELS.get(plain[-1:], "") if base == "ー" else base
    return plain, reading


def finder(terms: tuple[Term, ...], language: Language) -> Callable[[str], list[Term]]:
    """Return what finds the terms of a text in `language`, each once, in the order in which they first stand there.

    Where several forms begin at one place, the longest counts. An English form stands between word boundaries, and may
    end in a plural's s.
    """
    of_form = {_folded(form): term for term in terms for form in term.forms(language)}
    either = _any_of(of_form)
    pattern = re.compile(rf"\b({either})s?\b" if language == "en" else f"({either})")

    def found(text: str) -> list[Term]:
        hits = (of_form[match[1]] for match in pattern.finditer(_folded(text)))
        by_name = {term.name: term for term in hits if not term.is_everyday}
        return list(by_name.values())

    return found


def _any_of(forms: Iterable[str]) -> str:
    """Return the expression for any of `forms`, of several at one place the longest; faster by first letters."""
    longest_first = sorted(forms, key=lambda form: (form[0], -len(form)))
    groups = [(first, [form[1:] for form in those]) for first, those in groupby(longest_first, itemgetter(0))]
    some = "|".join(f"{re.escape(first)}(?:{'|'.join(map(re.escape, rest))})" for first, rest in groups)
    return f"(?=[{re.escape(''.join(first for first, _ in groups))}])(?:{some})"


def _folded(form: str) -> str:
    return form.casefold()


def glossary_file(figures: Mapping[str, Text], pages: frozenset[str], node: Node) -> tuple[Term, ...]:
    """Read the file of terms; `figures` and `pages` are those of `read_terms`."""
    with Fields(node, "the glossary") as fields:
        bodies = fields.required("bodies", named(text, "the bodies"))
        return fields.required("terms", partial(_terms, _Known(bodies, figures, pages)))


def _terms(known: _Known, node: Node) -> tuple[Term, ...]:
    terms = keyed(partial(_term, known), "the terms")(node)
    errors = Gathering()
    for error in _repeated(terms, mapping(node, "the terms")):
        errors.add(error)
    errors.close()
    return tuple(terms.values())


def _repeated(terms: Mapping[str, Term], entries: MappingNode) -> Iterator[GuidanceError]:
    """Yield an error for each form that two terms share: a page could not tell which of them it means."""
    for language in LANGUAGES:
        first: dict[str, str] = {}
        for name, term in terms.items():
            for form in term.forms(language):
                other = first.setdefault(_folded(form), name)
                entry = entries.get(name)
                if other != name and entry is not None:
                    hint = "keep one of them, or write what tells them apart"
                    sentence = f"the terms '{other}' and '{name}' are both called '{form}'"
                    yield GuidanceError(entry.key.place(), sentence, hint, "duplicate-term")


def _term(known: _Known, name: ScalarNode, node: Node) -> Term:
    _refuse_untranslated(name, node)
    with Fields(node, "a term") as fields:
        ja, en = fields.required("ja", words), fields.required("en", words)
        reading = fields.required("reading", _reading)
        official, follows = fields.optional("official", known.body), fields.optional("follows", known.body)
        also = fields.optional("also", _also) or {}
        about = fields.optional("about", known.filled)
        defined = fields.optional("defined", known.page)
        is_everyday = fields.default("everyday", truth, absent=False)
        if fields.has("official") and fields.has("follows"):
            sentence, hint = "a term's English is a body's own or close to it, not both", "keep one of the two"
            raise GuidanceError(name.place(), sentence, hint, "two-origins")
    others: Mapping[Language, tuple[str, ...]] = {language: also.get(language, ()) for language in LANGUAGES}
    body = follows if official is None else official
    return Term(name.value, Text(ja, en), reading, body, official is not None, others, about, defined, is_everyday)


def _refuse_untranslated(name: ScalarNode, node: Node) -> None:
    for language in LANGUAGES:
        if isinstance(node, MappingNode) and node.get(language) is None:
            hint = f"add `{language}: …`; every term has both languages"
            raise GuidanceError(
                name.place(), f"the term '{name.value}' has no '{language}'", hint, "missing-translation"
            )


def _reading(node: Node) -> str:
    hint = "write it in hiragana only, to be sorted by"
    return matching(_READING, "is not a reading", hint, "bad-reading")(node).value


def _also(node: Node) -> Mapping[str, tuple[str, ...]]:
    with Fields(node, "other forms") as fields:
        return {language: fields.default(language, some(words, "other forms"), ()) for language in LANGUAGES}
