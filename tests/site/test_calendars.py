"""Calendar files: read back as another program reads them, the same bytes every time, and nothing invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar, Component
from selectolax.lexbor import LexborHTMLParser

from calculator.text import LANGUAGES, Language
from site_builder.errors import Place
from site_builder.render.calendars import calendar_file
from site_builder.rules.model import Rules
from site_builder.site.calendars import CalendarView, MovedDate, calendars
from site_builder.site.calls import calls
from site_builder.site.content import read_content
from site_builder.site.public_address import PublicAddress, public_address
from site_builder.site.wording import Wording, Words
from tests.real import real_rules

ROOT = Path(__file__).parents[2]
RESERVED = public_address("https://guide.example/", Place("site.yaml"))
REAL = public_address("https://guide.go.jp/", Place("site.yaml"))


@pytest.fixture(scope="module")
def real() -> Rules:
    return real_rules()


@pytest.fixture(scope="module")
def views(real: Rules) -> dict[str, CalendarView]:
    interface = read_content(ROOT / "content", real).interface
    wordings = [Wording(one, Words(interface, one), real.book.sources, real.book.messages) for one in LANGUAGES]
    return {view.path: view for wording in wordings for view in calendars(real, (), wording)}


@pytest.fixture(scope="module")
def of_rounds(views: dict[str, CalendarView]) -> list[CalendarView]:
    return [view for view in views.values() if view.days_to_refresh is None]


@pytest.fixture(scope="module")
def round_13(views: dict[str, CalendarView]) -> Calendar:
    return read(views["ja/monozukuri/r3s/13/deadlines.ics"])


def read(view: CalendarView, address: PublicAddress = RESERVED) -> Calendar:
    calendar = Calendar.from_ical(calendar_file(view, address))
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
    of_rounds = {f"{call.address.path(language)}deadlines.ics" for call in printed for language in LANGUAGES}
    assert set(views) == of_rounds | {"ja/deadlines.ics", "en/deadlines.ics"}


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


def test_an_event_is_the_same_event_in_both_languages_and_no_other_rounds(of_rounds: list[CalendarView]) -> None:
    uids: dict[Language, list[str]] = {
        one: [str(event["UID"]) for view in of_rounds if view.language == one for event in read(view).walk("VEVENT")]
        for one in LANGUAGES
    }
    assert uids["ja"] == uids["en"]
    assert len(set(uids["ja"])) == len(uids["ja"])
    assert not any("@" in uid or "." in uid for uid in uids["ja"])


def test_the_bytes_are_the_same_every_time_and_come_from_no_clock(of_rounds: list[CalendarView]) -> None:
    for view in of_rounds:
        assert calendar_file(view, RESERVED) == calendar_file(view, RESERVED)
        stamps = {event.decoded(name) for event in read(view).walk("VEVENT") for name in ("DTSTAMP", "LAST-MODIFIED")}
        (written,) = stamps
        assert written.date() == min(one.at.date() if isinstance(one.at, datetime) else one.at for one in view.events)


def test_lines_are_folded_and_end_as_the_standard_has_it(views: dict[str, CalendarView]) -> None:
    for view in views.values():
        content = calendar_file(view, RESERVED)
        assert content.endswith(b"END:VCALENDAR\r\n")
        lines = content.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert not any(b"\n" in line for line in lines)


def test_the_published_files_are_those_of_the_rules(built_site: Path, views: dict[str, CalendarView]) -> None:
    found = {file.relative_to(built_site).as_posix() for file in built_site.rglob("*.ics")}
    assert found == set(views)
    assert all((built_site / path).read_bytes() == calendar_file(view, RESERVED) for path, view in views.items())


@pytest.mark.parametrize("page", ["monozukuri/r3s/13/index.html", "schedule/index.html", "check/index.html"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_is_linked_where_dates_are_read(
    pages: dict[str, LexborHTMLParser], language: Language, page: str
) -> None:
    links = [link.attributes["href"] for link in pages[f"{language}/{page}"].css("a[download]")]
    assert any(href is not None and href.endswith("deadlines.ics") for href in links)


def test_a_round_without_a_printed_deadline_has_no_link_to_a_calendar(pages: dict[str, LexborHTMLParser]) -> None:
    assert pages["ja/monozukuri/r3s/12/index.html"].css("a[download]") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_calendar_holds_the_events_of_all_rounds_as_they_are_there(
    language: Language, views: dict[str, CalendarView], of_rounds: list[CalendarView]
) -> None:
    followed = read(views[f"{language}/deadlines.ics"])
    single = [event for view in of_rounds if view.language == language for event in read(view).walk("VEVENT")]
    assert [event.to_ical() for event in followed.walk("VEVENT")] == [event.to_ical() for event in single]
    assert len(followed.walk("VTIMEZONE")) == 1
    assert followed.walk("VALARM")


def test_what_is_followed_says_how_often_to_look_and_where_it_is(views: dict[str, CalendarView]) -> None:
    followed = views["en/deadlines.ics"]
    calendar = read(followed, REAL)
    assert calendar.decoded("REFRESH-INTERVAL") == timedelta(days=1)
    assert str(calendar["X-PUBLISHED-TTL"]) == "P1D"
    assert str(calendar["SOURCE"]) == "https://guide.go.jp/en/deadlines.ics"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:P1D" in calendar_file(followed, REAL)
    assert "SOURCE" not in read(followed)
    assert "REFRESH-INTERVAL" not in read(views["en/monozukuri/r3s/13/deadlines.ics"])


def test_a_moved_date_is_a_revision_of_the_same_event(real: Rules, views: dict[str, CalendarView]) -> None:
    name = "monozukuri/r3s/13/applications_close"
    moved = tuple(MovedDate(name, date(2026, 12, day), "2022-12-22T17:00:00+09:00") for day in (1, 5))
    interface = read_content(ROOT / "content", real).interface
    wording = Wording("ja", Words(interface, "ja"), real.book.sources, real.book.messages)
    after = {view.path: view for view in calendars(real, moved, wording)}
    path = "ja/monozukuri/r3s/13/deadlines.ics"
    old, new = titled(read(views[path]), "応募締切"), titled(read(after[path]), "応募締切")
    assert old["UID"] == new["UID"]
    assert (old["SEQUENCE"], new["SEQUENCE"]) == (0, 2)
    assert new.decoded("LAST-MODIFIED") == datetime.fromisoformat("2026-12-05T00:00:00Z")
    assert sum(event.decoded("SEQUENCE") == 0 for event in read(after[path]).walk("VEVENT")) == 3


def test_a_published_date_changes_only_with_a_line_that_says_so(real: Rules, views: dict[str, CalendarView]) -> None:
    file = Path(__file__).parent / "published_dates.txt"
    before = dict(line.split(" ", 1) for line in file.read_text(encoding="utf-8").splitlines())
    now = {event.name: event.at.isoformat() for event in views["ja/deadlines.ics"].events}
    moved = {one.event for one in read_content(ROOT / "content", real).moved}
    assert moved <= now.keys(), "content/moved.yaml names an event that there is not"
    changed = {name for name in before if now.get(name) != before[name]} - moved
    assert changed == set(), f"say in content/moved.yaml what has changed, and write the new dates in {file.name}"
    new = [f"{name} {at}" for name, at in now.items() if name not in before]
    assert new == [], f"add these lines to {file.name}"


def test_the_schedule_leads_to_the_calendar_of_all_dates(pages: dict[str, LexborHTMLParser]) -> None:
    for language in LANGUAGES:
        page = pages[f"{language}/schedule/index.html"]
        links = [str(node.attributes["href"]) for node in page.css("#subscribe ~ p a")]
        assert links == ["../deadlines.ics"]
