"""Calendar files: the dates of a round go in, an iCalendar file (RFC 5545) comes out, the same bytes every time."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta, timezone

from icalendar import Alarm, Calendar, Timezone, TimezoneStandard
from icalendar import Event as CalendarEvent
from icalendar.prop import vDuration

from site_builder.site.calendars import CalendarView, Event
from site_builder.site.public_address import PublicAddress

TIME_ZONE = "Asia/Tokyo"
#: What the names of events are hashed with: a name of our own, and no address of a host.
NAMESPACE = uuid.UUID("6d2a2f0e-6a57-5a43-9c3b-0d5f3a1f7c11")
_OFFSET = timedelta(hours=9)


def calendar_file(view: CalendarView, address: PublicAddress) -> bytes:
    """Return the calendar as a file; one that is followed says where it is, if the site has an `address`."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Monozukuri guide//{view.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("name", view.name)
    calendar.add("x-wr-calname", view.name)  # what most programs show
    if view.days_to_refresh is not None:
        wait = timedelta(days=view.days_to_refresh)
        calendar.add("refresh-interval", wait, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(wait))  # what Outlook reads
        if not address.is_reserved:
            calendar.add("source", address.of(view.path), parameters={"VALUE": "URI"})
    calendar.add_component(_japan())
    for event in view.events:
        calendar.add_component(_event(event))
    return bytes(calendar.to_ical())


def _japan() -> Timezone:
    """Return Japan Standard Time: no summer time, in any year that a round can have."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - a zone begins in its own local time
    standard.add("tzname", "JST")
    standard.add("tzoffsetfrom", _OFFSET)
    standard.add("tzoffsetto", _OFFSET)
    zone = Timezone()
    zone.add("tzid", TIME_ZONE)
    zone.add_component(standard)
    return zone


def _event(event: Event) -> CalendarEvent:
    entry = CalendarEvent()
    entry.add("uid", str(uuid.uuid5(NAMESPACE, event.name)))
    entry.add("dtstamp", event.written)
    entry.add("sequence", event.revisions)
    entry.add("last-modified", event.written)
    _add_time(entry, event.at)
    entry.add("summary", event.title)
    entry.add("description", event.text)
    entry.add("transp", "TRANSPARENT")  # nobody is busy because a call is open
    for days in event.reminders:
        entry.add_component(_alarm(event.title, days))
    return entry


def _add_time(entry: CalendarEvent, at: date) -> None:
    """Write a moment in Japan's time, or a day as a whole."""
    if isinstance(at, datetime):
        in_japan = at.astimezone(timezone(_OFFSET)).replace(tzinfo=None)
        entry.add("dtstart", in_japan, parameters={"TZID": TIME_ZONE})
    else:
        entry.add("dtstart", at)
        entry.add("dtend", at + timedelta(days=1))


def _alarm(title: str, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -timedelta(days=days))
    return alarm
