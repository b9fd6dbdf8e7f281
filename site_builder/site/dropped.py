"""What a round's own documents show that it no longer has: a call goes in, the rules of the round before come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from calculator.rulebook import Citation
from calculator.text import Text
from site_builder.rules.model import FrameInRound, Round
from site_builder.site.calls import Call


@dataclass(frozen=True, slots=True)
class Dropped:
    """A rule or a frame that a round drops: what the earlier round called it, and where that it is gone is shown.

    `frame` is the frame that had it; None where it is a frame itself.
    """

    name: str
    label: Text
    citation: Citation
    frame: FrameInRound | None = None


def dropped_by(call: Call) -> Iterator[Dropped]:
    """Yield what the round drops of the one whose rules it takes over, frame by frame, and then whole frames."""
    earlier = _earlier(call)
    before = {} if earlier is None else {one.slug: one for one in earlier.frames}
    for frame in call.round.frames:
        labels = _labels(before[frame.slug]) if frame.slug in before else {}
        for name, citation in frame.dropped.items():
            if name in labels:
                yield Dropped(name, labels[name], citation, frame)
    for slug, citation in call.round.dropped.items():
        if slug in before:
            yield Dropped(slug, before[slug].rules.name, citation)


def _earlier(call: Call) -> Round | None:
    number = call.round.carried_from
    return None if number is None else next((one for one in call.rule_set.rounds if one.number == number), None)


def _labels(frame: FrameInRound) -> Mapping[str, Text]:
    """Return what is called by a name that a round can drop, by that name."""
    rules = frame.rules
    found = {one.code: one.label for one in (*rules.requirements, *rules.weighed)}
    found |= {one.name: one.label for one in frame.repayment}
    if rules.clawback is not None:
        found |= {one.name: one.label for one in rules.clawback.parts if one.name not in found}
    if rules.award is not None and rules.award.lower_limit is not None:
        found |= {"lower_limit": rules.award.lower_limit.label}
    return found
