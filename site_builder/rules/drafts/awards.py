"""Awards as written: how much is paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from calculator.expressions import Constant
from calculator.rulebook import SliceBasis
from site_builder.errors import Place
from site_builder.rules.drafts.conditions import ConditionDraft
from site_builder.rules.drafts.statements import CitationDraft
from site_builder.rules.drafts.values import ValueDraft
from site_builder.rules.literals import LiteralDraft
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.texts import TextDraft


@dataclass(frozen=True, slots=True)
class SliceDraft:
    """One slice of a rate; `up_to` None is open."""

    at: Place
    up_to: ValueDraft | None
    rate: ValueDraft


@dataclass(frozen=True, slots=True)
class SlicedRateDraft:
    """A rate in slices, whose borders are measured in subsidy or in cost."""

    slices: tuple[SliceDraft, ...]
    of: SliceBasis


@dataclass(frozen=True, slots=True)
class FixedRateDraft:
    """`fixed`: the eligible cost itself."""


@dataclass(frozen=True, slots=True)
class RateCaseDraft:
    """A rate, and when it holds; `at` is where its keys begin."""

    at: Place
    when: ConditionDraft | None
    rate: ValueDraft | SlicedRateDraft | FixedRateDraft
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class BoundDraft:
    """Where a tier begins or ends: a literal, or the name of a figure."""

    node: ScalarNode
    literal: LiteralDraft | None

    def within(self, figures: Mapping[str, Constant]) -> Constant | None:
        """Return the value, or None where no figure is called so."""
        return figures.get(self.node.value) if self.literal is None else self.literal.constant


@dataclass(frozen=True, slots=True)
class TierDraft:
    """An upper limit for values from `start` to `end`; None is where the tier before ends, or open."""

    start: BoundDraft | None
    end: BoundDraft | None
    amount: ValueDraft


@dataclass(frozen=True, slots=True)
class UpliftDraft:
    """What is added to the upper limit, and for whom."""

    when: ConditionDraft
    amount: ValueDraft
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class UpperLimitDraft:
    """The upper limit: one tier for all, or tiers by a fact."""

    by: ScalarNode | None
    tiers: tuple[TierDraft, ...]
    citation: CitationDraft
    uplifts: tuple[UpliftDraft, ...]


@dataclass(frozen=True, slots=True)
class LowerLimitDraft:
    """The lower limit."""

    amount: ValueDraft
    code: ScalarNode
    label: TextDraft
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class ColumnDraft:
    """A list fact, and the column of it whose amounts are meant."""

    rows: ScalarNode
    amount: ScalarNode


@dataclass(frozen=True, slots=True)
class CostRowsDraft:
    """Which rows of a list fact count as cost."""

    column: ColumnDraft
    category: ScalarNode
    categories: tuple[ScalarNode, ...]
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class CostTotalDraft:
    """What counts as cost, worked out."""

    total: ValueDraft
    citation: CitationDraft


EligibleCostsDraft: TypeAlias = CostRowsDraft | CostTotalDraft


@dataclass(frozen=True, slots=True)
class AwardDraft:
    """How much; `at` is where its keys begin. `eligible_costs` None are those of the rule set, or each member's own."""

    at: Place
    rates: tuple[RateCaseDraft, ...]
    upper_limit: UpperLimitDraft
    lower_limit: LowerLimitDraft | None
    eligible_costs: EligibleCostsDraft | None


@dataclass(frozen=True, slots=True)
class RangeDraft:
    """The lowest and the highest of a value that the documents do not print more exactly."""

    least: ValueDraft
    most: ValueDraft
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class OpenAwardDraft:
    """An award that the documents leave open, under the name of an open point."""

    point: ScalarNode
    rate: RangeDraft | None
    upper_limit: RangeDraft | None
