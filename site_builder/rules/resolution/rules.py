"""All rules resolved: the rule book that decides, and what pages show beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculator.rulebook import RuleBook
from site_builder.rules.model import Programme, Rules, TagGroup
from site_builder.rules.resolution.frames import frame
from site_builder.rules.resolution.rounds import all_examples, frames_in_order, rule_set
from site_builder.rules.resolution.scopes import rule_set_scope, shared_scope
from site_builder.rules.resolution.statements import definitions, statement
from site_builder.rules.resolution.statistics import statistics

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calculator.text import Text
    from site_builder.rules.drafts import ProgrammeDraft, RulesDraft, RuleSetDraft


def resolve(rules: RulesDraft, messages: Mapping[str, Text]) -> Rules:
    """Return the rules that checked drafts stand for; `messages` are the calculator's sentences."""
    return Rules(
        book=_book(rules, messages),
        programmes=tuple(_programme(rules, draft) for draft in rules.programmes),
        definitions=definitions(rules.definitions, shared_scope(rules)),
        examples=tuple(example for draft in _rule_sets(rules) for example in all_examples(rules, draft)),
        formerly={one.was.value: one.now.value for one in rules.facts.formerly},
        checked={name: draft.checked for name, draft in rules.sources.items()},
        tag_groups=tuple(
            TagGroup(name, group.label, {tag: one.label for tag, one in group.tags.items()})
            for name, group in rules.tag_groups.items()
        ),
        statistics=statistics(rules),
    )


def _book(rules: RulesDraft, messages: Mapping[str, Text]) -> RuleBook:
    frames = [frame(rules, draft, one) for draft in _rule_sets(rules) for one in frames_in_order(draft)]
    return RuleBook(
        edition="",
        facts=rules.facts.facts,
        groups=rules.facts.groups,
        sources={name: draft.source for name, draft in rules.sources.items()},
        messages=messages,
        open_points=_open_points(rules),
        frames={one.rule_set: one for one in frames},
    )


def _open_points(rules: RulesDraft) -> dict[str, Text]:
    return {
        name: rule_set_scope(rules, draft, None).text(words)
        for draft in _rule_sets(rules)
        for name, words in draft.file.head.open_points.items()
    }


def _programme(rules: RulesDraft, draft: ProgrammeDraft) -> Programme:
    assert draft.file is not None  # noqa: S101 - a draft that is resolved is whole
    return Programme(
        slug=draft.slug,
        name=draft.file.name,
        short_name=draft.file.short_name,
        operator=statement("operator", draft.file.operator, shared_scope(rules)),
        rule_sets=tuple(rule_set(rules, one) for one in draft.rule_sets),
        provider=draft.file.provider,
    )


def _rule_sets(rules: RulesDraft) -> Iterator[RuleSetDraft]:
    for programme in rules.programmes:
        yield from programme.rule_sets
