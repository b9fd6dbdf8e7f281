"""Where each interview begins: the question that a self-diagnosis asks before anything is answered."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.assess import Assessor
from calculator.result.interview import next_step
from calculator.result.judgment import judged
from site_builder.memo import Memo
from site_builder.rules.assessors import assessor_of
from site_builder.rules.model import Rules
from site_builder.site.calls import Call


@dataclass(frozen=True, slots=True)
class Opening:
    """The first question, and how many there can be at most; None and 0 where nothing is asked."""

    question: str | None
    left: int


def opening(call: Call, rules: Rules, memo: Memo) -> Opening:
    """Return where the interview of `call` begins, as the calculator itself begins it in the browser."""
    frames = tuple(frame.rules.rule_set for frame in call.round.frames)
    return memo.made(_opening, assessor_of((call.rule_set.slug,), rules.book, memo), call.round.number, frames)


def _opening(assessor: Assessor, number: int | None, frames: tuple[str, ...]) -> Opening:
    each = [judged(assessor, frame, number, {}) for frame in frames]
    step = next_step([one for one in each if one is not None], ())
    return Opening(step["ask"], step["left"])
