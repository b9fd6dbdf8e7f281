"""The dates of a round as a calendar takes them: what happens when, in words, and when to be reminded of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from calculator.result.steps import ACCOUNT, Step, steps_of
from calculator.rulebook import FrameRules
from calculator.schedule import CLOSES
from calculator.text import Language, Text
from site_builder.rules.model import Rules
from site_builder.site.calls import Call, calls
from site_builder.site.wording import Wording

FILE = "deadlines.ics"

#: How many days before a date a calendar reminds of it; of other dates it does not.
REMINDERS: Mapping[str, tuple[int, ...]] = {CLOSES: (7, 1), ACCOUNT: (3,)}


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a calendar: `at` is a moment, or a day as a whole; `name` is its own, whatever the language."""

    name: str
    at: date
    title: str
    text: str
    reminders: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CalendarView:
    """A calendar file: `path` is from the root of the site, `written` a moment that the rules give and no clock."""

    path: str
    language: Language
    name: str
    written: datetime
    events: tuple[Event, ...]


def calendars(rules: Rules, wording: Wording) -> Iterator[CalendarView]:
    """Yield the calendars of all rounds whose deadline is printed, in one language."""
    for call in calls(rules):
        rules_of_round = _rules(call)
        if rules_of_round is not None and has_calendar(call):
            yield _calendar(call, rules_of_round, wording)


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


def _calendar(call: Call, rules: FrameRules, wording: Wording) -> CalendarView:
    name = wording.fill("programme_and_round", programme=call.programme.short_name, round=call.round.name)
    dated = [(step, step.at) for step in steps_of(wording.messages, rules) if step.at is not None]
    first = min(step.day for step, _ in dated if step.day is not None)
    return CalendarView(
        path=_path(call, wording),
        language=wording.language,
        name=name,
        written=datetime.combine(first, time(), UTC),
        events=tuple(_event(step, at, call, name, wording) for step, at in dated),
    )


def _event(step: Step, at: date, call: Call, name: str, wording: Wording) -> Event:
    return Event(
        name="/".join((*call.address.parts, step.name)),
        at=at,
        title=wording.fill("calendar_event", round=Text(name, name), event=step.label),
        text="\n".join(_lines(step, wording)),
        reminders=REMINDERS.get(step.name, ()),
    )


def _lines(step: Step, wording: Wording) -> Iterator[str]:
    if step.text is not None:
        yield wording.say(step.text)
    if step.citation is not None:
        place = wording.cite(step.citation)
        where = place.title if place.section is None else f"{place.title} {place.section}"
        yield wording.fill("calendar_source", place=Text(where, where))
    yield wording.words["calendar_note"]
