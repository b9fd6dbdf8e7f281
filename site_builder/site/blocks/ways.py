"""All ways to apply side by side: every frame of every budget once, as the newest call has it."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.rules.model import Programme, Rules, RuleSet
from site_builder.site.addresses import Link
from site_builder.site.calls import calls_under, frames_under, programmes_in_order, rule_set_link
from site_builder.site.rounds import FrameRow, frame_row
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class Budget:
    """The frames under one budget; `anchor` is its heading."""

    anchor: str
    programme: str
    link: Link
    ways: tuple[FrameRow, ...]


def ways(rules: Rules, wording: Wording) -> tuple[Budget, ...]:
    """Return all ways to apply, by budget: the programmes in order, in each the newest budget first."""
    return tuple(
        _budget(programme, rule_set, rules, wording)
        for programme in programmes_in_order(rules)
        for rule_set in reversed(programme.rule_sets)
        if any(one.frames for one in rule_set.rounds)
    )


def _budget(programme: Programme, rule_set: RuleSet, rules: Rules, wording: Wording) -> Budget:
    return Budget(
        anchor=rule_set.slug.replace("/", "."),
        programme=wording.say(programme.short_name),
        link=rule_set_link(rule_set, wording),
        ways=tuple(
            frame_row(frame, call, rules, wording)
            for frame, call in frames_under(calls_under(rule_set, programme)).values()
        ),
    )
