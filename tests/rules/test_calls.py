"""A budget may have one call without a number, rounds of which nobody can tell, and frames of placeholders only."""

from __future__ import annotations

from pathlib import Path

import pytest

from calculator.rulebook import CitationStatus, FrameRules
from calculator.text import Text
from site_builder.rules import read_rules
from site_builder.rules.model import Rules, RuleSet

GOOD = Path(__file__).parent.parent / "good" / "rules"


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(GOOD, {})


@pytest.fixture(scope="module")
def budget(rules: Rules) -> RuleSet:
    return next(one for one in rules.programmes[0].rule_sets if one.slug == "demo/c1")


def test_the_one_call_is_the_round_none(rules: Rules, budget: RuleSet) -> None:
    assert [one.number for one in budget.rounds] == [None]
    assert budget.round(None).name == Text("公募", "Call")
    with pytest.raises(KeyError):
        budget.round(1)
    software = rules.book.frames["demo/c1/software"]
    assert list(software.rounds) == [None]
    assert software.rounds[None].round is None


def test_every_frame_is_offered_in_the_one_call(budget: RuleSet) -> None:
    assert [one.slug for one in budget.round(None).frames] == [
        "alliance",
        "alone",
        "software",
        "succession",
        "tablet",
    ]


def test_a_source_that_speaks_of_the_call_prints_it_and_another_is_carried_over(budget: RuleSet) -> None:
    assert budget.round(None).budget.citation.status is CitationStatus.PRINTED
    assert budget.round(None).purpose.citation.status is CitationStatus.CARRIED_OVER


def test_an_example_without_rounds_is_of_the_one_call(rules: Rules, budget: RuleSet) -> None:
    alone = next(one for one in budget.round(None).frames if one.slug == "alone")
    assert [(one.name, one.round) for one in alone.examples] == [("fixed", None)]
    assert alone.examples[0] in rules.examples


def test_the_call_changes_figures_like_a_round(rules: Rules) -> None:
    consortium = rules.book.frames["demo/c1/alliance"].rounds[None].consortium
    assert consortium is not None
    assert consortium.pool is not None
    assert consortium.pool.sentence.en.startswith("up to 3,000,000 yen")


def test_a_round_of_which_nobody_can_tell_has_an_open_point_and_needs_no_file(rules: Rules) -> None:
    basic = rules.book.frames["demo/b2/basic"]
    assert list(basic.rounds) == [1, 2, 3, 7, 8]
    assert basic.rounds[8] == FrameRules(
        rule_set="demo/b2/basic",
        round=8,
        name=Text("基本枠", "Basic frame"),
        requirements=(),
        award=None,
        open_points=("early_rounds",),
    )


def test_a_frame_of_placeholders_has_no_award(rules: Rules) -> None:
    later = rules.book.frames["demo/b2/later"]
    assert list(later.rounds) == [3]
    assert later.rounds[3].open_points == ("next_guideline",)
