"""Calendar files: read back as another program reads them, the same bytes every time, and nothing invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar, Component
from selectolax.lexbor import LexborHTMLParser

from calculator.text import LANGUAGES, Language
from site_builder.render.calendars import calendar_file
from site_builder.rules import read_rules
from site_builder.rules.model import Rules
from site_builder.site.calendars import CalendarView, calendars
from site_builder.site.calls import calls
from site_builder.site.content import read_content, read_messages
from site_builder.site.wording import Wording, Words

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def real() -> Rules:
    return read_rules(ROOT / "rules", read_messages(ROOT / "content"))


@pytest.fixture(scope="module")
def views(real: Rules) -> dict[str, CalendarView]:
    interface = read_content(ROOT / "content", real).interface
    wordings = [Wording(one, Words(interface, one), real.book.sources, real.book.messages) for one in LANGUAGES]
    return {view.path: view for wording in wordings for view in calendars(real, wording)}


@pytest.fixture(scope="module")
def round_13(views: dict[str, CalendarView]) -> Calendar:
    return read(views["ja/monozukuri/r3s/13/deadlines.ics"])


def read(view: CalendarView) -> Calendar:
    calendar = Calendar.from_ical(calendar_file(view))
    assert isinstance(calendar, Calendar)
    return calendar


def titled(calendar: Calendar, words: str) -> Component:
    (event,) = (event for event in calendar.walk("VEVENT") if words in str(event["SUMMARY"]))
    return event


def test_each_round_whose_deadline_is_printed_has_a_calendar_in_each_language(
    real: Rules, views: dict[str, CalendarView]
) -> None:
    printed = [
        call
        for call in calls(real)
        for entry in call.round.schedule
        if entry.name == "applications_close" and (entry.moment or entry.day) and not call.round.is_placeholder
    ]
    assert printed
    assert set(views) == {f"{call.address.path(language)}deadlines.ics" for call in printed for language in LANGUAGES}


def test_the_deadline_is_the_printed_moment_in_japans_time_with_reminders(round_13: Calendar) -> None:
    event = titled(round_13, "応募締切")
    at = event.decoded("DTSTART")
    assert at == datetime.fromisoformat("2022-12-22T17:00:00+09:00")
    assert event["DTSTART"].params["TZID"] == "Asia/Tokyo"
    assert [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")] == [timedelta(days=-7), timedelta(days=-1)]


def test_the_day_to_order_the_account_by_is_a_day_as_a_whole(round_13: Calendar) -> None:
    event = titled(round_13, "GビズID")
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2022, 11, 30), date(2022, 12, 1))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert "2022年12月8日（木）" in str(event["DESCRIPTION"])


def test_every_event_has_its_place_in_the_documents_and_says_that_it_is_unofficial(round_13: Calendar) -> None:
    events = round_13.walk("VEVENT")
    assert len(events) == 4
    assert all("根拠：" in str(event["DESCRIPTION"]) and "非公式" in str(event["DESCRIPTION"]) for event in events)


def test_the_file_says_itself_what_japans_time_is(round_13: Calendar) -> None:
    (zone,) = round_13.walk("VTIMEZONE")
    (standard,) = zone.walk("STANDARD")
    assert zone["TZID"] == "Asia/Tokyo"
    assert {standard.decoded("TZOFFSETFROM"), standard.decoded("TZOFFSETTO")} == {timedelta(hours=9)}


def test_an_event_is_the_same_event_in_both_languages_and_no_other_rounds(views: dict[str, CalendarView]) -> None:
    uids: dict[Language, list[str]] = {
        one: [
            str(event["UID"]) for view in views.values() if view.language == one for event in read(view).walk("VEVENT")
        ]
        for one in LANGUAGES
    }
    assert uids["ja"] == uids["en"]
    assert len(set(uids["ja"])) == len(uids["ja"])
    assert not any("@" in uid or "." in uid for uid in uids["ja"])


def test_the_bytes_are_the_same_every_time_and_come_from_no_clock(views: dict[str, CalendarView]) -> None:
    for view in views.values():
        assert calendar_file(view) == calendar_file(view)
        stamps = {event.decoded("DTSTAMP") for event in read(view).walk("VEVENT")}
        assert stamps == {view.written}
        assert view.written.date() == min(
            one.at.date() if isinstance(one.at, datetime) else one.at for one in view.events
        )


def test_lines_are_folded_and_end_as_the_standard_has_it(views: dict[str, CalendarView]) -> None:
    for view in views.values():
        content = calendar_file(view)
        assert content.endswith(b"END:VCALENDAR\r\n")
        lines = content.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert not any(b"\n" in line for line in lines)


def test_the_published_files_are_those_of_the_rules(built_site: Path, views: dict[str, CalendarView]) -> None:
    found = {file.relative_to(built_site).as_posix() for file in built_site.rglob("*.ics")}
    assert found == set(views)
    assert all((built_site / path).read_bytes() == calendar_file(view) for path, view in views.items())


@pytest.mark.parametrize("page", ["monozukuri/r3s/13/index.html", "schedule/index.html", "check/index.html"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_is_linked_where_dates_are_read(
    pages: dict[str, LexborHTMLParser], language: Language, page: str
) -> None:
    links = [link.attributes["href"] for link in pages[f"{language}/{page}"].css("a[download]")]
    assert any(href is not None and href.endswith("deadlines.ics") for href in links)


def test_a_round_without_a_printed_deadline_has_no_link_to_a_calendar(pages: dict[str, LexborHTMLParser]) -> None:
    assert pages["ja/monozukuri/r3s/12/index.html"].css("a[download]") == []
