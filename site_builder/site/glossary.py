"""The glossary: every term of the programme, in the order of the kana or of the alphabet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from calculator.batch.tables import BYTE_ORDER_MARK, written
from site_builder.site.addresses import GLOSSARY, HOME, Link
from site_builder.site.page import Page
from site_builder.site.prose import Prose
from site_builder.site.terms import Term, order_of
from site_builder.site.wording import Wording

#: The kana that each row begins with.
ROWS = "あかさたなはまやらわ"
#: The terms as a table, beside the page.
TABLE = "terms.csv"
_HEADER = ("term", "reading", "english", "english_is_official", "english_of", "meaning_ja", "meaning_en")


@dataclass(frozen=True, slots=True)
class TermView:
    """A term as the page prints it; `other` is the term in the other language, `origin` says whose English it is.

    `reading` is None where it says nothing that the term does not.
    """

    name: str
    term: str
    other: str
    reading: str | None
    origin: str | None
    about: str | None
    defined: Link | None


@dataclass(frozen=True, slots=True)
class TermRow:
    """The terms of one row of the kana, or of one letter."""

    anchor: str
    heading: str
    terms: tuple[TermView, ...]


@dataclass(frozen=True, slots=True)
class GlossaryView:
    """All terms in rows, and the path of the table that has them too."""

    prose: Prose
    table_path: str
    rows: tuple[TermRow, ...]


def glossary_page(terms: tuple[Term, ...], prose: Prose, wording: Wording) -> Page:
    """Plan the glossary in one language."""
    key, initial = _BY_LANGUAGE[wording.language]
    rows = tuple(
        TermRow(
            _anchor(letter),
            wording.fill("glossary_row", letter=letter),
            tuple(_view(term, wording) for term in found),
        )
        for letter, found in groupby(sorted(terms, key=key), key=initial)
    )
    return Page(
        address=GLOSSARY,
        language=wording.language,
        template="glossary.html",
        title=prose.title,
        description=prose.description,
        view=GlossaryView(prose, GLOSSARY.path(wording.language) + TABLE, rows),
        trail=(Link(wording.words["home"], HOME.path(wording.language)),),
        sections=prose.headings,
        files={TABLE: _table(terms, wording)},
        lists_terms=False,
    )


def _by_kana(term: Term) -> tuple[str, str]:
    return order_of(term.reading)


def _by_letter(term: Term) -> tuple[str, str]:
    return term.text.en.casefold(), term.name


def _row(term: Term) -> str:
    first = order_of(term.reading)[0][0]
    return max(row for row in ROWS if row <= first)


def _letter(term: Term) -> str:
    return term.text.en[0].upper()


_BY_LANGUAGE: dict[str, tuple[Callable[[Term], tuple[str, str]], Callable[[Term], str]]] = {
    "ja": (_by_kana, _row),
    "en": (_by_letter, _letter),
}


def _anchor(letter: str) -> str:
    """Return the anchor of a row: `letter-a`, or for kana the number of the row."""
    return f"row-{ROWS.index(letter) + 1}" if letter in ROWS else f"letter-{letter.lower()}"


def _view(term: Term, wording: Wording) -> TermView:
    text = term.text
    term_words, other = (text.ja, text.en) if wording.language == "ja" else (text.en, text.ja)
    return TermView(
        name=term.name,
        term=term_words,
        other=other,
        reading=None if wording.language == "en" or term.reading == text.ja else term.reading,
        origin=_origin(term, wording),
        about=wording.say_if_any(term.about),
        defined=None
        if term.defined is None
        else Link(wording.words["glossary_defined"], f"{wording.language}/{term.defined}"),
    )


def _origin(term: Term, wording: Wording) -> str | None:
    if term.body is None:
        return None
    return wording.fill("glossary_official" if term.is_official else "glossary_follows", body=term.body)


def _table(terms: tuple[Term, ...], wording: Wording) -> str:
    """Return all terms as CSV with one row of headings, for spreadsheets and programs."""
    rows = [
        (
            term.text.ja,
            term.reading,
            term.text.en,
            "yes" if term.is_official else "no",
            wording.say_if_any(term.body) or "",
            "" if term.about is None else term.about.ja,
            "" if term.about is None else term.about.en,
        )
        for term in sorted(terms, key=_by_kana)
    ]
    return BYTE_ORDER_MARK + written([_HEADER, *rows])
