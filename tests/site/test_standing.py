"""How a call stands on a day: told from its schedule, in both languages, and never from a clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from calculator.rulebook import ScheduledDay, ScheduledMoment
from calculator.text import Language
from site_builder.rules.literals import JAPAN
from site_builder.rules.model import Round, ScheduleEntry
from site_builder.site.calls import Call
from site_builder.site.plan import day_of_the_texts
from site_builder.site.rounds import round_view
from site_builder.site.standing import Standing, disclaimer, is_past, notice, standing_text, stood
from site_builder.site.wording import AsOf, Wording, Words
from tests.site.hand_made import PRINTED, rules
from tests.site.hand_made_content import content_for

RULES = rules()
CONTENT = content_for(RULES)
OPENS, CLOSES = "applications_open", "applications_close"
FIRST, LAST = date(2022, 11, 7), date(2022, 12, 22)
BEFORE, BETWEEN, AFTER = date(2022, 11, 6), date(2022, 12, 1), date(2022, 12, 23)


def at(name: str, day: date | None) -> ScheduleEntry:
    """A moment that is printed with its hour, or not at all."""
    if day is None:
        return ScheduleEntry(name, None, None)
    return ScheduleEntry(
        name, ScheduledMoment(name, datetime(day.year, day.month, day.day, 17, tzinfo=JAPAN), PRINTED), None
    )


def reported(name: str, day: date) -> ScheduleEntry:
    """A day that only others report."""
    return ScheduleEntry(name, None, None, reported_day=ScheduledDay(name, day, PRINTED))


def round_with(*schedule: ScheduleEntry) -> Round:
    return replace(RULES.programmes[0].rule_sets[0].rounds[0], schedule=schedule)


def wording(language: Language, day: date, *, is_preview: bool = True) -> Wording:
    words = Words(CONTENT.interface, language)
    return Wording(language, words, RULES.book.sources, RULES.book.messages, AsOf(day, is_preview))


@pytest.mark.parametrize(
    ("opens", "closes", "day", "standing"),
    [
        (FIRST, LAST, BEFORE, Standing.BEFORE),
        (FIRST, LAST, FIRST, Standing.FIRST_DAY),
        (FIRST, LAST, BETWEEN, Standing.OPEN),
        (FIRST, LAST, LAST, Standing.LAST_DAY),
        (FIRST, LAST, AFTER, Standing.CLOSED),
        (None, LAST, BETWEEN, Standing.NOT_CLOSED),
        (None, LAST, LAST, Standing.LAST_DAY),
        (None, LAST, AFTER, Standing.CLOSED),
        (FIRST, None, BEFORE, Standing.BEFORE),
        (FIRST, None, BETWEEN, Standing.UNKNOWN),
        (None, None, BETWEEN, Standing.UNKNOWN),
    ],
)
def test_a_round_stands_as_its_schedule_says(
    opens: date | None, closes: date | None, day: date, standing: Standing
) -> None:
    assert stood(round_with(at(OPENS, opens), at(CLOSES, closes)), day).standing is standing


@pytest.mark.parametrize(
    ("day", "ja", "en"),
    [
        (
            BEFORE,
            "2022年11月6日（日）の時点で、申請の受付はまだ始まっていません。",
            "On 6 November 2022 (Sunday), applications have not opened yet.",
        ),
        (
            BETWEEN,
            "2022年12月1日（木）の時点で、申請を受け付けています。",
            "On 1 December 2022 (Thursday), applications are open.",
        ),
        (
            LAST,
            "2022年12月22日（木）は、申請の締切日です。",
            "22 December 2022 (Thursday) is the last day for applications.",
        ),
        (
            AFTER,
            "2022年12月23日（金）の時点で、申請の受付は終わっています。",
            "Applications had closed by 23 December 2022 (Friday).",
        ),
    ],
)
def test_the_page_names_the_day_so_that_it_stays_true(day: date, ja: str, en: str) -> None:
    one = round_with(at(OPENS, FIRST), at(CLOSES, LAST))
    call = Call(RULES.programmes[0], RULES.programmes[0].rule_sets[0], one)
    assert round_view(call, RULES, wording("ja", day)).standing == ja
    assert round_view(call, RULES, wording("en", day)).standing == en


def test_dates_that_only_others_report_are_called_so() -> None:
    one = round_with(at(OPENS, None), reported(CLOSES, LAST))
    assert standing_text(one, wording("en", AFTER)) == (
        "Applications had closed by 23 December 2022 (Friday). This is based on dates from unofficial sources."
    )


def test_where_no_dates_are_printed_nothing_is_made_up() -> None:
    one = round_with(at(OPENS, None), at(CLOSES, None))
    assert standing_text(one, wording("ja", AFTER, is_preview=False)) is None
    assert standing_text(one, wording("ja", AFTER)) is None, "it is over by then"
    earlier = replace(wording("ja", BETWEEN), as_of=AsOf(BETWEEN, is_preview=True, is_earlier=True))
    assert "示せません" in (standing_text(one, earlier) or "")


def test_the_plainest_words_say_closed_only_when_it_is() -> None:
    one = round_with(at(OPENS, FIRST), at(CLOSES, LAST))
    call = Call(RULES.programmes[0], RULES.programmes[0].rule_sets[0], one)
    for day, said in (
        (BETWEEN, "Applications close on ["),
        (LAST, "Applications close on ["),
        (AFTER, "Applications closed on ["),
    ):
        plain = round_view(call, RULES, wording("en", day)).plain
        assert plain is not None
        assert said in plain.text


def test_pages_tell_of_the_last_day_on_which_anything_was_looked_at() -> None:
    days = [day for day in RULES.checked.values() if day is not None]
    assert day_of_the_texts(RULES, CONTENT) == max(*days, CONTENT.news[0].day)
    read = replace(RULES, checked={"late": date(2030, 1, 1)})
    assert day_of_the_texts(read, CONTENT) == date(2030, 1, 1)


def test_a_round_without_dates_is_over_but_for_one_that_takes_over_the_rules_of_an_earlier_one() -> None:
    at_rest = wording("en", AFTER, is_preview=False)
    undated = round_with(at(OPENS, None), at(CLOSES, None))
    begun = replace(undated, carried_from=13)
    assert is_past(undated, at_rest)
    assert not is_past(begun, at_rest)
    assert "is closed" not in disclaimer(begun, "Round 15", at_rest)
    assert "past rounds" in notice([undated], at_rest)
    assert "past rounds" not in notice([undated, begun], at_rest)
    assert "past rounds" not in notice([round_with(at(OPENS, FIRST), at(CLOSES, LAST))], wording("en", BETWEEN))
