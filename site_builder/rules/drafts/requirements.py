"""Requirements, and what weighs in the selection, as written."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.rules.drafts.conditions import ConditionDraft
from site_builder.rules.drafts.statements import CitationDraft
from site_builder.rules.drafts.values import ValueDraft
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.texts import TextDraft


@dataclass(frozen=True, slots=True)
class RequirementDraft:
    """A condition of eligibility."""

    code: ScalarNode
    label: TextDraft
    explanation: TextDraft | None
    citation: CitationDraft
    condition: ConditionDraft


@dataclass(frozen=True, slots=True)
class SelectionItemDraft:
    """A point or a deduction in the selection."""

    code: ScalarNode
    label: TextDraft
    citation: CitationDraft
    condition: ConditionDraft


@dataclass(frozen=True, slots=True)
class PointLimitDraft:
    """Of the points or deductions `of`, which are codes, no more than `at_most` count."""

    code: ScalarNode
    label: TextDraft
    of: tuple[ScalarNode, ...]
    at_most: ValueDraft
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class SelectionDraft:
    """What weighs in the selection."""

    bonuses: tuple[SelectionItemDraft, ...] = ()
    deductions: tuple[SelectionItemDraft, ...] = ()
    limits: tuple[PointLimitDraft, ...] = ()
