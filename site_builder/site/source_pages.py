"""The pages of the documents: what each is, when it was last read, and everything on the site that rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby

from calculator.rulebook import Citation, CitationStatus, Source, place_of
from site_builder.rules.model import Note, Round, Rules
from site_builder.site.addresses import HOME, SOURCES, Link, source_address
from site_builder.site.calls import Call, is_numbered
from site_builder.site.cited import Cited, Matter
from site_builder.site.moments import TimeView, day_view
from site_builder.site.page import Page
from site_builder.site.wording import CitationView, Wording


@dataclass(frozen=True, slots=True)
class SourceView:
    """A document.

    `name` is its anchor, and `path` leads to its page. `original_title` is in Japanese where the page is not.
    `checked` is the day on which the rules were last read against it, None where it has not been opened for that.
    `is_own`: it is what the site itself says.
    """

    name: str
    path: str
    title: str
    original_title: str | None
    publisher: str
    published: str
    trust: str
    address: str | None
    checked: TimeView | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class PlacesView:
    """Where a thing stands: `links` lead there.

    `rounds` are the rounds in which it stands there, where the links are those of frames in the newest of them.
    """

    links: tuple[Link, ...]
    rounds: str | None


@dataclass(frozen=True, slots=True)
class BesideView:
    """A note beside a thing, and where else than in this section the documents have what it is about."""

    text: str
    others: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class CitedView:
    """A thing that rests on a section, wherever it stands in the same words with the same status.

    Of a note, `others` are the other places on which it rests.
    """

    matter: Matter
    label: str
    text: str | None
    status: CitationStatus
    status_text: str
    places: tuple[PlacesView, ...]
    notes: tuple[BesideView, ...]
    others: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class BudgetView:
    """What rests on a section under one rule set, which `heading` names."""

    heading: str
    cited: tuple[CitedView, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of a document; `heading` is as printed, in Japanese, or None where the site itself is cited."""

    anchor: str
    heading: str | None
    budgets: tuple[BudgetView, ...]

    @property
    def things(self) -> int:
        """Return how many things rest on it."""
        return sum(len(one.cited) for one in self.budgets)


@dataclass(frozen=True, slots=True)
class PartView:
    """Sections of a document under one large heading: the anchor of the first, and how many things rest on all."""

    anchor: str
    heading: str
    things: int


@dataclass(frozen=True, slots=True)
class SourcePageView:
    """All that the page of a document prints; where this site itself is cited there are no parts."""

    source: SourceView
    parts: tuple[PartView, ...]
    sections: tuple[SectionView, ...]


@dataclass(frozen=True, slots=True)
class RestView:
    """What rests on a document: how many things, in how many sections of it."""

    things: int
    sections: int


#: So many rounds are named one by one, more of them from the first to the last.
_LISTED = 2


class TwoSectionsError(Exception):
    """Two sections of one document have the same anchor."""


def source_view(source: Source, rules: Rules, wording: Wording) -> SourceView:
    """Word what a document is."""
    checked = rules.checked[source.name]
    return SourceView(
        source.name,
        source_address(source.name).path(wording.language),
        wording.say(source.title),
        None if wording.language == "ja" else source.title.ja,
        wording.say(source.publisher),
        wording.say(source.published),
        wording.say(source.trust),
        source.address,
        None if checked is None else day_view(checked, wording),
        source.is_own,
    )


def sections_of(everything: Iterable[Cited], rules: Rules, wording: Wording) -> Mapping[str, tuple[SectionView, ...]]:
    """Return the sections of every document that something rests on, in the order in which the site comes to them.

    Those under one large heading stand together.

    Raises:
        TwoSectionsError: two headings of one document have the same anchor.
    """
    found: dict[str, dict[str, _Section]] = {name: {} for name in rules.book.sources}
    for cited in everything:
        place = cited.thing.citation
        sections = found[place.source]
        section = sections.setdefault(place.place, _Section(place))
        if section.heading != place.section:
            message = f"{place.source}: '{section.heading}' and '{place.section}' are both called {place.place}"
            raise TwoSectionsError(message)
        section.add(cited)
    return {
        name: tuple(one.view(rules.book.sources[name], wording) for one in _by_part(sections.values()))
        for name, sections in found.items()
    }


def source_page(source: Source, sections: tuple[SectionView, ...], rules: Rules, wording: Wording) -> Page:
    """Plan the page of a document; `sections` are its own."""
    words, short = wording.words, wording.say(source.short_title)
    return Page(
        address=source_address(source.name),
        language=wording.language,
        template="source.html",
        title=short,
        description=wording.fill("source_description", title=short),
        view=SourcePageView(source_view(source, rules, wording), tuple(_parts(sections)), sections),
        trail=(
            Link(words["home"], HOME.path(wording.language)),
            Link(words["navigation_sources"], SOURCES.path(wording.language)),
        ),
        sections={"about": words["source_section_about"], "rests": words["source_section_rests"]},
        kind="document",
    )


def rest(sections: tuple[SectionView, ...]) -> RestView:
    """Count what rests on a document."""
    return RestView(sum(section.things for section in sections), len(sections))


