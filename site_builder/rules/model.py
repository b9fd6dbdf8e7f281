"""Rules as pages need them: everything resolved, cited and worded in both languages, for one round at a time.

What decides a case lives in `calculator.rulebook`; the classes here hold it and add what only a reader needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from calculator.expressions import Constant
from calculator.rulebook import Citation, FrameRules, RuleBook, ScheduledDay, ScheduledMoment
from calculator.text import Text
from site_builder.errors import Place


@dataclass(frozen=True, slots=True)
class Statement:
    """Something the documents say that no expression decides: a label, its text, its place. Texts are plain text."""

    name: str
    label: Text
    text: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class Note:
    """Where documents contradict each other or leave something open, and the reading that the portal takes.

    `about` names what the note stands beside: a requirement code, or one of `applicants`, `rate`, `upper_limit`,
    `lower_limit`, `eligible_costs`, `schedule`, `documents`, `repayment`, `selection`, `frame`.
    """

    name: str
    about: str
    text: Text
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A named value of the rules that prose may refer to, worded in both languages.

    The figures of an award are here too, where they are the same for everybody: `rate.1`, `upper_limit.1`,
    `upper_limit.most`, `uplift.1`, `lower_limit`; of an open award `rate.least`, `rate.most`, `upper_limit.least`,
    `upper_limit.most`. `written` is a value as a rule file has it, with its unit; "" for those of an award.
    """

    name: str
    value: Constant
    text: Text
    citation: Citation
    label: Text | None = None
    written: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: a case as `python -m calculator assess` takes it, what must come out, and a story for readers.

    `published` examples are printed on their frame's page; all of them are tests. `place` is where the name stands,
    `expected_at` where each part of what must come out does.
    """

    name: str
    title: Text
    story: Text
    kind: str
    rule_set: str
    round: int | None
    facts: Mapping[str, object]
    expected: Mapping[str, object]
    published: bool
    place: Place
    expected_at: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outline:
    """A condition as a list may show it: `words` say it in one sentence; `parts`, where it has any, one by one.

    `together` tells how the parts belong together: all_of, any_of or none_of; None where there are none.
    """

    words: Text
    together: str | None = None
    parts: tuple[Outline, ...] = ()


@dataclass(frozen=True, slots=True)
class DefinitionInWords:
    """A named definition (`small_business`) for readers, with the sentence worded from its expression."""

    name: str
    label: Text
    sentence: Text
    outline: Outline
    explanation: Text | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class TagGroup:
    """One question by which readers find their way to apply, and its answers: tags, by name, in order."""

    name: str
    label: Text
    tags: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Follows:
    """The frame of an earlier budget (`monozukuri/r1s/general`) whose place a frame takes, and where that stands."""

    rule_set: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class FrameInRound:
    """One frame in one round, with all that its page shows.

    `notes` are those of the rule set, the round and the frame that stand beside something of this frame. `definitions`
    are all that its conditions can name, with the figures of the round. `offered` says where it stands that the frame
    is offered in this round. `outlines` has each requirement's condition by the requirement's code, those of a joint
    application included. `stands_alone`: it takes over nothing that its rule set shares about applicants. `own_calls`:
    its calls are counted apart, and no date of the round is its own. `tags` are what readers find it by. `follows` is
    the frame of an earlier budget whose place it takes, None where no document names one. `named` are the figures that
    its rules, texts and notes name; `figures` has all that they could name. `dropped` are the codes of requirements,
    points and the like that the round no longer has, the names of parts of its repayment, and `lower_limit`, each with
    the place where the round's own documents show that.
    """

    slug: str
    rules: FrameRules
    purpose: Statement
    applicants: tuple[Statement, ...]
    additional_statements: tuple[Statement, ...]
    repayment: tuple[Statement, ...]
    notes: tuple[Note, ...]
    figures: Mapping[str, Figure]
    examples: tuple[Example, ...]
    definitions: Mapping[str, DefinitionInWords]
    outlines: Mapping[str, Outline]
    offered: Citation
    stands_alone: bool = False
    own_calls: bool = False
    tags: tuple[str, ...] = ()
    follows: Follows | None = None
    named: frozenset[str] = frozenset()
    dropped: Mapping[str, Citation] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScheduleEntry:
    """A moment of a round as printed, and as outside sources report it.

    Printed: `moment`, or only its `day`, or neither. Reported: `reported`, or only its `reported_day`, or neither.
    """

    name: str
    moment: ScheduledMoment | None
    reported: ScheduledMoment | None
    day: ScheduledDay | None = None
    reported_day: ScheduledDay | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document that an applicant needs or may consult. `posted` is None where no date is printed."""

    name: str
    title: Text
    text: Text
    posted: date | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Change:
    """What became different between two rounds, in words, with the citation of the newer state."""

    name: str
    label: Text
    before: Text
    after: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """What a round takes over and its documents have not confirmed, by the names by which its file can confirm it.

    `about` are codes of requirements and topics such as `eligible_costs`.
    """

    figures: tuple[str, ...]
    about: tuple[str, ...]
    definitions: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.figures) + len(self.about) + len(self.definitions)


