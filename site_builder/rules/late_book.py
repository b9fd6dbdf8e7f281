"""A rule book of changed drafts, resolved no further than it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from calculator.rulebook import Frame, FrameRules, RuleBook
from site_builder.rules.resolution.frames import numbers_of, rules_in_round

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_builder.rules.drafts.folder import DefinitionsFileDraft, RulesDraft, RuleSetDraft
    from site_builder.rules.drafts.frames import FrameDraft


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


def with_definitions(rules: RulesDraft, defined: DefinitionsFileDraft) -> RulesDraft:
    """Return `rules` with other definitions, and with their figures in each rule set that has those of before."""
    changed = replace(rules, defined=defined)
    for rule_set in (one for programme in rules.programmes for one in programme.rule_sets):
        figures = {
            name: defined.figures[name] if one is rules.defined.figures.get(name) else one
            for name, one in rule_set.file.figures.items()
        }
        if figures != rule_set.file.figures:
            changed = with_rule_set(changed, replace(rule_set, file=replace(rule_set.file, figures=figures)))
    return changed


def with_rule_set(rules: RulesDraft, rule_set: RuleSetDraft) -> RulesDraft:
    """Return `rules` with `rule_set` in the place of the one of its name."""
    programmes = tuple(
        replace(one, rule_sets=tuple(rule_set if old.slug == rule_set.slug else old for old in one.rule_sets))
        for one in rules.programmes
    )
    return replace(rules, programmes=programmes)
