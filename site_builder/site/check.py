"""The self-diagnosis as a page prints it: the questions that the newest round asks, and its frames as tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, assert_never

from calculator.kinds import Kind
from calculator.rulebook import Award, Choice, FactDefinition, RowField, RuleBook
from calculator.text import Text
from site_builder.rules.asking import askers, awarding, with_figures
from site_builder.rules.model import FrameInRound, Rules
from site_builder.site.addresses import BATCH, CHECK, SOURCES, Link
from site_builder.site.awards import AwardSummary, AwardView, award_summary, award_view
from site_builder.site.calendars import calendar_path
from site_builder.site.calls import Call, call_link, check_address, checked_calls, frame_link, trail_to_call
from site_builder.site.elsewhere import OtherFrame, frames_elsewhere
from site_builder.site.openings import Opening
from site_builder.site.page import Page
from site_builder.site.plain import plain_section
from site_builder.site.prose import ProseSection
from site_builder.site.requirements import RequirementView, requirement_views
from site_builder.site.standing import disclaimer
from site_builder.site.unconfirmed import notice_of
from site_builder.site.wording import Wording

Control = Literal["text", "radios", "select", "ticks", "rows", "record"]
Keyboard = Literal["numeric", "decimal", "text"]

ROWS_TO_BEGIN_WITH = 3
MOST_RADIOS = 7  # more choices than this are a list to open

UNKNOWN = "unknown"
NONE = "none"


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One answer to choose; `value` is what the calculator gets."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field to type or to choose in: a question's own, or a column of its rows."""

    name: str
    label: str
    keyboard: Keyboard
    unit: str | None
    hint: str | None
    choices: tuple[ChoiceView, ...]


