"""The compiled rules as the calculator reads them: the published JSON goes in, an immutable `RuleBook` comes out.

`calculator.codec` writes and reads it. The site builder makes a `RuleBook` from the YAML
under `rules/`; a page shows the same objects that decide a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from functools import cache

from calculator.expressions import Constant, Expression
from calculator.kinds import Kind
from calculator.text import Text

FORMAT = 2
_PLACE_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789"
_PLACE_LENGTH = 4


class CitationStatus(StrEnum):
    """How firmly a statement stands in the documents of the round at hand."""

    PRINTED = "printed"  # a document of this round or budget prints it
    CARRIED_OVER = "carried_over"  # printed for another round or budget, taken to hold on
    OUTSIDE = "outside"  # from sources other than the official documents of the programme
    CONVENTION = "convention"  # the documents are silent; the portal's own stated choice
    UNCONFIRMED = "unconfirmed"  # taken over from an earlier round; nobody has read this round's documents for it yet


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a document says it: the source's name in `sources`, its heading as printed, and how firmly it stands."""

    source: str
    section: str
    status: CitationStatus

    @property
    def place(self) -> str:
        """The anchor of the section on its document's page: short, and the same as long as the heading is."""
        return place_of(self.section)


@dataclass(frozen=True, slots=True)
class Source:
    """A document: its own title and a short one, who published it, when, where, and how far it can be trusted.

    `is_own` marks what the portal itself says where the documents are silent; its headings are Japanese alone.
    """

    name: str
    title: Text
    short_title: Text
    publisher: Text
    published: Text
    trust: Text
    address: str | None
    is_own: bool = False


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
class AmountPart:
    """An amount in yen that a figure is worked out from."""

    name: str
    label: Text


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """How a fact can be worked out: `added` amounts less those `taken_off`; of a growth, now and at its end."""

    added: tuple[AmountPart, ...]
    taken_off: tuple[AmountPart, ...] = ()


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """A typed thing about the applicant, and how it is asked; a figure that `question` names, `{name}`, is the round's.

    A fact of kind RECORD has parts, which are facts of their own called `record.part`; `record` names what a part is
    of. `optional` facts may be "there is none" (null), worded by `none_label`. `at_least` and `at_most` bound numbers.
    `changeable` says whether an applicant can change it before applying. `given_by_round` names the moment of the
    round's schedule whose date stands in for the fact when a case does not state it. `given_by_award` marks the subsidy
    that is paid: before the grant, the estimate stands in for it. `grows_over` names the fact that says over how many
    years a yearly percentage makes something grow, and `worked_out` what the figure can be worked out from.
    `yes_sentence` and `no_sentence` word a YES_NO fact as a clause.
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
    given_by_award: bool = False
    grows_over: str | None = None
    worked_out: WorkedOut | None = None
    yes_sentence: Text | None = None
    no_sentence: Text | None = None
    record: str | None = None


@dataclass(frozen=True, slots=True)
class FactGroup:
    """A section of the form, or facts that no form asks for: those of questions about later, and about dates."""

    name: str
    title: Text
    asked: bool = True


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


class SliceBasis(StrEnum):
    """What the borders of a sliced rate are measured in."""

    SUBSIDY = "subsidy"  # yen of subsidy: "3/4 of what gives up to 50万円"
    COST = "cost"  # yen of cost


@dataclass(frozen=True, slots=True)
class Slice:
    """One slice of a rate: `rate` is paid from the end of the slice before it up to `up_to_yen`; None is open."""

    rate: Fraction
    up_to_yen: int | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """The share of the eligible cost that is paid: one slice without an end, or several in rising order.

    `is_fixed` is a fixed sum (定額): the eligible cost itself, in one slice of 1.
    """

    slices: tuple[Slice, ...]
    of: SliceBasis = SliceBasis.SUBSIDY
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class RateCase:
    """A subsidy rate and when it holds; the first case whose condition holds gives the rate, None always holds."""

    when: Expression | None
    rate: Rate
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class LimitTier:
    """An upper limit for values of the tier fact from `start` to `end`, both included; None is open.

    `amount` is an expression of kind YEN, most often a constant.
    """

    start: int | None
    end: int | None
    amount: Expression
    sentence: Text

    @property
    def amount_yen(self) -> int | None:
        """Return the amount where it is the same for everybody in the tier, else None."""
        return constant_yen(self.amount)


@dataclass(frozen=True, slots=True)
class Uplift:
    """What is added to the upper limit, for those for whom `when` holds; `amount` is an expression of kind YEN."""

    when: Expression
    amount: Expression
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class UpperLimit:
    """The upper limit: one tier without bounds, or tiers by the fact `by`, without gap or overlap; plus uplifts."""

    by: str | None
    tiers: tuple[LimitTier, ...]
    citation: Citation
    uplifts: tuple[Uplift, ...] = ()


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
    """What counts as cost: the expression `total` (YEN), worded by `sentence`.

    Where it adds up rows of a list, `rows` names the list and `categories` those of its rows that count; else `rows` is
    None.
    """

    rows: str | None
    categories: tuple[str, ...]
    total: Expression
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class Award:
    """How much: rate x eligible cost in whole yen, capped by the upper limit, nothing below the lower limit.

    `lower_limit` is None where none is printed. `eligible_costs` is None where every member of a group has its own
    (`Consortium`).
    """

    rates: tuple[RateCase, ...]
    upper_limit: UpperLimit
    lower_limit: LowerLimit | None
    eligible_costs: EligibleCosts | None
    rounding: Citation


@dataclass(frozen=True, slots=True)
class RateRange:
    """A rate of which only the lowest and the highest are printed."""

    least: Fraction
    most: Fraction
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class LimitRange:
    """An upper limit of which only the lowest and the highest, in yen, are printed."""

    least_yen: int
    most_yen: int
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class OpenAward:
    """An award that the documents leave open: the named open point, and the ranges that they do print."""

    point: str
    rate: RateRange | None = None
    upper_limit: LimitRange | None = None


@dataclass(frozen=True, slots=True)
class JointApplication:
    """Several applicants in one application: the rows of the list fact `members`, who ask for `requested` (YEN).

    The whole group is judged by `requirements`, and gets at most the upper limit of the award.
    """

    members: str
    requested: Expression
    requirements: tuple[Requirement, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Pool:
    """What a group may divide among its members on top of their own limits: `amount` (YEN) in all.

    `allocation` is the list fact, and `field` its column, that says how much each member takes of it. Who takes more in
    all fails the requirement of code `code`.
    """

    amount: Expression
    allocation: str
    field: str
    code: str
    label: Text
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class Consortium:
    """A group in which each member is paid: the award's rate of its own cost, up to the award's limit, plus the pool.

    `size` is the count of members; `costs` is the list fact, and `field` its column, with one row a member.
    """

    size: str
    costs: str
    field: str
    pool: Pool | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class AwardPart:
    """One of several awards that are had together: `name` in answers, and the rule set whose award it is."""

    name: str
    rule_set: str


@dataclass(frozen=True, slots=True)
class ClawbackCase:
    """A case of repayment: the first that holds gives `amount` (YEN) and `reason`; `when` None always holds.

    A case that `counts_only_if_stated` is a plea or a finding: while nobody states it, it does not hold.
    `amount_words` say how the amount is worked out, None where nothing is paid back.
    """

    reason: str
    label: Text
    when: Expression | None
    counts_only_if_stated: bool
    amount: Expression
    sentence: Text
    citation: Citation
    amount_words: Text | None = None


@dataclass(frozen=True, slots=True)
class ClawbackPart:
    """One of the duties whose breach is paid back by itself, such as the wage target; the last case always holds."""

    name: str
    label: Text
    cases: tuple[ClawbackCase, ...]


@dataclass(frozen=True, slots=True)
class ClawbackTotal:
    """What is paid back in all: the parts and `others` (YEN, or None), up to `ceiling` (YEN).

    `together` is the reason where more than one part is paid, `capped` the reason where the ceiling is reached.
    """

    others: Expression | None
    ceiling: Expression
    together: str
    together_label: Text
    capped: str
    capped_label: Text
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class Clawback:
    """What must be repaid after the grant: a case of `whole` that holds decides alone, else all `parts` together."""

    whole: tuple[ClawbackCase, ...]
    parts: tuple[ClawbackPart, ...]
    total: ClawbackTotal


@dataclass(frozen=True, slots=True)
class SelectionItem:
    """A point or a deduction in the selection; never a matter of eligibility."""

    code: str
    label: Text
    sentence: Text
    condition: Expression
    citation: Citation


@dataclass(frozen=True, slots=True)
class PointLimit:
    """No more than `at_most` of the points (or deductions) with the codes `of` count."""

    code: str
    label: Text
    of: tuple[str, ...]
    at_most: int
    sentence: Text
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
class ScheduledDay:
    """A day of a round's schedule whose hour no document prints; `name` as of a `ScheduledMoment`."""

    name: str
    on: date
    citation: Citation


