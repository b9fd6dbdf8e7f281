"""All pages of the site in both languages, each planned when it is asked for, and not again from the same things.

What a page is made of is written beside it (`planners`): a function, and what is given to it.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from calculator.codec import frame_rules_json, part_json, rule_book_json
from calculator.figures import figure_text
from calculator.kinds import Kind
from calculator.rulebook import FrameRules, RuleBook, Source
from calculator.text import LANGUAGES, Language
from site_builder.errors import GuidanceError, GuidanceErrors, Place
from site_builder.memo import Memo
from site_builder.rules.model import Programme, Rules, RuleSet
from site_builder.site.about import about_page
from site_builder.site.accessibility import accessibility_page
from site_builder.site.addresses import (
    ABOUT,
    ACCESSIBILITY,
    BATCH,
    CHANGES,
    DATA,
    EMBED,
    GLOSSARY,
    HOME,
    LICENCES,
    NEWS,
    SCHEDULE,
    SEARCH,
    SOURCES,
    Address,
    changes_address,
    guide_address,
    programme_address,
    rule_set_address,
    source_address,
)
from site_builder.site.batch import batch_page
from site_builder.site.beside import Beside, all_neighbours, beside_page, find_beside
from site_builder.site.calendars import CalendarView, calendars
from site_builder.site.call_sentences import sentences, with_sentences
from site_builder.site.calls import Call, calls, check_address, checked_calls, programmes_in_order
from site_builder.site.changes import Changed, all_steps, changes_page, find_change
from site_builder.site.changes_index import changes_index_page
from site_builder.site.check import check_page
from site_builder.site.cited import Cited, everything_cited
from site_builder.site.compared import Comparisons, comparisons
from site_builder.site.components import Component
from site_builder.site.content import CommandExample, Content
from site_builder.site.data.files import OpenData, open_data
from site_builder.site.data.page import data_page
from site_builder.site.differences.neighbours import Neighbours
from site_builder.site.differences.steps import Step
from site_builder.site.embed import embed_page, embedded_address, embedded_calls, embedded_page
from site_builder.site.examples import shown, work_out
from site_builder.site.frame_examples import examples_address, examples_page
from site_builder.site.frames import frame_page
from site_builder.site.glossary import glossary_page
from site_builder.site.guides import guide_page, shown_in
from site_builder.site.home import home_page
from site_builder.site.licences import licences_page
from site_builder.site.news import FeedView, feed, news_page
from site_builder.site.openings import Opening, opening
from site_builder.site.page import Page
from site_builder.site.programmes import has_page, programme_page, rule_set_page
from site_builder.site.prose import Prose
from site_builder.site.public_address import PublicAddress
from site_builder.site.rounds import round_page
from site_builder.site.schedules import schedule_page
from site_builder.site.search import search_page
from site_builder.site.source_pages import SectionView, sections_of, source_page
from site_builder.site.sources_page import sources_page
from site_builder.site.standing import notice
from site_builder.site.terms import Term
from site_builder.site.unconfirmed import unconfirmed_calls, with_notice
from site_builder.site.wording import AsOf, Wording, Words

#: Where the compiled rules are published, from the root of the site.
RULES_FILE = "rules.json"


@dataclass(frozen=True, slots=True)
class RuntimeFolder:
    """The folder of the browser's Python: its name from the root of the site, the bytes and hashes of its files.

    A hash is the SHA-256 in hexadecimal digits.
    """

    name: str
    sizes: Mapping[str, int]
    hashes: Mapping[str, str] = field(default_factory=dict)

    @property
    def checked(self) -> Mapping[str, str]:
        """The hashes that a page brings: of the library, in which the calculator is."""
        return {name: digest for name, digest in self.hashes.items() if name.endswith(".zip")}


@dataclass(frozen=True, slots=True)
class Planner:
    """How a page is made: `plan` of what is `given`, where everything is that decides what the page says."""

    address: Address
    plan: Callable[..., Page]
    given: tuple[object, ...]


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
        components: what others have made and visitors get.
        calendars: the dates of every round whose deadline is printed, in every language.
        feeds: the changes of the site, in every language.
        data: the text of every file of the open data, by its address under `/data/`.
        notice: what every page begins with, in every language.
        preview: what pages say where they tell of another day than that of the texts; None where they do not.
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
    components: tuple[Component, ...]
    notice: Mapping[Language, str]
    calendars: tuple[CalendarView, ...] = ()
    feeds: tuple[FeedView, ...] = ()
    data: Mapping[str, str] = field(default_factory=dict)
    preview: Mapping[Language, str] | None = None

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
    """Plan every page in every language.

    Raises:
        GuidanceErrors: two pages have the same address.
    """
    return Plan(rules, content, runtime, works_offline, Memo()).site()


class Plan:
    """Every page of a site by its path, planned when it is asked for.

    Raises:
        GuidanceErrors: two pages have the same address.
    """

    def __init__(
        self,
        rules: Rules,
        content: Content,
        runtime: RuntimeFolder,
        works_offline: bool,
        memo: Memo,
        as_of: date | None = None,
    ) -> None:
        self._memo, self._content = memo, content
        rules, rules_text = memo.made(_published, rules, memo)
        words = {language: memo.made(Words, content.interface, language, content.places) for language in LANGUAGES}
        texts = day_of_the_texts(rules, content)
        when = memo.made(AsOf, as_of or texts, as_of is not None, as_of is not None and as_of < texts)
        self._wordings = {
            language: memo.made(Wording, language, words[language], rules.book.sources, rules.book.messages, when)
            for language in LANGUAGES
        }
        self._worked = memo.made(Worked, rules, self._wordings["ja"], self._wordings["en"], memo)
        content = self._content = memo.made(_told_of_calls, content, self._sentences(rules), memo)
        each = [
            (one.address.path(language), one)
            for language, wording in self._wordings.items()
            for one in planners(rules, content, self._worked, wording)
        ]
        self._planners = dict(each)
        self._unconfirmed = memo.made(unconfirmed_calls, rules)
        telling = [page.path(language) for language in LANGUAGES for page in (NEWS, SEARCH)]
        refuse_shared_addresses((*(path for path, _ in each), *telling))
        #: The site without its pages and other files: what a page is printed with.
        self.bare = Site(
            rules,
            (),
            rules_text,
            memo.same("words", words),
            runtime,
            works_offline,
            content.address,
            content.authority,
            content.terms,
            content.components,
            memo.same("notice", self._notice(rules)),
            preview=memo.same("preview", self._preview() if when.is_preview else None),
        )

    def _sentences(self, rules: Rules) -> Mapping[Language, Mapping[str, str]]:
        every = self._memo.made(_calls, rules)
        said = {language: self._memo.made(sentences, every, wording) for language, wording in self._wordings.items()}
        return self._memo.same("sentences on calls", said)

    def _notice(self, rules: Rules) -> Mapping[Language, str]:
        rounds = [call.round for call in calls(rules)]
        return {language: notice(rounds, wording) for language, wording in self._wordings.items()}

    def _preview(self) -> Mapping[Language, str]:
        return {
            language: wording.fill("preview", day=figure_text(Kind.DATE, wording.as_of.day))
            for language, wording in self._wordings.items()
        }

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all pages, in order; the last two of each language tell of the others."""
        own = (
            ([path for path in self._planners if _is_in(language, path)], NEWS.path(language), SEARCH.path(language))
            for language in LANGUAGES
        )
        return tuple(path for planned, *telling in own for path in (*planned, *telling))

    def page(self, path: str) -> Page:
        """Return the page at `path`.

        Raises:
            KeyError: there is none.
        """
        for language, wording in self._wordings.items():
            if path == NEWS.path(language):
                return self._memo.made(news_page, self._content.news, self._titles(language), wording)
            if path == SEARCH.path(language):
                others = tuple(self.page(one) for one in self.paths if _is_in(language, one) and one != path)
                return self._memo.made(search_page, others, wording)
        one = self._planners[path]
        page = self._memo.made(one.plan, *one.given)
        wording = self._wordings[page.language]
        return self._memo.same(path, self._memo.made(with_notice, page, self._unconfirmed, wording))

    def site(self) -> Site:
        """Return the whole site; what another process makes is asked for last, and what tells of all pages."""
        last = {one.path(language) for language in LANGUAGES for one in (DATA, NEWS, SEARCH)}
        pages = {path: self.page(path) for path in sorted(self.paths, key=last.__contains__)}
        return dataclasses.replace(
            self.bare,
            pages=tuple(pages[path] for path in self.paths),
            calendars=tuple(
                calendar
                for wording in self._wordings.values()
                for calendar in calendars(self.bare.rules, self._content.moved, wording)
            ),
            feeds=tuple(feed(self.page(NEWS.path(one.language)), one) for one in self._wordings.values()),
            data=self._worked.data.files,
        )

    def _titles(self, language: Language) -> Mapping[str, str]:
        """Return the titles of the pages that the news lead to, by their paths."""
        wanted = {address.path(language) for entry in self._content.news for address in entry.pages}
        titles = {path: self.page(path).title for path in sorted(wanted & self._planners.keys())}
        searching = {SEARCH.path(language): self._wordings[language].words["search_title"]}
        return self._memo.same(("titles", language), titles | searching)


