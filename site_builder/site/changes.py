"""The page of what changed with a call: differences with both wordings and citations, and companies they matter to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from calculator.assess import Assessor
from calculator.rulebook import RuleBook
from calculator.text import Text
from site_builder.memo import Memo
from site_builder.rules.assessors import assessor_of
from site_builder.rules.model import Rules
from site_builder.site.addresses import CHANGES, HOME, Address, Link, changes_address
from site_builder.site.calls import Call, call_link, programmes_in_order
from site_builder.site.differences.clauses import Topic
from site_builder.site.differences.comparison import Comparison, Difference, Manner, Moved, Read, Said, compare
from site_builder.site.differences.marks import Piece, side_by_side
from site_builder.site.differences.notes import NotesOnce
from site_builder.site.differences.steps import Fate, Step, Thread, steps_of
from site_builder.site.flip_views import FlipView, flip_view
from site_builder.site.flips.search import Flip, flips_of, may_flip
from site_builder.site.moments import ScheduleRow, schedule_row
from site_builder.site.page import Page
from site_builder.site.statements import NoteView, note_views
from site_builder.site.unconfirmed import notice_of
from site_builder.site.wording import CitationView, Wording

#: The sections of differences, in order, and what stands in each.
SECTIONS: Mapping[str, tuple[Topic, ...]] = {
    "frames": (Topic.FRAME, Topic.TERMS),
    "requirements": (Topic.REQUIREMENT, Topic.DEFINITION, Topic.JOINT, Topic.CONSORTIUM),
    "amounts": (Topic.RATE, Topic.UPPER_LIMIT, Topic.UPLIFT, Topic.LOWER_LIMIT, Topic.RATE_CHANGE),
    "costs": (Topic.ELIGIBLE_COSTS,),
    "repayment": (Topic.REPAYMENT,),
    "selection": (Topic.BONUS, Topic.DEDUCTION, Topic.REEXAMINATION),
    "figures": (Topic.FIGURE,),
}
_FRAMES_BECAME = {Manner.ADDED: "changes_new_frame", Manner.CHANGED: "changes_following_frame"}
_OF_SELECTION = (Topic.BONUS, Topic.DEDUCTION)
_ELSEWHERE = (Topic.JOINT, Topic.CONSORTIUM, Topic.RATE_CHANGE, Topic.REEXAMINATION)


@dataclass(frozen=True, slots=True)
class Changed:
    """A comparison, and for each of its differences a company that it flips, or None."""

    comparison: Comparison
    flips: tuple[Flip | None, ...]

    @property
    def call(self) -> Call:
        """Return the later call."""
        return self.comparison.step.after

    @property
    def told(self) -> tuple[tuple[Difference, Flip | None], ...]:
        """Return each difference with its company."""
        return tuple(zip(self.comparison.differences, self.flips, strict=True))


@dataclass(frozen=True, slots=True)
class SaidView:
    """A line of one side in pieces, each of which may be marked as other than on the other side."""

    pieces: tuple[Piece, ...]
    citation: CitationView | None


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """A difference: what it is about and how the sides differ, the frames, both sides, and what it does to answers.

    An empty side is one on which the documents are silent. `remark` says what no side does, or None. `flip_remark` says
    why there is no company. `notes` are what the documents leave open about it.
    """

    label: str
    manner: str
    frames: tuple[Link, ...]
    before_name: str
    after_name: str
    before: tuple[SaidView, ...]
    after: tuple[SaidView, ...]
    remark: str | None
    flip: FlipView | None
    flip_remark: str | None
    notes: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """The differences of a section; `flip_remark` says for all of them why there is no company, or is None.

    `notes` are what the documents leave open about all of them together.
    """

    differences: tuple[DifferenceView, ...]
    flip_remark: str | None
    notes: tuple[NoteView, ...]

    @classmethod
    def of(cls, differences: tuple[DifferenceView, ...], notes: tuple[NoteView, ...]) -> GroupView:
        """Return the section of `differences`, which tells once what all of them would say."""
        remarks = {one.flip_remark for one in differences}
        if len(differences) < 2 or len(remarks) > 1:
            return cls(differences, None, notes)
        return cls(tuple(replace(one, flip_remark=None) for one in differences), remarks.pop(), notes)


@dataclass(frozen=True, slots=True)
class MovedPlace:
    """Where a rule stands on both sides, in these frames."""

    frames: tuple[Link, ...]
    before: CitationView
    after: CitationView


@dataclass(frozen=True, slots=True)
class MovedView:
    """A rule that means the same on both sides and stands less, or more, firmly on one; its places frame by frame."""

    label: str
    places: tuple[MovedPlace, ...]


@dataclass(frozen=True, slots=True)
class DatesView:
    """A moment in both calls."""

    before: ScheduleRow
    after: ScheduleRow


@dataclass(frozen=True, slots=True)
class ReadView:
    """The documents from which the rules of one side are: a way to each, and how firmly it stands in that call."""

    name: str
    documents: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class ChangesView:
    """All that the page prints; `groups` has the differences by section.

    Of a placeholder there are none, and `points` say why nothing can be told.
    """

    before: tuple[Link, ...]
    after: Link
    is_placeholder: bool
    points: tuple[str, ...]
    count: str | None
    groups: Mapping[str, GroupView]
    moved: tuple[MovedView, ...]
    before_name: str
    after_name: str
    dates: tuple[DatesView, ...]
    read: tuple[ReadView, ...]


def all_steps(rules: Rules, memo: Memo | None = None) -> Iterator[Step]:
    """Yield every step from one call to the next: the programmes in order, in each the newest first."""
    memo = Memo() if memo is None else memo
    for programme in programmes_in_order(rules):
        budgets = tuple(one.slug for one in programme.rule_sets)
        yield from memo.made(steps_of, programme, assessor_of(budgets, rules.book, memo).book)


def find_changes(rules: Rules, memo: Memo | None = None) -> tuple[Changed, ...]:
    """Compare every call with what it continues, and look for companies; the programmes in order, the newest first."""
    memo = Memo() if memo is None else memo
    return tuple(find_change(step, rules, memo) for step in all_steps(rules))


def find_change(step: Step, rules: Rules, memo: Memo) -> Changed:
    """Compare a call with what it continues, and look for companies."""
    budgets = tuple(one.slug for one in step.after.programme.rule_sets)
    assessor = assessor_of(budgets, rules.book, memo)
    return memo.made(_change, memo.made(compare, step, assessor.book), assessor, memo)


def _change(comparison: Comparison, assessor: Assessor, memo: Memo) -> Changed:
    return Changed(comparison, flips_of(comparison, assessor, memo=memo))


def before_words(step: Step, wording: Wording) -> str:
    """Return the names of the calls that a call is compared with."""
    return wording.listed(wording.say(call.round.name) for call in step.befores)


def changes_link(step: Step, wording: Wording) -> Link:
    """Return the way to the page of what changed with a call, as the pages of the call and its budget name it."""
    words = wording.fill("changes_since_link", before=before_words(step, wording))
    return Link(words, changes_address(step.after.address).path(wording.language))


def changes_page(changed: Changed, rules: Rules, wording: Wording) -> Page:
    """Plan the page of what changed with a call."""
    view = changes_view(changed, rules, wording)
    names: Mapping[str, Text | str] = {
        "programme": changed.call.programme.short_name,
        "round": changed.call.round.name,
        "before": before_words(changed.comparison.step, wording),
    }
    return Page(
        address=changes_address(changed.call.address),
        language=wording.language,
        template="changes.html",
        title=wording.fill("changes_title", **names),
        description=wording.fill("changes_description", **names),
        view=view,
        trail=(
            Link(wording.words["home"], HOME.path(wording.language)),
            Link(wording.words["changes_index_title"], CHANGES.path(wording.language)),
        ),
        context=wording.fill("changes_context", **names),
        sections={name: wording.words[f"changes_section_{name}"] for name in _sections(view)},
        kind="changes",
        notice=notice_of(changed.call, wording),
    )


def changes_view(changed: Changed, rules: Rules, wording: Wording) -> ChangesView:
    """Word a comparison."""
    comparison, worded = changed.comparison, Worded(changed, rules.book, wording)
    step = comparison.step
    is_placeholder = step.after.round.is_placeholder
    points = [line.words for one in comparison.differences for line in one.after] if is_placeholder else []
    told = () if is_placeholder else changed.told
    return ChangesView(
        before=tuple(call_link(call, wording) for call in step.befores),
        after=call_link(step.after, wording),
        is_placeholder=is_placeholder,
        points=tuple(map(wording.say_sentence, points)),
        count=wording.fill("changes_count", count=str(len(told))) if told else None,
        groups={
            section: worded.group(tuple(one for one in told if one[0].topic in topics))
            for section, topics in SECTIONS.items()
        },
        moved=tuple(worded.moved()),
        before_name=worded.name_of((), is_before=True),
        after_name=worded.name_of((), is_before=False),
        dates=tuple(
            DatesView(schedule_row(one.before, wording), schedule_row(one.after, wording)) for one in comparison.dates
        ),
        read=tuple(worded.read()),
    )


def _sections(view: ChangesView) -> Iterator[str]:
    yield from (name for name, some in view.groups.items() if some.differences)
    yield from ("moved",) if view.moved else ()
    yield from ("dates",) if view.dates else ()
    yield from ("read",) if view.read else ()


@dataclass(frozen=True, slots=True)
class Worded:
    """A comparison with all that is needed to word it.

    `is_beside` says that it claims no succession: its words speak of two sides, and its page tells the frames. `notes`
    gives out the notes of the page.
    """

    changed: Changed
    book: RuleBook
    wording: Wording
    is_beside: bool = False
    notes: NotesOnce = field(default_factory=NotesOnce)

    def group(self, told: tuple[tuple[Difference, Flip | None], ...]) -> GroupView:
        """Word the differences of a section, each with its company."""
        over = note_views(self.notes.over(one for one, _ in told), self.wording)
        return GroupView.of(tuple(self.difference(one, flip) for one, flip in told), over)

    def difference(self, one: Difference, flip: Flip | None) -> DifferenceView:
        """Word a difference and the company that it flips."""
        before, after = self._sides(one)
        return DifferenceView(
            label=self._label(one),
            manner=self.wording.words[self._manner(one)],
            frames=() if self.is_beside else self._frames(one.threads, one.topic in (Topic.FRAME, Topic.TERMS)),
            before_name=self.name_of(one.threads, is_before=True),
            after_name=self.name_of(one.threads, is_before=False),
            before=before,
            after=after,
            remark=self._remark(one),
            flip=None if flip is None else flip_view(flip, self.book, self.wording, with_idle=self.is_beside),
            flip_remark=None if flip is not None else self._flip_remark(one),
            notes=note_views(self.notes.beside(one), self.wording),
        )

    def moved(self) -> Iterator[MovedView]:
        """Yield each rule once that moved in the same way, with all of its places."""
        alike: dict[object, list[Moved]] = {}
        for one in self.changed.comparison.moved:
            alike.setdefault((one.topic, one.name, one.before.status, one.after.status), []).append(one)
        cite = self.wording.cite
        for some in alike.values():
            places = (
                MovedPlace(self._frames(one.threads, self.is_beside), cite(one.before), cite(one.after)) for one in some
            )
            yield MovedView(self._label(some[0]), tuple(places))

    def read(self) -> Iterator[ReadView]:
        """Yield the documents of each side."""
        comparison = self.changed.comparison
        for sources, is_before in ((comparison.read_before, True), (comparison.read_after, False)):
            if sources:
                yield ReadView(self.name_of((), is_before=is_before), tuple(self._documents(sources)))

    def name_of(self, threads: Iterable[Thread], *, is_before: bool) -> str:
        """Return the names of the calls on one side of these threads, or of the whole step where they have none."""
        step = self.changed.comparison.step
        if not is_before:
            return self.wording.say(step.after.round.name)
        own = {one.before.call.address: one.before.call for one in threads if one.before is not None}
        return self.wording.listed(self.wording.say(call.round.name) for call in (own.values() or step.befores))

    def _documents(self, sources: Iterable[Read]) -> Iterator[CitationView]:
        for source, status in sources:
            title = self.wording.say(self.book.sources[source].title)
            path = Address(("sources",)).path(self.wording.language, source)
            yield CitationView(source, title, None, status, self.wording.status(status), path)

    def _label(self, one: Difference | Moved) -> str:
        if one.label is not None:
            return self.wording.say_sentence(one.label)
        return self.wording.words[f"changes_topic_{one.topic.value}{one.name and '_'}{one.name}"]

    def _manner(self, one: Difference) -> str:
        if self.is_beside and one.manner is not Manner.CANNOT_TELL:
            return "beside_differs" if one.manner is Manner.CHANGED else "beside_one_sided"
        if one.topic is Topic.FRAME and any(thread.fate is Fate.RETURNED for thread in one.threads):
            return "changes_frame_again"
        if one.topic is Topic.FRAME and one.manner in _FRAMES_BECAME:
            return _FRAMES_BECAME[one.manner]
        return f"changes_manner_{one.manner.value}"

    def _frames(self, threads: Iterable[Thread], with_earlier: bool = False) -> tuple[Link, ...]:
        """Return the ways to the frames as they are or were last; and where it is about the frames, as they were."""
        ends = (end for one in threads for end in ((one.before, one.after) if with_earlier else (one.latest,)))
        names = (
            (end, {"frame": end.frame.rules.name, "round": end.call.round.name}) for end in ends if end is not None
        )
        return tuple(
            Link(
                self.wording.fill("changes_frame_in_call", **name) if with_earlier else self.wording.say(name["frame"]),
                end.call.frame_address(end.frame.slug).path(self.wording.language),
            )
            for end, name in names
        )

    def _sides(self, one: Difference) -> tuple[tuple[SaidView, ...], tuple[SaidView, ...]]:
        """Return both sides; where one line of each differs, what differs within them is marked."""
        owns = tuple([line for line in side if line.is_own] for side in (one.before, one.after))
        pieces: dict[Said, tuple[Piece, ...]] = {}
        if all(len(own) == 1 for own in owns):
            (was,), (now,) = owns
            left, right = side_by_side(self.wording.say_sentence(was.words), self.wording.say_sentence(now.words))
            pieces = {was: left, now: right}
        before, after = (tuple(self._said(line, pieces) for line in side) for side in (one.before, one.after))
        if one.topic is Topic.TERMS and one.threads:  # a side that is silent here is told on the page of its frame
            printed = (SaidView(((self.wording.words["changes_terms_printed"], False),), None),)
            return before or printed, after or printed
        if one.dropped is not None:
            return before, (
                SaidView(((self.wording.words["changes_dropped"], False),), self.wording.cite(one.dropped)),
            )
        return before, after

    def _said(self, line: Said, pieces: Mapping[Said, tuple[Piece, ...]]) -> SaidView:
        whole = ((self.wording.say_sentence(line.words), line.is_own),)
        return SaidView(pieces.get(line, whole), None if line.citation is None else self.wording.cite(line.citation))

    def _remark(self, one: Difference) -> str | None:
        if any(thread.fate is Fate.PERHAPS_NEW for thread in one.threads):
            return self.wording.words["changes_perhaps_new"]
        return self.wording.words["changes_terms_open"] if one.topic is Topic.TERMS and one.threads else None

    def _flip_remark(self, one: Difference) -> str | None:
        """Say why no company is shown; of frames and figures the other differences tell."""
        words = self.wording.words
        if one.manner is Manner.REWORDED:
            return None
        if one.topic is Topic.REPAYMENT and one.manner in (Manner.ADDED, Manner.NOT_PRINTED):
            return words["changes_flip_repayment_silent"]
        if may_flip(one):
            return words["changes_flip_none"]
        if one.topic in _OF_SELECTION:
            return words["changes_flip_never"]
        return words["changes_flip_elsewhere"] if one.topic in _ELSEWHERE else None
