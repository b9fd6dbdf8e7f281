"""Which frames of other budgets a self-diagnosis also answers for."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.rules.model import Rules
from site_builder.site.calls import calls_under, checked_calls, newest_published
from site_builder.site.content import read_content
from site_builder.site.elsewhere import frames_elsewhere
from site_builder.site.wording import Wording, Words
from tests.real import real_rules

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def real() -> Rules:
    return real_rules()


@pytest.fixture(scope="module")
def english(real: Rules) -> Wording:
    words = Words(read_content(ROOT / "content", real).interface, "en")
    return Wording("en", words, real.book.sources, real.book.messages)


def test_every_other_budget_answers_by_its_newest_published_call(real: Rules, english: Wording) -> None:
    newest = {
        rule_set.slug: call.round.number
        for programme in real.programmes
        for rule_set in programme.rule_sets
        if (call := newest_published(calls_under(rule_set, programme))) is not None
    }
    for checked in checked_calls(real):
        found = frames_elsewhere(real, checked, english)
        rounds = {one.rule_set.rpartition("/")[0]: one.round_number for one in found}
        assert checked.rule_set.slug not in rounds
        assert rounds.items() <= newest.items()
        frames = {f"{slug}/{number}" for slug, number in newest.items() if slug != checked.rule_set.slug}
        assert frames - {f"{slug}/{number}" for slug, number in rounds.items()} <= {"kodo-renkei/h31/None"}


def test_a_consortium_is_not_asked_for_one_visitor_alone(real: Rules, english: Wording) -> None:
    found = {one.rule_set for one in frames_elsewhere(real, checked_calls(real)[0], english)}
    together = {
        frame.rule_set
        for frame in real.book.frames.values()
        for one in frame.rounds.values()
        if one.consortium is not None
    }
    assert together
    assert found.isdisjoint(together)


def test_a_frame_elsewhere_is_named_with_its_programme_and_leads_to_its_page(real: Rules, english: Wording) -> None:
    found = {one.rule_set: one for one in frames_elsewhere(real, checked_calls(real)[0], english)}
    one = found["monozukuri/r1s/general"]
    assert (one.call, one.path, one.round_number) == ("Monodzukuri subsidy, Round 9", "en/monozukuri/r1s/9/general/", 9)
