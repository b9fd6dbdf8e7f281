"""What looking through the rules has found, and with which of their parts something is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from site_builder.errors import Gathering, GuidanceError

Subject: TypeAlias = tuple[str, ...]
"""A part of the rules: a budget's slug, then a frame's, then `award`."""


@dataclass(frozen=True, slots=True)
class Findings:
    """The errors so far; what `wrong` names has at least one of them, and what it names cannot be worked out."""

    errors: Gathering = field(default_factory=Gathering)
    wrong: set[Subject] = field(default_factory=set)

    def add(self, subject: Subject, own: Iterable[GuidanceError]) -> None:
        """Add what was found of `subject`."""
        for error in own:
            self.errors.add(error)
            self.wrong.add(subject)

    def is_wrong(self, *subject: str) -> bool:
        """Say whether anything is wrong with the subject itself."""
        return subject in self.wrong

    def is_wrong_within(self, *subject: str) -> bool:
        """Say whether anything is wrong with the subject or a part of it."""
        return any(one[: len(subject)] == subject for one in self.wrong)
