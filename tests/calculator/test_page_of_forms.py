"""What the page is told of frames with rarer rules: records, groups, lists of names, repayment that nobody can tell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from calculator import browser
from calculator.assess import Assessor
from calculator.codec import rule_book_json
from calculator.entries import Entry
from calculator.expressions import Fact
from calculator.kinds import Kind
from calculator.pictures.notches import counts_of
from calculator.result.judgment import Judgment, judged
from calculator.result.worked import worked
from calculator.rulebook import FrameRules, RateCase
from tests.calculator.made_forms import BY_MEMBERS, CLAWBACK, HALF, TWO_THIRDS, award, case, frame, limit, lower, only
from tests.calculator.made_forms import at_least as more
from tests.calculator.made_forms_book import FRAMES, MILLION, ROUND, forms_book
from tests.calculator.made_rules import PLACE, WORDS, yen

COST: Mapping[str, Entry] = {"cost": "1000万円"}
TITLED: Mapping[str, Entry] = {**COST, "titles": [{"title": "own"}]}


def ask(answers: Mapping[str, Entry], name: str, **changed: FrameRules) -> Any:  # noqa: ANN401 - JSON
    browser.load(rule_book_json(forms_book(**changed)))
    request = {"rule_sets": [f"made/up/{name}"], "round": ROUND, "answers": answers}
    return json.loads(browser.judge(json.dumps(request)))


def frame_of(answers: Mapping[str, Entry], name: str, **changed: FrameRules) -> Any:  # noqa: ANN401 - JSON
    (found,) = ask(answers, name, **changed)["frames"]
    return found


def codes(lines: list[Any]) -> list[str]:
    return [line["text"]["en"].split(":")[0] for line in lines]


def test_a_cost_that_is_one_figure_leaves_nothing_out() -> None:
    assert codes(frame_of(COST, "group")["arithmetic"]) == [
        "sum_eligible_cost",
        "sum_uncapped",
        "sum_within_limit",
        "sum_own_share",
    ]


def test_while_the_outcome_is_open_the_own_share_is_not_told() -> None:
    open_answer = frame_of(COST, "titled")
    assert open_answer["outcome"] == "cannot_tell"
    assert codes(open_answer["arithmetic"]) == ["sum_eligible_cost", "sum_uncapped", "sum_within_limit"]


def test_names_in_a_list_are_told_as_they_were_chosen() -> None:
    (reason,) = [one for one in frame_of(TITLED, "titled")["reasons"] if one["code"] == "made.0"]
    assert reason["verdict"] == "met"
    assert reason["yours"]["en"].startswith("yours:")
    assert "words" in reason["yours"]["en"]


def test_a_record_is_told_by_its_parts_and_none_of_it_in_its_own_words() -> None:
    told = ask({**COST, "certificate.granted": "yes", "certificate.growth": "3"}, "certified")
    assert told["frames"][0]["outcome"] == "eligible"
    values = [value["en"] for one in told["given"] for value in one["values"]]
    assert values == ["10,000,000 yen", "yes", "3%"]
    none = ask({**COST, "certificate": "none"}, "certified")
    assert [value["en"] for one in none["given"] for value in one["values"]] == ["10,000,000 yen", "words"]


def test_a_pool_that_is_exceeded_is_told_with_its_place() -> None:
    taken = [{"amount_yen": "300万円"}, {"amount_yen": "300万円"}]
    costs = [{"amount_yen": "1"}, {"amount_yen": "1"}]
    answers: Mapping[str, Entry] = {"members": "2", "expert": "no", "costs_by_member": costs, "taken": taken}
    refused = frame_of(answers, "consortium")
    (reason,) = [one for one in refused["reasons"] if one["verdict"] == "not_met"]
    assert (refused["outcome"], reason["code"], reason["citation"]["section"]) == (
        "not_eligible",
        "pool.exceeded",
        PLACE.section,
    )
    fewer = frame_of({**answers, "taken": [{"amount_yen": "200万円"}, {"amount_yen": "200万円"}]}, "consortium")
    assert [one["code"] for one in fewer["reasons"] if one["verdict"] == "not_met"] == []


def test_without_a_rule_about_it_no_second_look_is_told() -> None:
    assert frame_of(COST, "group")["reexamination"] is None


def test_a_repayment_that_a_finding_leaves_open_is_not_told_as_a_figure() -> None:
    sold = replace(CLAWBACK, whole=(case("sold", Fact("plea"), Fact("back")),))
    repaid = frame_of(TITLED, "titled", titled=replace(FRAMES["titled"], clawback=sold))["repayment"]
    assert repaid["most_yen"] is None
    assert repaid["headline"]["en"].startswith("repayment_cannot_tell")


def test_a_verdict_on_rules_that_are_not_confirmed_says_so() -> None:
    told = frame_of(TITLED, "titled", titled=replace(FRAMES["titled"], unconfirmed=("lowest_title",)))
    assert told["verdict"]["en"].startswith("verdict_unconfirmed: verdict_eligible")
    assert told["meaning"][0]["en"].startswith("meaning_unconfirmed")
    plain = frame_of(TITLED, "titled")
    assert plain["verdict"]["en"].startswith("verdict_eligible")
    assert not plain["meaning"][0]["en"].startswith("meaning_unconfirmed")


def test_a_fact_that_is_not_worked_out_has_no_working() -> None:
    with pytest.raises(ValueError, match="staff is not worked out from anything"):
        worked(forms_book(), "staff", {})


def judgment(rules: FrameRules) -> Judgment:
    found = judged(Assessor(forms_book(titled=rules)), "made/up/titled", ROUND, {})
    assert found is not None
    return found


def test_a_count_is_drawn_in_steps_only_where_nothing_is_worked_out_with_it() -> None:
    by_size = (RateCase(more(Fact("members"), Kind.COUNT, 5), HALF, WORDS, PLACE), *only(TWO_THIRDS))
    fixed = frame(award(by_size, limit(yen(MILLION)), lower(1)))
    assert [fact.name for _, fact in counts_of(judgment(fixed))] == ["members"]
    assert list(counts_of(judgment(frame(award(by_size, limit(BY_MEMBERS)))))) == []


def test_a_rehearsal_judges_every_frame_and_changes_no_answer() -> None:
    before = ask(TITLED, "titled")
    browser.load(rule_book_json(forms_book()))
    asked: list[str] = []
    rules_of = Assessor.rules

    def noted(self: Assessor, name: str, round_: int | None) -> FrameRules | None:
        asked.append(name)
        return rules_of(self, name, round_)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Assessor, "rules", noted)
        browser.rehearse()
    assert set(asked) >= forms_book().frames.keys()
    request = {"rule_sets": ["made/up/titled"], "round": ROUND, "answers": TITLED}
    assert json.loads(browser.judge(json.dumps(request))) == before
