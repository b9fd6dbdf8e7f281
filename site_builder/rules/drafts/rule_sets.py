"""What a budget says for all of its frames, as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from site_builder.rules.drafts.awards import EligibleCostsDraft
from site_builder.rules.drafts.carried import CarriedRepaymentDraft
from site_builder.rules.drafts.clawbacks import ClawbackDraft
from site_builder.rules.drafts.conditions import ConditionDraft
from site_builder.rules.drafts.groups import JointDraft
from site_builder.rules.drafts.named import DefinitionDraft, FigureDraft
from site_builder.rules.drafts.requirements import RequirementDraft, SelectionDraft
from site_builder.rules.drafts.statements import CitationDraft, NoteDraft, StatementDraft
from site_builder.rules.drafts.values import ValueDraft
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.texts import TextDraft


@dataclass(frozen=True, slots=True)
class ClassDraft:
    """A class of applicant."""

    label: TextDraft
    condition: ConditionDraft


@dataclass(frozen=True, slots=True)
class RateChangeDraft:
    """The fact that takes another's place when the rate is judged anew after adoption."""

    fact: ScalarNode
    by: ScalarNode
    text: TextDraft
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class NotOfferedDraft:
    """What is answered where a frame is not offered."""

    code: ScalarNode
    label: TextDraft
    text: TextDraft
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class AccountLeadTimeDraft:
    """How many days or weeks the account `name` takes; `unit_days` is 1 or 7."""

    name: TextDraft
    unit_days: int
    at_least: ValueDraft
    at_most: ValueDraft
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class OtherMomentDraft:
    """A moment that is no deadline of an applicant."""

    name: str
    at: datetime
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class ChangeDraft:
    """What became different."""

    label: TextDraft
    before: TextDraft
    after: TextDraft
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class ChangesDraft:
    """What became different since the round that `since` words."""

    since: TextDraft
    changes: Mapping[str, ChangeDraft]


@dataclass(frozen=True, slots=True)
class SharedDraft:
    """What a rule set says for each of its frames: resolved with the frame's figures.

    `parts` are the frames whose awards are had together, by their names in answers. `repayments` are what rounds that
    take these rules over have otherwise of the repayment of some frames, the earliest first.
    """

    classes: Mapping[str, ClassDraft]
    requirements: tuple[RequirementDraft, ...]
    applicants: Mapping[str, StatementDraft]
    repayment: Mapping[str, StatementDraft]
    selection: SelectionDraft
    eligible_costs: EligibleCostsDraft | None
    rounding: CitationDraft
    rate_change: RateChangeDraft | None
    account_lead_time: AccountLeadTimeDraft | None
    other_moments: tuple[OtherMomentDraft, ...]
    joint: JointDraft | None
    parts: Mapping[str, ScalarNode]
    clawback: ClawbackDraft | None
    repayments: tuple[CarriedRepaymentDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadDraft:
    """What a rule set says of itself: resolved with its own figures."""

    name: TextDraft
    budget: StatementDraft
    purpose: StatementDraft
    not_offered: NotOfferedDraft
    changes: ChangesDraft
    statements: Mapping[str, StatementDraft]
    notes: Mapping[str, NoteDraft]
    open_points: Mapping[str, TextDraft]


@dataclass(frozen=True, slots=True)
class RuleSetFileDraft:
    """A rule_set.yaml."""

    head: HeadDraft
    shared: SharedDraft
    definitions: Mapping[str, DefinitionDraft]
    figures: Mapping[str, FigureDraft]
    frame_order: tuple[ScalarNode, ...] | None
