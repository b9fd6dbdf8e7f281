"""The page of all schedules."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.rules.model import Rules
from site_builder.site.addresses import HOME, SCHEDULE, Link, round_address
from site_builder.site.moments import ScheduleRow, schedule_rows
from site_builder.site.page import Page
from site_builder.site.prose import Prose
from site_builder.site.statements import NoteView, StatementView, note_views, statement_views
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class RoundSchedule:
    """The schedule of one round; `anchor` is its section.

    Of a placeholder's round, `announced` is all that its documents say of what is to come.
    """

    anchor: str
    link: Link
    is_placeholder: bool
    rows: tuple[ScheduleRow, ...]
    announced: tuple[StatementView, ...]
    notes: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """All schedules, the newest round first."""

    prose: Prose
    rounds: tuple[RoundSchedule, ...]


def schedule_page(rules: Rules, prose: Prose, wording: Wording) -> Page:
    """Plan the page of all schedules."""
    rounds = round_schedules(rules, wording)
    return Page(
        address=SCHEDULE,
        language=wording.language,
        template="schedule.html",
        title=prose.title,
        description=prose.description,
        view=ScheduleView(prose, rounds),
        trail=(Link(wording.words["home"], HOME.path(wording.language)),),
        sections={**{one.anchor: one.link.text for one in rounds}, **prose.headings},
    )


def round_schedules(rules: Rules, wording: Wording) -> tuple[RoundSchedule, ...]:
    """Word the schedule of every round, the newest first."""
    return tuple(
        RoundSchedule(
            anchor=f"{rule_set.slug.replace('/', '.')}.{one.number}",
            link=Link(wording.say(one.name), round_address(rule_set.slug, one.number).path(wording.language)),
            is_placeholder=one.is_placeholder,
            rows=schedule_rows(one, wording),
            announced=statement_views(one.statements if one.is_placeholder else (), wording),
            notes=note_views((note for note in one.notes if note.about == "schedule"), wording),
        )
        for programme in rules.programmes
        for rule_set in programme.rule_sets
        for one in reversed(rule_set.rounds)
    )
