"""How an application goes, step by step, by the newest call; and moments that are nobody's deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from calculator.result.steps import Step, date_words, steps_of
from calculator.rulebook import RateChange, ScheduledMoment
from site_builder.rules.model import Rules
from site_builder.site.addresses import Link
from site_builder.site.blocks.budgets import budgets, newest_call, newest_ways
from site_builder.site.calls import call_link
from site_builder.site.moments import ScheduleRow, TimeView, deadline
from site_builder.site.wording import CitationView, Wording


@dataclass(frozen=True, slots=True)
class StepView:
    """A step: when, what is said of it, and where; each None where the documents print nothing."""

    label: str
    time: TimeView | None
    text: str | None
    citation: CitationView | None


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a call in order."""

    call: Link
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """The deadline of a call, and how long the account takes that applications need; None where not printed."""

    call: Link
    row: ScheduleRow | None
    account: str | None
    account_days: str | None


def steps(rules: Rules, wording: Wording) -> Steps | None:
    """Return the steps of the newest call with the dates that are printed, and the final inspection after them."""
    call = newest_call(rules)
    if call is None:
        return None
    frames = [way.frame.rules for way in newest_ways(rules)]
    found = dict.fromkeys(step for frame in frames for step in steps_of(wording.messages, frame))
    changes = dict.fromkeys(frame.rate_change for frame in frames if frame.rate_change is not None)
    return Steps(
        call_link(call, wording),
        (*(_step(one, wording) for one in found), *(_inspection(one, wording) for one in changes)),
    )


def key_dates(rules: Rules, wording: Wording) -> Deadline | None:
    """Return what the first screen says of the newest call: its deadline, and the time that the account takes."""
    call = newest_call(rules)
    if call is None:
        return None
    lead = next((way.frame.rules.account_lead_time for way in newest_ways(rules)), None)
    return Deadline(
        call_link(call, wording),
        deadline(call.round, wording),
        None if lead is None else wording.say(lead.name),
        None if lead is None else wording.fill("guide_days", least=str(lead.least_days), most=str(lead.most_days)),
    )


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that is nobody's application deadline."""

    time: TimeView
    citation: CitationView


def other_moments(rules: Rules, wording: Wording) -> tuple[Moment, ...]:
    """Return the moments in documents that look like a deadline and are none for applicants."""
    found = dict.fromkeys(
        moment for budget in budgets(rules) for way in budget.ways for moment in way.frame.rules.other_moments
    )
    return tuple({(one.name, one.at): _moment(one, wording) for one in found}.values())


def _moment(one: ScheduledMoment, wording: Wording) -> Moment:
    time = TimeView(one.at.isoformat(timespec="minutes"), wording.say(date_words(one.at)))
    return Moment(time, wording.cite(one.citation))


def _step(step: Step, wording: Wording) -> StepView:
    return StepView(
        wording.say_sentence(step.label),
        None if step.at is None else TimeView(_iso(step), wording.say(date_words(step.at))),
        wording.say_if_any(step.text),
        None if step.citation is None else wording.cite(step.citation),
    )


def _iso(step: Step) -> str:
    assert step.at is not None  # noqa: S101 - asked by the caller
    return step.at.isoformat(timespec="minutes") if isinstance(step.at, datetime) else step.at.isoformat()


def _inspection(change: RateChange, wording: Wording) -> StepView:
    return StepView(
        wording.words["guide_inspection"], None, wording.say(change.sentence), wording.cite(change.citation)
    )
