"""Where each interview begins: the question that a self-diagnosis asks before anything is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from calculator.assess import Assessor
from calculator.result.interview import next_step
from calculator.result.judgment import judged
from site_builder.rules.model import Rules
from site_builder.site.addresses import Address
from site_builder.site.calls import Call, checked_calls


@dataclass(frozen=True, slots=True)
class Opening:
    """The first question, and how many there can be at most; None and 0 where nothing is asked."""

    question: str | None
    left: int


Openings: TypeAlias = Mapping[Address, Opening]
"""The opening of every interview by the address of its call."""


def openings(rules: Rules) -> Openings:
    """Return where every interview begins, as the calculator itself begins it in the browser."""
    assessor = Assessor(rules.book)
    return {call.address: _opening(assessor, call) for call in checked_calls(rules)}


def _opening(assessor: Assessor, call: Call) -> Opening:
    each = [judged(assessor, frame.rules.rule_set, call.round.number, {}) for frame in call.round.frames]
    step = next_step([one for one in each if one is not None], ())
    return Opening(step["ask"], step["left"])
