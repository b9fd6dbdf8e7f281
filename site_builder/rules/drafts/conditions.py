"""Conditions as written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from site_builder.rules.drafts.statements import CitationDraft
from site_builder.rules.syntax import ExpressionDraft
from site_builder.sources.texts import TextDraft


class Together(StrEnum):
    """How the parts of a node hold together."""

    ALL_OF = "all_of"
    ANY_OF = "any_of"
    NONE_OF = "none_of"


@dataclass(frozen=True, slots=True)
class PartsDraft:
    """`all_of`, `any_of` or `none_of`, with the label that is printed instead of its words."""

    together: Together
    parts: tuple[ConditionDraft, ...]
    label: TextDraft | None
    citation: CitationDraft | None


@dataclass(frozen=True, slots=True)
class WhenDraft:
    """`when` … `then`: binds only those for whom `when` holds."""

    when: ExpressionDraft
    then: ConditionDraft
    label: TextDraft | None
    citation: CitationDraft | None


@dataclass(frozen=True, slots=True)
class LabelledDraft:
    """`condition`: an expression that may have a label of its own."""

    condition: ConditionDraft
    label: TextDraft | None
    citation: CitationDraft | None


ConditionDraft: TypeAlias = ExpressionDraft | PartsDraft | WhenDraft | LabelledDraft
