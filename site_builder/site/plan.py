"""All pages of the site, planned in both languages."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, product

from calculator.codec import rule_book_json
from calculator.text import LANGUAGES, Language
from site_builder.errors import GuidanceError, GuidanceErrors, Place
from site_builder.rules.model import Rules
from site_builder.site.about import about_page
from site_builder.site.accessibility import accessibility_page
from site_builder.site.addresses import NEWS, SEARCH
from site_builder.site.batch import batch_page
from site_builder.site.beside import Beside, beside_page, find_neighbours
from site_builder.site.calendars import CalendarView, calendars
from site_builder.site.calls import calls, programmes_in_order
from site_builder.site.changes import Changed, changes_page, find_changes
from site_builder.site.changes_index import changes_index_page
from site_builder.site.check import check_pages
from site_builder.site.cited import Cited, everything_cited
from site_builder.site.compared import comparisons
from site_builder.site.content import Content
from site_builder.site.data.files import OpenData, open_data
from site_builder.site.data.page import data_page
from site_builder.site.embed import embed_page, embedded_pages
from site_builder.site.examples import Answers, work_out
from site_builder.site.frame_examples import examples_page
from site_builder.site.frames import frame_page
from site_builder.site.glossary import glossary_page
from site_builder.site.guides import guide_pages
from site_builder.site.home import home_page
from site_builder.site.news import FeedView, feed, news_page
from site_builder.site.openings import Openings, openings
from site_builder.site.page import Page
from site_builder.site.programmes import programme_page, rule_set_pages
from site_builder.site.public_address import PublicAddress
from site_builder.site.rounds import round_page
from site_builder.site.schedules import schedule_page
from site_builder.site.search import search_page
from site_builder.site.source_pages import sections_of, source_pages
from site_builder.site.sources_page import sources_page
from site_builder.site.terms import Term
from site_builder.site.unconfirmed import with_notice
from site_builder.site.wording import Wording, Words

#: Where the compiled rules are published, from the root of the site.
RULES_FILE = "rules.json"


@dataclass(frozen=True, slots=True)
class RuntimeFolder:
    """The folder of the browser's Python: its name from the root of the site, and the bytes of each of its files."""

    name: str
    sizes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Worked:
    """What is worked out once for pages of both languages; `cited` is everything that is cited, by language."""

    answers: Answers
    openings: Openings
    changes: tuple[Changed, ...]
    besides: tuple[Beside, ...]
    cited: Mapping[Language, tuple[Cited, ...]]
    data: OpenData


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is rendered.

    Attributes:
        rules: the rules, with their edition.
        pages: every page in every language.
        rules_text: the compiled rules, as they are published.
        words: the interface words by language.
        runtime: the folder of the browser's Python.
        works_offline: whether browsers keep the self-diagnosis for times without a network.
        address: where the site is published.
        authority: what the ids of feeds begin with.
        terms: the words of the glossary.
        calendars: the dates of every round whose deadline is printed, in every language.
        feeds: the changes of the site, in every language.
        data: the text of every file of the open data, by its address under `/data/`.
    """

    rules: Rules
    pages: tuple[Page, ...]
    rules_text: str
    words: Mapping[Language, Words]
    runtime: RuntimeFolder
    works_offline: bool
    address: PublicAddress
    authority: str
    terms: tuple[Term, ...]
    calendars: tuple[CalendarView, ...] = ()
    feeds: tuple[FeedView, ...] = ()
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def rules_file(self) -> str:
        """Where the compiled rules are, from the root of the site."""
        return RULES_FILE

    @property
    def rules_bytes(self) -> int:
        """How many bytes a visitor's browser reads before the calculator knows the rules."""
        return len(self.rules_text.encode())

    @property
    def edition(self) -> str:
        """The name of the exact content of the rules."""
        return self.rules.book.edition


