"""What the page is told beside the verdict: repayment, the second look, dates, other programmes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from calculator import browser
from calculator.codec import rule_book_json
from calculator.result.steps import ACCOUNT, steps_of
from calculator.rulebook import FrameRules
from calculator.schedule import account_days
from tests.calculator.real_questions import real_book

COMPANY: Mapping[str, Any] = {
    "applicant_type": "company",
    "industry": "manufacturing",
    "capital_yen": "1000万円",
    "regular_employees": "20",
    "deemed_large_company": "no",
    "rehabilitation_business": "no",
    "plan_years": "5",
    "value_added_growth_pct": "3",
    "total_wages_growth_pct": "1.5",
    "lowest_wage_above_regional_minimum_yen": "30",
    "plan_announced_to_employees": "yes",
    "awarded_same_programme_within_10_months": "no",
    "taxable_income_previous_year_yen": "-1000000",
    "costs": [{"category": "machinery_system", "amount_yen": "900万", "max_unit_price_yen": "900万"}],
}
LANGUAGES = ("ja", "en")


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    browser.load(rule_book_json(real_book()))


def ask(answers: Mapping[str, Any], *frames: str, round_: int | None = 13) -> Any:  # noqa: ANN401 - JSON
    request = {"rule_sets": [f"monozukuri/r3s/{frame}" for frame in frames], "round": round_, "answers": answers}
    return json.loads(browser.judge(json.dumps(request)))


def frame(answers: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - JSON
    (found,) = ask(answers, name)["frames"]
    return found


def ask_others(answers: Mapping[str, Any], *wanted: tuple[str, int | None]) -> Any:  # noqa: ANN401 - JSON
    others = [{"rule_set": rule_set, "round": round_} for rule_set, round_ in wanted]
    return json.loads(browser.others(json.dumps({"answers": answers, "others": others})))["others"]


def texts(told: Any) -> Iterator[Mapping[str, str]]:  # noqa: ANN401 - JSON
    """Yield every text in what the page is told."""
    if isinstance(told, dict) and told.keys() == set(LANGUAGES):
        yield told
    elif isinstance(told, dict | list):
        for part in told.values() if isinstance(told, dict) else told:
            yield from texts(part)


def without(answers: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if name not in names}


# --- repayment ---


def test_the_most_that_is_repaid_is_the_estimated_subsidy() -> None:
    repaid = frame(COMPANY, "normal")["repayment"]
    assert repaid["most_yen"] == 6_000_000
    assert "600万円" in repaid["headline"]["ja"]
    assert "6,000,000 yen" in repaid["headline"]["en"]
    assert repaid["total"]["citation"]["section"]


def test_the_share_of_each_year_is_told_for_the_plan_of_the_visitor() -> None:
    duties = {duty["name"]: duty for duty in frame(COMPANY, "normal")["repayment"]["duties"]}
    (missed,) = duties["min_wage"]["breaches"]
    assert [(row["count"]["ja"], row["amount"]["ja"]) for row in missed["counts"]["rows"]] == [
        ("1", "120万円"),
        ("2", "240万円"),
        ("3", "360万円"),
        ("4", "480万円"),
        ("5", "600万円"),
    ]
    (wages,) = duties["wage"]["breaches"]
    assert (wages["yen"], wages["counts"]) == (None, None)
    assert wages["amount"]["en"] == "at most 6,000,000 yen"
    assert "the actual purchase price of the equipment" in wages["how"]["en"]
    assert {one["kind"] for one in duties["wage"]["unpaid"]} == {"fulfilled", "plea", "exemption"}


def test_a_frame_that_takes_all_back_says_the_exact_amount() -> None:
    duties = frame(COMPANY, "recovery")["repayment"]["duties"]
    assert {breach["yen"] for duty in duties for breach in duty["breaches"]} == {6_000_000}


def test_an_exempt_business_is_told_that_nothing_is_paid_back_for_the_targets() -> None:
    duties = frame({**COMPANY, "rehabilitation_business": "yes"}, "normal")["repayment"]["duties"]
    assert [duty["note"] is None for duty in duties] == [True, False, False]


def test_what_the_documents_leave_open_about_repayment_is_said() -> None:
    duties = frame({**COMPANY, "rehabilitation_business": "yes"}, "recovery")["repayment"]["duties"]
    point = real_book().open_points["rehabilitation_in_recovery"].to_json()
    assert point in [one for duty in duties for breach in duty["breaches"] for one in breach["open"]]


def test_before_the_subsidy_is_known_no_amount_is_told() -> None:
    repaid = frame(without(COMPANY, "costs"), "normal")["repayment"]
    assert repaid["most_yen"] is None
    assert all(breach["yen"] is None for duty in repaid["duties"] for breach in duty["breaches"])


def test_a_lower_limit_that_no_document_prints_is_told_so_and_not_left_open() -> None:
    request: Mapping[str, Any] = {"rule_sets": ["jizokuka/r3s/normal"], "round": None, "answers": {}}
    (told,) = json.loads(browser.judge(json.dumps(request)))["frames"]
    (limit,) = [one for one in told["figures"] if one["name"] == "lower_limit_yen"]
    assert limit["value"] == {"ja": "資料に記載なし", "en": "Not printed in the documents"}
    (subsidy,) = [one for one in told["figures"] if one["name"] == "subsidy_yen"]
    assert subsidy["value"] == {"ja": "まだ決まりません", "en": "Not known yet"}
    open_award: Mapping[str, Any] = {"rule_sets": ["shoukei/r3s/general"], "round": None, "answers": {}}
    (told,) = json.loads(browser.judge(json.dumps(open_award)))["frames"]
    assert {one["value"]["en"] for one in told["figures"] if not one["is_known"]} == {"Not known yet"}


def test_a_rate_that_is_paid_part_by_part_is_told_with_the_border_of_each_part() -> None:
    request = {"rule_sets": ["it/r3s/software"], "round": None, "answers": {"software_cost_yen": "100万"}}
    (told,) = json.loads(browser.judge(json.dumps(request)))["frames"]
    rate = next(one["value"] for one in told["figures"] if one["name"] == "rate")
    assert rate == {
        "ja": "補助金額50万円まで：3/4、50万円を超え350万円まで：2/3",
        "en": "subsidy up to 500,000 yen: 3/4; above 500,000 yen up to 3,500,000 yen: 2/3",
    }
    sums = [line["text"] for line in told["arithmetic"]]
    assert (
        sums[1]["ja"]
        == f"100万円に部分ごとの補助率（{rate['ja']}）を掛けると、合わせて722,222円です（1円未満は切り捨て）。"
    )
    assert f"({rate['en']}) comes to 722,222 yen in all" in sums[1]["en"]


def test_where_nothing_is_paid_nothing_can_be_asked_back() -> None:
    refused = frame({**COMPANY, "plan_years": "2"}, "normal")
    assert (refused["outcome"], refused["repayment"]) == ("not_eligible", None)


def test_every_duty_has_its_place_and_words_in_both_languages() -> None:
    repaid = frame(COMPANY, "normal")["repayment"]
    assert all(duty["citation"]["source"] in real_book().sources for duty in repaid["duties"])
    assert all(text["ja"] and text["en"] and "{" not in text["ja"] + text["en"] for text in texts(repaid))


# --- what the verdict means, and the second look ---


def test_passing_is_not_called_adoption_and_the_own_share_is_told() -> None:
    meant = frame(COMPANY, "normal")["meaning"]
    assert "採択" in meant[0]["ja"]
    assert "3,000,000 yen" in meant[1]["en"]


def test_the_frame_of_the_second_look_is_judged_for_the_same_facts() -> None:
    there = frame(COMPANY, "recovery")["reexamination"]["frame"]
    itself = frame(COMPANY, "normal")
    assert (there["rule_set"], there["outcome"]) == ("monozukuri/r3s/normal", itself["outcome"])
    own = {figure["name"]: figure for figure in itself["figures"]}
    assert there["figures"]
    assert all(figure == own[figure["name"]] for figure in there["figures"])


def test_the_second_look_can_end_otherwise_than_the_first() -> None:
    large = {**COMPANY, "plan_years": "5", "lowest_wage_above_regional_minimum_yen": "30", "regular_employees": "30"}
    recovery = frame(large, "recovery")
    rates = {figure["name"]: figure["value"]["en"] for figure in recovery["figures"]}
    again = {figure["name"]: figure["value"]["en"] for figure in recovery["reexamination"]["frame"]["figures"]}
    assert (rates["rate"], again["rate"]) == ("2/3", "1/2")
    assert again["subsidy_yen"] == "4,500,000 yen"


def test_where_there_is_no_second_look_no_frame_is_named() -> None:
    assert frame(COMPANY, "normal")["reexamination"]["frame"] is None


# --- what comes next ---


def schedules() -> list[FrameRules]:
    return [rules for one in real_book().frames.values() for rules in one.rounds.values() if rules.schedule]


def test_the_steps_of_a_round_stand_in_the_order_of_their_dates() -> None:
    steps = ask({}, "normal", "recovery")["steps"]
    assert [(step["name"], step["iso"]) for step in steps] == [
        ("call_opens", "2022-10-24T17:00+09:00"),
        ("applications_open", "2022-11-07T17:00+09:00"),
        ("account", "2022-11-30"),
        ("applications_close", "2022-12-22T17:00+09:00"),
        ("adoption_is_not_a_grant", None),
    ]
    assert steps[3]["when"] == {
        "ja": "2022年12月22日（木）17:00（日本時間）",
        "en": "22 December 2022 (Thursday), 17:00 JST",
    }
    assert all(step["citation"] is not None for step in steps)


def test_an_account_that_takes_longer_than_the_call_is_open_is_ordered_first() -> None:
    rules = real_book().frames["monozukuri/r3s/normal"].rounds[13]
    assert rules.account_lead_time is not None
    slow = replace(rules, account_lead_time=replace(rules.account_lead_time, most_days=70))
    assert [step.name for step in steps_of(real_book().messages, slow)][:2] == [ACCOUNT, "call_opens"]


def test_the_account_step_says_after_which_day_it_cannot_come_in_time() -> None:
    (account,) = (step for step in ask({}, "normal")["steps"] if step["name"] == ACCOUNT)
    assert "2022年12月8日（木）" in account["text"]["ja"]
    assert "8 December 2022 (Thursday)" in account["text"]["en"]


@pytest.mark.parametrize("rules", schedules(), ids=lambda one: f"{one.rule_set} {one.round}")
def test_the_account_is_counted_back_as_a_date_is_judged(rules: FrameRules) -> None:
    close = rules.moment("applications_close")
    if rules.account_lead_time is None or close is None:
        assert not any(step.name == ACCOUNT and step.at is not None for step in steps_of(real_book().messages, rules))
        return
    days = account_days(rules.account_lead_time, close.at.date())
    outcomes = [
        json.loads(browser.assess(json.dumps([schedule_case(rules, day)])))[0]["outcome"]
        for day in (days.safe, days.safe + timedelta(days=1), days.last, days.last + timedelta(days=1))
    ]
    assert outcomes == ["in_time", "cannot_tell", "cannot_tell", "too_late"]


def schedule_case(rules: FrameRules, ordered: date) -> dict[str, object]:
    facts = {"gbizid_requested_on": ordered.isoformat()}
    return {"id": 1, "kind": "schedule", "rule_set": rules.rule_set, "round": rules.round, "facts": facts}


def test_a_date_that_is_not_printed_is_said_to_be_so_and_no_last_day_is_invented() -> None:
    steps = {step["name"]: step for step in ask({}, "normal", round_=12)["steps"]}
    assert steps["applications_close"]["when"] is None
    assert "記載" in steps["applications_close"]["text"]["ja"]
    assert (steps["account"]["iso"], steps["account"]["when"]) == (None, None)
    assert "14" in steps["account"]["text"]["en"]


def test_a_day_without_an_hour_is_told_as_a_day() -> None:
    steps = {step["name"]: step for step in ask({}, "normal", round_=10)["steps"]}
    assert steps["call_opens"]["iso"] == "2022-02-16"
    assert steps["call_opens"]["when"]["ja"] == "2022年2月16日（水）"


# --- other programmes ---

ELSEWHERE = (
    ("monozukuri/r1s/business-model", 9),
    ("shoukei/r3s/general", None),
    ("jizokuka/r3s/growth", None),
    ("it/r3s/software", None),
    ("monozukuri/r1s/general", 9),
)


def names(others: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    return [(one["rule_set"], one["outcome"]) for one in others]


def test_what_is_open_to_the_visitor_comes_first_and_what_is_not_comes_last() -> None:
    assert names(ask_others(COMPANY, *ELSEWHERE)) == [
        ("monozukuri/r1s/general", "eligible"),
        ("it/r3s/software", "cannot_tell"),
        ("jizokuka/r3s/growth", "cannot_tell"),
        ("shoukei/r3s/general", "cannot_tell"),
        ("monozukuri/r1s/business-model", "not_eligible"),
    ]


def test_of_several_that_are_open_the_one_that_pays_most_comes_first() -> None:
    costly = {
        **COMPANY,
        "costs": [{"category": "machinery_system", "amount_yen": "6000万", "max_unit_price_yen": "6000万"}],
    }
    others = ask_others(costly, ("monozukuri/r1s/general", 9), ("monozukuri/r1s/global", 9))
    assert [one["rule_set"] for one in others] == ["monozukuri/r1s/global", "monozukuri/r1s/general"]


def test_an_answer_elsewhere_is_the_answer_of_that_frame_itself() -> None:
    (other,) = ask_others(COMPANY, ("monozukuri/r1s/general", 9))
    request = {"rule_sets": ["monozukuri/r1s/general"], "round": 9, "answers": COMPANY}
    (itself,) = json.loads(browser.judge(json.dumps(request)))["frames"]
    assert (other["outcome"], other["verdict"]) == (itself["outcome"], itself["verdict"])
    assert [figure for figure in itself["figures"] if figure in other["figures"]] == other["figures"]


def test_a_refusal_names_what_fails_and_an_open_answer_what_it_waits_for() -> None:
    others = {one["rule_set"]: one for one in ask_others(COMPANY, *ELSEWHERE)}
    assert [label["en"] for label in others["monozukuri/r1s/business-model"]["failed"]] == [
        "Subsidy at or above the lower limit"
    ]
    assert others["it/r3s/software"]["notes"] == [{"ja": "あと1問で分かります", "en": "1 more question settles it"}]
    *_, open_point = others["shoukei/r3s/general"]["notes"]
    assert open_point["en"].startswith("The documents print only ranges")
    assert others["monozukuri/r1s/general"]["notes"] == []


def test_what_was_not_offered_in_the_round_is_left_out() -> None:
    assert ask_others(COMPANY, ("monozukuri/r1s/general", 9), ("monozukuri/r3s/green", 3)) == ask_others(
        COMPANY, ("monozukuri/r1s/general", 9)
    )


@pytest.mark.parametrize("plan", [None, "pending"])
def test_a_plan_that_is_pending_is_told_as_open_and_one_that_nobody_was_asked_about_is_not(plan: str | None) -> None:
    """What a certificate will come to is an open reading of a fact, not a point that the documents leave open."""
    answers = {"costs": COMPANY["costs"], "applicant_type": "npo", "management_improvement_plan": plan or ""}
    every = [(one, rules.round) for one, frame in real_book().frames.items() for rules in frame.rounds.values()]
    told = ask_others(answers, *every)
    label = real_book().facts["management_improvement_plan"].label.ja
    noted = [note["ja"] for one in told for note in one["notes"] if note["ja"] == label]
    assert bool(noted) == (plan == "pending")
