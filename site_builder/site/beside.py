"""The page of two neighbouring calls side by side: frame beside frame, where no document says which continues which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from calculator.assess import Assessor
from calculator.rulebook import RuleBook
from calculator.text import Text
from site_builder.memo import Memo
from site_builder.rules.assessors import assessor_of
from site_builder.rules.model import Programme, Rules
from site_builder.site.addresses import CHANGES, HOME, Address, Link, changes_address
from site_builder.site.calls import Call, call_link, frame_link, programmes_in_order
from site_builder.site.changes import Changed, GroupView, MovedView, ReadView, Worded
from site_builder.site.differences.clauses import Topic
from site_builder.site.differences.comparison import Difference
from site_builder.site.differences.neighbours import Neighbours, neighbours_of
from site_builder.site.differences.steps import Offer, Thread
from site_builder.site.flips.search import Flip, flips_of
from site_builder.site.page import Page
from site_builder.site.statements import ChangeView, change_views
from site_builder.site.wording import CitationView, Wording

#: The section of the differences that all pairs share; no pair is called so, as its name has a dot.
COMMON = "common"


@dataclass(frozen=True, slots=True)
class Beside:
    """Two calls compared pair by pair, and for each difference a company whose answers it makes differ, or None."""

    neighbours: Neighbours
    flips: tuple[Flip | None, ...]

    @property
    def changed(self) -> Changed:
        """Return the comparison with its companies."""
        return Changed(self.neighbours.comparison, self.flips)

    @property
    def address(self) -> Address:
        """Where the page lives: a call is put beside another only where it has no page of what changed."""
        return changes_address(self.neighbours.after.address)


@dataclass(frozen=True, slots=True)
class FramesOfCall:
    """The frames of one side: the way to each, what it is for, and where a document says so."""

    name: str
    frames: tuple[tuple[Link, str, CitationView], ...]


@dataclass(frozen=True, slots=True)
class BesideView:
    """All that the page prints. `picked` says how the pairs were picked, `alike` which pairs differ no further.

    `groups` has the differences by the anchor of their section: those that all pairs share, then pair by pair. `said`
    are the changes that documents name themselves for the budget of the later call, since `said_from`.
    """

    calls: tuple[Link, ...]
    sides: tuple[FramesOfCall, ...]
    picked: str
    alike: tuple[str, ...]
    groups: Mapping[str, GroupView]
    said_from: str
    said: tuple[ChangeView, ...]
    moved: tuple[MovedView, ...]
    before_name: str
    after_name: str
    read: tuple[ReadView, ...]


def all_neighbours(rules: Rules, memo: Memo) -> Iterator[Neighbours]:
    """Compare calls that continue nothing with the calls before them: the programmes in order, the newest first."""
    for programme in programmes_in_order(rules):
        yield from memo.made(_neighbours, programme, _assessor_of(programme, rules, memo))


def find_neighbours(rules: Rules, memo: Memo | None = None) -> tuple[Beside, ...]:
    """Compare calls that continue nothing with the calls before them, and look for companies; the newest first."""
    memo = Memo() if memo is None else memo
    return tuple(find_beside(one, rules, memo) for one in all_neighbours(rules, memo))


def find_beside(neighbours: Neighbours, rules: Rules, memo: Memo) -> Beside:
    """Look for companies for two calls side by side."""
    return memo.made(_beside, neighbours, _assessor_of(neighbours.after.programme, rules, memo), memo)


def _assessor_of(programme: Programme, rules: Rules, memo: Memo) -> Assessor:
    return assessor_of(tuple(one.slug for one in programme.rule_sets), rules.book, memo)


def _neighbours(programme: Programme, assessor: Assessor) -> tuple[Neighbours, ...]:
    return tuple(neighbours_of(programme, assessor.book))


def _beside(neighbours: Neighbours, assessor: Assessor, memo: Memo) -> Beside:
    return Beside(neighbours, flips_of(neighbours.comparison, assessor, memo=memo))


def beside_link(neighbours: Neighbours, other: Call, wording: Wording) -> Link:
    """Return the way to the page of two calls, as that of one of them names the `other`."""
    path = changes_address(neighbours.after.address).path(wording.language)
    return Link(wording.fill("beside_link", other=other.round.name), path)


def beside_page(beside: Beside, rules: Rules, wording: Wording) -> Page:
    """Plan the page of two calls side by side."""
    neighbours = beside.neighbours
    view = beside_view(beside, rules.book, wording)
    names: Mapping[str, Text | str] = {
        "programme": neighbours.after.programme.short_name,
        "before": neighbours.before.round.name,
        "after": neighbours.after.round.name,
    }
    return Page(
        address=beside.address,
        language=wording.language,
        template="beside.html",
        title=wording.fill("beside_title", **names),
        description=wording.fill("beside_description", **names),
        view=view,
        trail=(
            Link(wording.words["home"], HOME.path(wording.language)),
            Link(wording.words["changes_index_title"], CHANGES.path(wording.language)),
        ),
        context=wording.say(neighbours.after.programme.short_name),
        sections=_sections(neighbours, view, wording),
        kind="changes",
    )


def beside_view(beside: Beside, book: RuleBook, wording: Wording) -> BesideView:
    """Word two calls side by side."""
    neighbours, worded = beside.neighbours, Worded(beside.changed, book, wording, is_beside=True)
    found: dict[str, list[tuple[Difference, Flip | None]]] = {}
    for one, flip in beside.changed.told:
        found.setdefault(_section_of(one), []).append((one, flip))
    own = (_anchor(pair) for pair in neighbours.pairs)
    shown = ([COMMON] if COMMON in found else []) + [anchor for anchor in own if anchor in found or COMMON not in found]
    calls = (neighbours.before, neighbours.after)
    return BesideView(
        calls=tuple(call_link(call, wording) for call in calls),
        sides=tuple(_frames_of(call, wording) for call in calls),
        picked=wording.words["beside_all_pairs" if neighbours.is_whole else "beside_nearest_pairs"],
        alike=tuple(_name(pair, wording) for pair in _alike_otherwise(neighbours) if _anchor(pair) not in found),
        groups={anchor: worded.group(tuple(found.get(anchor, ()))) for anchor in shown},
        said_from=wording.say(neighbours.after.rule_set.changes_from),
        said=change_views(neighbours.after.rule_set.changes, wording),
        moved=tuple(worded.moved()),
        before_name=worded.name_of((), is_before=True),
        after_name=worded.name_of((), is_before=False),
        read=tuple(worded.read()),
    )


def _sections(neighbours: Neighbours, view: BesideView, wording: Wording) -> Mapping[str, str]:
    words = wording.words
    names = {
        COMMON: words["beside_section_common"],
        **{_anchor(pair): _name(pair, wording) for pair in neighbours.pairs},
    }
    return {
        "frames": words["beside_section_frames"],
        **{anchor: names[anchor] for anchor in view.groups},
        **({"said": words["beside_section_said"]} if view.said else {}),
        **({"moved": words["changes_section_moved"]} if view.moved else {}),
        **({"read": words["changes_section_read"]} if view.read else {}),
    }


def _section_of(one: Difference) -> str:
    """Return the section of a difference: that of its pair, or that of all pairs where there are several."""
    return COMMON if len(one.threads) > 1 else _anchor(one.threads[0])


def _alike_otherwise(neighbours: Neighbours) -> tuple[Thread, ...]:
    """Return the pairs of which it can be said that nothing differs but what all pairs share; often all are."""
    common = [one for one in neighbours.comparison.differences if len(one.threads) > 1]
    return neighbours.pairs if common and all(one.topic is not Topic.TERMS for one in common) else ()


def _anchor(pair: Thread) -> str:
    return ".".join(end.frame.slug for end in _ends(pair))


def _name(pair: Thread, wording: Wording) -> str:
    before, after = (end.frame.rules.name for end in _ends(pair))
    return wording.fill("beside_pair", before=before, after=after)


def _ends(pair: Thread) -> tuple[Offer, ...]:
    return tuple(end for end in (pair.before, pair.after) if end is not None)


def _frames_of(call: Call, wording: Wording) -> FramesOfCall:
    return FramesOfCall(
        wording.say(call.round.name),
        tuple(
            (frame_link(frame, call, wording), wording.say(frame.purpose.text), wording.cite(frame.purpose.citation))
            for frame in call.round.frames
        ),
    )
