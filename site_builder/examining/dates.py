"""Dates that do not fit: rounds one after the other, days in other years, days that have not come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from calculator.schedule import CLOSES
from site_builder.errors import Place
from site_builder.examining.findings import Finding
from site_builder.examining.page_days import days_on_pages
from site_builder.examining.subject import Subject
from site_builder.rules.drafts.rounds import RoundDraft, WhenMomentDraft
from site_builder.rules.literals import JAPAN
from site_builder.rules.resolution.scopes import is_offered

#: So far apart may moments of one schedule be, and the deadlines of two rounds one after the other.
_WITHIN_A_ROUND, _BETWEEN_ROUNDS = timedelta(days=200), timedelta(days=400)
_FIRST_YEARS = {"令和": 2018, "平成": 1988}
_DAY = re.compile(r"(?:(令和|平成)([0-9]{1,2}|元)|([0-9]{4}))年([0-9]{1,2})月([0-9]{1,2})日")


def examine_dates(subject: Subject) -> Iterator[Finding]:
    """Yield the dates that do not fit."""
    for name, source in subject.drafts.sources.items():
        yield from _to_come("checked-in-future", f"sources {name}", source.checked, source.checked_at, subject)
    for of, day, place in days_on_pages(subject):
        yield from _to_come("dated-in-future", of, day, place, subject)
    for rule_set in subject.rule_sets:
        for round_ in rule_set.rounds.values():
            yield from _within(rule_set.slug, round_)
            for name, document in round_.documents.items():
                of = f"{_name(rule_set.slug, round_)} {name}"
                yield from _to_come("dated-in-future", of, document.posted, document.posted_at, subject)
        for slug, frame in rule_set.frames.items():
            of_frame = [one for one in rule_set.rounds.values() if is_offered(frame, one)]
            for earlier, later in pairwise(of_frame):
                yield from _between(f"{rule_set.slug}/{slug}", earlier, later)


def _to_come(code: str, of: str, day: date | None, place: Place | None, subject: Subject) -> Iterator[Finding]:
    """Yield a day that is given for what has been done, and has not come."""
    if day is not None and place is not None and day > subject.today:
        yield Finding(code, place, of, f"{day} has not come yet", "mend the date")


def _name(rule_set: str, round_: RoundDraft) -> str:
    return f"{rule_set}/{round_.number}" if round_.number is not None else rule_set


def _within(of: str, round_: RoundDraft) -> Iterator[Finding]:
    dated = list(_dated(round_))
    name = _name(of, round_)
    for (first, earlier), (second, later) in pairwise(dated):
        apart = _instant(later) - _instant(earlier)
        if apart > _WITHIN_A_ROUND:
            sentence = f"{second} ({later.node.value}) lies {apart.days} days after {first} ({earlier.node.value})"
            yield Finding("date-far", later.node.place(), f"{name} {second}", sentence, "look up the years of both")
    closes = dict(dated).get(CLOSES)
    for statement, draft in round_.statements.items() if closes is not None else ():
        for match in _DAY.finditer(draft.text.ja.value):
            day = _day(match)
            if closes is not None and day is not None and day < _instant(closes).date():
                sentence = f"{day} lies before the round closes ({closes.node.value})"
                place = draft.text.ja.place(match.start(), match.end())
                hint = "look up both dates; a statement of a round tells what comes after its deadline"
                yield Finding("date-before-close", place, f"{name} {statement}", sentence, hint)


def _between(of: str, earlier: RoundDraft, later: RoundDraft) -> Iterator[Finding]:
    closes = dict(_dated(earlier)).get(CLOSES)
    begins = next(iter(_dated(later)), None)
    ends = dict(_dated(later)).get(CLOSES)
    name = f"{of.rpartition('/')[0]}/{later.number}"
    if closes is not None and begins is not None and _instant(begins[1]) < _instant(closes):
        written = (begins[1].node.value, closes.node.value)
        sentence = f"it opens ({written[0]}) before round {earlier.number} closes ({written[1]})"
        yield Finding("rounds-overlap", begins[1].node.place(), f"{name} {begins[0]}", sentence, "look up both dates")
    if closes is not None and ends is not None:
        apart = _instant(ends) - _instant(closes)
        if not timedelta(0) < apart <= _BETWEEN_ROUNDS:
            before = f"round {earlier.number} ({closes.node.value})"
            sentence = f"it closes ({ends.node.value}) {apart.days} days after {before}"
            yield Finding("date-far", ends.node.place(), f"{name} {CLOSES}", sentence, "look up the years of both")


def _dated(round_: RoundDraft) -> Iterator[tuple[str, WhenMomentDraft]]:
    """Yield the moments that are printed, else those that others report, in order."""
    for name, printed in round_.schedule.items():
        moment = printed or round_.reported.get(name)
        if moment is not None:
            yield name, moment


def _instant(moment: WhenMomentDraft) -> datetime:
    if moment.at is not None:
        return moment.at
    return datetime.combine(moment.on or date.min, time.min, JAPAN)


def _day(match: re.Match[str]) -> date | None:
    era, of_era, year, month, day = match.groups()
    try:
        number = int(year) if year else _FIRST_YEARS[era] + (1 if of_era == "元" else int(of_era))
        return date(number, int(month), int(day))
    except ValueError:
        return None
