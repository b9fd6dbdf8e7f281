"""The page of a frame in a round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from calculator.rulebook import (
    Award,
    Citation,
    Clawback,
    FrameRules,
    OpenAward,
    RateChange,
    Reexamination,
    Requirement,
)
from site_builder.rules.model import FrameInRound, Note, Rules
from site_builder.site.addresses import Link, data_address
from site_builder.site.awards import (
    AwardSummary,
    AwardView,
    CitedSentence,
    OpenAwardView,
    award_summary,
    award_view,
    open_award_view,
)
from site_builder.site.calls import Call, call_link, check_path, frame_link, trail_to_call
from site_builder.site.cards import frame_figures
from site_builder.site.clawbacks import ClawbackView, clawback_view
from site_builder.site.examples import Answers, ExampleView, example_views
from site_builder.site.frame_examples import examples_address
from site_builder.site.groups import ConsortiumView, JointView, PartView, consortium_view, joint_view, part_views
from site_builder.site.moments import ScheduleRow, deadline
from site_builder.site.page import Page
from site_builder.site.plain import Places, plain_frame
from site_builder.site.prose import ProseSection
from site_builder.site.requirements import RequirementView, SelectionView, requirement_views, selection_views
from site_builder.site.standing import standing_text
from site_builder.site.statements import (
    DefinitionView,
    NoteView,
    StatementView,
    definition_views,
    note_views,
    statement_view,
    statement_views,
)
from site_builder.site.structured import service
from site_builder.site.unconfirmed import notice_of
from site_builder.site.wording import Wording, source_link

#: The sections of the page, in order; a section with nothing to say is left out.
SECTIONS = (
    "who", "how-much", "basic", "additional", "costs", "selection", "repayment", "clawback", "joint", "consortium",
    "together", "examples", "notes", "sources",
)  # fmt: skip
#: Where on the page a note stands by what it is about, unless that is a requirement. Notes about the schedule and the
#: documents stand on the page of the round.
NOTED_SECTIONS = {
    "frame": "notes",
    "applicants": "who",
    "rate": "how-much",
    "upper_limit": "how-much",
    "lower_limit": "how-much",
    "eligible_costs": "costs",
    "selection": "selection",
    "repayment": "repayment",
}


@dataclass(frozen=True, slots=True)
class FrameView:
    """All that the page of a frame prints."""

    is_placeholder: bool
    plain: ProseSection | None
    check_path: str | None
    round_link: Link
    others: tuple[Link, ...]
    purpose: StatementView
    deadline: ScheduleRow | None
    has_own_calls: bool
    standing: str | None
    summary: AwardSummary
    award: AwardView | None
    open_award: OpenAwardView | None
    applicants: tuple[StatementView, ...]
    definitions: tuple[DefinitionView, ...]
    basic: tuple[RequirementView, ...]
    additional: tuple[RequirementView, ...]
    additional_statements: tuple[StatementView, ...]
    bonuses: tuple[SelectionView, ...]
    deductions: tuple[SelectionView, ...]
    reexamination: CitedSentence | None
    rate_change: CitedSentence | None
    repayment: tuple[StatementView, ...]
    clawback: ClawbackView | None
    joint: JointView | None
    consortium: ConsortiumView | None
    together: tuple[PartView, ...]
    examples_path: str
    examples: tuple[ExampleView, ...]
    has_repayment_examples: bool
    notes: Mapping[str, tuple[NoteView, ...]]
    sources: tuple[Link, ...]


def frame_page(frame: FrameInRound, call: Call, rules: Rules, answers: Answers, wording: Wording) -> Page:
    """Plan the page of `frame` in the round of `call`."""
    view = frame_view(frame, call, rules, answers, wording)
    context = wording.fill("programme_and_round", programme=call.programme.short_name, round=call.round.name)
    name = f"{context} {wording.say(frame.rules.name)}"
    return Page(
        address=call.frame_address(frame.slug),
        language=wording.language,
        template="frame.html",
        title=wording.say(frame.rules.name),
        context=context,
        description=_description(frame, call, view, wording),
        view=view,
        trail=(*trail_to_call(call, wording), call_link(call, wording)),
        sections={name: _heading(name, view, wording) for name in _sections(view)},
        kind="frame",
        figures=frame_figures(view.deadline, view.summary, wording),
        service=service(name, call.programme, view.applicants, _documents(frame, wording), wording),
        data_file=data_address(call.frame_address(frame.slug), ".json"),
        notice=notice_of(call, wording),
    )


def frame_view(frame: FrameInRound, call: Call, rules: Rules, answers: Answers, wording: Wording) -> FrameView:
    """Word all that is known of `frame` in the round of `call`; where there is one rate for all, none can change."""
    own, page = frame.rules, call.frame_address(frame.slug)
    facts = rules.book.facts

    def worded(requirements: Iterable[Requirement]) -> tuple[RequirementView, ...]:
        return requirement_views(requirements, frame.notes, page, frame, wording)

    summary, dates = award_summary(own, facts, wording), replace(call.round, schedule=call.round.schedule_of(frame))
    closes = deadline(dates, wording)
    who = wording.words["frame_section_who"] if frame.applicants else None
    places = Places("#how-much", f"/{'/'.join(call.address.parts)}/#schedule")
    return FrameView(
        is_placeholder=call.round.is_placeholder,
        plain=None
        if call.round.is_placeholder
        else plain_frame(summary, closes, who, own.clawback is not None or bool(frame.repayment), places, wording),
        check_path=check_path(call, rules, wording),
        round_link=call_link(call, wording),
        others=tuple(frame_link(other, call, wording) for other in call.round.frames if other.slug != frame.slug),
        purpose=statement_view(frame.purpose, wording),
        deadline=closes,
        has_own_calls=frame.own_calls,
        standing=standing_text(dates, wording),
        summary=summary,
        award=None if own.award is None else award_view(own.award, facts, wording),
        open_award=open_award_view(own, rules.book, wording),
        applicants=statement_views(frame.applicants, wording),
        definitions=definition_views([frame], wording),
        basic=worded(one for one in own.requirements if not one.additional),
        additional=worded(one for one in own.requirements if one.additional),
        additional_statements=statement_views(frame.additional_statements, wording),
        bonuses=selection_views(own.bonuses, own.point_limits, wording),
        deductions=selection_views(own.deductions, own.point_limits, wording),
        reexamination=_sentence(own.reexamination, wording),
        rate_change=_sentence(own.rate_change, wording),
        repayment=statement_views(frame.repayment, wording),
        clawback=clawback_view(own.clawback, wording),
        joint=joint_view(own.joint, frame, page, wording),
        consortium=consortium_view(own.consortium, wording),
        together=part_views(frame, call, facts, wording),
        examples_path=examples_address(frame, call).path(wording.language),
        examples=example_views(frame, answers, rules.book, wording),
        has_repayment_examples=bool(example_views(frame, answers, rules.book, wording, of_repayment=True)),
        notes=_notes_by_section(frame, wording),
        sources=_sources(frame, wording),
    )


def _description(frame: FrameInRound, call: Call, view: FrameView, wording: Wording) -> str:
    names = {"frame": frame.rules.name, "round": call.round.name, "programme": call.programme.short_name}
    if view.is_placeholder or view.summary.amount is None:
        return wording.fill("frame_description_open", **names)
    return wording.fill("frame_description", amount=view.summary.amount, **names)


def _sections(view: FrameView) -> tuple[str, ...]:
    full = {
        "who": view.applicants or view.definitions or view.notes["who"],
        "how-much": view.award is not None or view.open_award is not None or view.notes["how-much"],
        "basic": view.basic,
        "additional": view.additional or view.additional_statements,
        "costs": (view.award is not None and view.award.costs is not None) or view.notes["costs"],
        "selection": view.bonuses or view.deductions or view.reexamination is not None or view.notes["selection"],
        "repayment": view.repayment or view.notes["repayment"],
        "clawback": view.clawback is not None,
        "joint": view.joint is not None,
        "consortium": view.consortium is not None,
        "together": view.together,
        "examples": view.examples,
        "notes": view.notes["notes"],
        "sources": view.sources,
    }
    return tuple(name for name in SECTIONS if full[name])


def _heading(section: str, view: FrameView, wording: Wording) -> str:
    if section == "additional" and not view.additional:
        return wording.words["frame_section_statements"]
    if section == "additional" and not view.basic:
        return wording.words["frame_section_requirements"]
    return wording.words[f"frame_section_{section.replace('-', '_')}"]


def _sentence(rule: Reexamination | RateChange | None, wording: Wording) -> CitedSentence | None:
    return None if rule is None else CitedSentence(wording.say(rule.sentence), wording.cite(rule.citation))


def _notes_by_section(frame: FrameInRound, wording: Wording) -> Mapping[str, tuple[NoteView, ...]]:
    placed: dict[str, list[Note]] = {name: [] for name in SECTIONS}
    for note in frame.notes:
        if note.about in NOTED_SECTIONS:
            placed[NOTED_SECTIONS[note.about]].append(note)
    return {section: note_views(notes, wording) for section, notes in placed.items()}


def _sources(frame: FrameInRound, wording: Wording) -> tuple[Link, ...]:
    """Return the way to each document that the page cites, in the order of the page."""
    return tuple(source_link(name, wording) for name in dict.fromkeys(one.source for one in _citations(frame)))


def _documents(frame: FrameInRound, wording: Wording) -> tuple[str, ...]:
    """Return the titles of those sources that are documents, and not what this site says itself."""
    names = dict.fromkeys(one.source for one in _citations(frame))
    return tuple(wording.say(wording.sources[name].short_title) for name in names if not wording.sources[name].is_own)


def _citations(frame: FrameInRound) -> Iterator[Citation]:
    own = frame.rules
    yield frame.purpose.citation
    yield from (statement.citation for statement in frame.applicants)
    yield from _citations_of_award(own.award)
    yield from _citations_of_ranges(own.open_award)
    yield from (requirement.citation for requirement in own.requirements)
    yield from (statement.citation for statement in (*frame.additional_statements, *frame.repayment))
    yield from (item.citation for item in own.weighed)
    yield from _citations_of_groups(own)
    yield from _citations_of_clawback(own.clawback)
    yield from (citation for note in frame.notes for citation in note.citations)


def _citations_of_award(award: Award | None) -> Iterator[Citation]:
    if award is not None:
        parts = (award.lower_limit, award.eligible_costs, award.upper_limit, *award.upper_limit.uplifts, *award.rates)
        yield from (part.citation for part in parts if part is not None)
        yield award.rounding


def _citations_of_ranges(award: OpenAward | None) -> Iterator[Citation]:
    if award is not None:
        yield from (part.citation for part in (award.rate, award.upper_limit) if part is not None)


def _citations_of_groups(frame: FrameRules) -> Iterator[Citation]:
    if frame.joint is not None:
        yield frame.joint.citation
        yield from (requirement.citation for requirement in frame.joint.requirements)
    if frame.consortium is not None:
        yield frame.consortium.citation
        yield from () if frame.consortium.pool is None else (frame.consortium.pool.citation,)


def _citations_of_clawback(clawback: Clawback | None) -> Iterator[Citation]:
    if clawback is not None:
        yield from (case.citation for case in clawback.whole)
        yield from (case.citation for part in clawback.parts for case in part.cases)
        yield clawback.total.citation
