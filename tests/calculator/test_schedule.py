"""Deadlines to the second, and what the documents do not print is not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from calculator.rulebook import AccountLeadTime, FrameRules, ScheduledDay, ScheduledMoment
from calculator.schedule import ARRIVAL, NOT_PRINTED, AccountDays, Timing, account_days, judge_dates
from calculator.text import Text
from tests.calculator.made_book import CLOSES, JST, OPENS, assessor, rules
from tests.calculator.made_rules import PLACE, WORDS


def ask(round_: int | None = 2, **facts: object) -> Any:  # noqa: ANN401 - JSON
    return assessor().answer(
        {"id": 1, "kind": "schedule", "rule_set": "made/up/plain", "round": round_, "facts": facts}
    )


@pytest.mark.parametrize(
    ("moment", "outcome"),
    [
        ("2022-11-07T16:59:59+09:00", "not_open_yet"),
        ("2022-11-07T17:00:00+09:00", "in_time"),
        ("2022-12-22T17:00:00+09:00", "in_time"),
        ("2022-12-22T08:00:00+00:00", "in_time"),
        ("2022-12-22T17:00:01+09:00", "too_late"),
        ("2022-12-22T17:00:00+08:00", "too_late"),
    ],
)
def test_a_submission_is_in_time_up_to_the_second_of_the_deadline(moment: str, outcome: str) -> None:
    answer = ask(submitted_at=moment)
    assert answer["outcome"] == outcome
    assert answer["deadline"] == "2022-12-22T17:00:00+09:00"
    assert answer["opens"] == "2022-11-07T17:00:00+09:00"


@pytest.mark.parametrize("round_", [1, 77])
def test_a_round_without_a_printed_schedule_cannot_be_told(round_: int) -> None:
    answer = ask(round_, submitted_at="2022-12-01T12:00:00+09:00")
    assert (answer["outcome"], answer["missing"], answer["deadline"]) == ("cannot_tell", ["schedule"], None)


def test_without_a_moment_it_is_the_moment_that_is_missing() -> None:
    answer = ask()
    assert (answer["outcome"], answer["missing"]) == ("cannot_tell", ["submitted_at"])


@pytest.mark.parametrize(
    ("moment", "outcome"),
    [
        ("2022-12-22T17:00:00+09:00", "in_time"),
        ("2022-11-07T17:00:00+09:00", "not_an_applicant_deadline"),
        ("2020-02-14T17:00:00+09:00", "not_an_applicant_deadline"),
    ],
)
def test_a_date_that_is_nobodys_deadline_is_told_from_the_applicants(moment: str, outcome: str) -> None:
    assert ask(date=moment)["outcome"] == outcome


def test_another_date_of_a_round_without_a_schedule_cannot_be_told() -> None:
    assert ask(1, date="2020-02-14T17:00:00+09:00")["outcome"] == "not_an_applicant_deadline"
    assert ask(1, date="2021-02-14T17:00:00+09:00")["missing"] == ["schedule"]


@pytest.mark.parametrize(
    ("ordered", "outcome"),
    [
        ("2022-11-30", "in_time"),
        ("2022-12-01", "cannot_tell"),
        ("2022-12-08", "cannot_tell"),
        ("2022-12-09", "too_late"),
    ],
)
def test_an_account_ordered_in_advance_arrives_between_two_days(ordered: str, outcome: str) -> None:
    answer = ask(gbizid_requested_on=ordered)
    assert answer["outcome"] == outcome
    assert answer["missing"] == (["account_arrival"] if outcome == "cannot_tell" else [])
    assert ask(gbizid_requested_on="2022-11-30")["expected_from"] == "2022-12-14"
    assert ask(gbizid_requested_on="2022-11-30")["expected_until"] == "2022-12-21"


#: A round of which one date alone is printed, and a moment on either side of what that settles.
ONE_DATE = {
    "call, day": ("call_opens", "2022-02-15T23:59:59+09:00", "not_open_yet", "2022-02-16T00:00:00+09:00"),
    "opening, day": ("applications_open", "2022-02-15T14:59:59+00:00", "not_open_yet", "2022-02-15T15:00:00+00:00"),
    "closing, day": ("applications_close", "2022-02-17T00:00:00+09:00", "too_late", "2022-02-16T23:59:59+09:00"),
    "call, hour": ("call_opens", "2022-02-16T16:59:59+09:00", "not_open_yet", "2022-02-16T17:00:00+09:00"),
}


@pytest.mark.parametrize("printed", ONE_DATE)
def test_one_printed_date_settles_what_lies_beyond_it(printed: str) -> None:
    """Nobody can apply before the call begins; and a day without its hour has ended at midnight in Japan."""
    name, beyond, outcome, within = ONE_DATE[printed]
    if printed.endswith("day"):
        dates: dict[str, Any] = {"scheduled_days": (ScheduledDay(name, date(2022, 2, 16), PLACE),)}
    else:
        dates = {"schedule": (ScheduledMoment(name, datetime(2022, 2, 16, 17, tzinfo=JST), PLACE),)}
    rules = FrameRules("made/up/dated", 1, Text("枠", "frame"), (), None, **dates)
    for moment, expected in ((beyond, outcome), (within, "cannot_tell")):
        answer = judge_dates(rules, {"submitted_at": datetime.fromisoformat(moment)})
        assert (answer.timing, answer.missing) == (expected, ("schedule",) if expected == "cannot_tell" else ())


def printed(*moments: ScheduledMoment) -> FrameRules:
    """Return the rules of a round of which only these moments are printed."""
    return replace(rules("plain", 1, again=None), schedule=moments)


NOON = datetime(2022, 12, 1, 12, tzinfo=JST)


@pytest.mark.parametrize("moment", [OPENS, CLOSES])
def test_while_only_one_end_of_a_call_is_printed_a_submission_between_cannot_be_told(moment: ScheduledMoment) -> None:
    dates = judge_dates(printed(moment), {"submitted_at": NOON})
    assert (dates.timing, dates.missing) == (Timing.CANNOT_TELL, (NOT_PRINTED,))


def test_the_end_that_is_printed_is_kept_to() -> None:
    early, late = OPENS.at - timedelta(seconds=1), CLOSES.at + timedelta(seconds=1)
    assert judge_dates(printed(OPENS), {"submitted_at": early}).timing is Timing.NOT_OPEN_YET
    assert judge_dates(printed(CLOSES), {"submitted_at": late}).timing is Timing.TOO_LATE


def test_the_deadline_alone_is_enough_for_an_account() -> None:
    ordered = {"gbizid_requested_on": date(2022, 12, 5)}
    assert judge_dates(printed(CLOSES), ordered).missing == (ARRIVAL,)


def test_without_a_deadline_the_days_of_an_account_are_told_and_nothing_else() -> None:
    dates = judge_dates(printed(), {"gbizid_requested_on": date(2022, 12, 1)})
    assert (dates.timing, dates.missing) == (Timing.CANNOT_TELL, (NOT_PRINTED,))
    assert (dates.expected_from, dates.expected_until) == (date(2022, 12, 15), date(2022, 12, 22))


def test_a_printed_moment_of_the_round_itself_is_nobodys_deadline() -> None:
    assert judge_dates(printed(OPENS), {"date": OPENS.at}).timing is Timing.NOT_AN_APPLICANT_DEADLINE


def test_an_account_is_safe_up_to_the_day_from_which_it_comes_on_the_day_of_the_deadline() -> None:
    lead = AccountLeadTime(WORDS, 14, 21, PLACE)
    days = account_days(lead, date(2022, 12, 22))
    assert days == AccountDays(safe=date(2022, 11, 30), last=date(2022, 12, 8))
    for ordered, timing in [
        (days.safe, Timing.IN_TIME),
        (days.safe + timedelta(days=1), Timing.CANNOT_TELL),
        (days.last, Timing.CANNOT_TELL),
        (days.last + timedelta(days=1), Timing.TOO_LATE),
    ]:
        assert judge_dates(printed(CLOSES), {"gbizid_requested_on": ordered}).timing is timing
