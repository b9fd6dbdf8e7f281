"""Every company that is shown for a change gets exactly the two answers that are shown, and no fact of it is idle."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from calculator.assess import Assessor
from calculator.json_values import JsonObject, JsonValue
from site_builder.memo import Memo
from site_builder.rules.model import Rules
from site_builder.site.beside import find_neighbours
from site_builder.site.calls import programmes_in_order
from site_builder.site.changes import Changed, find_changes
from site_builder.site.differences.clauses import Topic
from site_builder.site.differences.comparison import Difference, compare
from site_builder.site.differences.steps import steps_of
from site_builder.site.flips import search
from site_builder.site.flips.search import DECIDING, Flip, flip_of
from tests.real import real_rules
from tests.site.made_calls import LATER, made_rules, step_to
from tests.site.test_differences import CHANGES, LIMIT, UPLIFT

ROOT = Path(__file__).parents[2]
#: Those of the made-up changes that an answer can show.
FLIPPING = (
    "a requirement more", "another operator", "another figure", "another rate", "another tier", "an uplift",
    "another lower limit", "a category less",
)  # fmt: skip
ANSWER = ("outcome", "failed", "missing", "rate", "upper_limit_yen", "eligible_cost_yen", "subsidy_yen", "clawback")


@pytest.fixture(scope="module")
def rules() -> Rules:
    return real_rules()


@pytest.fixture(scope="module")
def changes(rules: Rules) -> tuple[Changed, ...]:
    return find_changes(rules)


@pytest.fixture(scope="module")
def neighbours(rules: Rules) -> tuple[Changed, ...]:
    return tuple(one.changed for one in find_neighbours(rules))


@pytest.fixture(scope="module")
def flips(changes: tuple[Changed, ...], neighbours: tuple[Changed, ...]) -> list[tuple[Difference, Flip]]:
    return [(one, flip) for changed in (*changes, *neighbours) for one, flip in changed.told if flip is not None]


def ask(assessor: Assessor, flip: Flip, facts: JsonObject) -> list[JsonObject]:
    """Ask as other programs do, with the facts as text."""
    answers = []
    for end in (flip.thread.before, flip.thread.after):
        assert end is not None
        rules = end.frame.rules
        case = {"id": 1, "kind": flip.kind, "rule_set": rules.rule_set, "round": rules.round, "facts": facts}
        answers.append(json.loads(assessor.answer_line(json.dumps(case, default=decimal))))
    return answers


def decimal(value: JsonValue) -> float:
    assert isinstance(value, Fraction)
    return float(value)


def told(answer: JsonObject) -> list[object]:
    return [answer.get(name) for name in ANSWER]


def test_the_calculator_gives_the_answers_that_are_shown(rules: Rules, flips: list[tuple[Difference, Flip]]) -> None:
    assessor = Assessor(rules.book)
    for one, flip in flips:
        answers = ask(assessor, flip, flip.facts)
        assert [told(answer) for answer in answers] == [told(flip.before), told(flip.after)], one.name
        assert told(flip.before) != told(flip.after)
    assert len(flips) > 35


def test_no_fact_can_be_left_out(rules: Rules, flips: list[tuple[Difference, Flip]]) -> None:
    assessor = Assessor(rules.book)
    for one, flip in flips:
        shown = [told(answer) for answer in ask(assessor, flip, flip.facts)]
        for name in flip.facts:
            fewer = {other: value for other, value in flip.facts.items() if other != name}
            assert [told(answer) for answer in ask(assessor, flip, fewer)] != shown, (one.name, name)
        assert flip.told, one.name


def test_an_answer_stays_the_same_without_the_facts_that_it_is_said_not_to_rest_on(
    rules: Rules, flips: list[tuple[Difference, Flip]]
) -> None:
    assessor = Assessor(rules.book)
    for one, flip in flips:
        for name in flip.told:
            fewer = {other: value for other, value in flip.facts.items() if other != name}
            answers = ask(assessor, flip, fewer)
            for answer, shown, idle in zip(answers, (flip.before, flip.after), flip.idle, strict=True):
                assert (told(answer) == told(shown)) is (name in idle), (one.name, name)
    assert any(before and after for before, after in (flip.idle for _, flip in flips))


def test_between_neighbours_every_pair_of_frames_with_printed_terms_has_a_company(
    neighbours: tuple[Changed, ...],
) -> None:
    with_company = {
        tuple(end.frame.slug for end in (pair.before, pair.after) if end is not None)
        for changed in neighbours
        for one, flip in changed.told
        if flip is not None
        for pair in one.threads
    }
    assert with_company == {
        ("general", "normal"), ("general", "growth"), ("general", "renewal"), ("general", "invoice"),
        ("standard", "software"), ("standard", "pc-tablet"), ("standard", "register"),
    }  # fmt: skip


def test_a_company_shows_the_difference_that_it_stands_beside(flips: list[tuple[Difference, Flip]]) -> None:
    for one, flip in flips:
        before, after = flip.before, flip.after
        failed = [*before.get("failed", ()), *after.get("failed", ())]
        match one.topic:
            case Topic.REQUIREMENT:
                assert failed == [one.name]
            case Topic.RATE:
                assert (failed, before["rate"] == after["rate"]) == ([], False)
            case Topic.UPPER_LIMIT | Topic.UPLIFT:
                assert (failed, before["rate"] == after["rate"]) == ([], True)
                assert before["upper_limit_yen"] != after["upper_limit_yen"]
                assert before["subsidy_yen"] != after["subsidy_yen"]
            case Topic.LOWER_LIMIT:
                assert len(failed) == 1
            case Topic.ELIGIBLE_COSTS:
                assert before["eligible_cost_yen"] != after["eligible_cost_yen"]
            case Topic.REPAYMENT:
                assert before["clawback"]["total_yen"] != after["clawback"]["total_yen"]


def test_the_well_known_changes_of_round_10_have_their_company(changes: tuple[Changed, ...]) -> None:
    (changed,) = [one for one in changes if one.call.address.parts == ("monozukuri", "r3s", "10")]
    with_company = {(one.topic, one.name) for one, flip in changed.told if flip is not None}
    assert {
        (Topic.REQUIREMENT, "size.sme_or_specified"),
        (Topic.REQUIREMENT, "plan.total_wages"),
        (Topic.UPPER_LIMIT, ""),
        (Topic.LOWER_LIMIT, ""),
        (Topic.RATE, ""),
        (Topic.REPAYMENT, "wage"),
    } <= with_company


def test_what_weighs_in_the_selection_alone_changes_no_outcome_and_no_amount(rules: Rules) -> None:
    """The page says so of every point that came or went."""
    frame = rules.book.frames["monozukuri/r1s/general"]
    pointless = replace(frame.rounds[9], bonuses=(), deductions=())
    book = replace(rules.book, frames={**rules.book.frames, frame.rule_set: replace(frame, rounds={9: pointless})})
    examples = [one for one in rules.examples if one.rule_set == frame.rule_set and one.round == 9]
    asked = [one for one in examples if one.kind == "eligibility"]
    for one in asked:
        case = {"id": 1, "kind": one.kind, "rule_set": one.rule_set, "round": one.round, "facts": dict(one.facts)}
        answers = [json.loads(Assessor(each).answer_line(json.dumps(case))) for each in (rules.book, book)]
        assert told(answers[0]) == told(answers[1])
    assert any(one.expected.get("bonus_items") for one in asked)


def test_for_few_changes_no_company_is_found(changes: tuple[Changed, ...]) -> None:
    without = {
        ("/".join(changed.call.address.parts), one.topic, tuple(end.latest.frame.slug for end in one.threads))
        for changed in changes
        for one, flip in changed.told
        if flip is None and one.topic in DECIDING
    }
    assert without == {
        ("monozukuri/r3s/10", Topic.RATE, ("global",)),  # NPOs, of whom the earlier documents tell nothing
        ("monozukuri/r3s/3", Topic.ELIGIBLE_COSTS, ("business-model",)),  # the rate changed with the costs
        ("monozukuri/r1s/1", Topic.REPAYMENT, ("general",)),  # before, nothing is printed of repayment
    }


@pytest.mark.parametrize("change", FLIPPING)
def test_a_made_up_change_flips_a_made_up_company(change: str, tmp_path: Path) -> None:
    rules = made_rules(tmp_path, CHANGES[change][0])
    comparison = compare(step_to(rules, LATER, 2), rules.book)
    assessor = Assessor(rules.book)
    deciding = [one for one in comparison.differences if one.topic in DECIDING]
    found = [flip for one in deciding if (flip := flip_of(one, assessor)) is not None]
    assert found, change
    for flip in found:
        assert [told(answer) for answer in ask(assessor, flip, flip.facts)] == [told(flip.before), told(flip.after)]


def test_beside_an_uplift_stands_no_company_that_the_limit_itself_flips_nor_the_other_way_round(tmp_path: Path) -> None:
    """Both change the upper limit; three things must hold at once for the uplift, of which the examples have one."""
    both = UPLIFT.replace("when: announced", "when: announced and growth_pct >= 12% and regular_employees > 20人")
    rules = made_rules(tmp_path, CHANGES["another tier"][0], ("plain.yaml", LIMIT, both))
    comparison, assessor = compare(step_to(rules, LATER, 2), rules.book), Assessor(rules.book)
    flips = {one.topic: flip_of(one, assessor) for one in comparison.differences if one.topic in DECIDING}
    limits = {
        topic: None if flip is None else (flip.before["upper_limit_yen"], flip.after["upper_limit_yen"])
        for topic, flip in flips.items()
    }
    assert limits == {Topic.UPPER_LIMIT: (7_500_000, 8_000_000), Topic.UPLIFT: (12_500_000, 13_000_000)}


def test_the_search_is_broken_off_between_two_differences_and_keeps_what_it_has_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = made_rules(tmp_path, CHANGES["another tier"][0], ("plain.yaml", LIMIT, UPLIFT))
    comparison, assessor, memo = compare(step_to(rules, LATER, 2), rules.book), Assessor(rules.book), Memo()
    topics = [one.topic for one in comparison.differences if one.topic in DECIDING]
    searched: list[Topic] = []
    monkeypatch.setattr(search, "flip_of", lambda one, *_: searched.append(one.topic))

    def urgent() -> None:
        if searched and memo.at_each is not None:
            memo.at_each = None
            raise InterruptedError

    memo.at_each = urgent
    try:
        search.flips_of(comparison, assessor, memo=memo)
    except InterruptedError:
        assert searched == topics[:1]
    search.flips_of(comparison, assessor, memo=memo)
    assert (searched, len(searched) > 1) == (topics, True)


def test_nothing_is_compared_across_programmes(rules: Rules) -> None:
    for programme in programmes_in_order(rules):
        for step in steps_of(programme, rules.book):
            assert {call.programme.slug for call in (step.after, *step.befores)} == {programme.slug}
