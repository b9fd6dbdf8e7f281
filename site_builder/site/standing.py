"""How a call stands on the day of which the pages tell: from its schedule, and from no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from calculator.figures import figure_text
from calculator.kinds import Kind
from calculator.schedule import CLOSES, OPENS
from calculator.text import Text
from site_builder.rules.model import Round, ScheduleEntry
from site_builder.site.wording import Wording


class Standing(StrEnum):
    """Whether applications are accepted on a day. On the first and on the last it depends on the hour."""

    BEFORE = "before"
    FIRST_DAY = "first_day"
    OPEN = "open"
    LAST_DAY = "last_day"
    NOT_CLOSED = "not_closed"  # before the deadline; nobody says from when on
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Stood:
    """How a call stands, and whether that rests on dates which only outside sources report."""

    standing: Standing
    is_reported: bool


def stood(one: Round, day: date) -> Stood:
    """Return how a round stands on `day` in Japan."""
    opens, is_opening_reported = _day_of(one, OPENS)
    closes, is_closing_reported = _day_of(one, CLOSES)
    if opens is not None and day <= opens and (closes is None or day < closes):
        return Stood(Standing.FIRST_DAY if day == opens else Standing.BEFORE, is_opening_reported)
    if closes is None:
        return Stood(Standing.UNKNOWN, is_reported=False)
    if day >= closes:
        return Stood(Standing.LAST_DAY if day == closes else Standing.CLOSED, is_closing_reported)
    if opens is None:
        return Stood(Standing.NOT_CLOSED, is_closing_reported)
    return Stood(Standing.OPEN, is_opening_reported or is_closing_reported)


def is_past(one: Round, wording: Wording) -> bool:
    """Say whether a round is over.

    One without dates is, from the day on of which the texts of this site are, but for one whose guidelines are not
    published, or that takes over the rules of an earlier round: such a round may just have been announced.
    """
    standing = stood(one, wording.as_of.day).standing
    if standing is Standing.UNKNOWN:
        return not (wording.as_of.is_earlier or one.is_placeholder or one.carried_from is not None)
    return standing is Standing.CLOSED


def notice(rounds: Iterable[Round], wording: Wording) -> str:
    """Return what every page begins with: that the site is not official, and is about past calls if all are over."""
    all_past = all(is_past(one, wording) for one in rounds)
    return wording.words["unofficial" if all_past else "unofficial_ahead"]


def disclaimer(one: Round, name: Text | str, wording: Wording) -> str:
    """Say that a judgment under the rules of a round, called `name`, is none of an office, and whether it is over."""
    words = "check_disclaimer" if is_past(one, wording) else "check_disclaimer_ahead"
    return wording.fill(words, round=name)


def standing_text(one: Round, wording: Wording) -> str | None:
    """Say how a round stands; None where no dates tell and nobody asks for a day."""
    found, as_of = stood(one, wording.as_of.day), wording.as_of
    if found.standing is Standing.UNKNOWN and (is_past(one, wording) or not as_of.is_preview):
        return None
    text = wording.fill(f"standing_{found.standing.value}", day=figure_text(Kind.DATE, as_of.day))
    return wording.fill("standing_reported", standing=text) if found.is_reported else text


def _day_of(one: Round, name: str) -> tuple[date | None, bool]:
    """Return the day of a moment, as printed, or else as reported, and whether it is only reported."""
    entry = next((entry for entry in one.schedule if entry.name == name), None)
    if entry is None:
        return None, False
    printed = _printed(entry)
    if printed is not None:
        return printed, False
    reported = entry.reported.at.date() if entry.reported is not None else None
    return reported or (None if entry.reported_day is None else entry.reported_day.on), True


def _printed(entry: ScheduleEntry) -> date | None:
    if entry.moment is not None:
        return entry.moment.at.date()
    return None if entry.day is None else entry.day.on