@dataclass(frozen=True, slots=True)
class Round:
    """One call of a rule set.

    A placeholder's guideline is not published: it has a schedule and notes, and as `frames` at most those that are only
    expected, with a name, a purpose and an open point.

    `number` is None for the one call of a budget without numbered rounds.
    `purpose` and `budget` are those of the rule set, cited as they stand for this round.
    `carried_from` is the earlier round whose rules it takes over, None where they are its own; `unconfirmed` is what
    nobody has found in its own documents yet, None where all of it was. `dropped` are the frames that its documents say
    it no longer offers, by their slugs, and where.
    """

    number: int | None
    name: Text
    is_placeholder: bool
    summary: Text
    purpose: Statement
    budget: Statement
    schedule: tuple[ScheduleEntry, ...]
    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    notes: tuple[Note, ...]
    frames: tuple[FrameInRound, ...]
    carried_from: int | None = None
    unconfirmed: Unconfirmed | None = None
    dropped: Mapping[str, Citation] = field(default_factory=dict)

    def schedule_of(self, frame: FrameInRound) -> tuple[ScheduleEntry, ...]:
        """Return the schedule as it is for `frame`: of one with calls of its own, nobody tells a date."""
        if not frame.own_calls:
            return self.schedule
        return tuple(ScheduleEntry(entry.name, None, None) for entry in self.schedule)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one budget, such as `monozukuri/r3s`, with its rounds in order.

    A budget has numbered rounds, or one call without a number.
    """

    slug: str
    name: Text
    changes_from: Text
    changes: tuple[Change, ...]
    rounds: tuple[Round, ...]

    def round(self, number: int | None) -> Round:
        """Return the round `number`, None being the one call of a budget without numbers.

        Raises:
            KeyError: there is no such round.
        """
        for one in self.rounds:
            if one.number == number:
                return one
        raise KeyError(number)


@dataclass(frozen=True, slots=True)
class Programme:
    """A subsidy that outlives its rounds. `provider` is whose it is, as `operator` says; None if that is not said."""

    slug: str
    name: Text
    short_name: Text
    operator: Statement
    rule_sets: tuple[RuleSet, ...]
    provider: Text | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """How many applied and how many were adopted, None where the source does not say.

    It is of a round (None: the one call of its budget) and, unless it is of the whole round, of a `frame` or of what
    its `label` says.
    """

    rule_set: str
    round: int | None
    frame: str | None
    label: Text | None
    applied: int | None
    adopted: int | None
    remark: Text | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Target:
    """What the budget of a rule set aims at."""

    rule_set: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Budget:
    """How large a budget is."""

    label: Text
    figure: Figure


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures about the programme; nothing is decided by them."""

    results: tuple[Result, ...]
    targets: tuple[Target, ...]
    budgets: tuple[Budget, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of the site: what decides (`book`) and what is read beside it.

    `definitions` are those that programmes share (`FrameInRound.definitions` has all of a frame's). `examples` are all
    worked examples, those of rounds in which their frame is not offered included. `formerly` has the name of today for
    every former name of a fact, a column (`fact.column`) or a choice (`fact.choice`, `fact.column.choice`). `checked`
    has the day on which the rules were last read against a source, by its name; None is never.
    `tag_groups` are what frames are found by: every frame has at least one tag of each.
    """

    book: RuleBook
    programmes: tuple[Programme, ...]
    definitions: Mapping[str, DefinitionInWords]
    examples: tuple[Example, ...]
    formerly: Mapping[str, str]
    checked: Mapping[str, date | None]
    tag_groups: tuple[TagGroup, ...] = ()
    statistics: Statistics = Statistics((), (), ())
