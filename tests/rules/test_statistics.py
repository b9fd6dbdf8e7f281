"""The figures about the programme agree with what the rounds say, and with the documents."""

from __future__ import annotations

from fractions import Fraction

import pytest

from site_builder.rules.model import Result, Rules
from tests.real import real_rules

BY_ROUND = "results"


@pytest.fixture(scope="module")
def rules() -> Rules:
    return real_rules()


def statement(result: Result, rules: Rules) -> str | None:
    """What the round's own page says of its results, in English."""
    rule_set = next(one for every in rules.programmes for one in every.rule_sets if one.slug == result.rule_set)
    found = [one.text.en for one in rule_set.round(result.round).statements if one.name == BY_ROUND]
    return found[0] if found else None


def test_every_number_stands_in_what_its_round_says_of_the_results(rules: Rules) -> None:
    told = [(one, words) for one in rules.statistics.results if (words := statement(one, rules)) is not None]
    assert len(told) == 13
    for one, words in told:
        assert f"{one.applied:,}" in words, one
        assert f"{one.adopted:,}" in words, one


def test_the_first_programme_has_the_numbers_of_its_document(rules: Rules) -> None:
    (first,) = (one for one in rules.statistics.results if one.rule_set == "monozukuri/h30s2")
    assert (first.applied, first.adopted) == (20_803, 9_531)


@pytest.mark.parametrize("number", [10, 12])
def test_the_frames_of_a_round_add_up_to_the_whole(rules: Rules, number: int) -> None:
    of_round = [one for one in rules.statistics.results if one.round == number]
    (whole,) = (one for one in of_round if one.frame is None)
    parts = [one for one in of_round if one.frame is not None]
    assert sum(one.applied or 0 for one in parts) == whole.applied
    assert sum(one.adopted or 0 for one in parts) == whole.adopted


def test_the_parts_of_round_13_add_up_to_the_whole(rules: Rules) -> None:
    applied = [one.applied or 0 for one in rules.statistics.results if one.round == 13]
    assert sum(applied[1:]) == applied[0]


def test_everything_but_the_documents_is_marked_as_from_outside(rules: Rules) -> None:
    for one in rules.statistics.results:
        assert (one.citation.status == "outside") == (one.rule_set != "monozukuri/h30s2"), one


def test_every_budget_with_a_target_statement_is_listed(rules: Rules) -> None:
    stated = {
        rule_set.slug
        for programme in rules.programmes
        for rule_set in programme.rule_sets
        for one in rule_set.rounds
        if any(statement.name == "target_outcome" for statement in one.statements)
    }
    assert {one.rule_set for one in rules.statistics.targets} == stated


def test_no_share_is_above_the_whole(rules: Rules) -> None:
    for one in rules.statistics.results:
        if one.adopted is not None and one.applied is not None:
            assert 0 < Fraction(one.adopted, one.applied) < 1
