"""Worked examples, one for each of their rounds, with the facts of the example that they are like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.rules.model import Example

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.rules.drafts import ExampleDraft, ExamplesDraft
    from site_builder.rules.scope import Scope


def examples(
    draft: ExamplesDraft, rule_set: str, scopes: Mapping[int | None, Scope], otherwise: Scope
) -> tuple[Example, ...]:
    """Return the examples of a frame; `scopes` are the frame's by round, `otherwise` is for rounds without one."""
    return tuple(
        _example(example, number, rule_set, facts_of(draft, example), scopes.get(number, otherwise))
        for example in draft.examples.values()
        for number in rounds_of(example)
    )


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