@dataclass(frozen=True, slots=True)
class WorkingView:
    """What the answer can be worked out from: amounts by their names, and the question for the years of a growth.

    `added` and `taken_off` are amounts of now, and where there are `years` those of the end as well.
    """

    added: Mapping[str, str]
    taken_off: Mapping[str, str]
    years_fact: str | None
    years: str | None


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question. `others` are the answers beside a typed one: there is none, I don't know.

    `parts` are the questions of a record, one for each of its parts. `working` is what the answer can be worked out
    from, None where there is nothing to work out.
    """

    control: Control
    field: FieldView
    explanation: str | None
    others: tuple[ChoiceView, ...]
    columns: tuple[FieldView, ...]
    parts: tuple[QuestionView, ...] = ()
    working: WorkingView | None = None


@dataclass(frozen=True, slots=True)
class SectionView:
    """Questions under one title; `frame_path` leads to the only frame that asks them, None where several do."""

    name: str
    title: str
    frame_path: str | None
    questions: tuple[QuestionView, ...]


@dataclass(frozen=True, slots=True)
class FrameTable:
    """The rules of a frame as a table: what a visitor without JavaScript decides by."""

    rule_set: str
    slug: str
    name: str
    path: str
    requirements: tuple[RequirementView, ...]
    award: AwardView
    summary: AwardSummary


@dataclass(frozen=True, slots=True)
class CheckView:
    """The whole self-diagnosis.

    `edition` names the rules that this page belongs to; paths start at the site's root. `own_sources` are the names of
    the sources that are the site itself. `others` lead to the self-diagnoses of other calls.
    `batch_path` leads to the page for many companies, where that judges by the same call.
    `formerly` is a JSON object: what saved links may still call a fact, a column or a choice, and its name now.
    """

    edition: str
    round_number: int | None
    round_name: str
    round_path: str
    path: str
    sources_path: str
    intro: str
    plain: ProseSection
    disclaimer: str
    tables_intro: str
    sections: tuple[SectionView, ...]
    frames: tuple[FrameTable, ...]
    elsewhere: tuple[OtherFrame, ...]
    calendar_path: str | None
    own_sources: tuple[str, ...]
    first_rows: range
    opening: Opening
    formerly: str
    others: tuple[Link, ...]
    batch_path: str | None

    @property
    def rule_sets(self) -> str:
        """The full names of the frames, separated by spaces."""
        return " ".join(frame.rule_set for frame in self.frames)


def check_page(call: Call, rules: Rules, opening: Opening, wording: Wording) -> Page:
    """Plan the self-diagnosis that judges by `call`, one of `checked_calls`, and begins with `opening`."""
    view = check_view(call, rules, opening, wording)
    return Page(
        address=check_address(call, rules),
        language=wording.language,
        template="check.html",
        lists_terms=False,
        title=wording.words["check_title"],
        description=wording.fill("check_description", round=view.round_name),
        view=view,
        trail=trail_to_check(call, rules, wording),
        context=view.round_name,
        kind="tool",
        notice=notice_of(call, wording),
    )


def trail_to_check(call: Call, rules: Rules, wording: Wording) -> tuple[Link, ...]:
    """Return the pages above a self-diagnosis; the first of them stands in the menu."""
    return () if check_address(call, rules) == CHECK else trail_to_call(call, wording)


def check_view(call: Call, rules: Rules, opening: Opening, wording: Wording) -> CheckView:
    """Return the form and the tables for all frames of a round.

    Args:
        call: the round, one of `checked_calls`.
        rules: all rules of the site.
        opening: where its interview begins.
        wording: the language, with the strings of `content/check.yaml`.
    """
    name = _name_of(call, wording)
    return CheckView(
        edition=rules.book.edition,
        round_number=call.round.number,
        round_name=name,
        round_path=call_link(call, wording).path,
        path=check_address(call, rules).path(wording.language),
        sources_path=SOURCES.path(wording.language),
        intro=wording.fill("check_intro", round=name),
        plain=plain_section([(wording.words["plain_check"],)], wording),
        disclaimer=disclaimer(call.round, name, wording),
        tables_intro=wording.fill("check_tables_intro", round=name),
        sections=tuple(_sections(rules.book, call, wording)),
        frames=tuple(_frame_table(frame, award, call, rules, wording) for frame, award in awarding(call.round)),
        elsewhere=frames_elsewhere(rules, call, wording),
        calendar_path=calendar_path(call, wording),
        own_sources=tuple(source.name for source in rules.book.sources.values() if source.is_own),
        first_rows=range(ROWS_TO_BEGIN_WITH),
        opening=opening,
        formerly=json.dumps(rules.formerly, ensure_ascii=False),
        others=tuple(
            Link(_name_of(other, wording), check_address(other, rules).path(wording.language))
            for other in checked_calls(rules)
            if other.address != call.address
        ),
        batch_path=BATCH.path(wording.language) if check_address(call, rules) == CHECK else None,
    )


def _name_of(call: Call, wording: Wording) -> str:
    """Return the name of a round with that of its programme: many programmes have a round of the same name."""
    return wording.fill("check_call", programme=call.programme.short_name, round=call.round.name)


def _sections(book: RuleBook, call: Call, wording: Wording) -> Iterator[SectionView]:
    """Yield the groups of questions that are asked; what concerns one frame alone comes last."""
    asking = askers(book, call.round)
    facts = {**book.facts, **{name: with_figures(book.facts[name], frames[0]) for name, frames in asking.items()}}
    sections = []
    for group in book.groups:
        asked = {name: frames for name, frames in asking.items() if facts[name].group == group.name}
        if asked:
            questions = tuple(_question(facts[name], facts, wording) for name in asked if facts[name].record is None)
            path = _only_frame_path(asked.values(), call, wording)
            sections.append(SectionView(group.name, wording.say(group.title), path, questions))
    yield from sorted(sections, key=lambda section: section.frame_path is not None)


def _only_frame_path(asking: Iterable[list[FrameInRound]], call: Call, wording: Wording) -> str | None:
    """Return where the one frame is that asks, or None where several do."""
    frames = {frame.slug for one in asking for frame in one}
    if len(frames) > 1:
        return None
    return call.frame_address(frames.pop()).path(wording.language)


def _question(fact: FactDefinition, facts: Mapping[str, FactDefinition], wording: Wording) -> QuestionView:
    return QuestionView(
        control=_control(fact),
        field=FieldView(
            fact.name,
            wording.say(fact.question),
            _keyboard(fact.kind, fact.at_least),
            _unit(fact.kind, fact.unit, wording),
            _hint(fact.kind, wording),
            _choices(fact, wording),
        ),
        explanation=wording.say_if_any(fact.explanation),
        others=tuple(_others(fact, wording)),
        columns=tuple(_column(field, wording) for field in fact.fields),
        parts=tuple(_question(part, facts, wording) for part in facts.values() if part.record == fact.name),
        working=_working(fact, facts, wording),
    )


def _working(fact: FactDefinition, facts: Mapping[str, FactDefinition], wording: Wording) -> WorkingView | None:
    if fact.worked_out is None:
        return None
    return WorkingView(
        added={part.name: wording.say(part.label) for part in fact.worked_out.added},
        taken_off={part.name: wording.say(part.label) for part in fact.worked_out.taken_off},
        years_fact=fact.grows_over,
        years=None if fact.grows_over is None else wording.say_sentence(facts[fact.grows_over].label),
    )


def _control(fact: FactDefinition) -> Control:
    match fact.kind:
        case Kind.YES_NO:
            return "radios"
        case Kind.CHOICE:
            return "radios" if len(fact.choices) <= MOST_RADIOS else "select"
        case Kind.LIST:
            return "ticks" if _is_plain_list(fact) else "rows"
        case Kind.RECORD:
            return "record"
        case Kind.YEN | Kind.COUNT | Kind.PERCENT | Kind.RATE | Kind.DATE | Kind.MOMENT | Kind.MONTHS:
            return "text"
        case _:
            assert_never(fact.kind)


def _is_plain_list(fact: FactDefinition) -> bool:
    """Say whether the list only names some of a few choices."""
    return [field.kind for field in fact.fields] == [Kind.CHOICE]


def _others(fact: FactDefinition, wording: Wording) -> Iterator[ChoiceView]:
    """Yield the answers that no field can hold: there is none, I don't know."""
    if fact.none_label is not None:
        yield ChoiceView(NONE, wording.say(fact.none_label))
    elif fact.kind is Kind.LIST and _is_plain_list(fact):
        yield ChoiceView(NONE, wording.words["check_none_of_these"])
    yield ChoiceView(UNKNOWN, wording.words["check_unknown"])


