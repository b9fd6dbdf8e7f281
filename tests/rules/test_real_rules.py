"""The rules of the site are read without a mistake, and every sentence of them is in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from calculator.rulebook import Citation, CitationStatus
from site_builder.rules.model import Rules
from site_builder.rules.resolution.unconfirmed import noting_unconfirmed
from tests.real import real_rules

RULES = Path(__file__).parent.parent.parent / "rules"


@pytest.fixture(scope="module")
def rules() -> Rules:
    return real_rules()


def test_every_frame_of_round_13_is_there(rules: Rules) -> None:
    frames = {f"monozukuri/r3s/{slug}" for slug in ("normal", "recovery", "digital", "green", "global")}
    assert frames <= set(rules.book.frames)
    assert all(13 in rules.book.frames[name].rounds for name in frames)


def test_every_requirement_says_in_both_languages_what_it_asks(rules: Rules) -> None:
    requirements = [
        requirement
        for frame in rules.book.frames.values()
        for one in frame.rounds.values()
        for requirement in one.requirements
    ]
    assert requirements
    for requirement in requirements:
        for words in (requirement.sentence.ja, requirement.sentence.en):
            assert words.strip()
            assert "{" not in words


def unconfirmed_at(part: Any, place: int, numbers: Iterator[int]) -> Any:  # noqa: ANN401 - any part of a frame's rules
    """Return a part of the rules in which the citation at `place`, counted from 0, is the only one not confirmed."""
    if isinstance(part, Citation):
        is_it = next(numbers) == place
        return replace(part, status=CitationStatus.UNCONFIRMED if is_it else CitationStatus.PRINTED)
    if isinstance(part, tuple):
        return tuple(unconfirmed_at(one, place, numbers) for one in part)
    if is_dataclass(part) and not isinstance(part, type):
        more = {one.name: unconfirmed_at(getattr(part, one.name), place, numbers) for one in fields(part)}
        return replace(part, **more)
    return part


def test_whatever_a_round_takes_over_and_has_not_confirmed_is_named(rules: Rules) -> None:
    kinds = set[str]()
    for frame in rules.book.frames.values():
        one = list(frame.rounds.values())[-1]
        taken_over = replace(one, schedule=(), scheduled_days=(), later_steps=(), other_moments=())  # those are its own
        numbers = count()
        unconfirmed_at(taken_over, -1, numbers)
        for place in range(next(numbers)):
            noted = noting_unconfirmed(unconfirmed_at(taken_over, place, count()), {})
            assert len(noted.unconfirmed) == 1, (frame.rule_set, place)
            kinds |= set(noted.unconfirmed)
    assert {"rate", "upper_limit", "eligible_costs", "repayment", "applicants"} <= kinds
