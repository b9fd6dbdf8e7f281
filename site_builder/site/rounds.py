"""The page of a round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.rules.model import FrameInRound, Note, Round, Rules
from site_builder.site.addresses import Link, data_address
from site_builder.site.awards import AwardSummary, amount_range, award_summary, rate_range
from site_builder.site.calendars import calendar_path
from site_builder.site.calls import (
    Call,
    call_link,
    calls_of,
    calls_under,
    check_path,
    frame_link,
    is_numbered,
    rule_set_link,
    trail_to_call,
)
from site_builder.site.cards import CardFigure, round_figures
from site_builder.site.compared import Compared
from site_builder.site.moments import ScheduleRow, deadline, schedule_rows
from site_builder.site.page import Page
from site_builder.site.plain import Places, plain_round
from site_builder.site.prose import ProseSection
from site_builder.site.requirements import RequirementView, requirement_views
from site_builder.site.standing import standing_text
from site_builder.site.statements import (
    ChangeView,
    DefinitionView,
    DocumentView,
    NoteView,
    StatementView,
    change_views,
    definition_views,
    document_views,
    note_views,
    statement_views,
)
from site_builder.site.structured import service
from site_builder.site.unconfirmed import notice_of
from site_builder.site.unsettled import Expectation, expectation
from site_builder.site.wording import Wording

#: The sections of the page, in order; a section with nothing to say is left out.
SECTIONS = ("schedule", "frames", "basic", "who", "documents", "rules", "changes", "purpose", "notes")


#: Where on the page a note stands by what it is about, unless that is a requirement. Notes about the other matters of a
#: frame stand on the frame's page.
NOTED_SECTIONS = {
    "schedule": "schedule",
    "rate": "frames",
    "upper_limit": "frames",
    "lower_limit": "frames",
    "applicants": "who",
    "documents": "documents",
    "frame": "notes",
}


@dataclass(frozen=True, slots=True)
class FrameRow:
    """A line of the table of what each frame gives."""

    link: Link
    purpose: str
    summary: AwardSummary


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """What the first screen says: from how much to how much, and the rates; None where the documents print none."""

    amount: str | None
    rate: str | None


@dataclass(frozen=True, slots=True)
class RoundCard:
    """A round in a list."""

    link: Link
    is_placeholder: bool
    deadline: ScheduleRow | None


@dataclass(frozen=True, slots=True)
class RoundView:
    """All that the page of a round prints. `apart` are the frames for which what is said of all does not hold."""

    is_placeholder: bool
    plain: ProseSection | None
    summary: str
    check_path: str | None
    others: tuple[Link, ...]
    background: tuple[StatementView, ...]
    deadline: ScheduleRow | None
    standing: str | None
    key_figures: KeyFigures | None
    schedule: tuple[ScheduleRow, ...]
    with_own_calls: tuple[Link, ...]
    calendar_path: str | None
    frames: tuple[FrameRow, ...]
    expected: Expectation | None
    basic: tuple[RequirementView, ...]
    apart: tuple[Link, ...]
    applicants: tuple[StatementView, ...]
    definitions: tuple[DefinitionView, ...]
    documents: tuple[DocumentView, ...]
    statements: tuple[StatementView, ...]
    changes_from: str | None
    changes: tuple[ChangeView, ...]
    compared: tuple[Link, ...]
    notes: Mapping[str, tuple[NoteView, ...]]


def round_page(call: Call, rules: Rules, wording: Wording, compared: tuple[Compared, ...] = ()) -> Page:
    """Plan the page of the round of `call`; `compared` lead to its comparisons with others."""
    view = round_view(call, rules, wording, compared)
    title = wording.fill("programme_and_round", programme=call.programme.short_name, round=call.round.name)
    cited = (call.round.purpose.citation, call.round.budget.citation, call.programme.operator.citation)
    return Page(
        address=call.address,
        language=wording.language,
        template="round.html",
        title=title,
        description=wording.say(call.round.summary),
        view=view,
        trail=trail_to_call(call, wording),
        sections={name: _heading(name, view, compared, wording) for name in _sections(view)},
        kind="round",
        figures=_figures(view, wording),
        service=service(title, call.programme, view.applicants, (wording.cite(one).title for one in cited), wording),
        data_file=data_address(call.address, ".json"),
        notice=notice_of(call, wording),
    )


def round_view(call: Call, rules: Rules, wording: Wording, compared: tuple[Compared, ...] = ()) -> RoundView:
    """Word all that is known of the round of `call`."""
    one = call.round
    shared = next(iter(_sharing(one)), None)
    name = wording.fill("programme_and_round", programme=call.programme.short_name, round=one.name)
    figures, closes = key_figures(one, wording), deadline(one, wording)
    amount = None if figures is None else figures.amount
    return RoundView(
        is_placeholder=one.is_placeholder,
        plain=None
        if one.is_placeholder
        else plain_round(name, amount, closes, Places("#frames", "#schedule"), wording),
        summary=wording.say(one.summary),
        check_path=check_path(call, rules, wording),
        others=_others(call, wording),
        background=() if one.is_placeholder else _background(call, wording),
        deadline=closes,
        standing=standing_text(one, wording),
        key_figures=figures,
        schedule=schedule_rows(one, wording),
        with_own_calls=tuple(frame_link(frame, call, wording) for frame in one.frames if frame.own_calls),
        calendar_path=calendar_path(call, wording),
        frames=frame_rows(call, rules, wording),
        expected=expectation(call, rules.book, wording),
        basic=_basic_requirements(shared, call, wording),
        apart=tuple(frame_link(frame, call, wording) for frame in one.frames if shared and frame.stands_alone),
        applicants=statement_views(() if shared is None else shared.applicants, wording),
        definitions=definition_views(one.frames, wording),
        documents=document_views(one.documents, wording),
        statements=statement_views(one.statements, wording),
        changes_from=_changes_from(call, wording),
        changes=change_views(call.rule_set.changes, wording) if _sharing(one) else (),
        compared=tuple(one.link for one in compared),
        notes=_notes_by_section(one, wording),
    )


def _figures(view: RoundView, wording: Wording) -> tuple[CardFigure, ...]:
    shown = KeyFigures(None, None) if view.key_figures is None else view.key_figures
    return round_figures(view.deadline, shown.amount, shown.rate, len(view.frames) > 1, wording)


def key_figures(one: Round, wording: Wording) -> KeyFigures | None:
    """Say what the frames of a round give between them, or None where there are no frames."""
    frames = [frame.rules for frame in _settled(one)]
    return KeyFigures(amount_range(frames, wording), rate_range(frames, wording)) if frames else None


def frame_rows(call: Call, rules: Rules, wording: Wording) -> tuple[FrameRow, ...]:
    """Word what each frame of a round gives."""
    return tuple(frame_row(frame, call, rules, wording) for frame in _settled(call.round))


def frame_row(frame: FrameInRound, call: Call, rules: Rules, wording: Wording) -> FrameRow:
    """Word what one frame of a round gives."""
    return FrameRow(
        frame_link(frame, call, wording),
        wording.say(frame.purpose.text),
        award_summary(frame.rules, rules.book.facts, wording),
    )


def round_cards(candidates: tuple[Call, ...], wording: Wording) -> tuple[RoundCard, ...]:
    """Return a line for each of the rounds that have numbers."""
    return tuple(
        RoundCard(call_link(call, wording), call.round.is_placeholder, deadline(call.round, wording))
        for call in candidates
        if is_numbered(call)
    )


def changes_heading(
    changes: tuple[ChangeView, ...], before: str | None, compared: tuple[Compared, ...], wording: Wording
) -> str:
    """Return the heading of what documents say changed since `before`; where they say nothing, of what was found."""
    if changes and before is not None:
        return wording.fill("round_section_changes", before=before)
    return wording.words["beside_found" if any(one.is_beside for one in compared) else "changes_found"]


def _settled(one: Round) -> tuple[FrameInRound, ...]:
    """Return the frames of which documents say something; a placeholder's are only expected."""
    return () if one.is_placeholder else one.frames


