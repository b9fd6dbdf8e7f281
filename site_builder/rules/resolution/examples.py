"""Worked examples, one for each of their rounds, with the facts of the example that they are like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.rules.model import Example

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.rules.drafts.examples import ExampleDraft, ExamplesDraft
    from site_builder.rules.scope import Scope


def examples(
    draft: ExamplesDraft,
    stated: Mapping[str, dict[str, object]],
    rule_set: str,
    number: int | None,
    scope: Scope,
) -> tuple[Example, ...]:
    """Return the examples of a frame in a round, whose scope is the frame's in it, or outside of rounds.

    `stated` are the facts of each (`all_facts`).
    """
    return tuple(
        _example(example, number, rule_set, stated[name], scope)
        for name, example in draft.examples.items()
        if number in rounds_of(example)
    )


def all_facts(draft: ExamplesDraft) -> dict[str, dict[str, object]]:
    """Return the facts of each example by its name: they are the same in all of its rounds."""
    return {name: facts_of(draft, example) for name, example in draft.examples.items()}


def numbers_in(draft: ExamplesDraft) -> tuple[int | None, ...]:
    """Return the rounds of all examples, each once."""
    return tuple(dict.fromkeys(number for example in draft.examples.values() for number in rounds_of(example)))


def in_order(draft: ExamplesDraft, by_round: tuple[tuple[Example, ...], ...]) -> tuple[Example, ...]:
    """Return the examples of all rounds, each example in its rounds before the next."""
    found = {(one.name, one.round): one for some in by_round for one in some}
    return tuple(found[name, number] for name, example in draft.examples.items() for number in rounds_of(example))


def rounds_of(example: ExampleDraft) -> tuple[int | None, ...]:
    """Return the example's rounds; the one call of a budget without rounds is None."""
    return (None,) if example.rounds is None else example.rounds


def facts_of(draft: ExamplesDraft, example: ExampleDraft) -> dict[str, object]:
    """Return the example's facts, over those of the example that it is like."""
    if example.like is None:
        return dict(example.facts)
    return {**facts_of(draft, draft.examples[example.like.value]), **example.facts}


def _example(
    draft: ExampleDraft, number: int | None, rule_set: str, facts: Mapping[str, object], scope: Scope
) -> Example:
    return Example(
        name=draft.name.value,
        title=scope.text(draft.title),
        story=scope.text(draft.story),
        kind=draft.kind,
        rule_set=rule_set,
        round=number,
        facts=facts,
        expected=draft.expected,
        published=draft.published,
        place=draft.name.place(),
        expected_at=draft.expected_at,
    )
