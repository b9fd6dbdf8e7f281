"""The names that there are today, which editors offer where a file names something of another file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from site_builder.rules.checking.references import CASE_FACTS
from site_builder.rules.drafts.folder import RulesDraft, RuleSetDraft


def names_of(rules: RulesDraft) -> Mapping[str, tuple[str, ...]]:
    """Return all names in `rules` by what they are names of, as `TextForm.names` calls it."""
    rule_sets = [rule_set for programme in rules.programmes for rule_set in programme.rule_sets]
    facts = [fact.name for fact in rules.facts.facts.values() if fact.record is None]
    return {
        "source": _each(rules.sources),
        "fact": _each(facts),
        "fact of a case": _each([*facts, *CASE_FACTS]),
        "group": tuple(group.name for group in rules.facts.groups),
        "tag": _each(tag for group in rules.tag_groups.values() for tag in group.tags),
        "rule set": _each(rule_set.slug for rule_set in rule_sets),
        "frame": _each(frame for rule_set in rule_sets for frame in rule_set.frames),
        "frame of a budget": _each(f"{rule_set.slug}/{frame}" for rule_set in rule_sets for frame in rule_set.frames),
        "figure": _each(figure for rule_set in rule_sets for figure in _figures(rule_set)),
        "open point": _each(point for rule_set in rule_sets for point in rule_set.file.head.open_points),
        "statement": _each(name for rule_set in rule_sets for name in rule_set.file.head.statements),
    }


def _figures(rule_set: RuleSetDraft) -> Iterator[str]:
    yield from rule_set.file.figures
    for frame in rule_set.frames.values():
        yield from frame.figures
    for round_ in rule_set.rounds.values():
        yield from round_.added.figures


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))