def _is_in(language: Language, path: str) -> bool:
    return path.startswith(f"{language}/")


class Worked:
    """What is worked out once for several pages, each when the first of them asks for it."""

    def __init__(self, rules: Rules, ja: Wording, en: Wording, memo: Memo) -> None:
        self._rules, self._wordings, self._memo = rules, (ja, en), memo
        self.answers = work_out(rules, memo)
        #: No page waits for it but the one that tells of it, and no other needs what it is made of.
        self._data = memo.apart(_open_data, rules, ja, en, memo)

    @property
    def calls(self) -> tuple[Call, ...]:
        """Every call, as `calls` yields them."""
        return self._memo.made(_calls, self._rules)

    @property
    def checked_calls(self) -> tuple[Call, ...]:
        """The calls that self-diagnoses judge by."""
        return self._memo.made(checked_calls, self._rules)

    @property
    def embedded_calls(self) -> tuple[Call, ...]:
        """The calls whose self-diagnosis can stand in pages of others."""
        return self._memo.made(embedded_calls, self._rules)

    @cached_property
    def data(self) -> OpenData:
        """The open data."""
        return self._data()

    @cached_property
    def steps(self) -> Mapping[Address, Step]:
        """What each call continues, by its address; the programmes in order, the newest first."""
        return {one.after.address: one for one in all_steps(self._rules, self._memo)}

    @cached_property
    def neighbours(self) -> Mapping[Address, Neighbours]:
        """What stands beside each call that continues nothing, by its address; in the order of `steps`."""
        return {one.after.address: one for one in all_neighbours(self._rules, self._memo)}

    def change(self, call: Address) -> Changed:
        """Return what changed with a call, one of `steps`."""
        return find_change(self.steps[call], self._rules, self._memo)

    def beside(self, call: Address) -> Beside:
        """Return a call, one of `neighbours`, and the one before it side by side."""
        return find_beside(self.neighbours[call], self._rules, self._memo)

    def opening(self, call: Call) -> Opening:
        """Return where the interview of `call` begins."""
        return opening(call, self._rules, self._memo)

    def sections(self, wording: Wording) -> Mapping[str, tuple[SectionView, ...]]:
        """Return everything that is cited, by document and section."""
        return self._memo.made(_sections, self._rules, wording, self._memo)

    def shown(self, block: str, wording: Wording) -> object:
        """Return what a block of a guide shows."""
        return self._memo.made(shown_in, block, self._rules, wording)

    def compared(self, wording: Wording) -> Comparisons:
        """Return the ways to all comparisons."""
        return comparisons(self.steps.values(), self.neighbours.values(), wording)


