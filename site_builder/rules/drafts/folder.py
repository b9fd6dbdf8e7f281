"""The whole of `rules/` as written: budgets, programmes, and what all of them share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calculator.text import Text
from site_builder.rules.drafts.accepted import AcceptedDraft
from site_builder.rules.drafts.examples import ExamplesDraft
from site_builder.rules.drafts.facts import FactsDraft
from site_builder.rules.drafts.frames import FrameDraft
from site_builder.rules.drafts.named import DefinitionDraft, FigureDraft
from site_builder.rules.drafts.rounds import RoundDraft
from site_builder.rules.drafts.rule_sets import RuleSetFileDraft
from site_builder.rules.drafts.sources import SourceDraft
from site_builder.rules.drafts.statements import StatementDraft
from site_builder.rules.drafts.statistics import StatisticsDraft
from site_builder.rules.drafts.tags import TagGroupDraft


@dataclass(frozen=True, slots=True)
class RuleSetDraft:
    """A budget's folder. `slug` is `programme/budget`; a budget without numbered rounds has the round None."""

    slug: str
    file: RuleSetFileDraft
    frames: Mapping[str, FrameDraft]
    rounds: Mapping[int | None, RoundDraft]
    examples: tuple[ExamplesDraft, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeFileDraft:
    """A programme.yaml."""

    name: Text
    short_name: Text
    operator: StatementDraft
    provider: Text | None


@dataclass(frozen=True, slots=True)
class ProgrammeDraft:
    """A programme's folder; `file` is None where it cannot be read."""

    slug: str
    file: ProgrammeFileDraft | None
    rule_sets: tuple[RuleSetDraft, ...]


@dataclass(frozen=True, slots=True)
class DefinitionsFileDraft:
    """definitions.yaml: what all rule sets share, and the figures in it, which a round may change like its own."""

    definitions: Mapping[str, DefinitionDraft]
    figures: Mapping[str, FigureDraft]


@dataclass(frozen=True, slots=True)
class RulesDraft:
    """The whole folder `rules/`."""

    facts: FactsDraft
    defined: DefinitionsFileDraft
    sources: Mapping[str, SourceDraft]
    tag_groups: Mapping[str, TagGroupDraft]
    programmes: tuple[ProgrammeDraft, ...]
    statistics: StatisticsDraft | None = None
    accepted: tuple[AcceptedDraft, ...] = ()

    @property
    def definitions(self) -> Mapping[str, DefinitionDraft]:
        """The definitions that all rule sets share."""
        return self.defined.definitions
