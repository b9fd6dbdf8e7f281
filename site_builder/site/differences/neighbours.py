"""Calls of which no document says what they continue: each stands beside the call before it, frame beside frame.

Nothing is claimed of them: a frame here takes the place of none. Calls stand in the order of their programme, which is
that of its budgets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from calculator.rulebook import RuleBook
from site_builder.rules.model import Programme
from site_builder.site.calls import Call, calls_of
from site_builder.site.differences.clauses import Topic
from site_builder.site.differences.comparison import Comparison, Difference, compare
from site_builder.site.differences.steps import Fate, Offer, Step, Thread, steps_of

#: Up to so many pairs of frames everything is compared with everything.
MOST_PAIRS = 12


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Two calls compared pair by pair of their frames.

    A difference is one of a single pair, or of all pairs alike. `is_whole` says that every frame of the one call stands
    beside every frame of the other; if not, each frame of the later call stands beside the nearest of the earlier one.
    """

    comparison: Comparison = field(repr=False)  # it would print its whole programme, many times over
    is_whole: bool

    @property
    def pairs(self) -> tuple[Thread, ...]:
        """Return the pairs of frames, those of a later frame together."""
        return self.comparison.step.threads

    @property
    def before(self) -> Call:
        """Return the earlier call."""
        return self.comparison.step.befores[0]

    @property
    def after(self) -> Call:
        """Return the later call."""
        return self.comparison.step.after


def neighbours_of(programme: Programme, book: RuleBook) -> tuple[Neighbours, ...]:
    """Return, the newest first, each call that is known to continue nothing, beside the published call before it."""
    continuing = {step.after.address for step in steps_of(programme, book)}
    published = [call for call in calls_of(programme) if call.round.frames and not call.round.is_placeholder]
    pairs = ((before, after) for after, before in pairwise(published) if after.address not in continuing)
    return tuple(_compared(before, after, book) for before, after in pairs)


def _compared(before: Call, after: Call, book: RuleBook) -> Neighbours:
    pairs = tuple(
        Thread(Fate.BESIDE, Offer(before, one), Offer(after, other))
        for other in after.round.frames
        for one in before.round.frames
    )
    is_whole = len(pairs) <= MOST_PAIRS
    shown = pairs if is_whole else tuple(_nearest(pairs, other.slug, book) for other in after.round.frames)
    comparison = compare(Step(after, (before,), shown), book)
    return Neighbours(replace(comparison, differences=tuple(_by_pair(comparison))), is_whole)


def _nearest(pairs: tuple[Thread, ...], slug: str, book: RuleBook) -> Thread:
    """Return the pair of a later frame in which least differs; one of which nothing can be told is never near."""
    own = (pair for pair in pairs if pair.latest.frame.slug == slug)
    return min(own, key=lambda pair: _distance(pair, book))


def _distance(pair: Thread, book: RuleBook) -> tuple[bool, int]:
    assert pair.before is not None  # noqa: S101 - a pair has two ends
    step = Step(pair.latest.call, (pair.before.call,), (pair,))
    found = compare(step, book).differences
    return any(one.topic is Topic.TERMS for one in found), len(found)


def _by_pair(comparison: Comparison) -> Iterator[Difference]:
    """Yield what all pairs have alike once, and anything else for each of its pairs."""
    for one in comparison.differences:
        is_of_all = len(one.threads) == len(comparison.step.threads)
        yield from (one,) if is_of_all else (replace(one, threads=(pair,)) for pair in one.threads)
