"""Named conditions and named values as written."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.rules.drafts.conditions import ConditionDraft
from site_builder.rules.drafts.statements import CitationDraft
from site_builder.rules.literals import LiteralDraft
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.texts import TextDraft


@dataclass(frozen=True, slots=True)
class DefinitionDraft:
    """A named condition, or a named value if it is an expression of another kind."""

    name: ScalarNode
    label: TextDraft
    explanation: TextDraft | None
    citation: CitationDraft
    condition: ConditionDraft
    yes_sentence: TextDraft | None
    no_sentence: TextDraft | None


@dataclass(frozen=True, slots=True)
class FigureDraft:
    """A named value."""

    name: ScalarNode
    value: LiteralDraft
    label: TextDraft | None
    citation: CitationDraft
