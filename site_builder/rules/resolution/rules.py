"""All rules resolved: the rule book that decides, and what pages show beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculator.rulebook import RuleBook
from site_builder.memo import Memo
from site_builder.rules.model import Programme, Rules, TagGroup
from site_builder.rules.portions import portion, shared_by_all
from site_builder.rules.resolution.frames import frame
from site_builder.rules.resolution.rounds import all_examples, frames_in_order, rule_set
from site_builder.rules.resolution.scopes import rule_set_scope, shared_scope
from site_builder.rules.resolution.statements import definitions, statement
from site_builder.rules.resolution.statistics import statistics

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calculator.rulebook import FrameRules, Source
    from calculator.text import Text
    from site_builder.rules.drafts.folder import ProgrammeDraft, RulesDraft, RuleSetDraft
    from site_builder.rules.drafts.frames import FrameDraft
    from site_builder.rules.drafts.rounds import RoundDraft
    from site_builder.rules.drafts.sources import SourceDraft
    from site_builder.rules.model import RuleSet
    from site_builder.sources.texts import TextDraft


def resolve(rules: RulesDraft, messages: Mapping[str, Text], memo: Memo | None = None) -> Rules:
    """Return the rules that checked drafts stand for; `messages` are the calculator's sentences.

    Each frame is resolved round by round, and not again where `memo` knows it.
    """
    memo = Memo() if memo is None else memo
    programmes = tuple(memo.same(("programme", one.slug), _programme(rules, one, memo)) for one in rules.programmes)
    return Rules(
        book=_book(rules, programmes, messages, memo),
        programmes=programmes,
        definitions=definitions(rules.definitions, shared_scope(rules)),
        examples=tuple(
            example
            for draft in _rule_sets(rules)
            for example in memo.made(all_examples, shared_by_all(rules, memo), draft, memo)
        ),
        formerly={one.was.value: one.now.value for one in rules.facts.formerly},
        checked={name: draft.checked for name, draft in rules.sources.items()},
        tag_groups=tuple(
            TagGroup(name, group.label, {tag: one.label for tag, one in group.tags.items()})
            for name, group in rules.tag_groups.items()
        ),
        statistics=statistics(rules),
    )


def _book(rules: RulesDraft, programmes: tuple[Programme, ...], messages: Mapping[str, Text], memo: Memo) -> RuleBook:
    resolved = {one.slug: one for programme in programmes for one in programme.rule_sets}
    frames = [
        memo.made(
            frame,
            shared_by_all(rules, memo),
            portion(draft, (one,), tuple(draft.rounds.values()), memo),
            one,
            tuple(
                memo.same((in_round.rule_set, in_round.round), in_round)
                for in_round in _rules_of(one, resolved[draft.slug])
            ),
        )
        for draft in _rule_sets(rules)
        for one in frames_in_order(draft)
    ]
    return RuleBook(
        edition="",
        facts=rules.facts.facts,
        groups=rules.facts.groups,
        sources=memo.made(_sources, rules.sources),
        messages=messages,
        open_points=memo.same("open points", _open_points(rules)),
        frames={one.rule_set: memo.same(("frame", one.rule_set), one) for one in frames},
    )


def _rules_of(draft: FrameDraft, resolved: RuleSet) -> tuple[FrameRules, ...]:
    """Return the rules of the frame in each round that has it."""
    return tuple(one.rules for round_ in resolved.rounds for one in round_.frames if one.slug == draft.slug)


def _sources(drafts: Mapping[str, SourceDraft]) -> dict[str, Source]:
    return {name: draft.source for name, draft in drafts.items()}


def _open_points(rules: RulesDraft) -> dict[str, Text]:
    """Return what is left open, by name: all rounds of a rule set have its points in the same words."""
    return {
        name: rule_set_scope(rules, draft, round_).text(words)
        for draft in _rule_sets(rules)
        for round_, points in _open_in(draft)
        for name, words in points.items()
    }


def _open_in(draft: RuleSetDraft) -> Iterator[tuple[RoundDraft | None, Mapping[str, TextDraft]]]:
    """Yield the points that a rule set words, and those that a round adds itself, with that round."""
    yield None, draft.file.head.open_points
    for round_ in draft.rounds.values():
        if round_.carried is not None:
            yield round_, round_.carried.added.open_points


def _programme(rules: RulesDraft, draft: ProgrammeDraft, memo: Memo) -> Programme:
    assert draft.file is not None  # noqa: S101 - a draft that is resolved is whole
    return Programme(
        slug=draft.slug,
        name=draft.file.name,
        short_name=draft.file.short_name,
        operator=statement("operator", draft.file.operator, shared_scope(rules)),
        rule_sets=tuple(memo.made(rule_set, shared_by_all(rules, memo), one, memo) for one in draft.rule_sets),
        provider=draft.file.provider,
    )


def _rule_sets(rules: RulesDraft) -> Iterator[RuleSetDraft]:
    for programme in rules.programmes:
        yield from programme.rule_sets
