"""One language of the site: its interface words, and how texts and citations read in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import reduce
from types import MappingProxyType

from calculator.rulebook import Citation, CitationStatus, Source
from calculator.text import Language, Text
from site_builder.errors import GuidanceError, Place, name_hint
from site_builder.site.addresses import Link, source_address


class Words(Mapping[str, str]):
    """The interface strings in one language by name; an unknown name is an error that names the file to complete."""

    def __init__(
        self, texts: Mapping[str, Text], language: Language, places: Mapping[str, Place] = MappingProxyType({})
    ) -> None:
        """Let `language` be spoken with `texts`, which stand at `places`."""
        self._texts = texts
        self._language = language
        self._places = places

    def __getitem__(self, name: str) -> str:
        """Return the words called `name`."""
        return self.text(name).within(self._language)

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._texts)

    def __len__(self) -> int:
        """Count the names."""
        return len(self._texts)

    def text(self, name: str) -> Text:
        """Return the words called `name` in every language."""
        if name not in self._texts:
            raise GuidanceError(
                self._place_for(name),
                f"no words are called '{name}'",
                name_hint(name, self._texts, "add them in both languages"),
                "unknown-words",
            )
        return self._texts[name]

    def _place_for(self, name: str) -> Place:
        """Return where `name` probably stands with a slip in it, else the file whose names are most like it."""
        for cutoff, is_slip in ((0.9, True), (0.5, False)):
            for near in get_close_matches(name, self._places, n=1, cutoff=cutoff):
                return self._places[near] if is_slip else Place(self._places[near].path)
        return Place("content/interface.yaml")


@dataclass(frozen=True, slots=True)
class CitationView:
    """A citation as a page prints it; `section` is Japanese, as the document has it.

    It is None where this site itself is cited in another language: no heading of a document is quoted.
    """

    source: str
    title: str
    section: str | None
    status: CitationStatus
    status_text: str
    path: str


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day in Japan of which pages tell.

    It `is_preview` where it is not that of the texts, but one to look at, and `is_earlier` where it is before that.
    """

    day: date
    is_preview: bool = False
    is_earlier: bool = False


#: After everything.
LATER = AsOf(date.max)


@dataclass(frozen=True, slots=True)
class Wording:
    """How this language says things, on a day."""

    language: Language
    words: Words
    sources: Mapping[str, Source]
    messages: Mapping[str, Text]
    as_of: AsOf = LATER

    def say(self, text: Text) -> str:
        """Return `text` in this language."""
        return text.within(self.language)

    def say_sentence(self, text: Text) -> str:
        """Return `text`, a clause that the rules word, as a sentence of its own."""
        words = self.say(text)
        return words[:1].upper() + words[1:]

    def say_if_any(self, text: Text | None) -> str | None:
        """Return `text` in this language, or None where there is none."""
        return None if text is None else self.say(text)

    def fill(self, name: str, **parts: Text | str) -> str:
        """Return the interface words called `name` with their gaps filled."""
        return self.say(self.words.text(name).filled(**parts))

    def listed(self, words: Iterable[str]) -> str:
        """Return `words` one after the other; none give no words."""
        every = tuple(words)
        return reduce(lambda one, other: self.fill("listed", one=one, other=other), every) if every else ""

    def status(self, status: CitationStatus) -> str:
        """Return how firmly a citation stands, in the calculator's own words."""
        return self.say(self.messages[f"status_{status.value}"])

    def cite(self, citation: Citation) -> CitationView:
        """Return the line that says where a document has it."""
        return CitationView(
            citation.source,
            self.say(self.sources[citation.source].short_title),
            None if self.sources[citation.source].is_own and self.language != "ja" else citation.section,
            citation.status,
            self.status(citation.status),
            source_address(citation.source).path(self.language, citation.place),
        )


def source_link(source: str, wording: Wording) -> Link:
    """Return the way to the page of a document."""
    return Link(wording.say(wording.sources[source].short_title), source_address(source).path(wording.language))
