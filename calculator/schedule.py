"""When: a round's schedule and moments go in, in time or too late come out, to the second."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from calculator.evaluation import Facts
from calculator.figures import JAPAN
from calculator.rulebook import AccountLeadTime, FrameRules, ScheduledMoment

BEGINS = "call_opens"
OPENS = "applications_open"
CLOSES = "applications_close"
NOT_PRINTED = "schedule"
ARRIVAL = "account_arrival"


class Timing(StrEnum):
    """How a moment stands to the schedule of a round."""

    IN_TIME = "in_time"
    TOO_LATE = "too_late"
    NOT_OPEN_YET = "not_open_yet"
    NOT_AN_APPLICANT_DEADLINE = "not_an_applicant_deadline"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Dates:
    """The answer about dates; a moment that the documents do not print is None.

    `expected_from` and `expected_until` are the days between which an account ordered on the day stated should arrive.
    """

    timing: Timing
    missing: tuple[str, ...]
    opens: datetime | None
    deadline: datetime | None
    expected_from: date | None
    expected_until: date | None


def judge_dates(rules: FrameRules | None, facts: Facts, others: Iterable[ScheduledMoment] = ()) -> Dates:
    """Return what a round's schedule says of the moments in `facts`; `rules` is None for a round that is not known.

    `others` are the printed moments of the frame's other rounds, which are nobody's deadline in this one.
    """
    opens, closes = (None if rules is None else rules.moment(name) for name in (OPENS, CLOSES))
    first, last = _account_expected(None if rules is None else rules.account_lead_time, facts)
    moments = (*others, *(() if rules is None else (*rules.schedule, *rules.other_moments)))
    certain = Timing.CANNOT_TELL if rules is None else _certain(rules, facts)
    timing = _timing(moments, opens, closes, facts, first, last) if certain is Timing.CANNOT_TELL else certain
    return Dates(
        timing=timing,
        missing=_missing(timing, opens, closes, facts),
        opens=None if opens is None else opens.at,
        deadline=None if closes is None else closes.at,
        expected_from=first,
        expected_until=last,
    )


@dataclass(frozen=True, slots=True)
class AccountDays:
    """The days by which an account is ordered: up to `safe` it comes in time, after `last` it cannot."""

    safe: date
    last: date


def account_days(lead: AccountLeadTime, deadline: date) -> AccountDays:
    """Count back from the day of a deadline; on that very day the hour of arrival is not known."""
    return AccountDays(deadline - timedelta(days=lead.most_days + 1), deadline - timedelta(days=lead.least_days))


def _timing(
    moments: tuple[ScheduledMoment, ...],
    opens: ScheduledMoment | None,
    closes: ScheduledMoment | None,
    facts: Facts,
    first: date | None,
    last: date | None,
) -> Timing:
    submitted, asked = facts.get("submitted_at"), facts.get("date")
    if isinstance(submitted, datetime):
        return _submission(opens, closes, submitted)
    if isinstance(asked, datetime):
        return _deadline_or_not(moments, closes, asked)
    return _account(closes, first, last)


def _certain(rules: FrameRules, facts: Facts) -> Timing:
    """Judge a submission by what is printed without an hour, and by the call, before which nobody can apply."""
    submitted, days = facts.get("submitted_at"), (rules.day(BEGINS), rules.day(OPENS))
    if not isinstance(submitted, datetime):
        return Timing.CANNOT_TELL
    call, last = rules.moment(BEGINS), rules.day(CLOSES)
    begins = [_midnight(day.on) for day in days if day is not None] + ([] if call is None else [call.at])
    if any(submitted < one for one in begins):
        return Timing.NOT_OPEN_YET
    is_over = last is not None and submitted >= _midnight(last.on + timedelta(days=1))
    return Timing.TOO_LATE if is_over else Timing.CANNOT_TELL


def _midnight(day: date) -> datetime:
    """Return the moment at which a day begins in Japan."""
    return datetime.combine(day, time.min, JAPAN)


def _submission(opens: ScheduledMoment | None, closes: ScheduledMoment | None, submitted: datetime) -> Timing:
    """Judge a submission; the second of the deadline itself is in time."""
    if opens is not None and submitted < opens.at:
        return Timing.NOT_OPEN_YET
    if closes is not None and submitted > closes.at:
        return Timing.TOO_LATE
    return Timing.CANNOT_TELL if closes is None or opens is None else Timing.IN_TIME


def _deadline_or_not(moments: tuple[ScheduledMoment, ...], closes: ScheduledMoment | None, asked: datetime) -> Timing:
    """Say whether `asked` is the applicants' deadline; other printed moments are certainly not."""
    if closes is not None:
        return Timing.IN_TIME if asked == closes.at else Timing.NOT_AN_APPLICANT_DEADLINE
    return Timing.NOT_AN_APPLICANT_DEADLINE if any(asked == one.at for one in moments) else Timing.CANNOT_TELL


def _account(closes: ScheduledMoment | None, first: date | None, last: date | None) -> Timing:
    """Judge an account ordered in advance; on the very day of the deadline the hour of arrival is not known."""
    if closes is None or first is None or last is None:
        return Timing.CANNOT_TELL
    deadline = closes.at.date()
    if last < deadline:
        return Timing.IN_TIME
    return Timing.TOO_LATE if first > deadline else Timing.CANNOT_TELL


def _account_expected(lead: AccountLeadTime | None, facts: Facts) -> tuple[date | None, date | None]:
    ordered = facts.get("gbizid_requested_on")
    if lead is None or not isinstance(ordered, date):
        return None, None
    return ordered + timedelta(days=lead.least_days), ordered + timedelta(days=lead.most_days)


def _missing(
    timing: Timing, opens: ScheduledMoment | None, closes: ScheduledMoment | None, facts: Facts
) -> tuple[str, ...]:
    """Return what keeps it from being told: the schedule, the moment asked about, or the day an account comes."""
    if timing is not Timing.CANNOT_TELL:
        return ()
    if closes is None or (opens is None and "submitted_at" in facts):
        return (NOT_PRINTED,)
    return (ARRIVAL,) if "gbizid_requested_on" in facts else ("submitted_at",)
