"""What the page is told: all frames of a round at once, words for all it shows, mistakes beside their fields."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from calculator import browser
from calculator.codec import rule_book_json
from calculator.entries import Entry
from calculator.rulebook import AmountPart, WorkedOut
from tests.calculator.made_book import FACTS_THAT_PASS, book
from tests.calculator.made_rules import WORDS

FILLED: Mapping[str, Entry] = {
    "trade": "works",
    "staff": "２０人",
    "capital": "none",
    "big_owner": "no",
    "earlier_grant": "no",
    "growth": "３％",
    "costs": [{"category": "machine", "amount_yen": "９００", "unit_yen": "900円"}],
}


@pytest.fixture(autouse=True)
def _loaded() -> None:
    assert browser.load(rule_book_json(book())) == "0123456789ab"


def ask(answers: Mapping[str, Entry], *frames: str, round_: int = 2, passed: Sequence[str] = ()) -> Any:  # noqa: ANN401
    request = {"rule_sets": list(frames), "round": round_, "answers": answers, "passed": passed}
    return json.loads(browser.judge(json.dumps(request)))


def figures(frame: Mapping[str, Any]) -> dict[str, str]:
    return {figure["name"]: figure["value"]["en"] for figure in frame["figures"]}


def test_all_frames_of_the_round_are_judged_at_once() -> None:
    answer = ask(FILLED, "made/up/plain", "made/up/special")
    assert [(frame["rule_set"], frame["outcome"]) for frame in answer["frames"]] == [
        ("made/up/plain", "eligible"),
        ("made/up/special", "eligible"),
    ]
    assert answer["mistakes"] == []
    assert answer["answered"] == len(FILLED)


def test_the_figures_and_the_sum_come_with_words_and_places() -> None:
    (frame,) = ask(FILLED, "made/up/plain")["frames"]
    assert figures(frame)["subsidy_yen"] == "600 yen"
    assert figures(frame)["own_share_yen"] == "300 yen"
    assert [line["text"]["en"].split(":")[0] for line in frame["arithmetic"]] == [
        "sum_eligible_cost",
        "sum_uncapped",
        "sum_within_limit",
        "sum_own_share",
    ]
    assert all(line["citation"]["section"] for line in frame["arithmetic"][:3])


def test_costs_that_do_not_count_are_named_in_the_sum() -> None:
    rules = book()
    narrow = {
        name: replace(
            one, award=replace(one.award, eligible_costs=replace(one.award.eligible_costs, categories=("machine",)))
        )
        for name, one in rules.frames["made/up/plain"].rounds.items()
        if one.award is not None and one.award.eligible_costs is not None
    }
    frames = {**rules.frames, "made/up/plain": replace(rules.frames["made/up/plain"], rounds=narrow)}
    browser.load(rule_book_json(replace(rules, frames=frames)))
    costs = [*FILLED["costs"], {"category": "software", "amount_yen": "50", "unit_yen": ""}]
    (frame,) = ask({**FILLED, "costs": costs}, "made/up/plain")["frames"]
    assert (
        "50 yen"
        in next(line for line in frame["arithmetic"] if line["text"]["en"].startswith("sum_left_out"))["text"]["en"]
    )


def test_the_sum_of_a_frame_that_is_not_open_says_that_it_pays_nothing() -> None:
    (frame,) = ask({**FILLED, "growth": "2"}, "made/up/plain")["frames"]
    assert figures(frame)["subsidy_yen"] == "0 yen"
    assert frame["arithmetic"][-1]["text"]["en"].startswith("sum_refused")


def test_every_requirement_says_how_it_stands_and_what_was_answered() -> None:
    (frame,) = ask({**FILLED, "growth": "2.99"}, "made/up/plain")["frames"]
    growth = frame["reasons"][0]
    assert (growth["code"], growth["verdict"]) == ("plan.growth", "not_met")
    assert "2.99%" in growth["yours"]["ja"]
    assert growth["citation"]["status"] == "printed"
    assert frame["changes"][0][0]["fact"] == "growth"


def test_a_date_that_the_round_gives_is_not_called_the_visitors_answer() -> None:
    answers = {**FILLED, "earlier_grant": "none", "granted_on": "2022-02-22"}
    history = ask(answers, "made/up/plain")["frames"][0]["reasons"][2]
    assert (history["code"], history["verdict"]) == ("history", "not_met")
    assert "22 December 2022" not in history["yours"]["en"]
    assert "22 February 2022" in history["yours"]["en"]


def test_nothing_answered_leaves_everything_open_and_proposes_a_first_question() -> None:
    answer = ask({"staff": "", "growth": "unknown"}, "made/up/plain")
    (frame,) = answer["frames"]
    assert (frame["outcome"], answer["answered"], frame["arithmetic"]) == ("cannot_tell", 0, [])
    assert frame["ask"] in {one["fact"] for one in frame["missing"]}
    assert {reason["verdict"] for reason in frame["reasons"]} == {"cannot_tell"}


def test_requirements_that_are_met_are_told_although_the_amount_is_open() -> None:
    (frame,) = ask({**FILLED, "staff": ""}, "made/up/plain")["frames"]
    assert frame["verdict"]["en"].startswith("verdict_amount_open")
    assert [one["fact"] for one in frame["missing"]] == ["staff"]


def test_a_wrong_answer_is_named_by_its_field_and_the_others_are_still_judged() -> None:
    rows = [{"category": "machine", "amount_yen": "about 900", "unit_yen": ""}]
    answer = ask({**FILLED, "staff": "twenty", "costs": rows, "growth": "2"}, "made/up/plain")
    assert [one["field"] for one in answer["mistakes"]] == ["staff", "costs.0.amount_yen"]
    assert answer["mistakes"][0]["message"]["en"].startswith("not_count")
    assert answer["frames"][0]["outcome"] == "not_eligible"


def test_what_cannot_be_read_is_asked_again_though_it_was_asked() -> None:
    answers = {**FILLED, "staff": "twenty"}
    for typed, again in (("twenty", True), ("unknown", False)):
        told = ask({**answers, "staff": typed}, "made/up/plain", passed=["staff"])["interview"]
        assert (told["ask"] == "staff") is again


def test_a_mistake_in_a_row_is_named_by_its_place_on_the_form_where_empty_rows_count_too() -> None:
    empty = {"category": "", "amount_yen": "", "unit_yen": ""}
    wrong = {"category": "machine", "amount_yen": "about 900", "unit_yen": ""}
    (mistake,) = ask({**FILLED, "costs": [empty, wrong]}, "made/up/plain")["mistakes"]
    assert mistake["field"] == "costs.1.amount_yen"
    assert "2" in mistake["summary"]["en"]


def test_none_of_a_list_is_an_answer() -> None:
    (frame,) = ask({**FILLED, "costs": "none"}, "made/up/plain")["frames"]
    assert (frame["outcome"], figures(frame)["eligible_cost_yen"]) == ("not_eligible", "0 yen")


def test_points_are_told_apart_from_requirements() -> None:
    (frame,) = ask({**FILLED, "announced": "yes"}, "made/up/plain")["frames"]
    assert [(one["kind"], one["verdict"]) for one in frame["selection"]] == [("bonus", "met")]


def test_cases_are_answered_as_on_the_command_line() -> None:
    case = {"id": 1, "kind": "eligibility", "rule_set": "made/up/plain", "round": 2, "facts": FACTS_THAT_PASS}
    (answer,) = json.loads(browser.assess(json.dumps([{**case, "switches": {"next": True}}])))
    assert (answer["outcome"], answer["ask"]) == ("eligible", None)


def test_each_case_of_an_array_has_its_own_switches_or_none_and_what_is_no_case_stops_nothing() -> None:
    case = {"id": 1, "kind": "eligibility", "rule_set": "made/up/plain", "round": 2, "facts": FACTS_THAT_PASS}
    asked = [{**case, "switches": {"explain": True}}, 7, {**case, "id": 2}]
    explained, wrong, plain = json.loads(browser.assess(json.dumps(asked)))
    assert explained.keys() - plain.keys() == {"reasons"}
    assert wrong["error"]["code"] == "not_an_object"
    assert (plain["id"], plain["outcome"]) == (2, "eligible")


def test_a_figure_is_worked_out_from_what_was_typed() -> None:
    rules = book()
    parts = WorkedOut((AmountPart("profit", WORDS), AmountPart("wages", WORDS)), (AmountPart("gifts", WORDS),))
    capital = replace(rules.facts["capital"], worked_out=parts)
    browser.load(rule_book_json(replace(rules, facts={**rules.facts, "capital": capital})))
    typed = {"now.profit": "300万円", "now.wages": "2,000,000", "now.gifts": "1万円"}
    told = json.loads(browser.work_out(json.dumps({"fact": "capital", "typed": typed})))
    assert (told["figure"], told["mistakes"]) == ("4990000", [])


def ask_table(text: str) -> Any:  # noqa: ANN401 - JSON
    order = {"rule_sets": ["made/up/plain", "made/up/special"], "round": 2, "language": "en"}
    return json.loads(browser.open_table(f"{json.dumps(order)}\n{text}"))


def test_a_table_is_judged_in_portions_and_a_new_one_takes_its_place() -> None:
    begun = ask_table("name,staff\nA,5\nB,6\n")
    assert (begun["refused"], [one["frame"] for one in begun["frames"]]) == (None, ["plain", "special"])
    first, rest = (json.loads(browser.judge_rows(count)) for count in ("1", "5"))
    assert [(one["companies"], one["is_last"]) for one in (first, rest)] == [(1, False), (2, True)]
    ask_table("name,staff\nC,7\n")
    assert [row["name"] for row in json.loads(browser.judge_rows("5"))["rows"]] == ["C"]


def test_a_table_of_which_nothing_can_be_judged_is_refused_with_a_sentence() -> None:
    told = ask_table("nothing,of,this\n1,2,3\n")
    assert told.keys() == {"refused"}
    assert told["refused"]["ja"]
    assert told["refused"]["en"]
