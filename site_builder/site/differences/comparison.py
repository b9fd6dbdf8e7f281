"""Two neighbouring calls compared: a step goes in, its differences come out, and apart from them what only moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias, TypeVar

from calculator.rulebook import Citation, CitationStatus, RuleBook
from calculator.text import Text
from site_builder.rules.model import FrameInRound, Round, ScheduleEntry
from site_builder.site.calls import Call
from site_builder.site.differences.clauses import (
    COMPARED_ONLY,
    COST_TOPICS,
    Clause,
    Line,
    Topic,
    clauses_of,
    is_silent,
    open_points_of,
)
from site_builder.site.differences.meaning import as_one, mean_the_same
from site_builder.site.differences.steps import Fate, Offer, Step, Thread


class Manner(StrEnum):
    """How the two sides differ. That documents are silent on one side never means that a rule ended."""

    ADDED = "added"  # only the documents of the later call have it
    NOT_PRINTED = "not_printed"  # only those of the earlier call have it
    DROPPED = "dropped"  # only those of the earlier call have it, and those of the later one show that it is gone
    CHANGED = "changed"
    REWORDED = "reworded"  # two states of one call say the same in other words, or from another place
    CANNOT_TELL = "cannot_tell"  # the documents of one side leave it open


@dataclass(frozen=True, slots=True)
class Said:
    """A line of one side; `is_own` says that no line of the other side means the same."""

    words: Text
    citation: Citation | None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, with the words and the place of both sides, and the threads of frames that it is found in.

    `dropped` is where the documents of the later call show that they no longer have it; None where they are silent.
    """

    topic: Topic
    manner: Manner
    name: str
    label: Text | None
    before: tuple[Said, ...]
    after: tuple[Said, ...]
    threads: tuple[Thread, ...] = ()
    dropped: Citation | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A clause that says the same, but does not stand as firmly as before, or stands more firmly; no rule changed."""

    topic: Topic
    name: str
    label: Text | None
    before: Citation
    after: Citation
    threads: tuple[Thread, ...] = ()


@dataclass(frozen=True, slots=True)
class Dates:
    """A moment of the schedule in both calls, at different times or known from different sources."""

    before: ScheduleEntry
    after: ScheduleEntry


Read: TypeAlias = tuple[str, CitationStatus]
"""The name of a source, and how firmly what is cited from it stands in the call."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs from the calls before to a call, and the sources that the rules of each side are from."""

    step: Step
    differences: tuple[Difference, ...]
    moved: tuple[Moved, ...]
    dates: tuple[Dates, ...]
    read_before: tuple[Read, ...]
    read_after: tuple[Read, ...]


def compare(step: Step, book: RuleBook, earlier: RuleBook | None = None) -> Comparison:
    """Compare the calls of a step; those before it may be from an `earlier` state of the sources, with its own book."""
    pairs = [_Pair.of(thread, step, book, earlier or book) for thread in step.threads]
    found = [one for pair in pairs for one in pair.differences()]
    if step.after.round.is_placeholder:
        found = [_not_published(step, book)]
    order = list(Topic)
    return Comparison(
        step,
        tuple(sorted(map(_where_named, _once(found)), key=lambda one: order.index(one.topic))),
        tuple(_once([one for pair in pairs for one in pair.moved()])),
        tuple(_dates(step)),
        _read(pair.was for pair in pairs),
        _read(pair.now for pair in pairs),
    )


def reworded(step: Step, book: RuleBook, earlier: RuleBook) -> tuple[Difference, ...]:
    """Return what the calls of a step, of two states of the sources, say with the same meaning and not in the same way.

    That a rule stands more or less firmly is no rewording: `Comparison.moved` has it.
    """
    pairs = [_Pair.of(thread, step, book, earlier) for thread in step.threads if thread.before and thread.after]
    return tuple(_once(one for pair in pairs for one in pair.reworded()))


