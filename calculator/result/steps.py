"""What comes next, with dates: a round's schedule, the account counted back from the deadline, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from calculator.figures import figure_text
from calculator.json_values import JsonObject
from calculator.kinds import Kind
from calculator.messages import message
from calculator.result.citations import citation
from calculator.rulebook import AccountLeadTime, Citation, FrameRules, LaterStep, RuleBook
from calculator.schedule import CLOSES, OPENS, account_days
from calculator.text import Text

Messages: TypeAlias = Mapping[str, Text]
"""The calculator's sentences by code."""

CALL = "call_opens"
ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do or to know: `at` is a moment, a day where no hour is printed, or None."""

    name: str
    label: Text
    at: date | None
    text: Text | None
    citation: Citation | None

    @property
    def day(self) -> date | None:
        """Return the day on which it falls."""
        return self.at.date() if isinstance(self.at, datetime) else self.at


def steps_of(messages: Messages, rules: FrameRules) -> tuple[Step, ...]:
    """Return the steps of a round in the order of their dates; what has no date stays where it usually comes."""
    account = () if rules.account_lead_time is None else (_account(messages, rules, rules.account_lead_time),)
    before = (_scheduled(messages, rules, CALL), _scheduled(messages, rules, OPENS), *account)
    return (*_in_order(before), _scheduled(messages, rules, CLOSES), *map(_later, rules.later_steps))


def steps(book: RuleBook, frames: Iterable[FrameRules]) -> list[JsonObject]:
    """Return the steps of `frames`, which are of one round, as the page takes them; equal steps are one."""
    return [
        _told(book, one) for one in dict.fromkeys(step for rules in frames for step in steps_of(book.messages, rules))
    ]


def _in_order(steps_before: tuple[Step, ...]) -> tuple[Step, ...]:
    days, last = [], date.min
    for step in steps_before:
        last = last if step.day is None else step.day
        days.append(last)
    order = sorted(range(len(days)), key=days.__getitem__)
    return tuple(steps_before[at] for at in order)


def _scheduled(messages: Messages, rules: FrameRules, name: str) -> Step:
    """Return a line of the schedule: a moment, or a day of which no hour is printed, or neither."""
    label = message(messages, f"moment_{name}")
    moment, day = rules.moment(name), rules.day(name)
    if moment is not None:
        return Step(name, label, moment.at, None, moment.citation)
    if day is not None:
        return Step(name, label, day.on, None, day.citation)
    return Step(name, label, None, message(messages, "step_not_printed"), None)


def _account(messages: Messages, rules: FrameRules, lead: AccountLeadTime) -> Step:
    """Return the last safe day to order the account, or how long it takes where the deadline is not printed."""
    label = message(messages, "step_account", account=lead.name)
    least, most = str(lead.least_days), str(lead.most_days)
    deadline = _deadline(rules)
    if deadline is None:
        text = message(messages, "step_account_open", least=least, most=most)
        return Step(ACCOUNT, label, None, text, lead.citation)
    days = account_days(lead, deadline)
    last = figure_text(Kind.DATE, days.last)
    text = message(messages, "step_account_days", least=least, most=most, last=last)
    return Step(ACCOUNT, label, days.safe, text, lead.citation)


def _deadline(rules: FrameRules) -> date | None:
    moment, day = rules.moment(CLOSES), rules.day(CLOSES)
    if moment is not None:
        return moment.at.date()
    return None if day is None else day.on


def _later(step: LaterStep) -> Step:
    return Step(step.name, step.label, None, step.sentence, step.citation)


def _iso(at: date | None) -> str | None:
    if isinstance(at, datetime):
        return at.isoformat(timespec="minutes")
    return None if at is None else at.isoformat()


def date_words(at: date) -> Text:
    """Return a moment, or a day of which no hour is printed, in words."""
    return figure_text(Kind.MOMENT if isinstance(at, datetime) else Kind.DATE, at)


def _told(book: RuleBook, step: Step) -> JsonObject:
    return {
        "name": step.name,
        "label": step.label.to_json(),
        "iso": _iso(step.at),
        "when": None if step.at is None else date_words(step.at).to_json(),
        "text": None if step.text is None else step.text.to_json(),
        "citation": None if step.citation is None else citation(book, step.citation),
    }
