"""Documents that are cited, as written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calculator.rulebook import Source
from site_builder.errors import Place
from site_builder.sources.nodes import ScalarNode


@dataclass(frozen=True, slots=True)
class PrintsDraft:
    """The rounds of one rule set that a source speaks of; None is the one call of a budget without rounds."""

    rule_set: ScalarNode
    rounds: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """A document, what it speaks of, and the day on which the rules were last read against it; None is never."""

    name: ScalarNode
    source: Source
    prints: tuple[PrintsDraft, ...]
    checked: date | None
    checked_at: Place

    def speaks_of(self, rule_set: str | None, round_: int | None) -> bool:
        """Say whether it speaks of a round of a rule set, None being the one call of a budget without rounds."""
        return any(one.rule_set.value == rule_set and round_ in one.rounds for one in self.prints)
