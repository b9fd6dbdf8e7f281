"""What is examined: checked drafts, the rules resolved from them, and each frame in each round with both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from calculator.decision import Decision, decide
from calculator.rulebook import FrameRules
from site_builder.examining.companies import Companies
from site_builder.rules.drafts.folder import RulesDraft, RuleSetDraft
from site_builder.rules.drafts.frames import FrameDraft
from site_builder.rules.drafts.rounds import RoundDraft
from site_builder.rules.model import Rules
from site_builder.rules.resolution.carrying import as_in_round
from site_builder.rules.resolution.scopes import frame_scope, is_offered
from site_builder.rules.scope import Scope


@dataclass(frozen=True)
class Call:
    """A frame in a round in which it is offered: how it is written, and what its rules are."""

    drafts: RulesDraft
    rule_set: RuleSetDraft
    frame: FrameDraft
    round: RoundDraft
    rules: FrameRules

    @property
    def name(self) -> str:
        """The full name of the frame."""
        return self.rules.rule_set

    @cached_property
    def scope(self) -> Scope:
        """What names mean in its files."""
        return frame_scope(self.drafts, self.rule_set, self.frame, self.round)

    @cached_property
    def decision(self) -> Decision:
        """Its rules as diagrams."""
        return decide(self.rules, self.drafts.facts.facts)


@dataclass(frozen=True)
class Subject:
    """All that is examined.

    `content` is the folder of what pages say besides, where figures and documents are named, and `folder` that of the
    rules, in whose files texts are looked at.
    `looked_at` says which rule sets and rounds are asked about; findings of all others are left out. `is_shown` wants a
    company that shows each finding, which takes longer than to find it.
    """

    drafts: RulesDraft
    rules: Rules
    today: date
    content: Path | None = None
    is_shown: bool = True
    looked_at: Callable[[str, int | None], bool] = field(default=lambda _rule_set, _round: True)
    folder: Path | None = None

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """Every frame in every round in which it is offered, in the order of the files."""
        return tuple(self._calls())

    @cached_property
    def companies(self) -> Companies:
        """What finds companies that show something."""
        return Companies(self.rules.book, self.rules.examples)

    @cached_property
    def said(self) -> str:
        """Everything that content says, as it is written."""
        files = [] if self.content is None else sorted(self.content.rglob("*"))
        return "\n".join(file.read_text(encoding="utf-8") for file in files if file.suffix in (".md", ".yaml"))

    @property
    def rule_sets(self) -> Iterator[RuleSetDraft]:
        """The rule sets that are looked at."""
        for programme in self.drafts.programmes:
            for rule_set in programme.rule_sets:
                if any(self.looked_at(rule_set.slug, number) for number in rule_set.rounds):
                    yield rule_set

    @property
    def is_whole(self) -> bool:
        """Whether every rule set is looked at."""
        return len(list(self.rule_sets)) == sum(len(one.rule_sets) for one in self.drafts.programmes)

    def _calls(self) -> Iterator[Call]:
        for rule_set in self.rule_sets:
            here = {number: as_in_round(rule_set, round_) for number, round_ in rule_set.rounds.items()}
            for slug, frame in rule_set.frames.items():
                of_frame = self.rules.book.frames[f"{rule_set.slug}/{slug}"].rounds
                for number, round_ in rule_set.rounds.items():
                    if (
                        round_.placeholder is None
                        and is_offered(frame, round_)
                        and self.looked_at(rule_set.slug, number)
                    ):
                        changed, settled = here[number]
                        yield Call(self.drafts, changed, changed.frames[slug], settled, of_frame[number])
