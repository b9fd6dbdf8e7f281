"""The page of all schedules."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.rules.model import Note, Round, Rules
from site_builder.site.addresses import HOME, SCHEDULE, Link
from site_builder.site.calendars import calendar_path, has_calendar, subscription_path
from site_builder.site.calls import Call, call_link, calls_under, programmes_in_order, rule_set_link
from site_builder.site.moments import ScheduleRow, schedule_rows
from site_builder.site.page import Page
from site_builder.site.prose import Prose
from site_builder.site.standing import standing_text
from site_builder.site.statements import NoteView, StatementView, note_views, statement_views
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class RoundSchedule:
    """The schedule of one round; `anchor` is its heading.

    Of a placeholder's round, `announced` is all that its documents say of what is to come.
    """

    anchor: str
    link: Link
    standing: str | None
    is_placeholder: bool
    rows: tuple[ScheduleRow, ...]
    calendar_path: str | None
    announced: tuple[StatementView, ...]
    notes: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True)
class RuleSetSchedule:
    """The schedules of a rule set's rounds, the newest first; `anchor` is its section.

    `undated` are its rounds without any date; `notes` hold for all of its rounds.
    """

    anchor: str
    heading: str
    rounds: tuple[RoundSchedule, ...]
    undated: tuple[Link, ...]
    notes: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """All schedules, and the rule sets for which nobody has printed or reported a date.

    `subscription_path` is the calendar of all rounds, None where no deadline is printed.
    """

    prose: Prose
    rule_sets: tuple[RuleSetSchedule, ...]
    undated: tuple[Link, ...]
    subscription_path: str | None


def schedule_page(rules: Rules, prose: Prose, wording: Wording) -> Page:
    """Plan the page of all schedules."""
    groups = _groups(rules)
    dated = tuple(_schedule(group, wording) for group in groups if _is_dated(group))
    has_calendars = any(has_calendar(call) for group in groups for call in group)
    view = ScheduleView(
        prose,
        dated,
        tuple(_undated(group, wording) for group in groups if not _is_dated(group)),
        subscription_path(wording) if has_calendars else None,
    )
    return Page(
        address=SCHEDULE,
        language=wording.language,
        template="schedule.html",
        title=prose.title,
        description=prose.description,
        view=view,
        trail=(Link(wording.words["home"], HOME.path(wording.language)),),
        sections={
            **{one.anchor: one.heading for one in dated},
            **({"subscribe": wording.words["subscribe_title"]} if has_calendars else {}),
            **({"undated": wording.words["schedule_section_undated"]} if view.undated else {}),
            **prose.headings,
        },
    )


def _groups(rules: Rules) -> tuple[tuple[Call, ...], ...]:
    """Return the calls under each rule set, the programmes in order and the newest rule set and call first."""
    return tuple(
        calls_under(rule_set, programme)
        for programme in programmes_in_order(rules)
        for rule_set in reversed(programme.rule_sets)
        if rule_set.rounds
    )


def _is_dated(group: tuple[Call, ...]) -> bool:
    return any(_has_dates(call.round) for call in group)


def _has_dates(one: Round) -> bool:
    return any(
        when is not None
        for entry in one.schedule
        for when in (entry.moment, entry.day, entry.reported, entry.reported_day)
    )


def _schedule(group: tuple[Call, ...], wording: Wording) -> RuleSetSchedule:
    shared = _shared_notes(group)
    return RuleSetSchedule(
        anchor=group[0].rule_set.slug.replace("/", "."),
        heading=_name(group, wording),
        rounds=tuple(_round_schedule(call, shared, wording) for call in group if _is_told(call.round)),
        undated=tuple(call_link(call, wording) for call in group if not _is_told(call.round)),
        notes=note_views(shared, wording),
    )


def _is_told(one: Round) -> bool:
    """Say whether there is a date, or an announcement of what is to come."""
    return _has_dates(one) or (one.is_placeholder and bool(one.statements))


def _shared_notes(group: tuple[Call, ...]) -> tuple[Note, ...]:
    """Return the notes about the schedule that every round of several has: they are told once."""
    first, *others = [_notes(call.round) for call in group]
    return tuple(note for note in first if others and all(note in notes for notes in others))


def _notes(one: Round) -> tuple[Note, ...]:
    return tuple(note for note in one.notes if note.about == "schedule")


def _round_schedule(call: Call, shared: tuple[Note, ...], wording: Wording) -> RoundSchedule:
    one = call.round
    return RoundSchedule(
        anchor=".".join((*call.address.parts, "schedule")),
        link=call_link(call, wording),
        standing=standing_text(one, wording),
        is_placeholder=one.is_placeholder,
        rows=schedule_rows(one, wording),
        calendar_path=calendar_path(call, wording),
        announced=statement_views(one.statements if one.is_placeholder else (), wording),
        notes=note_views((note for note in _notes(one) if note not in shared), wording),
    )


def _undated(group: tuple[Call, ...], wording: Wording) -> Link:
    return Link(_name(group, wording), rule_set_link(group[0].rule_set, wording).path)


def _name(group: tuple[Call, ...], wording: Wording) -> str:
    names = {"programme": group[0].programme.short_name, "round": group[0].rule_set.name}
    return wording.fill("programme_and_round", **names)
