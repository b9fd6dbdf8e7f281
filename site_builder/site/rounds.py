"""The page of a round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from calculator.rulebook import Award
from site_builder.rules.model import FrameInRound, Note, Programme, Round, Rules, RuleSet
from site_builder.site.addresses import CHECK, HOME, Link, frame_address, round_address
from site_builder.site.awards import AwardView, amount_range, award_view, rate_range
from site_builder.site.moments import ScheduleRow, deadline, schedule_rows
from site_builder.site.page import Page
from site_builder.site.requirements import RequirementView, requirement_views
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
    award: AwardView


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """What the first screen says: from how much to how much, and the rates."""

    amount_range: str
    rate_range: str


@dataclass(frozen=True, slots=True)
class RoundView:
    """All that the page of a round prints."""

    name: str
    is_placeholder: bool
    summary: str
    check_path: str
    others: tuple[Link, ...]
    background: tuple[StatementView, ...]
    deadline: ScheduleRow | None
    key_figures: KeyFigures | None
    schedule: tuple[ScheduleRow, ...]
    frames: tuple[FrameRow, ...]
    basic: tuple[RequirementView, ...]
    applicants: tuple[StatementView, ...]
    definitions: tuple[DefinitionView, ...]
    documents: tuple[DocumentView, ...]
    statements: tuple[StatementView, ...]
    changes_from: str
    changes: tuple[ChangeView, ...]
    notes: Mapping[str, tuple[NoteView, ...]]


def round_page(one: Round, rule_set: RuleSet, programme: Programme, rules: Rules, wording: Wording) -> Page:
    """Plan the page of the round `one`."""
    view = round_view(one, rule_set, programme, rules, wording)
    return Page(
        address=round_address(rule_set.slug, one.number),
        language=wording.language,
        template="round.html",
        title=wording.fill("programme_and_round", programme=programme.short_name, round=one.name),
        description=wording.say(one.summary),
        view=view,
        trail=(Link(wording.words["home"], HOME.path(wording.language)),),
        sections={name: _heading(name, view, wording) for name in _sections(view)},
    )


def round_view(one: Round, rule_set: RuleSet, programme: Programme, rules: Rules, wording: Wording) -> RoundView:
    """Word all that is known of the round `one`."""
    return RoundView(
        name=wording.say(one.name),
        is_placeholder=one.is_placeholder,
        summary=wording.say(one.summary),
        check_path=CHECK.path(wording.language),
        others=_other_rounds(one, rule_set, wording),
        background=() if one.is_placeholder else _background(one, programme, wording),
        deadline=deadline(one, wording),
        key_figures=key_figures(one, wording),
        schedule=schedule_rows(one, wording),
        frames=frame_rows(one, rule_set, rules, wording),
        basic=_basic_requirements(one, rule_set, wording),
        applicants=statement_views(one.frames[0].applicants if one.frames else (), wording),
        definitions=definition_views(one.frames, wording),
        documents=document_views(one.documents, wording),
        statements=statement_views(one.statements, wording),
        changes_from=wording.say(rule_set.changes_from),
        changes=() if one.is_placeholder else change_views(rule_set.changes, wording),
        notes=_notes_by_section(one, wording),
    )


def key_figures(one: Round, wording: Wording) -> KeyFigures | None:
    """Say what the frames of a round give between them, or None where nothing is known of them."""
    awards = _awards(one.frames)
    return KeyFigures(amount_range(awards, wording), rate_range(awards, wording)) if awards else None


def frame_rows(one: Round, rule_set: RuleSet, rules: Rules, wording: Wording) -> tuple[FrameRow, ...]:
    """Word what each frame of a round gives."""
    return tuple(
        FrameRow(
            Link(
                wording.say(frame.rules.name),
                frame_address(rule_set.slug, one.number, frame.slug).path(wording.language),
            ),
            wording.say(frame.purpose.text),
            award_view(frame.rules.award, rules.book.facts, wording),
        )
        for frame in one.frames
        if frame.rules.award is not None
    )


def _awards(frames: Iterable[FrameInRound]) -> tuple[Award, ...]:
    return tuple(frame.rules.award for frame in frames if frame.rules.award is not None)


def _sections(view: RoundView) -> tuple[str, ...]:
    full = {
        "schedule": view.schedule,
        "frames": view.frames,
        "basic": view.basic,
        "who": view.applicants or view.definitions,
        "documents": view.documents,
        "rules": view.statements,
        "changes": view.changes,
        "purpose": view.background,
        "notes": view.notes["notes"],
    }
    return tuple(name for name in SECTIONS if full[name])


def _heading(section: str, view: RoundView, wording: Wording) -> str:
    if section == "changes":
        return wording.fill("round_section_changes", before=view.changes_from)
    return wording.words[f"round_section_{section}"]


def _background(one: Round, programme: Programme, wording: Wording) -> tuple[StatementView, ...]:
    return statement_views((one.purpose, one.budget, programme.operator), wording)


def _other_rounds(one: Round, rule_set: RuleSet, wording: Wording) -> tuple[Link, ...]:
    return tuple(
        Link(wording.say(other.name), round_address(rule_set.slug, other.number).path(wording.language))
        for other in rule_set.rounds
        if other.number != one.number
    )


def _basic_requirements(one: Round, rule_set: RuleSet, wording: Wording) -> tuple[RequirementView, ...]:
    """Word what every frame requires; the frames share it, so that the first one tells it."""
    if not one.frames:
        return ()
    first = one.frames[0]
    basic = (requirement for requirement in first.rules.requirements if not requirement.additional)
    return requirement_views(basic, first.notes, round_address(rule_set.slug, one.number), first, wording)


def _notes_by_section(one: Round, wording: Wording) -> Mapping[str, tuple[NoteView, ...]]:
    placed: dict[str, list[Note]] = {name: [] for name in SECTIONS}
    for note in one.notes:
        if note.about in NOTED_SECTIONS:
            placed[NOTED_SECTIONS[note.about]].append(note)
    return {section: note_views(notes, wording) for section, notes in placed.items()}
