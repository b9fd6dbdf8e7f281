"""What a round has otherwise than the earlier one whose rules it takes over, as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.errors import Place
from site_builder.rules.drafts.awards import (
    EligibleCostsDraft,
    LowerLimitDraft,
    RateCaseDraft,
    UpliftDraft,
    UpperLimitDraft,
)
from site_builder.rules.drafts.clawbacks import ClawbackCaseDraft, ClawbackPartDraft, ClawbackTotalDraft
from site_builder.rules.drafts.named import DefinitionDraft, FigureDraft
from site_builder.rules.drafts.requirements import RequirementDraft, SelectionDraft
from site_builder.rules.drafts.statements import CitationDraft, StatementDraft
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.texts import TextDraft


@dataclass(frozen=True, slots=True)
class ConfirmedDraft:
    """What the documents of a round say of the rules that it carries over, and where.

    `names` has the figures, codes and topics (`about`), definitions and frames that are named, by those words; `all_of`
    has the words of which every one is meant. Without a `citation` each keeps its own place. `at` is where its keys
    begin.
    """

    at: Place
    names: Mapping[str, tuple[ScalarNode, ...]]
    all_of: frozenset[str]
    everything: bool
    citation: CitationDraft | None


@dataclass(frozen=True, slots=True)
class CarriedFramesDraft:
    """Which frames a round no longer offers, or offers again, of those that were there; where its documents say so."""

    dropped: tuple[ScalarNode, ...]
    added: tuple[ScalarNode, ...]
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class CarriedRequirementsDraft:
    """Which requirements a round no longer has, by their codes, and which it adds to the basic ones.

    `citation` is where its documents list the requirements.
    """

    dropped: tuple[ScalarNode, ...]
    added: tuple[RequirementDraft, ...]
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class CarriedAwardsDraft:
    """What the awards of some frames are otherwise in a round: parts in place of theirs, and uplifts beside theirs.

    None is a part that stays as it was, unless it is `dropped`; `citation` is where the round's documents show that.
    """

    frames: tuple[ScalarNode, ...]
    dropped: tuple[str, ...]
    rates: tuple[RateCaseDraft, ...] | None
    upper_limit: UpperLimitDraft | None
    lower_limit: LowerLimitDraft | None
    eligible_costs: EligibleCostsDraft | None
    uplifts: tuple[UpliftDraft, ...]
    citation: CitationDraft | None


@dataclass(frozen=True, slots=True)
class CarriedRepaymentDraft:
    """What the repayment of some frames is otherwise in a round.

    `dropped` are names of statements, and of parts that are worked out; `citation` is where the round's documents show
    that. Statements, parts, `whole` and `total` take the place of those that there are of the same name, or come behind
    them; None is one that stays as it was.
    """

    frames: tuple[ScalarNode, ...]
    dropped: tuple[ScalarNode, ...]
    statements: Mapping[str, StatementDraft]
    whole: tuple[ClawbackCaseDraft, ...] | None
    parts: Mapping[str, ClawbackPartDraft]
    total: ClawbackTotalDraft | None
    citation: CitationDraft | None


@dataclass(frozen=True, slots=True)
class CarriedSelectionDraft:
    """Which points, deductions and limits a round no longer has, by their codes, and which it adds.

    `citation` is where its documents list them.
    """

    dropped: tuple[ScalarNode, ...]
    added: SelectionDraft
    citation: CitationDraft


@dataclass(frozen=True, slots=True)
class AddedDraft:
    """Named values, named conditions and open points that a round adds to those of its rule set."""

    figures: Mapping[str, FigureDraft] = field(default_factory=dict)
    definitions: Mapping[str, DefinitionDraft] = field(default_factory=dict)
    open_points: Mapping[str, TextDraft] = field(default_factory=dict)

    def with_more(self, more: AddedDraft) -> AddedDraft:
        """Return these, and `more` behind them."""
        return AddedDraft(
            {**self.figures, **more.figures},
            {**self.definitions, **more.definitions},
            {**self.open_points, **more.open_points},
        )


@dataclass(frozen=True, slots=True)
class CarriedDraft:
    """The earlier round whose rules a round takes over, and what its own documents say of them.

    `own_figures` are those that the round itself gives; all others among its figures are taken over. They are told
    apart when those are put in. `awards`, `repayments` and `added` are its own.
    """

    since: int
    node: ScalarNode
    frames: CarriedFramesDraft | None
    requirements: CarriedRequirementsDraft | None
    awards: tuple[CarriedAwardsDraft, ...]
    repayments: tuple[CarriedRepaymentDraft, ...]
    selection: CarriedSelectionDraft | None
    confirmed: tuple[ConfirmedDraft, ...]
    without_notes: tuple[ScalarNode, ...]
    added: AddedDraft = field(default_factory=AddedDraft)
    own_figures: frozenset[str] = frozenset()
