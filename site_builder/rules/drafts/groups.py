"""Groups as written: several applicants in one application."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.rules.drafts.awards import ColumnDraft
from site_builder.rules.drafts.requirements import RequirementDraft
from site_builder.rules.drafts.statements import CitationDraft
from site_builder.rules.drafts.values import ValueDraft
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.texts import TextDraft


@dataclass(frozen=True, slots=True)
class JointDraft:
    """Several applicants in one application, one row of the list fact `members` each."""

    members: ScalarNode
    requested: ValueDraft
    requirements: tuple[RequirementDraft, ...]
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class PoolDraft:
    """What the members of a consortium may divide."""

    amount: ValueDraft
    allocation: ColumnDraft
    code: ScalarNode
    label: TextDraft
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class ConsortiumDraft:
    """A group each of whose members is paid by its own cost; `size` is the fact that counts them."""

    size: ScalarNode
    costs: ColumnDraft
    pool: PoolDraft | None
    citation: CitationDraft