def _told_of_calls(content: Content, said: Mapping[Language, Mapping[str, str]], memo: Memo) -> Content:
    """Return content whose prose says how calls stand."""
    prose = {
        language: {name: memo.made(with_sentences, one, said[language]) for name, one in pages.items()}
        for language, pages in content.prose.items()
    }
    return dataclasses.replace(content, prose=prose)


def _calls(rules: Rules) -> tuple[Call, ...]:
    return tuple(calls(rules))


def _open_data(rules: Rules, ja: Wording, en: Wording, memo: Memo) -> OpenData:
    return open_data(rules, ja.words, {one.language: memo.made(_cited, rules, one) for one in (ja, en)}, memo)


def _sections(rules: Rules, wording: Wording, memo: Memo) -> Mapping[str, tuple[SectionView, ...]]:
    return sections_of(memo.made(_cited, rules, wording), rules, wording)


def _cited(rules: Rules, wording: Wording) -> tuple[Cited, ...]:
    return tuple(everything_cited(rules, wording))


def day_of_the_texts(rules: Rules, content: Content) -> date:
    """Return the last day on which anything of the site was looked at: a document was read, or a change was told."""
    read = (day for day in rules.checked.values() if day is not None)
    return max((*read, *(entry.day for entry in content.news)))


def refuse_shared_addresses(paths: Iterable[str]) -> None:
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
        for path, count in Counter(paths).items()
        if count > 1
    ]
    if errors:
        raise GuidanceErrors(errors)


