"""Tiers with figures put in for their names: each as the whole numbers that it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calculator.expressions import Constant
    from site_builder.rules.drafts.awards import BoundDraft, TierDraft


@dataclass(frozen=True, slots=True)
class Tier:
    """The whole numbers from `start` to `end`, both included; None is open."""

    start: int | None
    end: int | None

    def holds(self, value: int) -> bool:
        """Say whether `value` is in this tier."""
        return (self.start is None or self.start <= value) and (self.end is None or value <= self.end)


def tiers_of(drafts: Sequence[TierDraft], figures: Mapping[str, Constant]) -> list[Tier]:
    """Return the tiers, whose names and kinds are right; one without `from` begins where the one before it ends."""
    found: list[Tier] = []
    for draft in drafts:
        before = found[-1].end if found else None
        follows = None if before is None else before + 1
        start = follows if draft.start is None else _number(draft.start, figures)
        found.append(Tier(start, _number(draft.end, figures)))
    return found


def _number(bound: BoundDraft | None, figures: Mapping[str, Constant]) -> int | None:
    value = None if bound is None else bound.within(figures)
    return value.value if value is not None and isinstance(value.value, int) else None
