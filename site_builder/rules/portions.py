"""Portions of the drafts: only what one thing may be made of, so that nothing made of it can rest on anything else.

A portion is the same object as long as its files are (`site_builder.memo`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calculator.text import Text
from site_builder.rules.drafts.facts import FactsDraft
from site_builder.rules.drafts.folder import RulesDraft, RuleSetDraft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculator.rulebook import FactDefinition
    from site_builder.memo import Memo
    from site_builder.rules.drafts.examples import ExamplesDraft
    from site_builder.rules.drafts.frames import FrameDraft
    from site_builder.rules.drafts.rounds import RoundDraft
    from site_builder.rules.drafts.rule_sets import RuleSetFileDraft

_UNASKED = Text("", "")


def rule_set_of(
    slug: str,
    file: RuleSetFileDraft,
    frames: tuple[FrameDraft, ...],
    rounds: tuple[RoundDraft, ...],
    examples: tuple[ExamplesDraft, ...] = (),
) -> RuleSetDraft:
    """Return the rule set of these files."""
    return RuleSetDraft(slug, file, {one.slug: one for one in frames}, {one.number: one for one in rounds}, examples)


def shared_by_all(rules: RulesDraft, memo: Memo) -> RulesDraft:
    """Return what all programmes share, without the programmes, and without what only a form says of a fact."""
    facts = memo.same("facts as rules read them", memo.made(_as_rules_read, rules.facts))
    return memo.made(RulesDraft, facts, rules.defined, rules.sources, rules.tag_groups, ())


def _as_rules_read(facts: FactsDraft) -> FactsDraft:
    """Return the facts as if nobody asked for them: no rule, and nothing that is worded of one, rests on a question."""
    return FactsDraft((), unasked(facts.facts), (), {})


def unasked(facts: Mapping[str, FactDefinition]) -> dict[str, FactDefinition]:
    """Return the facts without what only a form says of them."""
    return {name: replace(one, question=_UNASKED, explanation=None) for name, one in facts.items()}


def portion(
    rule_set: RuleSetDraft, frames: tuple[FrameDraft, ...], rounds: tuple[RoundDraft, ...], memo: Memo
) -> RuleSetDraft:
    """Return the rule set as if it had only these frames and rounds, and no examples."""
    return memo.made(rule_set_of, rule_set.slug, rule_set.file, frames, rounds)
