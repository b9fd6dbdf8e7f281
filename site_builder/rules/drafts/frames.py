"""Frames as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.errors import Place
from site_builder.rules.drafts.awards import AwardDraft, OpenAwardDraft
from site_builder.rules.drafts.clawbacks import ClawbackDraft
from site_builder.rules.drafts.groups import ConsortiumDraft, JointDraft
from site_builder.rules.drafts.named import DefinitionDraft, FigureDraft
from site_builder.rules.drafts.requirements import RequirementDraft, SelectionDraft
from site_builder.rules.drafts.statements import CitationDraft, NoteDraft, StatementDraft
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.texts import TextDraft


@dataclass(frozen=True, slots=True)
class ReexaminationDraft:
    """Whether a rejected application is looked at again; `frame` None is in no frame."""

    frame: ScalarNode | None
    code: ScalarNode
    label: TextDraft
    text: TextDraft
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class NotKnownDraft:
    """The rounds of which nobody can tell, each where it is written, and the open point that says why."""

    rounds: tuple[tuple[int, ScalarNode], ...]
    point: ScalarNode


@dataclass(frozen=True, slots=True)
class OfferedDraft:
    """The rounds in which a frame is offered, each where it is written; None is the one call of its budget.

    `at` is where its keys begin.
    """

    at: Place
    rounds: tuple[tuple[int, ScalarNode], ...] | None
    not_known: NotKnownDraft | None
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class FollowsDraft:
    """The frame of an earlier budget whose place a frame takes: its full name, and where a document says so."""

    frame: ScalarNode
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class FrameDraft:
    """One frame's file. `award` None is for a frame of placeholders."""

    slug: str
    name: TextDraft
    purpose: StatementDraft
    tags: tuple[ScalarNode, ...]
    offered: OfferedDraft
    follows: FollowsDraft | None
    stands_alone: bool
    own_calls: bool
    definitions: Mapping[str, DefinitionDraft]
    figures: Mapping[str, FigureDraft]
    requirements: tuple[RequirementDraft, ...]
    additional_statements: Mapping[str, StatementDraft]
    award: AwardDraft | OpenAwardDraft | None
    selection: SelectionDraft
    reexamination: ReexaminationDraft | None
    joint: JointDraft | None
    consortium: ConsortiumDraft | None
    repayment: Mapping[str, StatementDraft] | None
    clawback: ClawbackDraft | None
    notes: Mapping[str, NoteDraft]
