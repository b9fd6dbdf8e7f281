"""The rules of the site are read without a mistake, and every sentence of them is in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.rules.model import Rules
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
