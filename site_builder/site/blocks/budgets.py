"""Budgets and the frames under them, and frames for which a matter is settled alike.

Frames of which no document says anything, those of placeholder rounds, are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from site_builder.rules.model import FrameInRound, Programme, Rules, RuleSet
from site_builder.site.blocks.sheets import Cell, Line, Row
from site_builder.site.calls import Call, calls_of, calls_under, frames_under, newest_published, programmes_in_order
from site_builder.site.wording import Wording

Settled = TypeVar("Settled", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Way:
    """A frame as a call has it."""

    frame: FrameInRound
    call: Call

    def path(self, wording: Wording, anchor: str | None = None) -> str:
        """Return the path of the frame's page."""
        return self.call.frame_address(self.frame.slug).path(wording.language, anchor)


@dataclass(frozen=True, slots=True)
class Budget:
    """A rule set with all of its published ways, those of the newest call first."""

    programme: Programme
    rule_set: RuleSet
    ways: tuple[Way, ...]

    def name(self, wording: Wording) -> str:
        """Return the budget's name with that of its programme."""
        return wording.fill("programme_and_round", programme=self.programme.short_name, round=self.rule_set.name)

    @property
    def newest(self) -> tuple[Way, ...]:
        """Each frame once, as the newest call has it."""
        found: dict[str, Way] = {}
        for way in self.ways:
            found.setdefault(way.frame.slug, way)
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Group(Generic[Settled]):
    """Ways of one budget for which `value` is the same; `is_whole`: they are all that the budget has."""

    budget: Budget
    ways: tuple[Way, ...]
    value: Settled
    is_whole: bool

    @property
    def first(self) -> Way:
        """The newest of the ways: the places in its documents are told."""
        return self.ways[0]

    def heading(self, wording: Wording) -> Line:
        """Return the budget, and the way to its newest call."""
        return Line(self.budget.name(wording), self.budget.ways[0].call.address.path(wording.language))

    def named(self, wording: Wording) -> Line:
        """Return the budget, with the names of the frames where they are not all of it."""
        heading = self.heading(wording)
        if self.is_whole:
            return heading
        frames = wording.listed(line.text for line in self.frames(wording))
        return Line(wording.fill("stated", label=heading.text, value=frames), heading.path)

    def frames(self, wording: Wording) -> tuple[Line, ...]:
        """Return the frames, each with its rounds where the group does not have all of them."""
        by_slug: dict[str, list[Way]] = {}
        for way in self.ways:
            by_slug.setdefault(way.frame.slug, []).append(way)
        return tuple(self._frame(slug, ways, wording) for slug, ways in by_slug.items())

    def _frame(self, slug: str, ways: list[Way], wording: Wording) -> Line:
        name = wording.say(ways[0].frame.rules.name)
        if len(ways) < sum(way.frame.slug == slug for way in self.budget.ways):
            rounds = wording.listed(wording.say(way.call.round.name) for way in ways)
            name = wording.fill("guide_in_rounds", frame=name, rounds=rounds)
        return Line(name, ways[0].path(wording))


def budgets(rules: Rules) -> Iterator[Budget]:
    """Yield every budget with a published frame: the programmes in order, in each the newest first."""
    for programme in programmes_in_order(rules):
        for rule_set in reversed(programme.rule_sets):
            ways = tuple(
                Way(frame, call)
                for call in calls_under(rule_set, programme)
                if not call.round.is_placeholder
                for frame in call.round.frames
            )
            if ways:
                yield Budget(programme, rule_set, ways)


def grouped(rules: Rules, value_of: Callable[[Way], Settled]) -> Iterator[Group[Settled]]:
    """Yield the ways of each budget in groups, by what `value_of` says of them."""
    for budget in budgets(rules):
        found: dict[Settled, list[Way]] = {}
        for way in budget.ways:
            found.setdefault(value_of(way), []).append(way)
        yield from (Group(budget, tuple(ways), value, len(found) == 1) for value, ways in found.items())


def rows_by_budget(
    groups: Iterable[Group[Settled]], cells_of: Callable[[Way], tuple[Cell, ...]], wording: Wording
) -> tuple[Row, ...]:
    """Return a row for each group; groups that are not a whole budget stand below its name.

    Those of which the documents print nothing share the last row.
    """
    rows: list[Row] = []
    silent: list[Line] = []
    last, columns = "", 0
    for group in groups:
        cells = cells_of(group.first)
        columns = len(cells)
        if not any(cell.lines for cell in cells):
            silent.append(group.named(wording))
        elif group.is_whole:
            rows.append(Row(Cell((group.heading(wording),)), cells))
        else:
            slug = group.budget.rule_set.slug
            rows += [] if slug == last else [Row(Cell((group.heading(wording),)), ())]
            rows.append(Row(Cell(group.frames(wording)), cells))
            last = slug
    return (*rows, *([Row(Cell(tuple(silent)), (Cell(),) * columns)] if silent else []))


def newest_call(rules: Rules) -> Call | None:
    """Return the newest published call of the programme that the site is most about."""
    ordered = programmes_in_order(rules)
    return newest_published(calls_of(ordered[0])) if ordered else None


def newest_ways(rules: Rules) -> tuple[Way, ...]:
    """Return the frames of the newest published call of the programme that the site is most about."""
    call = newest_call(rules)
    return () if call is None else tuple(Way(frame, one) for frame, one in frames_under((call,)).values())
