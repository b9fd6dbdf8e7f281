"""What the files say as written, typed and with places, before any name is looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, TypeAlias

from calculator.rulebook import CitationStatus, FactDefinition, FactGroup, Source
from calculator.text import Text
from site_builder.errors import Place
from site_builder.rules.award_drafts import (
    AwardDraft,
    ClawbackCaseDraft,
    ClawbackDraft,
    ClawbackPartDraft,
    ClawbackTotalDraft,
    ConsortiumDraft,
    EligibleCostsDraft,
    JointDraft,
    LowerLimitDraft,
    OpenAwardDraft,
    RateCaseDraft,
    UpliftDraft,
    UpperLimitDraft,
    ValueDraft,
)
from site_builder.rules.literals import LiteralDraft
from site_builder.rules.syntax import ExpressionDraft
from site_builder.sources.nodes import Node, ScalarNode
from site_builder.sources.source_file import SourceFile
from site_builder.sources.texts import TextDraft


@dataclass(frozen=True, slots=True)
class CitationDraft:
    """Where a document says it; the source is looked up later."""

    source: ScalarNode
    section: str
    status: CitationStatus


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """A label, a text and a citation; `after_deadline` marks a step that follows the application."""

    label: TextDraft
    text: TextDraft
    citation: CitationDraft
    after_deadline: bool = False


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A contradiction or an open question, and what it stands beside."""

    about: ScalarNode
    text: TextDraft
    citations: tuple[CitationDraft, ...]


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


@dataclass(frozen=True, slots=True)
class Renamed:
    """What a fact, a column or a choice was called in links that visitors have saved, and what it is called now."""

    was: ScalarNode
    now: ScalarNode


@dataclass(frozen=True, slots=True)
class FactsDraft:
    """facts.yaml. Its texts name no figures, so the facts are complete already. `places` are where facts are named."""

    groups: tuple[FactGroup, ...]
    facts: Mapping[str, FactDefinition]
    formerly: tuple[Renamed, ...]
    places: Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class TagGroupDraft:
    """A group of tags in tags.yaml. Its texts name no figures, so they are complete already."""

    name: ScalarNode
    label: Text
    tags: Mapping[str, TagDraft]


@dataclass(frozen=True, slots=True)
class TagDraft:
    """A tag: where it is named, and its words."""

    name: ScalarNode
    label: Text


@dataclass(frozen=True, slots=True)
class PrintsDraft:
    """The rounds of one rule set that a source speaks of; None is the one call of a budget without rounds."""

    rule_set: ScalarNode
    rounds: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """A document, what it speaks of, and the day on which the rules were last read against it; None is never."""

    name: ScalarNode
    source: Source
    prints: tuple[PrintsDraft, ...]
    checked: date | None
    checked_at: Place

    def speaks_of(self, rule_set: str | None, round_: int | None) -> bool:
        """Say whether it speaks of a round of a rule set, None being the one call of a budget without rounds."""
        return any(one.rule_set.value == rule_set and round_ in one.rounds for one in self.prints)


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


@dataclass(frozen=True, slots=True)
class ClassDraft:
    """A class of applicant."""

    label: TextDraft
    condition: ConditionDraft


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
class WhenMomentDraft:
    """A moment as printed: `at` a time, or only `on` a day; exactly one of them."""

    node: ScalarNode
    at: datetime | None
    on: date | None
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


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """A document for applicants."""

    title: TextDraft
    text: TextDraft
    posted: date | None
    citation: CitationDraft


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


@dataclass(frozen=True, slots=True)
class ExampleDraft:
    """A worked example; `facts` and `expected` are as the assess contract has them.

    `rounds` None is the one call of a budget without rounds.
    """

    name: ScalarNode
    title: TextDraft
    story: TextDraft
    published: bool
    kind: str
    rounds: tuple[int, ...] | None
    facts: Mapping[str, object]
    answers: tuple[tuple[ScalarNode, Node], ...]
    like: ScalarNode | None
    expected: Mapping[str, object]
    expected_at: Mapping[str, Place]
    rounds_at: tuple[tuple[int, Place], ...]


@dataclass(frozen=True, slots=True)
class ExamplesDraft:
    """The examples of one frame."""

    file: SourceFile
    frame: str
    examples: Mapping[str, ExampleDraft]


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
class ResultDraft:
    """How many applied and were adopted: numbers, the names of figures that have them, or None where not printed."""

    place: Place
    rule_set: ScalarNode
    round: int | None
    frame: ScalarNode | None
    label: TextDraft | None
    applied: int | ScalarNode | None
    adopted: int | ScalarNode | None
    citation: CitationDraft
    remark: TextDraft | None


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """The statement of a rule set that says what its budget aims at."""

    rule_set: ScalarNode
    statement: ScalarNode


@dataclass(frozen=True, slots=True)
class BudgetDraft:
    """The figure of a rule set that says how large a budget is."""

    label: TextDraft
    rule_set: ScalarNode
    figure: ScalarNode


@dataclass(frozen=True, slots=True)
class StatisticsDraft:
    """statistics.yaml."""

    results: tuple[ResultDraft, ...]
    targets: tuple[TargetDraft, ...]
    budgets: Mapping[str, BudgetDraft]


@dataclass(frozen=True, slots=True)
class DefinitionsFileDraft:
    """definitions.yaml: what all rule sets share, and the figures in it, which a round may change like its own."""

    definitions: Mapping[str, DefinitionDraft]
    figures: Mapping[str, FigureDraft]


@dataclass(frozen=True, slots=True)
class AcceptedDraft:
    """A finding of the examination that is as it should be: its code, what it is of, and why."""

    code: ScalarNode
    of: ScalarNode
    because: str


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


def parts_under(draft: object) -> Iterator[object]:
    """Yield `draft` and every draft under it: what a check looks through for the kind of part that it judges."""
    waiting = [draft]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, tuple):
            waiting += reversed(one)
        elif isinstance(one, dict | MappingProxyType):
            waiting += reversed(tuple(one.values()))
        else:
            kind: Any = type(one)
            waiting += [getattr(one, name) for name in _parts_of(kind)]


@cache
def _parts_of(kind: type) -> tuple[str, ...]:
    """Return the names of the parts of such a draft, the last one first."""
    if not is_dataclass(kind) or issubclass(kind, ScalarNode | SourceFile | ExpressionDraft):
        return ()
    return tuple(one.name for one in reversed(fields(kind)))