@dataclass(frozen=True, slots=True)
class AccountLeadTime:
    """How long the account `name` for electronic applications takes after it is ordered, in days."""

    name: Text
    least_days: int
    most_days: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class LaterStep:
    """What the documents say comes after the deadline, such as the grant decision."""

    name: str
    label: Text
    sentence: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class FrameRules:
    """All rules of one frame in one round, complete in itself.

    `rule_set` is the full name (`programme/budget/frame`); `round` is None for a budget without numbered rounds.
    `open_points` are named things that the documents do not settle and that keep every answer from being told (a
    placeholder round whose guideline is not published has one, and nothing else). A frame has an `award`, or an
    `open_award`, or open points. `unconfirmed` names what is taken over from an earlier round and not yet confirmed by
    the documents of this one: figures, codes of requirements, definitions, and topics such as `rate`.
    """

    rule_set: str
    round: int | None
    name: Text
    requirements: tuple[Requirement, ...]
    award: Award | None
    open_award: OpenAward | None = None
    joint: JointApplication | None = None
    consortium: Consortium | None = None
    parts: tuple[AwardPart, ...] = ()
    clawback: Clawback | None = None
    classes: tuple[ApplicantClass, ...] = ()
    bonuses: tuple[SelectionItem, ...] = ()
    deductions: tuple[SelectionItem, ...] = ()
    point_limits: tuple[PointLimit, ...] = ()
    reexamination: Reexamination | None = None
    rate_change: RateChange | None = None
    schedule: tuple[ScheduledMoment, ...] = ()
    scheduled_days: tuple[ScheduledDay, ...] = ()
    later_steps: tuple[LaterStep, ...] = ()
    other_moments: tuple[ScheduledMoment, ...] = ()
    account_lead_time: AccountLeadTime | None = None
    open_points: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()

    @property
    def weighed(self) -> tuple[SelectionItem | PointLimit, ...]:
        """Return all that weighs in the selection."""
        return (*self.bonuses, *self.deductions, *self.point_limits)

    def moment(self, name: str) -> ScheduledMoment | None:
        """Return the moment called `name` of the schedule, or None where the documents print none."""
        return next((moment for moment in self.schedule if moment.name == name), None)

    def day(self, name: str) -> ScheduledDay | None:
        """Return the day called `name` of which no hour is printed, or None."""
        return next((day for day in self.scheduled_days if day.name == name), None)


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


@cache
def place_of(section: str) -> str:
    """Return the anchor of a section: the 32-bit FNV-1a hash of its heading, as a letter and three letters or digits.

    Source: the parameters are those of the FNV hash as its authors publish them.
    """
    number = 0x811C9DC5
    for byte in section.encode():
        number = (number ^ byte) * 0x01000193 % 2**32
    number, first = divmod(number, 26)
    digits = [_PLACE_DIGITS[first]]
    while len(digits) < _PLACE_LENGTH:
        number, digit = divmod(number, len(_PLACE_DIGITS))
        digits.append(_PLACE_DIGITS[digit])
    return "".join(digits)


def constant_yen(amount: Expression) -> int | None:
    """Return the yen of an amount that is written out, or None where it has to be worked out."""
    match amount:
        case Constant(Kind.YEN, int(value)):
            return value
        case _:
            return None
