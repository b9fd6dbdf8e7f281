"""A rule book with one change in it, resolved no further than it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from calculator.rulebook import Frame, FrameRules, RuleBook
from site_builder.examining.essence import essence_of
from site_builder.rules.drafts.folder import RulesDraft, RuleSetDraft
from site_builder.rules.drafts.frames import FrameDraft
from site_builder.rules.drafts.rounds import RoundDraft
from site_builder.rules.resolution.carrying import line_of
from site_builder.rules.resolution.frames import numbers_of, rules_in_round

V = TypeVar("V")

Call: TypeAlias = tuple[str, int | None]
"""A frame's full name, and a round."""


class Resolved(Mapping[int | None, FrameRules]):
    """The rules of a frame by round, each resolved when it is first asked for."""

    def __init__(self, rules: RulesDraft, rule_set: RuleSetDraft, frame: FrameDraft) -> None:
        self._resolve: Callable[[int | None], FrameRules | None] = lambda number: rules_in_round(
            rules, rule_set, frame, number
        )
        self._numbers = numbers_of(rule_set, frame)
        self._found: dict[int | None, FrameRules | None] = {}

    def __getitem__(self, number: int | None) -> FrameRules:
        """Return the rules in that round; a round in which the frame is not offered is no key."""
        if number not in self._numbers:
            raise KeyError(number)
        if number not in self._found:
            self._found[number] = self._resolve(number)
        rules = self._found[number]
        if rules is None:
            raise KeyError(number)
        return rules

    def __iter__(self) -> Iterator[int | None]:
        """Go through the rounds in which the frame is offered."""
        return (number for number in self._numbers if number in self)

    def __len__(self) -> int:
        """Count them."""
        return sum(1 for _ in self)


def book_with(book: RuleBook, rules: RulesDraft) -> RuleBook:
    """Return `book` with the frames of `rules` in place of its own."""
    frames = {
        f"{rule_set.slug}/{slug}": Frame(
            rule_set=f"{rule_set.slug}/{slug}",
            name=book.frames[f"{rule_set.slug}/{slug}"].name,
            rounds=Resolved(rules, rule_set, frame),
            not_offered=book.frames[f"{rule_set.slug}/{slug}"].not_offered,
        )
        for programme in rules.programmes
        for rule_set in programme.rule_sets
        for slug, frame in rule_set.frames.items()
    }
    return replace(book, frames={**book.frames, **frames})


def is_touched(before: RulesDraft, after: RulesDraft, call: Call) -> bool:
    """Say whether a change may have touched the rules of a frame in a round: what it does not change stays the same.

    A round has what the rounds whose rules it takes over have, too.
    """
    if before.defined is not after.defined:
        return True
    budget, _, slug = call[0].rpartition("/")
    one, other = (_rule_set(rules, budget) for rules in (before, after))
    return (
        one.file is not other.file
        or one.frames[slug] is not other.frames[slug]
        or any(was is not now for was, now in zip(_line(one, call[1]), _line(other, call[1]), strict=True))
    )


def _line(rule_set: RuleSetDraft, number: int | None) -> tuple[RoundDraft, ...]:
    round_ = rule_set.rounds.get(number)
    return () if round_ is None else line_of(rule_set, round_)


def _rule_set(rules: RulesDraft, slug: str) -> RuleSetDraft:
    return next(one for programme in rules.programmes for one in programme.rule_sets if one.slug == slug)


@dataclass(frozen=True)
class Essences:
    """What decides in each frame and round of a book; worked out when it is first asked for."""

    book: RuleBook
    _known: dict[Call, object]

    @classmethod
    def of(cls, book: RuleBook) -> Essences:
        """Return the essences of `book`."""
        return cls(book, {})

    def __getitem__(self, call: Call) -> object:
        """Return what decides there; None where the frame is not offered."""
        if call not in self._known:
            rules = self.book.frames[call[0]].rounds.get(call[1])
            self._known[call] = None if rules is None else essence_of(rules)
        return self._known[call]
