"""Calls: a round with the programme and the rule set that it belongs to, which come first, and the ways to their pages.

Rule sets stand in the order of their folders, which are called by era and year: the last one is the newest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.rules.model import FrameInRound, Programme, Round, Rules, RuleSet
from site_builder.site.addresses import (
    CHECK,
    HOME,
    Address,
    Link,
    frame_address,
    programme_address,
    round_address,
    rule_set_address,
)
from site_builder.site.wording import Wording


class NoRoundToCheckError(Exception):
    """No round has a published guideline, so there is nothing to judge a visitor by."""


@dataclass(frozen=True, slots=True)
class Call:
    """A round in its rule set in its programme."""

    programme: Programme
    rule_set: RuleSet
    round: Round

    @property
    def address(self) -> Address:
        """Where the round lives."""
        return round_address(self.rule_set.slug, self.round.number)

    def frame_address(self, frame: str) -> Address:
        """Return where one of the round's frames lives."""
        return frame_address(self.rule_set.slug, self.round.number, frame)


def programmes_in_order(rules: Rules) -> tuple[Programme, ...]:
    """Return the programmes, the one with the most rounds first: it is what the site is most about."""
    return tuple(sorted(rules.programmes, key=lambda programme: -len(calls_of(programme))))


def calls(rules: Rules) -> Iterator[Call]:
    """Yield every call: the programmes in order, in each the newest first."""
    for programme in programmes_in_order(rules):
        yield from calls_of(programme)


def calls_of(programme: Programme) -> tuple[Call, ...]:
    """Return the calls of a programme, the newest first."""
    return tuple(call for rule_set in reversed(programme.rule_sets) for call in calls_under(rule_set, programme))


def calls_under(rule_set: RuleSet, programme: Programme) -> tuple[Call, ...]:
    """Return the calls under one rule set, the newest first."""
    return tuple(Call(programme, rule_set, one) for one in reversed(rule_set.rounds))


def newest_published(candidates: tuple[Call, ...]) -> Call | None:
    """Return the newest of `candidates` (which begin with the newest) whose guideline is published, or None."""
    return next((call for call in candidates if not call.round.is_placeholder), None)


def checked_calls(rules: Rules) -> tuple[Call, ...]:
    """Return the calls that self-diagnoses judge by: for every frame with an award to work out, the newest that has it.

    The first is that of the programme that the site is most about.

    Raises:
        NoRoundToCheckError: there is none.
    """
    seen: set[str] = set()
    found = []
    for call in calls(rules):
        judged = {frame.rules.rule_set for frame in call.round.frames if frame.rules.award is not None}
        if judged - seen:
            found.append(call)
            seen |= judged
    if not found:
        raise NoRoundToCheckError
    return tuple(found)


def check_address(call: Call, rules: Rules) -> Address:
    """Return where the self-diagnosis lives that judges by `call`; that of the first call needs no longer name."""
    return CHECK if call.address == checked_calls(rules)[0].address else Address((*CHECK.parts, *call.address.parts))


def check_path(call: Call, rules: Rules, wording: Wording) -> str | None:
    """Return the way to the self-diagnosis that judges by this call, or None where there is none."""
    if all(one.address != call.address for one in checked_calls(rules)):
        return None
    return check_address(call, rules).path(wording.language)


def frames_under(candidates: tuple[Call, ...]) -> dict[str, tuple[FrameInRound, Call]]:
    """Return each frame of `candidates` (which begin with the newest) once, by its slug, as the newest call has it."""
    found: dict[str, tuple[FrameInRound, Call]] = {}
    for call in candidates:
        for frame in call.round.frames:
            found.setdefault(frame.slug, (frame, call))
    return found


def programme_link(programme: Programme, wording: Wording) -> Link:
    """Return the way to a programme's page."""
    return Link(wording.say(programme.short_name), programme_address(programme.slug).path(wording.language))


def rule_set_link(rule_set: RuleSet, wording: Wording) -> Link:
    """Return the way to a rule set's page, which is that of its call where its rounds have no numbers."""
    return Link(wording.say(rule_set.name), rule_set_address(rule_set.slug).path(wording.language))


def call_link(call: Call, wording: Wording) -> Link:
    """Return the way to a round's page."""
    return Link(wording.say(call.round.name), call.address.path(wording.language))


def frame_link(frame: FrameInRound, call: Call, wording: Wording) -> Link:
    """Return the way to a frame's page in a round."""
    return Link(wording.say(frame.rules.name), call.frame_address(frame.slug).path(wording.language))


def trail_to_programme(wording: Wording) -> tuple[Link, ...]:
    """Return the pages above a programme's."""
    return (Link(wording.words["home"], HOME.path(wording.language)),)


def trail_to_rule_set(programme: Programme, wording: Wording) -> tuple[Link, ...]:
    """Return the pages above a rule set's."""
    return (*trail_to_programme(wording), programme_link(programme, wording))


def trail_to_call(call: Call, wording: Wording) -> tuple[Link, ...]:
    """Return the pages above a round's."""
    above = trail_to_rule_set(call.programme, wording)
    return (*above, rule_set_link(call.rule_set, wording)) if is_numbered(call) else above


def is_numbered(call: Call) -> bool:
    """Say whether the round has a number; then its rule set has a page beside its rounds'."""
    return _has_number(call.round.number)


def _has_number(number: int | None) -> bool:
    return number is not None