def _sections(view: RoundView) -> tuple[str, ...]:
    full = {
        "schedule": view.schedule,
        "frames": view.frames or view.expected is not None,
        "basic": view.basic,
        "who": view.applicants or view.definitions,
        "documents": view.documents,
        "rules": view.statements,
        "changes": view.changes or view.compared,
        "purpose": view.background,
        "notes": view.notes["notes"],
    }
    return tuple(name for name in SECTIONS if full[name])


def _heading(section: str, view: RoundView, compared: tuple[Compared, ...], wording: Wording) -> str:
    if section == "changes":
        return changes_heading(view.changes, view.changes_from, compared, wording)
    return wording.words[f"round_section_{section}"]


def _background(call: Call, wording: Wording) -> tuple[StatementView, ...]:
    return statement_views((call.round.purpose, call.round.budget, call.programme.operator), wording)


def _others(call: Call, wording: Wording) -> tuple[Link, ...]:
    """Return the other rounds of the rule set, or, where it has no other, the programme's other rule sets."""
    rounds = tuple(one for one in calls_under(call.rule_set, call.programme) if one.round.number != call.round.number)
    if rounds:
        return tuple(call_link(one, wording) for one in rounds)
    others = dict.fromkeys(one.rule_set.slug for one in calls_of(call.programme))
    by_slug = {one.slug: one for one in call.programme.rule_sets}
    return tuple(rule_set_link(by_slug[slug], wording) for slug in others if slug != call.rule_set.slug)


def _changes_from(call: Call, wording: Wording) -> str | None:
    return wording.say(call.rule_set.changes_from) if call.rule_set.changes else None


def _sharing(one: Round) -> tuple[FrameInRound, ...]:
    """Return the frames that have what the rule set shares: any of them tells it, and what changed is about them."""
    return tuple(frame for frame in _settled(one) if not frame.stands_alone)


def _basic_requirements(shared: FrameInRound | None, call: Call, wording: Wording) -> tuple[RequirementView, ...]:
    if shared is None:
        return ()
    basic = (requirement for requirement in shared.rules.requirements if not requirement.additional)
    return requirement_views(basic, shared.notes, call.address, shared, wording)


def _notes_by_section(one: Round, wording: Wording) -> Mapping[str, tuple[NoteView, ...]]:
    placed: dict[str, list[Note]] = {name: [] for name in SECTIONS}
    for note in one.notes:
        if note.about in NOTED_SECTIONS:
            placed[NOTED_SECTIONS[note.about]].append(note)
    return {section: note_views(notes, wording) for section, notes in placed.items()}
