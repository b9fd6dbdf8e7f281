"""What judges cases of some budgets: it knows no other frames, since no case of theirs asks for any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculator.assess import Assessor
from calculator.rulebook import Frame, RuleBook
from site_builder.rules.portions import unasked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculator.rulebook import FactDefinition, FactGroup, Source
    from calculator.text import Text
    from site_builder.memo import Memo


def assessor_of(budgets: tuple[str, ...], book: RuleBook, memo: Memo) -> Assessor:
    """Return what judges the cases of `budgets` (`monozukuri/r3s`); the same object for the same rules.

    It knows nothing of what only a form says of a fact: no answer rests on that, nor is it worked out again for it.
    """
    facts = memo.same("facts as cases have them", memo.made(unasked, book.facts))
    groups = memo.same("groups of facts", book.groups)
    frames = tuple(frame for name, frame in book.frames.items() if budget_of(name) in budgets)
    return memo.made(_assessor, facts, groups, book.sources, book.messages, book.open_points, frames)


def budget_of(rule_set: str) -> str:
    """Return the budget of a frame that the calculator calls `rule_set` (`monozukuri/r3s/normal`)."""
    return rule_set.rpartition("/")[0]


def _assessor(
    facts: Mapping[str, FactDefinition],
    groups: tuple[FactGroup, ...],
    sources: Mapping[str, Source],
    messages: Mapping[str, Text],
    open_points: Mapping[str, Text],
    frames: tuple[Frame, ...],
) -> Assessor:
    return Assessor(RuleBook("", facts, groups, sources, messages, open_points, {one.rule_set: one for one in frames}))
