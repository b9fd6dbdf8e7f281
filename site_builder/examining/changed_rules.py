"""What one change in the rules may have touched, and what decides after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from calculator.rulebook import RuleBook
from site_builder.examining.essence import essence_of
from site_builder.rules.drafts.folder import RulesDraft, RuleSetDraft
from site_builder.rules.drafts.rounds import RoundDraft
from site_builder.rules.resolution.carrying import line_of

Call: TypeAlias = tuple[str, int | None]
"""A frame's full name, and a round."""


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
