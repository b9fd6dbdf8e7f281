"""What the published JSON holds: a record becomes an object whose keys are its fields, all of them, in this order.

Money is whole yen, a rate a fraction as text ("2/3"), a moment ISO 8601 with its offset; null is "there is none".
Expressions are text in the rule language; beside each stands the sentence that is worded from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from calculator.kinds import Kind
from calculator.rulebook import Citation, SliceBasis
from calculator.text import Text


class RoundState(StrEnum):
    """Whether the guideline of a round is published."""

    PUBLISHED = "published"
    PLACEHOLDER = "placeholder"


class FrameState(StrEnum):
    """How much the documents settle of what a frame gives."""

    SETTLED = "settled"
    OPEN = "open"
    EXPECTED = "expected"


class MomentStatus(StrEnum):
    """How firmly a date stands; the first four are those of citations, a date being never taken over."""

    PRINTED = "printed"
    CARRIED_OVER = "carried_over"
    OUTSIDE = "outside"
    CONVENTION = "convention"
    NOT_PRINTED = "not_printed"


class Group(StrEnum):
    """Who has a requirement: all frames of the rule set, this frame, a joint application; or it counts in selection."""

    BASIC = "basic"
    ADDITIONAL = "additional"
    JOINT = "joint"
    BONUS = "bonus"
    DEDUCTION = "deduction"
    POINT_LIMIT = "point_limit"


@dataclass(frozen=True, slots=True)
class Statement:
    """Something the documents say in words."""

    name: str
    label: Text
    text: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class Note:
    """A contradiction or an open question, and the reading taken; `about` names what it stands beside."""

    name: str
    about: str
    text: Text
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of the schedule: `at`, or only the day `on`, or neither where no document prints it."""

    name: str
    label: Text
    at: datetime | None
    on: date | None
    status: MomentStatus
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Document:
    """A document that an applicant needs or may consult."""

    name: str
    title: Text
    text: Text
    posted: date | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Change:
    """What became different from the round before."""

    name: str
    label: Text
    before: Text
    after: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class FrameReference:
    """A frame, and where its own file is."""

    frame: str
    name: Text
    address: str


@dataclass(frozen=True, slots=True)
class Pages:
    """The page for readers, in each language."""

    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Round:
    """A round; `round` is null for the one call of a budget without numbered rounds."""

    edition: str
    rule_set: str
    round: int | None
    name: Text
    state: RoundState
    summary: Text
    pages: Pages
    purpose: Statement
    funding: Statement
    schedule: tuple[Moment, ...]
    frames: tuple[FrameReference, ...]
    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    changes: tuple[Change, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """A defined term: its text in the rule language, and the sentence."""

    name: str
    label: Text
    sentence: Text
    expression: str
    explanation: Text | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Requirement:
    """A requirement, or what counts in the selection."""

    code: str
    group: Group
    label: Text
    sentence: Text
    expression: str
    explanation: Text | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the amount and the rate at which it is paid; `up_to_yen` is null for the rest."""

    rate: Fraction
    up_to_yen: int | None


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate and when it holds; the first that holds counts. Several slices are measured in `of`."""

    when: str | None
    sentence: Text
    slices: tuple[Slice, ...]
    of: SliceBasis
    is_fixed: bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class Tier:
    """An upper limit from `start` to `end`, both included; null is open. `amount_yen` is null if worked out."""

    start: int | None
    end: int | None
    amount_yen: int | None
    expression: str
    sentence: Text


@dataclass(frozen=True, slots=True)
class Uplift:
    """What is added to the upper limit when a condition holds."""

    when: str
    amount_yen: int | None
    expression: str
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class UpperLimit:
    """The upper limit, in tiers by the fact `by`; null is one for all."""

    by: str | None
    by_label: Text | None
    tiers: tuple[Tier, ...]
    uplifts: tuple[Uplift, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class LowerLimit:
    """The lower limit; a smaller subsidy fails the requirement `code`."""

    code: str
    amount_yen: int
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class Category:
    """A category of costs that count."""

    name: str
    label: Text


@dataclass(frozen=True, slots=True)
class EligibleCosts:
    """What counts as cost."""

    categories: tuple[Category, ...]
    expression: str
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class Award:
    """How much a frame gives."""

    rates: tuple[Rate, ...]
    upper_limit: UpperLimit
    lower_limit: LowerLimit | None
    eligible_costs: EligibleCosts | None
    rounding: Citation


@dataclass(frozen=True, slots=True)
class RateRange:
    """A rate of which only the ends are printed."""

    least: Fraction
    most: Fraction
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class LimitRange:
    """An upper limit of which only the ends are printed."""

    least_yen: int
    most_yen: int
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class OpenAward:
    """What the documents print of an award that they leave open."""

    rate: RateRange | None
    upper_limit: LimitRange | None


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something that the documents do not settle."""

    name: str
    text: Text


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence of the rules with its place."""

    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class Pool:
    """What a group may divide among its members on top of their limits; taking more fails the requirement `code`."""

    code: str
    label: Text
    expression: str
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class Consortium:
    """A group in which each member is paid."""

    pool: Pool | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class RepaymentCase:
    """A case of repayment; the first that holds counts."""

    reason: str
    label: Text
    when: str | None
    counts_only_if_stated: bool
    expression: str
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class Duty:
    """Cases of which the first that holds decides; those named `whole` decide alone."""

    name: str
    label: Text
    cases: tuple[RepaymentCase, ...]


@dataclass(frozen=True, slots=True)
class Clawback:
    """What is paid back after the grant, worked out."""

    duties: tuple[Duty, ...]
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class Together:
    """One of several awards that are had together, and the frame whose award it is."""

    name: str
    frame: str


@dataclass(frozen=True, slots=True)
class Follows:
    """The frame of an earlier budget whose place a frame takes."""

    rule_set: str
    frame: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Figure:
    """A named figure; `value` is as `kind` has it: whole yen, counts and months as numbers, all others as text."""

    figure: str
    kind: Kind
    value: int | str
    words: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame in a round, complete in itself."""

    edition: str
    rule_set: str
    round: int | None
    frame: str
    name: Text
    state: FrameState
    pages: Pages
    purpose: Statement
    offered: Citation
    follows: Follows | None
    schedule: tuple[Moment, ...]
    applicants: tuple[Statement, ...]
    definitions: tuple[Definition, ...]
    requirements: tuple[Requirement, ...]
    award: Award | None
    open_award: OpenAward | None
    open_points: tuple[OpenPoint, ...]
    rate_change: CitedSentence | None
    reexamination: CitedSentence | None
    consortium: Consortium | None
    joint: Citation | None
    together: tuple[Together, ...]
    statements: tuple[Statement, ...]
    repayment: tuple[Statement, ...]
    clawback: Clawback | None
    figures: tuple[Figure, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `kind` is what its cells hold, `choices` all that they can be; `required` ones are never empty."""

    column: str
    kind: str
    required: bool
    choices: tuple[str, ...]
    meaning: Text


@dataclass(frozen=True, slots=True)
class Table:
    """A table, and how many rows it has."""

    table: str
    address: str
    rows: int
    meaning: Text
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class RoundEntry:
    """The files of a round: its own, those of its frames, and its tables."""

    rule_set: str
    round: int | None
    address: str
    frames: tuple[FrameReference, ...]
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchemaEntry:
    """A schema, and for which files it is."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Index:
    """What there is; addresses are seen from the folder of the index."""

    edition: str
    title: Text
    terms: Text
    pages: Pages
    schemas: tuple[SchemaEntry, ...]
    tables: tuple[Table, ...]
    rounds: tuple[RoundEntry, ...]