def plan_site(rules: Rules, content: Content, runtime: RuntimeFolder, works_offline: bool = True) -> Site:
    """Plan every page in every language."""
    rules = with_edition(rules)
    words = {language: Words(content.interface, language, content.places) for language in LANGUAGES}
    by_language = {language: _wording(rules, words[language], language) for language in LANGUAGES}
    cited = {language: tuple(everything_cited(rules, wording)) for language, wording in by_language.items()}
    data = open_data(rules, words["ja"], cited)
    worked = Worked(work_out(rules), openings(rules), find_changes(rules), find_neighbours(rules), cited, data)
    wordings = tuple(by_language.values())
    planned = [all_pages(rules, content, worked, wording) for wording in wordings]
    pages = tuple(chain.from_iterable(planned))
    refuse_shared_addresses(pages)
    return Site(
        rules,
        pages,
        rule_book_json(rules.book),
        words,
        runtime,
        works_offline,
        content.address,
        content.authority,
        content.terms,
        tuple(calendar for wording in wordings for calendar in calendars(rules, content.moved, wording)),
        tuple(
            feed(page, wording)
            for page, wording in product(pages, wordings)
            if page.address == NEWS and page.language == wording.language
        ),
        data.files,
    )


def all_pages(rules: Rules, content: Content, worked: Worked, wording: Wording) -> tuple[Page, ...]:
    """Plan every page in one language; the last two tell of the others."""
    pages = tuple(with_notice(page, rules, wording) for page in plan_pages(rules, content, worked, wording))
    titles = {page.path: page.title for page in pages} | {SEARCH.path(wording.language): wording.words["search_title"]}
    news = news_page(content.news, titles, wording)
    return (*pages, news, search_page((*pages, news), wording))


def refuse_shared_addresses(pages: Iterable[Page]) -> None:
    """Keep one page from being written over another: a programme may be called like a guide.

    Raises:
        GuidanceErrors: two pages have the same address.
    """
    errors = [
        GuidanceError(
            Place(f"public/{path}"),
            f"{count} pages have this address",
            "give a programme's folder under rules/ another name than a page of the site has",
            "shared-address",
        )
        for path, count in Counter(page.path for page in pages).items()
        if count > 1
    ]
    if errors:
        raise GuidanceErrors(errors)


def _wording(rules: Rules, words: Words, language: Language) -> Wording:
    return Wording(language, words, rules.book.sources, rules.book.messages)


def plan_pages(rules: Rules, content: Content, worked: Worked, wording: Wording) -> Iterator[Page]:
    """Plan every page in one language but those that tell of all others."""
    compared = comparisons(worked.changes, worked.besides, wording)
    prose = content.prose[wording.language]
    sections = sections_of(worked.cited[wording.language], rules, wording)
    yield home_page(rules, prose["home"], wording)
    yield schedule_page(rules, prose["schedule"], wording)
    yield sources_page(rules, sections, prose["sources"], wording)
    yield from source_pages(rules, sections, wording)
    yield data_page(worked.data.index, content.examples, prose["data"], wording)
    yield about_page(prose["about"], wording)
    yield accessibility_page(content.criteria, prose["accessibility"], wording)
    yield glossary_page(content.terms, prose["glossary"], wording)
    yield from guide_pages(rules, prose, wording)
    yield from check_pages(rules, worked.openings, wording)
    yield batch_page(rules, wording)
    yield embed_page(rules, prose["embed"], wording)
    yield from embedded_pages(rules, worked.openings, wording)
    yield changes_index_page(worked.changes, worked.besides, rules, wording)
    yield from (changes_page(one, rules, wording) for one in worked.changes)
    yield from (beside_page(one, rules, wording) for one in worked.besides)
    for programme in programmes_in_order(rules):
        yield programme_page(programme, rules, wording, compared)
        yield from rule_set_pages(programme, rules, wording, compared)
    for call in calls(rules):
        yield round_page(call, rules, wording, compared.of_call(call))
        for frame in call.round.frames:
            yield frame_page(frame, call, rules, worked.answers, wording)
            examples = examples_page(frame, call, rules, worked.answers, wording)
            yield from () if examples is None else (examples,)


def with_edition(rules: Rules) -> Rules:
    """Return the rules named after their exact content."""
    unnamed = dataclasses.replace(rules.book, edition="")
    edition = hashlib.sha256(rule_book_json(unnamed).encode()).hexdigest()[:12]
    return dataclasses.replace(rules, book=dataclasses.replace(unnamed, edition=edition))
