"""Cases whose right answers are known: what a change in the rules is noticed by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from calculator.json_values import JsonObject, read_json
from site_builder.rules.model import Example
from site_builder.rules.proof import case_of, differences


@dataclass(frozen=True, slots=True)
class Witness:
    """A case as the calculator's door takes it, and what says whether an answer to it is wrong.

    `group` is the same for one case that is put in several rounds.
    """

    group: object
    kind: str
    rule_set: str
    round: int | None
    case: JsonObject
    is_wrong: Callable[[JsonObject], bool]


def witnesses_of(examples: Iterable[Example]) -> tuple[Witness, ...]:
    """Return the worked examples of the rules as witnesses."""
    return tuple(map(_witness, examples))


def _witness(example: Example) -> Witness:
    return Witness(
        group=example.place,
        kind=example.kind,
        rule_set=example.rule_set,
        round=example.round,
        case=read_json(case_of(example)),
        is_wrong=lambda answer: next(differences(example, answer), None) is not None,
    )
