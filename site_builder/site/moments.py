"""Moments and days as a page prints them: words for people, ISO 8601 for machines, and the schedule of a round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calculator.figures import figure_text
from calculator.kinds import Kind
from calculator.messages import message
from calculator.rulebook import ScheduledDay, ScheduledMoment
from site_builder.rules.model import Round, ScheduleEntry
from site_builder.site.wording import CitationView, Wording


@dataclass(frozen=True, slots=True)
class TimeView:
    """A `<time>` element: `iso` for machines, `text` for people."""

    iso: str
    text: str


@dataclass(frozen=True, slots=True)
class MomentView:
    """A moment of the schedule, or a day where no hour is printed, with its place."""

    time: TimeView
    citation: CitationView


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A line of a schedule: what a document prints, and what an outside source reports."""

    name: str
    label: str
    moment: MomentView | None
    reported: MomentView | None


def day_view(day: date, wording: Wording) -> TimeView:
    """Word a day."""
    return TimeView(day.isoformat(), wording.say(figure_text(Kind.DATE, day)))


def moment_view(moment: ScheduledMoment | None, day: ScheduledDay | None, wording: Wording) -> MomentView | None:
    """Word a moment and its place; else the day, where only that is known; else nothing."""
    if moment is not None:
        time = TimeView(moment.at.isoformat(timespec="minutes"), wording.say(figure_text(Kind.MOMENT, moment.at)))
        return MomentView(time, wording.cite(moment.citation))
    return None if day is None else MomentView(day_view(day.on, wording), wording.cite(day.citation))


def schedule_rows(one: Round, wording: Wording) -> tuple[ScheduleRow, ...]:
    """Word the schedule of a round."""
    return tuple(schedule_row(entry, wording) for entry in one.schedule)


def schedule_row(entry: ScheduleEntry, wording: Wording) -> ScheduleRow:
    """Word one line of a schedule."""
    return ScheduleRow(
        entry.name,
        wording.say(message(wording.messages, f"moment_{entry.name}")),
        moment_view(entry.moment, entry.day, wording),
        moment_view(entry.reported, entry.reported_day, wording),
    )


def deadline(one: Round, wording: Wording) -> ScheduleRow | None:
    """Return the line of the schedule that says when applications close."""
    rows = (row for row in schedule_rows(one, wording) if row.name == "applications_close")
    return next(rows, None)
