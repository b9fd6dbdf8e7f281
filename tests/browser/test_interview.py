"""One question at a time, in a real Chromium: what is asked, what is never asked, and that no answer is ever lost."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations_in_every_look
from tests.browser.test_check import LANGUAGES, OUTCOMES
from tests.browser.visitor import Visit, Visitor

pytestmark = pytest.mark.browser

NEXT = {"ja": "次へ", "en": "Continue"}
START = {"ja": "質問に一つずつ答える", "en": "Answer one question at a time"}
PASSING: dict[str, Any] = {
    "applicant_type": "company",
    "industry": "manufacturing",
    "capital_yen": "1,000万円",
    "regular_employees": "20人",
    "deemed_large_company": "no",
    "rehabilitation_business": "no",
    "plan_years": "5",
    "value_added_growth_pct": "3",
    "total_wages_growth_pct": "1.5",
    "lowest_wage_above_regional_minimum_yen": "30",
    "plan_announced_to_employees": "yes",
    "awarded_same_programme_within_10_months": "no",
    "costs": [{"category": "machinery_system", "amount_yen": "1,200万", "max_unit_price_yen": "1,200万"}],
    "taxable_income_previous_year_yen": "1",
    "dx_project": "no",
    "green_project": "no",
    "global_category": "none",
}


#: The question on show, and nothing where there is none.
ASKED = """() => {
    const shown = document.querySelector("#check-form [data-question]:not([hidden])");
    return shown?.checkVisibility() ? shown.dataset.fact : null;
}"""


def begin(visit: Visit, language: str = "ja", **options: Any) -> Visitor:  # noqa: ANN401 - as `visit` takes them
    visitor = visit(f"{language}/check/", **options)
    visitor.page.get_by_role("button", name=START[language]).click()
    return visitor


def asked(visitor: Visitor) -> str | None:
    """The question on show, or None where the answer is."""
    shown: str | None = visitor.page.evaluate(ASKED)
    return shown


def answer_all(visitor: Visitor, answers: dict[str, Any], language: str = "ja") -> list[str]:
    """Answer each question that is asked, until the result is there; return them in order."""
    questions: list[str] = []
    page = visitor.page
    while (name := asked(visitor)) is not None:
        questions.append(name)
        assert questions.count(name) == 1, questions
        if name in answers:
            visitor.fill_in({name: answers[name]})
        else:
            page.locator(f'[data-fact="{name}"] input[value=unknown]').first.evaluate("choice => choice.click()")
        page.get_by_role("button", name=NEXT[language], exact=True).click()
        gone = page.locator(f'#check-form [data-question][data-fact="{name}"]')
        expect(gone).to_be_hidden()
    visitor.see_answer()
    return questions


def test_whoever_passes_is_asked_each_question_once_and_gets_the_answer_of_the_long_form(visit: Visit) -> None:
    """In Japanese; `test_everybody.py` goes the same way in English as well."""
    visitor = begin(visit)
    questions = answer_all(visitor, PASSING)
    assert len(questions) == len(set(questions))
    assert "capital_yen" not in questions  # 20 employees in manufacturing are small whatever the capital is
    assert not {"dx_diagnosis_submitted_to_ipa", "carbon_productivity_growth_pct"} & set(questions)  # settled by a no
    expect(visitor.compared("normal")).to_contain_text(OUTCOMES["ja"]["eligible"])
    expect(visitor.compared("normal")).to_contain_text("800万円")
    for slug in ("recovery", "digital", "green", "global"):
        expect(visitor.compared(slug)).to_contain_text(OUTCOMES["ja"]["not_eligible"])


def test_what_settles_everything_ends_the_interview(visit: Visit) -> None:
    visitor = begin(visit)
    questions = answer_all(visitor, {**PASSING, "plan_years": "2"})
    assert questions[-1] == "plan_years"
    assert len(questions) < 6


def test_i_do_not_know_is_never_asked_again(visit: Visit) -> None:
    visitor = begin(visit)
    questions = answer_all(visitor, {})
    assert len(questions) == len(set(questions))
    expect(visitor.compared("normal")).to_contain_text(OUTCOMES["ja"]["cannot_tell"])


def test_a_question_without_an_answer_is_told_beside_it(visit: Visit) -> None:
    visitor = begin(visit)
    page = visitor.page
    name = asked(visitor)
    page.get_by_role("button", name=NEXT["ja"], exact=True).click()
    expect(page.locator("#mistakes")).to_be_focused()
    expect(page.locator(f'[data-fact="{name}"] .mistake')).to_contain_text("わからない")
    assert asked(visitor) == name


def test_a_number_that_cannot_be_read_is_told_beside_its_question(visit: Visit) -> None:
    visitor = begin(visit)
    page = visitor.page
    visitor.answer({"costs": PASSING["costs"]})
    page.get_by_role("button", name=NEXT["ja"], exact=True).click()
    expect(page.locator("#question-plan_years")).to_be_focused()
    visitor.answer({"plan_years": "五"})
    page.get_by_role("button", name=NEXT["ja"], exact=True).click()
    expect(page.locator("#mistakes")).to_be_focused()
    expect(page.locator("#answer-plan_years")).to_have_attribute("aria-invalid", "true")
    assert asked(visitor) == "plan_years"


def test_the_saved_file_has_the_answers_and_what_came_out_and_a_changed_answer_leads_back_to_the_result(
    visit: Visit,
) -> None:
    visitor = begin(visit)
    page = visitor.page
    answer_all(visitor, PASSING)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="データで保存する").click()
    content = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    assert content["answers"]["regular_employees"] == "20人"
    assert content["outcomes"]["monozukuri/r3s/normal"] == ["eligible", "8000000"]
    page.get_by_role("button", name=re.compile("変更する 常時使用する従業員")).click()
    assert asked(visitor) == "regular_employees"
    expect(page.locator("#answer-regular_employees")).to_have_value("20人")
    answer_all(visitor, {**PASSING, "regular_employees": "21"})
    expect(visitor.compared("normal")).to_contain_text("600万円")


def test_the_result_so_far_says_what_is_open_and_the_interview_goes_on(visit: Visit) -> None:
    visitor = begin(visit)
    page = visitor.page
    visitor.answer({"costs": PASSING["costs"]})
    page.get_by_role("button", name=NEXT["ja"], exact=True).click()
    expect(page.locator("#question-plan_years")).to_be_focused()
    page.get_by_role("button", name="ここまでの結果を見る").click()
    visitor.see_answer()
    expect(visitor.compared("normal")).to_contain_text(OUTCOMES["ja"]["cannot_tell"])
    page.get_by_role("button", name="残りの質問に答える").click()
    expect(page.locator("#question-plan_years")).to_be_focused()


def test_an_answer_that_cannot_be_read_is_asked_again_whichever_way_the_visitor_goes(visit: Visit) -> None:
    visitor = begin(visit)
    page = visitor.page
    press_next = page.get_by_role("button", name=NEXT["ja"], exact=True)
    visitor.answer({"costs": PASSING["costs"]})
    press_next.click()
    expect(page.locator("#question-plan_years")).to_be_focused()
    visitor.answer({"plan_years": "五"})
    page.locator("[data-slot=so-far]").click()
    expect(page.locator("#mistakes")).to_be_focused()
    assert asked(visitor) == "plan_years"  # what is to be mended stays in sight
    page.locator("#check-step [data-slot=back]").click()
    expect(page.locator("#question-costs")).to_be_focused()
    press_next.click()
    expect(page.locator("#question-plan_years")).to_be_focused()


@pytest.mark.parametrize("row", [{"category": "expert"}, {"amount_yen": "100万円"}, {"max_unit_price_yen": "60万円"}])
def test_a_row_that_lacks_something_is_not_passed_over(row: dict[str, str], visit: Visit) -> None:
    """A sum without it would look complete, and be told as one."""
    visitor = begin(visit)
    page = visitor.page
    visitor.answer({"costs": [*PASSING["costs"], row]})
    page.get_by_role("button", name=NEXT["ja"], exact=True).click()
    expect(page.locator("#mistakes")).to_be_focused()
    lacks = {"category", "amount_yen"} - set(row)
    assert {str(one.get_attribute("name")) for one in page.locator("[aria-invalid=true]").all()} == {
        f"costs.1.{column}" for column in lacks
    }
    visitor.page.locator("[data-fact=costs] input[value=unknown]").check()
    page.get_by_role("button", name=NEXT["ja"], exact=True).click()
    expect(page.locator("#question-plan_years")).to_be_focused()


def test_a_row_that_is_being_filled_in_is_no_mistake_yet(visit: Visit) -> None:
    visitor = visit("en/check/#form")
    visitor.fill_in({"regular_employees": "21"})
    visitor.submit()
    visitor.see_answer()
    visitor.answer({"costs.0.category": "expert"})
    visitor.page.locator("[name='costs.0.amount_yen']").focus()
    expect(visitor.page.locator("#answer .given")).to_contain_text("Expert fees")
    expect(visitor.page.locator("#mistakes")).to_be_hidden()
    visitor.submit()
    expect(visitor.page.locator("#mistakes")).to_contain_text("Row 1, amount (excluding tax)")


def test_an_answer_that_is_changed_is_not_called_the_last_question(visit: Visit) -> None:
    visitor = begin(visit, "en")
    answer_all(visitor, PASSING, "en")
    visitor.page.locator("#answer .given [data-slot=change]").first.click()
    expect(visitor.page.locator("#check-step [data-slot=count]")).to_have_text("Changing an answer")


def test_who_starts_again_sees_the_start_and_finds_no_erased_result_behind(visit: Visit) -> None:
    visitor = begin(visit)
    page = visitor.page
    answer_all(visitor, {**PASSING, "plan_years": "2"})
    page.locator("#answer [data-slot=again]").click()
    expect(page.locator("main > h1")).to_be_in_viewport()
    expect(page.get_by_role("button", name=START["ja"])).to_be_in_viewport()
    page.go_back()
    expect(page.get_by_role("button", name=START["ja"])).to_be_visible()
    expect(page.locator("#answer")).to_be_hidden()


def test_the_interview_is_done_by_keyboard_alone(visit: Visit) -> None:
    visitor = visit("en/check/")
    page = visitor.page
    button = page.get_by_role("button", name=START["en"])
    expect(button).to_be_visible()
    for _ in range(30):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#question-costs")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("12000000")
    page.keyboard.press("Tab")
    page.keyboard.type("12000000")
    page.keyboard.press("Enter")
    expect(page.locator("#question-plan_years")).to_be_focused()


def test_a_wait_asks_for_nothing_and_no_request_follows_an_answer(visit: Visit) -> None:
    visitor = begin(visit, starts_python=True)
    visitor.wait_until_ready()
    until_ready = len(visitor.requests)
    answer_all(visitor, {**PASSING, "plan_years": "2"})
    # The address holds the answers now; a browser then takes the page's icon anew, which tells nobody anything.
    assert {request.rsplit("/", 1)[-1] for request in visitor.requests[until_ready:]} <= {"icon.svg"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_at_the_start_at_a_question_and_at_the_result(visit: Visit, language: str) -> None:
    visitor = visit(f"{language}/check/")
    assert violations_in_every_look(visitor.page) == []
    visitor.page.get_by_role("button", name=START[language]).click()
    assert violations_in_every_look(visitor.page) == []
    answer_all(visitor, {**PASSING, "dx_project": "unknown"}, language)
    assert violations_in_every_look(visitor.page) == []
