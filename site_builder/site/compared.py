"""The ways to the pages that compare a call with others, for the pages of calls, budgets and programmes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from site_builder.site.addresses import Link
from site_builder.site.beside import beside_link
from site_builder.site.calls import Call, is_numbered
from site_builder.site.changes import changes_link
from site_builder.site.differences.neighbours import Neighbours
from site_builder.site.differences.steps import Step
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class Compared:
    """The way to a comparison of a call: `link` as its own page names it.

    `is_beside` says that it claims no succession, `is_across` that it leads to a call of another budget.
    """

    call: Call
    link: Link
    is_beside: bool
    is_across: bool

    def named(self, wording: Wording) -> Link:
        """Return the link as a page names it that is about several calls."""
        if not is_numbered(self.call):
            return self.link
        return Link(f"{wording.say(self.call.round.name)}{wording.words['colon']} {self.link.text}", self.link.path)


@dataclass(frozen=True, slots=True)
class Comparisons:
    """All comparisons of a site in one language: what changed, then what stands side by side."""

    every: tuple[Compared, ...] = ()

    def of_call(self, call: Call) -> tuple[Compared, ...]:
        """Return the comparisons of a call."""
        return tuple(one for one in self.every if one.call.address == call.address)

    def across(self, rule_set: str) -> tuple[Compared, ...]:
        """Return the comparisons of the calls of a rule set with those of other budgets."""
        return tuple(one for one in self.every if one.call.rule_set.slug == rule_set and one.is_across)


def comparisons(steps: Iterable[Step], neighbours: Iterable[Neighbours], wording: Wording) -> Comparisons:
    """Return the ways to all comparisons; two calls side by side both lead to their page."""
    return Comparisons((*_steps(steps, wording), *_sides(neighbours, wording)))


def _steps(steps: Iterable[Step], wording: Wording) -> Iterator[Compared]:
    for one in steps:
        is_across = any(_is_across(one.after, before) for before in one.befores)
        yield Compared(one.after, changes_link(one, wording), False, is_across)


def _sides(neighbours: Iterable[Neighbours], wording: Wording) -> Iterator[Compared]:
    for one in neighbours:
        before, after = one.before, one.after
        for call, other in ((after, before), (before, after)):
            yield Compared(call, beside_link(one, other, wording), True, _is_across(after, before))


def _is_across(call: Call, other: Call) -> bool:
    return call.rule_set.slug != other.rule_set.slug
