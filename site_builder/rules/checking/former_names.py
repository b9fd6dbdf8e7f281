"""What saved links may still call a fact, a column or a choice: each former name leads to one that there is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.errors import Gathering, GuidanceError, name_hint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculator.rulebook import FactDefinition
    from site_builder.rules.drafts.facts import FactsDraft


def check_former_names(facts: FactsDraft, errors: Gathering) -> None:
    """Add every former name that leads nowhere, is in use, or stands twice to `errors`."""
    names = [name for fact in facts.facts.values() for name in _names(fact)]
    seen: set[str] = set()
    for one in facts.formerly:
        was, now = one.was.value, one.now.value
        if now not in names:
            hint = name_hint(now, names, "write a fact, or a fact and its column or choice: fact.choice")
            errors.add(GuidanceError(one.now.place(), f"nothing is called '{now}' now", hint, "unknown-name"))
        if was in names or was in seen:
            sentence = f"'{was}' is {'still in use' if was in names else 'renamed twice'}"
            hint = "a former name is one that nothing has any more, and leads to one name"
            errors.add(GuidanceError(one.was.place(), sentence, hint, "duplicate-name"))
        seen.add(was)


def _names(fact: FactDefinition) -> Iterator[str]:
    """Yield what a saved link can name of a fact: itself, its choices, its columns and theirs."""
    yield fact.name
    yield from (f"{fact.name}.{choice.name}" for choice in fact.choices)
    for column in fact.fields:
        yield f"{fact.name}.{column.name}"
        yield from (f"{fact.name}.{column.name}.{choice.name}" for choice in column.choices)