_Clauses: TypeAlias = Mapping[tuple[Topic, str], Clause]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A thread with the clauses of both of its ends; `book` has what either of them names.

    `dropped` are the rules, and `frames_dropped` the frames, that the later call drops, or one on the way to it whose
    rules it takes over; and where the documents of that call show it.
    """

    thread: Thread
    book: RuleBook
    was: _Clauses
    now: _Clauses
    dropped: Mapping[str, Citation]
    frames_dropped: Mapping[str, Citation]

    @classmethod
    def of(cls, thread: Thread, step: Step, book: RuleBook, earlier: RuleBook) -> _Pair:
        sides = ((thread.before, earlier), (thread.after, book))
        was, now = ({} if end is None else clauses_of(end.frame, own) for end, own in sides)
        way = list(_way_to(step.after, None if thread.before is None else thread.before.call))
        dropped = _first_of(
            frame.dropped for one in way for frame in one.frames if frame.slug == thread.latest.frame.slug
        )
        frames_dropped = _first_of(one.dropped for one in way)
        return cls(thread, book if earlier is book else as_one(earlier, book), was, now, dropped, frames_dropped)

    def differences(self) -> Iterator[Difference]:
        before, after = self.thread.before, self.thread.after
        yield from _of_frame(self.thread, self.frames_dropped)
        if before is None or after is None:
            return
        if any(end.frame.rules.award is None for end in (before, after)):
            yield _open_terms(self.thread, self.book)
        if not (is_silent(before.frame) or is_silent(after.frame)):
            yield from self._of_clauses(all(end.frame.rules.award is not None for end in (before, after)))

    def reworded(self) -> Iterator[Difference]:
        """Yield the clauses of both sides that mean the same and are told in other words, or cited from elsewhere."""
        for key in (key for key in self.now if key in self.was):
            one, other = self.was[key], self.now[key]
            if self._agree(one, other) and _as_told(one) != _as_told(other):
                was, now = (tuple(map(_plain, side.lines)) for side in (one, other))
                yield Difference(one.topic, Manner.REWORDED, one.name, other.label, was, now, (self.thread,))

    def moved(self) -> Iterator[Moved]:
        """Yield the clauses of both sides that say the same with another status."""
        for key in (key for key in self.now if key in self.was and key[0] not in COMPARED_ONLY):
            one, other = self.was[key], self.now[key]
            if self._agree(one, other):
                yield from self._moved(one, other)

    def _moved(self, one: Clause, other: Clause) -> Iterator[Moved]:
        """Yield the first line of a clause that has another status, if there is one."""
        for line in one.lines:
            now = next(two.citation for two in other.lines if self._mean_the_same(line, two))
            if line.citation is not None and now is not None and line.citation.status is not now.status:
                yield Moved(one.topic, one.name, other.label, line.citation, now, (self.thread,))
                return

    def _of_clauses(self, tells_award: bool) -> Iterator[Difference]:
        for key in dict.fromkeys((*self.now, *self.was)):
            if key[0] in COST_TOPICS and not tells_award:
                continue
            one, other = self.was.get(key), self.now.get(key)
            if one is None or other is None:
                if key[0] not in COMPARED_ONLY or self._is_defined_anew(*key):
                    yield self._one_sided(one, other)
            elif not self._agree(one, other):
                yield self._changed(one, other)

    def _is_defined_anew(self, topic: Topic, name: str) -> bool:
        """Say whether a definition is one that a round adds: of all others, each round of a budget has the same."""
        ends = [end.frame for end in (self.thread.before, self.thread.after) if end is not None]
        budgets = {frame.rules.rule_set.rpartition("/")[0] for frame in ends}
        return topic is Topic.DEFINITION and len(budgets) == 1 and not all(name in frame.definitions for frame in ends)

    def _agree(self, one: Clause, other: Clause) -> bool:
        """Say whether two clauses say the same; the order of costs that count says nothing."""
        if len(one.lines) != len(other.lines):
            return False
        if one.topic is Topic.ELIGIBLE_COSTS:
            return all(self._is_in(line, other) for line in one.lines)
        return all(self._mean_the_same(*lines) for lines in zip(one.lines, other.lines, strict=True))

    def _one_sided(self, one: Clause | None, other: Clause | None) -> Difference:
        clause = one or other
        assert clause is not None  # noqa: S101 - the key is of one of them
        dropped = None if one is None else self.dropped.get(_key(one))
        manner = Manner.ADDED if one is None else Manner.NOT_PRINTED if dropped is None else Manner.DROPPED
        before, after = (() if side is None else tuple(map(_plain, side.lines)) for side in (one, other))
        return Difference(clause.topic, manner, clause.name, clause.label, before, after, (self.thread,), dropped)

    def _changed(self, one: Clause, other: Clause) -> Difference:
        before, after = self._marked(one, other), self._marked(other, one)
        return Difference(one.topic, Manner.CHANGED, one.name, other.label, before, after, (self.thread,))

    def _marked(self, clause: Clause, against: Clause) -> tuple[Said, ...]:
        return tuple(Said(line.words, line.citation, not self._is_in(line, against)) for line in clause.lines)

    def _is_in(self, line: Line, clause: Clause) -> bool:
        return any(self._mean_the_same(line, other) for other in clause.lines)

    def _mean_the_same(self, one: Line, other: Line) -> bool:
        return mean_the_same(one.meaning, other.meaning, self.book)


def _way_to(after: Call, before: Call | None) -> Iterator[Round]:
    """Yield the round of the later call and those whose rules it takes over, the latest first, back to the earlier."""
    rounds = {one.number: one for one in after.rule_set.rounds}
    start = before.round.number if before is not None and before.rule_set.slug == after.rule_set.slug else None
    one: Round | None = after.round
    while one is not None:
        yield one
        number = one.carried_from
        one = None if number is None or (start is not None and number <= start) else rounds.get(number)


def _first_of(found: Iterable[Mapping[str, Citation]]) -> Mapping[str, Citation]:
    """Return what any of them has, by its name, as the first has it."""
    return {name: citation for some in reversed(list(found)) for name, citation in some.items()}


def _as_told(clause: Clause) -> object:
    """Return what a reader is told of a clause, and from where."""
    cited = [None if line.citation is None else (line.citation.source, line.citation.section) for line in clause.lines]
    return clause.label, [line.words for line in clause.lines], cited


def _key(clause: Clause) -> str:
    """Return what a round that drops a rule calls it: its code or name, or the key of the only one of its topic."""
    return clause.name or clause.topic.value


def _plain(line: Line) -> Said:
    return Said(line.words, line.citation)


def _of_frame(thread: Thread, dropped: Mapping[str, Citation]) -> Iterator[Difference]:
    """Yield what became of the frame itself."""
    before, after, latest = thread.before, thread.after, thread.latest.frame
    match thread.fate:
        case Fate.BESIDE:
            return
        case Fate.RETURNED if before is not None:
            was, now = _purpose(before.frame), _purpose(latest)
            yield Difference(Topic.FRAME, Manner.CHANGED, latest.slug, latest.rules.name, (was,), (now,), (thread,))
        case Fate.NEW | Fate.PERHAPS_NEW:
            manner = Manner.CANNOT_TELL if thread.fate is Fate.PERHAPS_NEW else Manner.ADDED
            yield Difference(Topic.FRAME, manner, latest.slug, latest.rules.name, (), (_purpose(latest),), (thread,))
        case Fate.GONE:
            said, place = (_purpose(latest),), dropped.get(latest.slug)
            manner = Manner.NOT_PRINTED if place is None else Manner.DROPPED
            yield Difference(Topic.FRAME, manner, latest.slug, latest.rules.name, said, (), (thread,), place)
        case _ if before is not None and after is not None and before.frame.rules.name != after.frame.rules.name:
            was = Said(before.frame.rules.name, before.frame.offered)
            now = Said(after.frame.rules.name, thread.named_in or after.frame.offered)
            name = latest.rules.name
            yield Difference(Topic.FRAME, Manner.CHANGED, latest.slug, name, (was,), (now,), (thread,))


def _purpose(frame: FrameInRound) -> Said:
    return Said(frame.purpose.text, frame.offered)


def _open_terms(thread: Thread, book: RuleBook) -> Difference:
    """Return that the documents of one side leave the terms of a frame open."""
    before, after = (_left_open(offer, book) for offer in (thread.before, thread.after))
    latest = thread.latest.frame
    return Difference(Topic.TERMS, Manner.CANNOT_TELL, latest.slug, latest.rules.name, before, after, (thread,))


def _left_open(offer: Offer | None, book: RuleBook) -> tuple[Said, ...]:
    if offer is None:
        return ()
    return tuple(Said(book.open_points[point], None) for point in open_points_of(offer.frame.rules))


def _not_published(step: Step, book: RuleBook) -> Difference:
    """Return that nothing can be told of a call whose guideline is not published."""
    number, slug = step.after.round.number, step.after.rule_set.slug
    rules = (
        frame.rounds[number]
        for name, frame in book.frames.items()
        if name.rpartition("/")[0] == slug and number in frame.rounds
    )
    points = dict.fromkeys(point for one in rules for point in one.open_points)
    said = tuple(Said(book.open_points[point], None) for point in points)
    return Difference(Topic.TERMS, Manner.CANNOT_TELL, "", step.after.round.name, (), said)


def _where_named(one: Difference) -> Difference:
    """Return a difference of a figure without the frames that only could name it, if any frame does name it."""
    if one.topic is not Topic.FIGURE:
        return one
    ends = ((thread, (thread.before, thread.after)) for thread in one.threads)
    named = tuple(thread for thread, sides in ends if any(end and one.name in end.frame.named for end in sides))
    return replace(one, threads=named or one.threads)


def _dates(step: Step) -> Iterator[Dates]:
    before = {entry.name: entry for entry in step.befores[0].round.schedule}
    for entry in step.after.round.schedule:
        if entry.name in before and _times(before[entry.name]) != _times(entry):
            yield Dates(before[entry.name], entry)


def _times(entry: ScheduleEntry) -> tuple[date | None, ...]:
    """Return when it is as printed and as reported, the hour included where it is known."""
    moments = (entry.moment, entry.reported)
    days = (entry.day, entry.reported_day)
    return (*(None if one is None else one.at for one in moments), *(None if one is None else one.on for one in days))


def _read(sides: Iterable[_Clauses]) -> tuple[Read, ...]:
    """Return the sources of these clauses, each once for each status."""
    clauses = (clause for side in sides for clause in side.values() if clause.topic is not Topic.FIGURE)
    lines = (line for clause in clauses for line in clause.lines)
    cited = (line.citation for line in lines if line.citation is not None)
    return tuple(dict.fromkeys((one.source, one.status) for one in cited))


T = TypeVar("T", Difference, Moved)


def _once(found: Iterable[T]) -> list[T]:
    """Return what several threads have alike once, with all of them."""
    alike: dict[T, list[Thread]] = {}
    for one in found:
        alike.setdefault(replace(one, threads=()), []).extend(one.threads)
    return [replace(alone, threads=tuple(threads)) for alone, threads in alike.items()]
