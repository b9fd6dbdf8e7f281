"""Statistics as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.errors import Place
from site_builder.rules.drafts.statements import CitationDraft
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.texts import TextDraft


@dataclass(frozen=True, slots=True)
class ResultDraft:
    """How many applied and were adopted: numbers, the names of figures that have them, or None where not printed."""

    place: Place
    rule_set: ScalarNode
    round: int | None
    frame: ScalarNode | None
    label: TextDraft | None
    applied: int | ScalarNode | None
    adopted: int | ScalarNode | None
    citation: CitationDraft
    remark: TextDraft | None


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """The statement of a rule set that says what its budget aims at."""

    rule_set: ScalarNode
    statement: ScalarNode


@dataclass(frozen=True, slots=True)
class BudgetDraft:
    """The figure of a rule set that says how large a budget is."""

    label: TextDraft
    rule_set: ScalarNode
    figure: ScalarNode


@dataclass(frozen=True, slots=True)
class StatisticsDraft:
    """statistics.yaml."""

    results: tuple[ResultDraft, ...]
    targets: tuple[TargetDraft, ...]
    budgets: Mapping[str, BudgetDraft]