def planners(rules: Rules, content: Content, worked: Worked, wording: Wording) -> Iterator[Planner]:
    """Yield how every page in one language is made but those that tell of all others."""
    prose = content.prose[wording.language]
    yield Planner(HOME, home_page, (rules, prose["home"], wording))
    yield Planner(SCHEDULE, schedule_page, (rules, prose["schedule"], wording))
    yield Planner(SOURCES, _sources_page, (worked, rules, prose["sources"], wording))
    for source in rules.book.sources.values():
        yield Planner(source_address(source.name), _source_page, (worked, source, rules, wording))
    yield Planner(DATA, _data_page, (worked, content.examples, prose["data"], wording))
    yield Planner(ABOUT, about_page, (prose["about"], wording))
    yield Planner(ACCESSIBILITY, accessibility_page, (content.criteria, prose["accessibility"], wording))
    yield Planner(LICENCES, licences_page, (content.components, prose["licences"], wording))
    yield Planner(GLOSSARY, glossary_page, (content.terms, prose["glossary"], wording))
    for name, guide in content.guides.items():
        yield Planner(guide_address(name), _guide_page, (worked, name, guide[wording.language], wording))
    for call in worked.checked_calls:
        yield Planner(check_address(call, rules), _check_page, (worked, call, rules, wording))
    yield Planner(BATCH, batch_page, (rules, wording))
    yield Planner(EMBED, embed_page, (rules, prose["embed"], wording))
    for call in worked.embedded_calls:
        yield Planner(embedded_address(call), _embedded_page, (worked, call, rules, wording))
    yield Planner(CHANGES, _changes_index_page, (worked, rules, wording))
    for address in worked.steps:
        yield Planner(changes_address(address), _changes_page, (worked, address, rules, wording))
    for address in worked.neighbours:
        yield Planner(changes_address(address), _beside_page, (worked, address, rules, wording))
    for programme in programmes_in_order(rules):
        yield Planner(programme_address(programme.slug), _programme_page, (worked, programme, rules, wording))
        for rule_set in programme.rule_sets:
            if has_page(rule_set, programme):
                given = (worked, rule_set, programme, rules, wording)
                yield Planner(rule_set_address(rule_set.slug), _rule_set_page, given)
    for call in worked.calls:
        yield from _of_a_call(call, rules, worked, wording)


