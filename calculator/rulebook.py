"""The compiled rules as the calculator reads them: the published JSON goes in, an immutable `RuleBook` comes out.

`calculator.codec` writes and reads it. The site builder makes a `RuleBook` from the YAML
under `rules/`; a page shows the same objects that decide a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from calculator.expressions import Expression
from calculator.kinds import Kind
from calculator.text import Text

FORMAT = 1


class CitationStatus(StrEnum):
    """How firmly a statement stands in the documents of the round at hand."""

    PRINTED = "printed"  # a document of this round or budget prints it
    CARRIED_OVER = "carried_over"  # printed for another round or budget, taken to hold on
    OUTSIDE = "outside"  # from sources other than the official documents of the programme
    CONVENTION = "convention"  # the documents are silent; the portal's own stated choice


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a document says it: the source's name in `sources`, its heading as printed, and how firmly it stands."""

    source: str
    section: str
    status: CitationStatus


@dataclass(frozen=True, slots=True)
class Source:
    """A document: its own title and a short one, who published it, when, where, and how far it can be trusted."""

    name: str
    title: Text
    short_title: Text
    publisher: Text
    published: Text
    trust: Text
    address: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to a question of kind CHOICE."""

    name: str
    label: Text


@dataclass(frozen=True, slots=True)
class RowField:
    """One column of a list fact, such as the amount of a cost."""

    name: str
    kind: Kind
    label: Text
    choices: tuple[Choice, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """A typed thing about the applicant, and how it is asked.

    `optional` facts may be "there is none" (null), worded by `none_label`. `at_least` and `at_most` bound numbers.
    `changeable` says whether an applicant can change it before applying. `given_by_round` names the moment of the
    round's schedule whose date stands in for the fact when a case does not state it. `yes_sentence` and `no_sentence`
    word a YES_NO fact as a clause.
    """

    name: str
    kind: Kind
    group: str
    label: Text
    question: Text
    explanation: Text | None = None
    unit: Text | None = None
    choices: tuple[Choice, ...] = ()
    fields: tuple[RowField, ...] = ()
    optional: bool = False
    none_label: Text | None = None
    at_least: int | None = None
    at_most: int | None = None
    changeable: bool = False
    given_by_round: str | None = None
    yes_sentence: Text | None = None
    no_sentence: Text | None = None


@dataclass(frozen=True, slots=True)
class FactGroup:
    """A section of the form."""

    name: str
    title: Text


@dataclass(frozen=True, slots=True)
class Requirement:
    """One condition with its code, its sentence (worded from `condition`, for every language) and its citation.

    `additional` tells the frame's own requirements from the basic ones that its rule set shares.
    """

    code: str
    label: Text
    sentence: Text
    condition: Expression
    citation: Citation
    explanation: Text | None = None
    additional: bool = False


@dataclass(frozen=True, slots=True)
class RateCase:
    """A subsidy rate and when it holds; the first case whose condition holds gives the rate, None always holds."""

    when: Expression | None
    rate: Fraction
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class LimitTier:
    """An upper limit in yen for values of the tier fact from `start` to `end`, both included; None is open."""

    start: int | None
    end: int | None
    amount_yen: int
    sentence: Text


@dataclass(frozen=True, slots=True)
class UpperLimit:
    """The upper limit: one tier without bounds, or tiers by the fact `by`, without gap or overlap."""

    by: str | None
    tiers: tuple[LimitTier, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class LowerLimit:
    """The lower limit in yen: a subsidy below it is not granted, which fails the requirement of code `code`."""

    amount_yen: int
    code: str
    label: Text
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class EligibleCosts:
    """Which rows of the list fact `rows` count (by their field `category`), and the expression that adds them up."""

    rows: str
    categories: tuple[str, ...]
    total: Expression
    citation: Citation


@dataclass(frozen=True, slots=True)
class Award:
    """How much: floor(rate x eligible cost) in whole yen, capped by the upper limit, nothing below the lower limit."""

    rates: tuple[RateCase, ...]
    upper_limit: UpperLimit
    lower_limit: LowerLimit
    eligible_costs: EligibleCosts
    rounding: Citation


@dataclass(frozen=True, slots=True)
class SelectionItem:
    """A point or a deduction in the selection; never a matter of eligibility."""

    code: str
    label: Text
    sentence: Text
    condition: Expression
    citation: Citation


@dataclass(frozen=True, slots=True)
class ApplicantClass:
    """A class of applicant (`sme`, `specified`, `npo`); the first whose condition holds is the applicant's."""

    name: str
    label: Text
    condition: Expression


@dataclass(frozen=True, slots=True)
class Reexamination:
    """Whether a rejected application is looked at again: in `frame` (a full rule set name), or in none (None)."""

    frame: str | None
    code: str
    label: Text
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class RateChange:
    """After adoption the rate is judged anew with the fact `by` in place of `fact`; it can fall, never rise."""

    fact: str
    by: str
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class ScheduledMoment:
    """A moment of a round with its citation. `name` is call_opens, applications_open or applications_close."""

    name: str
    at: datetime
    citation: Citation


@dataclass(frozen=True, slots=True)
class AccountLeadTime:
    """How long the account for electronic applications takes after it is ordered, in days."""

    least_days: int
    most_days: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class FrameRules:
    """All rules of one frame in one round, complete in itself.

    `rule_set` is the full name (`programme/budget/frame`); `round` is None for a budget without numbered rounds.
    `open_points` are named things that the documents do not settle and that keep every answer from being told (a
    placeholder round whose guideline is not published has one, and nothing else).
    """

    rule_set: str
    round: int | None
    name: Text
    requirements: tuple[Requirement, ...]
    award: Award | None
    classes: tuple[ApplicantClass, ...] = ()
    bonuses: tuple[SelectionItem, ...] = ()
    deductions: tuple[SelectionItem, ...] = ()
    reexamination: Reexamination | None = None
    rate_change: RateChange | None = None
    schedule: tuple[ScheduledMoment, ...] = ()
    other_moments: tuple[ScheduledMoment, ...] = ()
    account_lead_time: AccountLeadTime | None = None
    open_points: tuple[str, ...] = ()

    def moment(self, name: str) -> ScheduledMoment | None:
        """Return the moment called `name` of the schedule, or None where the documents print none."""
        return next((moment for moment in self.schedule if moment.name == name), None)


@dataclass(frozen=True, slots=True)
class NotOffered:
    """What is answered when a frame is asked for in a round in which it was not offered."""

    code: str
    label: Text
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class Frame:
    """A way to apply, through its rounds; `not_offered` answers for rounds that are not among them."""

    rule_set: str
    name: Text
    rounds: Mapping[int | None, FrameRules]
    not_offered: NotOffered


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Everything that the calculator knows: one published file.

    `edition` names the exact content (a hash); `messages` are the sentences of the calculator by code; `open_points`
    words each named open point.
    """

    edition: str
    facts: Mapping[str, FactDefinition]
    groups: tuple[FactGroup, ...]
    sources: Mapping[str, Source]
    messages: Mapping[str, Text]
    open_points: Mapping[str, Text]
    frames: Mapping[str, Frame]
