"""Rounds as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from site_builder.errors import Place
from site_builder.rules.drafts.carried import AddedDraft, CarriedAwardsDraft, CarriedDraft, CarriedRepaymentDraft
from site_builder.rules.drafts.named import FigureDraft
from site_builder.rules.drafts.statements import CitationDraft, NoteDraft, StatementDraft
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.texts import TextDraft


@dataclass(frozen=True, slots=True)
class WhenMomentDraft:
    """A moment as printed: `at` a time, or only `on` a day; exactly one of them."""

    node: ScalarNode
    at: datetime | None
    on: date | None
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """A document for applicants. `posted` and where it stands are None where no date is printed."""

    title: TextDraft
    text: TextDraft
    posted: date | None
    posted_at: Place | None
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """One round's file, or the one call of a budget (`number` None). `schedule` has None for what is not printed.

    `carried` None is a round whose rules are all its own: frames name it under `offered`. `awards` and `repayments` are
    what it changes of those, `added` the names that it adds; once they are put in, before them what the rounds do that
    it takes over.
    """

    number: int | None
    name: TextDraft
    summary: TextDraft
    placeholder: ScalarNode | None
    schedule: Mapping[str, WhenMomentDraft | None]
    reported: Mapping[str, WhenMomentDraft]
    figures: Mapping[str, FigureDraft]
    documents: Mapping[str, DocumentDraft]
    statements: Mapping[str, StatementDraft]
    notes: Mapping[str, NoteDraft]
    carried: CarriedDraft | None = None
    awards: tuple[CarriedAwardsDraft, ...] = ()
    repayments: tuple[CarriedRepaymentDraft, ...] = ()
    added: AddedDraft = field(default_factory=AddedDraft)
