"""The frames of other budgets that a self-diagnosis also answers for, each of the newest published call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calculator.rulebook import FrameRules
from site_builder.rules.model import Rules
from site_builder.site.calls import Call, calls_under, frame_link, newest_published, programmes_in_order
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class OtherFrame:
    """A frame of another budget: what the calculator is asked for, its call in words, and where a visitor reads on."""

    rule_set: str
    round_number: int | None
    call: str
    path: str


def frames_elsewhere(rules: Rules, checked: Call, wording: Wording) -> tuple[OtherFrame, ...]:
    """Return the frames that a form can ask about, of the newest published call under every budget but `checked`'s."""
    return tuple(
        OtherFrame(
            frame.rules.rule_set,
            call.round.number,
            wording.fill("programme_and_round", programme=call.programme.short_name, round=call.round.name),
            frame_link(frame, call, wording).path,
        )
        for call in _newest_calls(rules)
        if call.rule_set.slug != checked.rule_set.slug
        for frame in call.round.frames
        if _can_be_asked(frame.rules)
    )


def _newest_calls(rules: Rules) -> Iterator[Call]:
    for programme in programmes_in_order(rules):
        for rule_set in reversed(programme.rule_sets):
            call = newest_published(calls_under(rule_set, programme))
            if call is not None:
                yield call


def _can_be_asked(frame: FrameRules) -> bool:
    """Say whether a visitor's own answers judge the frame; those of a consortium come from all of its members."""
    return (frame.award is not None or frame.open_award is not None) and frame.consortium is None