def _part_of(heading: str) -> str:
    """Return the large heading that begins `heading`: the parts of a heading stand apart by a wide space."""
    return heading.partition("\u3000")[0]


def _by_part(sections: Iterable[_Section]) -> Iterator[_Section]:
    alike: dict[str, list[_Section]] = {}
    for one in sections:
        alike.setdefault(_part_of(one.heading), []).append(one)
    return chain.from_iterable(alike.values())


def _parts(sections: tuple[SectionView, ...]) -> Iterator[PartView]:
    for heading, some in groupby(sections, lambda one: None if one.heading is None else _part_of(one.heading)):
        first, *others = some
        if heading is not None:
            yield PartView(first.anchor, heading, first.things + sum(one.things for one in others))


class _Section:
    """A section while what rests on it is gathered: by rule set, and there by what it is."""

    def __init__(self, place: Citation) -> None:
        self.heading = place.section
        self._source = place.source
        self._budgets: dict[str, dict[object, list[Cited]]] = {}

    def add(self, cited: Cited) -> None:
        """Add a thing to its like."""
        thing = cited.thing
        beside = tuple(note.text for note in cited.notes)
        key = (thing.matter, thing.label, thing.text, thing.citation.status, beside)
        self._budgets.setdefault(cited.call.rule_set.slug, {}).setdefault(key, []).append(cited)

    def view(self, source: Source, wording: Wording) -> SectionView:
        """Word the section."""
        budgets = tuple(self._budget(list(alike.values()), wording) for alike in self._budgets.values())
        heading = None if source.is_own and wording.language != "ja" else self.heading
        return SectionView(place_of(self.heading), heading, budgets)

    def _budget(self, groups: list[list[Cited]], wording: Wording) -> BudgetView:
        """Word what rests on it under one rule set: a note stands beside a thing that it is about, or for itself."""
        told: dict[str, set[object]] = {}
        order = list(Matter)
        cited = []
        for alike in sorted(groups, key=lambda group: order.index(group[0].thing.matter)):
            thing, pages = alike[0].thing, {(one.call.round.number, one.frame and one.frame.slug) for one in alike}
            if thing.matter is Matter.NOTE and pages <= told.get(thing.text or "", set()):
                continue
            fresh = tuple(note for note in alike[0].notes if not pages <= told.get(wording.say(note.text), set()))
            for note in fresh:
                told.setdefault(wording.say(note.text), set()).update(pages)
            cited.append(self._view(alike, fresh, wording))
        return BudgetView(_heading(groups[0][0].call, wording), tuple(cited))

    def _view(self, alike: list[Cited], fresh: tuple[Note, ...], wording: Wording) -> CitedView:
        thing = alike[0].thing
        return CitedView(
            thing.matter,
            thing.label,
            thing.text,
            thing.citation.status,
            wording.status(thing.citation.status),
            tuple(_places(alike, wording)),
            tuple(BesideView(wording.say(note.text), self._others(note.citations, wording)) for note in fresh),
            self._others(thing.together, wording),
        )

    def _others(self, citations: tuple[Citation, ...], wording: Wording) -> tuple[CitationView, ...]:
        """Word those citations that are not of this section."""
        own = (self._source, self.heading)
        return tuple(wording.cite(one) for one in citations if (one.source, one.section) != own)


def _places(alike: list[Cited], wording: Wording) -> Iterator[PlacesView]:
    """Yield a line for the pages of rounds, and one for each set of rounds that some frames have in common."""
    above = dict.fromkeys(one.link for one in alike if one.frame is None)
    if above:
        yield PlacesView(tuple(above), None)
    frames: dict[str, list[Cited]] = {}
    for one in alike:
        if one.frame is not None:
            frames.setdefault(one.frame.slug, []).append(one)
    together: dict[tuple[int | None, ...], list[list[Cited]]] = {}
    for places in frames.values():
        together.setdefault(tuple(dict.fromkeys(one.call.round.number for one in places)), []).append(places)
    for lines in together.values():
        links = dict.fromkeys(places[0].link for places in lines)
        yield PlacesView(tuple(links), _rounds([one.call for one in lines[0]], wording))


def _heading(call: Call, wording: Wording) -> str:
    names = {"programme": call.programme.short_name, "round": call.rule_set.name}
    return wording.fill("programme_and_round", **names)


def _rounds(calls: Iterable[Call], wording: Wording) -> str | None:
    """Name rounds of one rule set: those that follow one another by the first and the last of them."""
    calls = tuple(calls)
    if not is_numbered(calls[0]):
        return None
    wanted = {call.round.number for call in calls}
    runs: list[list[Round]] = [[]]
    for one in calls[0].rule_set.rounds:
        if one.number in wanted:
            runs[-1].append(one)
        elif runs[-1]:
            runs.append([])
    return wording.listed(_run(run, wording) for run in runs if run)


def _run(run: list[Round], wording: Wording) -> str:
    if len(run) <= _LISTED:
        return wording.listed(wording.say(one.name) for one in run)
    return wording.fill("rounds_from_to", first=run[0].name, last=run[-1].name)
