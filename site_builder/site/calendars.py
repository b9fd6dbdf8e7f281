"""The dates of a round as a calendar takes them: what happens when, in words, and when to be reminded of it.

Besides there is one calendar of all rounds, for programs that look at it again and again.

No clock tells when an event was written: the same rules give the same file on every day. A new event is as old as the
first date of its round. When a date that was published is changed, a line in `content/moved.yaml` says so, and the
event has one revision more (`SEQUENCE`) of that day (`LAST-MODIFIED`): by this a calendar knows the newer of two files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from calculator.result.steps import ACCOUNT, Step, steps_of
from calculator.rulebook import FrameRules
from calculator.schedule import CLOSES
from calculator.text import Language, Text
from site_builder.rules.model import Rules
from site_builder.site.addresses import HOME
from site_builder.site.calls import Call, calls
from site_builder.site.wording import Wording
from site_builder.sources.fields import Fields, plain_day, sequence, words
from site_builder.sources.nodes import Node

FILE = "deadlines.ics"
#: After so many days a program that follows all dates should look for changes: calls are announced weeks ahead.
DAYS_TO_REFRESH = 1

#: How many days before a date a calendar reminds of it; of other dates it does not.
REMINDERS: Mapping[str, tuple[int, ...]] = {CLOSES: (7, 1), ACCOUNT: (3,)}


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a calendar: `at` is a moment, or a day as a whole; `name` is its own, whatever the language.

    `written` is when it was written last, `revisions` how often its date was changed after it had been published.
    """

    name: str
    at: date
    title: str
    text: str
    reminders: tuple[int, ...]
    written: datetime
    revisions: int


@dataclass(frozen=True, slots=True)
class CalendarView:
    """A calendar file: `path` is from the root of the site.

    `days_to_refresh` is after how many days a program should look for changes; None where it is taken once.
    """

    path: str
    language: Language
    name: str
    events: tuple[Event, ...]
    days_to_refresh: int | None = None


@dataclass(frozen=True, slots=True)
class MovedDate:
    """A date that was changed after it had been published: the event's name, the day of the change, what it was."""

    event: str
    on: date
    before: str


def read_moved(node: Node) -> tuple[MovedDate, ...]:
    """Read `content/moved.yaml`."""
    return sequence(_moved, "the moved dates")(node)


def _moved(node: Node) -> MovedDate:
    with Fields(node, "a moved date") as fields:
        return MovedDate(
            event=fields.required("event", words),
            on=fields.required("on", plain_day),
            before=fields.required("before", words),
        )


def calendars(rules: Rules, moved: tuple[MovedDate, ...], wording: Wording) -> tuple[CalendarView, ...]:
    """Return the calendars in one language: of each round whose deadline is printed, and of all of them."""
    of_rounds = tuple(_of_rounds(rules, moved, wording))
    return (*of_rounds, _of_all(of_rounds, wording)) if of_rounds else ()


def _of_rounds(rules: Rules, moved: tuple[MovedDate, ...], wording: Wording) -> Iterator[CalendarView]:
    for call in calls(rules):
        rules_of_round = _rules(call)
        if rules_of_round is not None and has_calendar(call):
            yield _calendar(call, rules_of_round, moved, wording)


def _of_all(of_rounds: tuple[CalendarView, ...], wording: Wording) -> CalendarView:
    return CalendarView(
        path=subscription_path(wording),
        language=wording.language,
        name=wording.words["subscribe_name"],
        events=tuple(event for view in of_rounds for event in view.events),
        days_to_refresh=DAYS_TO_REFRESH,
    )


def subscription_path(wording: Wording) -> str:
    """Return where the calendar of all rounds is, from the root of the site."""
    return f"{HOME.path(wording.language)}{FILE}"


def calendar_path(call: Call, wording: Wording) -> str | None:
    """Return where the calendar of a round is, from the root of the site, or None where it has none."""
    return _path(call, wording) if has_calendar(call) else None


def has_calendar(call: Call) -> bool:
    """Say whether the documents print the deadline of the round."""
    rules = _rules(call)
    return rules is not None and (rules.moment(CLOSES) is not None or rules.day(CLOSES) is not None)


def _rules(call: Call) -> FrameRules | None:
    """Return the rules of a frame of the round: all have the round's schedule; a placeholder has none."""
    frames = () if call.round.is_placeholder else call.round.frames
    return frames[0].rules if frames else None


def _path(call: Call, wording: Wording) -> str:
    return f"{call.address.path(wording.language)}{FILE}"


def _calendar(call: Call, rules: FrameRules, moved: tuple[MovedDate, ...], wording: Wording) -> CalendarView:
    name = wording.fill("programme_and_round", programme=call.programme.short_name, round=call.round.name)
    of = _Named(call, name)
    dated = [(step, step.at) for step in steps_of(wording.messages, rules) if step.at is not None]
    first = min(step.day for step, _ in dated if step.day is not None)
    return CalendarView(
        path=_path(call, wording),
        language=wording.language,
        name=name,
        events=tuple(_event(step, at, (first, *_days_of_change(call, step, moved)), of, wording) for step, at in dated),
    )


@dataclass(frozen=True, slots=True)
class _Named:
    """A call and what events call it."""

    call: Call
    name: str


def _days_of_change(call: Call, step: Step, moved: tuple[MovedDate, ...]) -> Iterator[date]:
    return (one.on for one in moved if one.event == _event_name(call, step))


def _event_name(call: Call, step: Step) -> str:
    return "/".join((*call.address.parts, step.name))


def _event(step: Step, at: date, written_on: tuple[date, ...], of: _Named, wording: Wording) -> Event:
    """Word an event that was written on the first of some days and revised on each of the others."""
    return Event(
        name=_event_name(of.call, step),
        at=at,
        title=wording.fill("calendar_event", round=Text(of.name, of.name), event=step.label),
        text="\n".join(_lines(step, wording)),
        reminders=REMINDERS.get(step.name, ()),
        written=datetime.combine(max(written_on), time(), UTC),
        revisions=len(written_on) - 1,
    )


def _lines(step: Step, wording: Wording) -> Iterator[str]:
    if step.text is not None:
        yield wording.say(step.text)
    if step.citation is not None:
        place = wording.cite(step.citation)
        where = place.title if place.section is None else f"{place.title} {place.section}"
        yield wording.fill("calendar_source", place=Text(where, where))
    yield wording.words["calendar_note"]
