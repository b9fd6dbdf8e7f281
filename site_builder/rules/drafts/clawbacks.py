"""Repayment as written: what must be paid back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.errors import Place
from site_builder.rules.drafts.conditions import ConditionDraft
from site_builder.rules.drafts.statements import CitationDraft
from site_builder.rules.drafts.values import ValueDraft
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.texts import TextDraft


@dataclass(frozen=True, slots=True)
class ClawbackCaseDraft:
    """A case of repayment; `amount` None is nothing. `at` is where its keys begin."""

    at: Place
    reason: ScalarNode
    label: TextDraft
    when: ConditionDraft | None
    counts_only_if_stated: bool
    amount: ValueDraft | None
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class ClawbackPartDraft:
    """One of the duties whose breach is paid back by itself."""

    label: TextDraft
    cases: tuple[ClawbackCaseDraft, ...]


@dataclass(frozen=True, slots=True)
class ReasonDraft:
    """A reason of the whole, in words."""

    reason: ScalarNode
    label: TextDraft


@dataclass(frozen=True, slots=True)
class ClawbackTotalDraft:
    """How the parts are added up, and where they end."""

    others: ValueDraft | None
    ceiling: ValueDraft
    together: ReasonDraft
    capped: ReasonDraft
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class ClawbackDraft:
    """What must be paid back."""

    whole: tuple[ClawbackCaseDraft, ...]
    parts: Mapping[str, ClawbackPartDraft]
    total: ClawbackTotalDraft
