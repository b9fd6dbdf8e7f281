"""Each kind of case: where it can be asked, what it adds, and what it never does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from calculator.answers import NO_SWITCHES, Switches
from calculator.assess import Assessor
from calculator.rulebook import RuleBook
from tests.calculator.made_forms_book import FRAMES, MILLION, ROUND, forms_book

KINDS_OF_THEIR_OWN = ("joint", "consortium", "tiered", "clawback")
ALL = Switches(explain=True, next=True, changes=True)
ENOUGH = {"cost": 10 * MILLION, "titles": ["own"], "certificate": None}


def ask(
    kind: str,
    name: str,
    facts: Mapping[str, object],
    round_: int | None = ROUND,
    *,
    of: RuleBook | None = None,
    switches: Switches = NO_SWITCHES,
) -> Any:  # noqa: ANN401 - JSON
    case = {"id": 1, "kind": kind, "rule_set": f"made/up/{name}", "round": round_, "facts": facts}
    return Assessor(of or forms_book()).answer(case, switches)


@pytest.mark.parametrize("kind", KINDS_OF_THEIR_OWN)
def test_a_kind_of_which_the_rules_say_nothing_is_an_error_and_no_answer(kind: str) -> None:
    answer = ask(kind, "plain", {"growth": 3})
    assert answer["error"]["code"] == "kind_not_possible"
    assert "outcome" not in answer


@pytest.mark.parametrize("kind", [*KINDS_OF_THEIR_OWN, "eligibility", "simple", "rate_change", "reexam"])
def test_in_a_round_that_does_not_offer_the_frame_every_kind_is_refused(kind: str) -> None:
    answer = ask(kind, "plain", {}, 9)
    assert (answer["outcome"], answer["failed"], answer["missing"]) == ("not_eligible", ["not_offered"], [])


def test_a_consortium_is_judged_as_one_whatever_it_is_asked_as() -> None:
    facts = {"members": 3, "expert": False, "costs_by_member": None}
    asked = ask("eligibility", "consortium", facts)
    assert asked == ask("consortium", "consortium", facts)
    assert (asked["per_member_cap_yen"], asked["pool_yen"], asked["group_cap_yen"]) == (
        20 * MILLION,
        6 * MILLION,
        66 * MILLION,
    )


def test_a_consortium_without_an_award_cannot_be_judged() -> None:
    assert ask("consortium", "consortium-without-award", {})["error"]["code"] == "kind_not_possible"


def test_a_pool_that_is_exceeded_is_among_the_reasons() -> None:
    facts = {
        "members": 2,
        "expert": False,
        "costs_by_member": [{"amount_yen": 1}] * 2,
        "taken": [{"amount_yen": 3 * MILLION}] * 2,
    }
    answer = ask("consortium", "consortium", facts, switches=ALL)
    assert (answer["outcome"], answer["failed"]) == ("not_eligible", ["pool.exceeded"])
    assert [one["code"] for one in answer["reasons"] if one["verdict"] == "not_met"] == ["pool.exceeded"]
    within = ask("consortium", "consortium", {**facts, "taken": [{"amount_yen": 2 * MILLION}] * 2}, switches=ALL)
    assert [one["code"] for one in within["reasons"] if one["verdict"] == "not_met"] == []


def test_nothing_is_asked_once_a_pool_is_exceeded_whatever_else_is_open() -> None:
    taken = {"members": 2, "taken": [{"amount_yen": 2 * MILLION}] * 2}
    assert ask("consortium", "consortium", taken, switches=ALL)["ask"] == "expert"
    exceeded = ask("consortium", "consortium", {**taken, "taken": [{"amount_yen": 3 * MILLION}] * 2}, switches=ALL)
    assert (exceeded["outcome"], exceeded["ask"], exceeded["matters"]) == ("not_eligible", None, [])


def test_awards_had_together_are_each_judged_by_their_own_rules_and_added() -> None:
    answer = ask("tiered", "together", ENOUGH)
    assert (answer["outcome"], answer["one_subsidy_yen"], answer["two_subsidy_yen"], answer["total_subsidy_yen"]) == (
        "eligible",
        5 * MILLION,
        5 * MILLION,
        10 * MILLION,
    )
    assert "changes" not in answer
    refused = ask("tiered", "together", {**ENOUGH, "titles": []}, switches=ALL)
    assert (refused["outcome"], refused["failed"], refused["one_subsidy_yen"]) == ("not_eligible", ["made.0"], 0)
    assert refused["changes"] == []


def test_awards_cannot_be_had_together_with_one_that_the_round_does_not_offer() -> None:
    assert ask("tiered", "together-with-nothing", ENOUGH)["error"]["code"] == "kind_not_possible"


def test_without_a_rule_about_it_the_rate_stays_after_adoption() -> None:
    answer = ask("rate_change", "titled", ENOUGH)
    assert (answer["rate"], answer["subsidy_yen"], answer["subsidy_at_application_yen"]) == (
        "1/2",
        5 * MILLION,
        5 * MILLION,
    )


def test_rules_that_are_not_confirmed_are_named_in_every_answer_that_rests_on_them() -> None:
    part = replace(FRAMES["titled"], unconfirmed=("lowest_title",))
    whole = replace(FRAMES["together"], unconfirmed=("lowest_title", "both"))
    of = forms_book(titled=part, together=whole)
    assert ask("eligibility", "titled", ENOUGH, of=of)["unconfirmed"] == ["lowest_title"]
    assert ask("tiered", "together", ENOUGH, of=of)["unconfirmed"] == ["lowest_title", "both"]
    assert "unconfirmed" not in ask("eligibility", "certified", ENOUGH, of=of)