def _keyboard(kind: Kind, at_least: int | None) -> Keyboard:
    """Return the keyboard for a phone. A phone's number keys have no minus: what can be negative is typed as text."""
    match kind:
        case Kind.YEN | Kind.COUNT | Kind.MONTHS if at_least is not None and at_least >= 0:
            return "numeric"
        case Kind.PERCENT | Kind.RATE if at_least is not None and at_least >= 0:
            return "decimal"
        case _:
            return "text"


def _unit(kind: Kind, unit: Text | None, wording: Wording) -> str | None:
    if unit is not None:
        return wording.say(unit)
    match kind:
        case Kind.YEN:
            return wording.words["check_unit_yen"]
        case Kind.PERCENT:
            return wording.words["check_unit_percent"]
        case Kind.MONTHS:
            return wording.words["check_unit_months"]
        case _:
            return None


def _hint(kind: Kind, wording: Wording) -> str | None:
    """Return how an answer is written where that is not plain."""
    match kind:
        case Kind.DATE:
            return wording.words["check_hint_date"]
        case Kind.MOMENT:
            return wording.words["check_hint_moment"]
        case _:
            return None


def _choices(fact: FactDefinition, wording: Wording) -> tuple[ChoiceView, ...]:
    if fact.kind is Kind.YES_NO:
        return (ChoiceView("yes", wording.words["check_yes"]), ChoiceView("no", wording.words["check_no"]))
    return _choice_views(fact.choices, wording)


def _choice_views(choices: Iterable[Choice], wording: Wording) -> tuple[ChoiceView, ...]:
    return tuple(ChoiceView(choice.name, wording.say(choice.label)) for choice in choices)


def _column(field: RowField, wording: Wording) -> FieldView:
    return FieldView(
        field.name,
        wording.say(field.label),
        _keyboard(field.kind, 0),
        _unit(field.kind, None, wording),
        _hint(field.kind, wording),
        _choice_views(field.choices, wording),
    )


def _frame_table(frame: FrameInRound, award: Award, call: Call, rules: Rules, wording: Wording) -> FrameTable:
    return FrameTable(
        frame.rules.rule_set,
        frame.slug,
        wording.say(frame.rules.name),
        frame_link(frame, call, wording).path,
        requirement_views(frame.rules.requirements, (), call.address, frame, wording),
        award_view(award, rules.book.facts, wording),
        award_summary(frame.rules, rules.book.facts, wording),
    )