def _of_a_call(call: Call, rules: Rules, worked: Worked, wording: Wording) -> Iterator[Planner]:
    yield Planner(call.address, _round_page, (worked, call, rules, wording))
    for frame in call.round.frames:
        given = (frame, call, rules, worked.answers, wording)
        yield Planner(call.frame_address(frame.slug), frame_page, given)
        if any(shown(frame)):
            yield Planner(examples_address(frame, call), examples_page, given)


def _sources_page(worked: Worked, rules: Rules, prose: Prose, wording: Wording) -> Page:
    return sources_page(rules, worked.sections(wording), prose, wording)


def _source_page(worked: Worked, source: Source, rules: Rules, wording: Wording) -> Page:
    return source_page(source, worked.sections(wording)[source.name], rules, wording)


def _data_page(worked: Worked, examples: tuple[CommandExample, ...], prose: Prose, wording: Wording) -> Page:
    return data_page(worked.data.index, examples, prose, wording)


def _guide_page(worked: Worked, name: str, prose: Prose, wording: Wording) -> Page:
    return guide_page(name, {block: worked.shown(block, wording) for block in prose.blocks}, prose, wording)


def _check_page(worked: Worked, call: Call, rules: Rules, wording: Wording) -> Page:
    return check_page(call, rules, worked.opening(call), wording)


def _embedded_page(worked: Worked, call: Call, rules: Rules, wording: Wording) -> Page:
    return embedded_page(call, rules, worked.opening(call), wording)


def _changes_index_page(worked: Worked, rules: Rules, wording: Wording) -> Page:
    changes, besides = tuple(map(worked.change, worked.steps)), tuple(map(worked.beside, worked.neighbours))
    return changes_index_page(changes, besides, rules, wording)


def _changes_page(worked: Worked, call: Address, rules: Rules, wording: Wording) -> Page:
    return changes_page(worked.change(call), rules, wording)


def _beside_page(worked: Worked, call: Address, rules: Rules, wording: Wording) -> Page:
    return beside_page(worked.beside(call), rules, wording)


def _programme_page(worked: Worked, programme: Programme, rules: Rules, wording: Wording) -> Page:
    return programme_page(programme, rules, wording, worked.compared(wording))


def _rule_set_page(worked: Worked, rule_set: RuleSet, programme: Programme, rules: Rules, wording: Wording) -> Page:
    return rule_set_page(rule_set, programme, rules, wording, worked.compared(wording))


def _round_page(worked: Worked, call: Call, rules: Rules, wording: Wording) -> Page:
    return round_page(call, rules, wording, worked.compared(wording).of_call(call))


def with_edition(rules: Rules, memo: Memo | None = None) -> Rules:
    """Return the rules named after their exact content."""
    return _published(rules, Memo() if memo is None else memo)[0]


def _published(rules: Rules, memo: Memo) -> tuple[Rules, str]:
    """Return the rules named after their exact content, and as they are published: that with the name in it."""
    unnamed = dataclasses.replace(rules.book, edition="")
    text = _text_of(unnamed, memo)
    edition = hashlib.sha256(text.encode()).hexdigest()[:12]
    before, gap, after = text.partition(_edition_text(""))
    assert gap  # noqa: S101 - the edition stands before all that could be taken for it
    named = dataclasses.replace(rules, book=dataclasses.replace(unnamed, edition=edition))
    return named, f"{before}{_edition_text(edition)}{after}"


def _edition_text(edition: str) -> str:
    return f'"edition":{part_json(edition)}'


def _text_of(book: RuleBook, memo: Memo) -> str:
    return rule_book_json(
        book, lambda part: memo.made(part_json, part), lambda rules: memo.made(_text_of_rules, rules, memo)
    )


def _text_of_rules(rules: FrameRules, memo: Memo) -> str:
    return frame_rules_json(rules, lambda part: memo.made(part_json, part))
