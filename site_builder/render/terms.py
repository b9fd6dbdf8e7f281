"""The words of the glossary that a page uses: its HTML goes in, links to their entries come out."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping

from calculator.text import LANGUAGES, Language
from site_builder.site.addresses import GLOSSARY, Link
from site_builder.site.terms import Term, finder

#: So many terms are listed at most, those that come first: more would be a second page, and no help.
MOST_TERMS = 24
#: What is no running text of the page: headings, links, the places of citations, drawings and what scripts read.
_APART = re.compile(
    r"<(h[1-6]|a|nav|svg|script|template|cite|figcaption|caption|summary)\b.*?</\1>"
    r"|<p class=\"citation\">.*?</p>",
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")


class TermFinder:
    """Finds terms in pages, in the language of each."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self._finders: Mapping[Language, Callable[[str], list[Term]]] = {
            language: finder(terms, language) for language in LANGUAGES
        }

    def links(self, language: Language, main: str) -> tuple[Link, ...]:
        """Return links to the terms that the main part of a page uses in its running text, in their order there."""
        text = html.unescape(_TAG.sub(" ", _APART.sub(" ", main)))
        return tuple(
            Link(term.text.within(language), GLOSSARY.path(language, term.name))
            for term in self._finders[language](text)[:MOST_TERMS]
        )
