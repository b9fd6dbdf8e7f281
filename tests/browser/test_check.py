"""What a visitor to the self-diagnosis meets, in a real Chromium under the site's own strict policy."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations_in_every_look
from tests.browser.visitor import Results, Visit, Visitor

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
LANGUAGES = ["ja", "en"]

COMPANY = {
    "applicant_type": "company",
    "industry": "manufacturing",
    "capital_yen": "１，０００万円",
    "regular_employees": "２０人",
    "deemed_large_company": "no",
    "rehabilitation_business": "no",
    "plan_years": "５年",
    "value_added_growth_pct": "３．０",
    "total_wages_growth_pct": "1.5%",
    "lowest_wage_above_regional_minimum_yen": "30",
    "plan_announced_to_employees": "yes",
    "awarded_same_programme_within_10_months": "no",
    "costs": [
        {"category": "machinery_system", "amount_yen": "1,200万", "max_unit_price_yen": "１２００万円"},
        {"category": "expert", "amount_yen": "1,000,000"},
    ],
}
DIGITAL = {
    "dx_project": "yes",
    "dx_diagnosis_submitted_to_ipa": "yes",
    "security_action_stars": "１",
    "dx_disclosure_effort": "no",
}
OTHER_FRAMES = {
    "taxable_income_previous_year_yen": "▲1,000,000",
    "green_project": "no",
    "carbon_productivity_growth_pct": "0",
    "mere_equipment_replacement": "no",
    "green_past_efforts_stated": "no",
    "global_category": "none",
}
EVERYTHING: dict[str, Any] = {**COMPANY, **DIGITAL, **OTHER_FRAMES}

OUTCOMES = {
    "ja": {"eligible": "対象になる", "not_eligible": "対象にならない", "cannot_tell": "まだわからない"},
    "en": {"eligible": "You could apply", "not_eligible": "Not open to you", "cannot_tell": "Cannot tell yet"},
}


def judged(visit: Visit, language: str, answers: dict[str, Any]) -> Visitor:
    visitor = visit(f"{language}/check/#form")
    visitor.fill_in(answers)
    visitor.submit()
    visitor.see_answer()
    return visitor


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_the_page_says_so_and_shows_the_tables(visit: Visit, language: str) -> None:
    page = visit(f"{language}/check/", java_script_enabled=False).page
    expect(page.locator(".no-script")).to_be_visible()
    expect(page.locator(".no-script strong")).to_contain_text("JavaScript")
    expect(page.locator("table.decision")).to_have_count(5)
    for table in page.locator("table.decision").all():
        expect(table).to_be_visible()
    expect(page.locator("table.decision").first).to_contain_text("3%")


def test_without_javascript_nothing_can_be_sent(visit: Visit) -> None:
    page = visit("ja/check/", java_script_enabled=False).page
    assert page.locator("form").count() == 1
    assert page.locator("form button, form [type=submit], form[action], [formaction]").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_answer_judges_every_frame(result: Results, language: str) -> None:
    visitor = result(language)
    expected = {
        "normal": ("eligible", "2/3"),
        "recovery": ("eligible", "2/3"),
        "digital": ("eligible", "2/3"),
        "green": ("not_eligible", None),
        "global": ("not_eligible", None),
    }
    for slug, (outcome, rate) in expected.items():
        expect(visitor.compared(slug)).to_contain_text(OUTCOMES[language][outcome])
        if rate is not None:
            expect(visitor.compared(slug)).to_contain_text(rate)
            amount = "866万6,666円" if language == "ja" else "8,666,666 yen"
            expect(visitor.compared(slug)).to_contain_text(re.compile(f"{amount}|8,666,666"))


def test_a_reason_shows_its_sentence_the_visitors_value_and_its_place(visit: Visit) -> None:
    visitor = judged(visit, "ja", EVERYTHING)
    digital = visitor.frame("digital")
    digital.locator("summary").first.click()
    label = visitor.page.locator("a[href$='/digital/#plan.value_added']")
    reason = digital.locator("ul.reasons > li", has=label)
    expect(reason).to_contain_text("3%")
    expect(reason.locator(".citation a").first).to_have_attribute("href", re.compile(r"\.\./sources/\w+/#\w+"))
    reason.locator(label).click()
    expect(visitor.page.locator("[id='plan.value_added']")).to_be_visible()


def test_a_reason_leads_to_its_source(visit: Visit) -> None:
    visitor = judged(visit, "en", EVERYTHING)
    visitor.frame("normal").locator("summary").first.click()
    visitor.frame("normal").locator(".reasons .citation a").first.click()
    expect(visitor.page).to_have_url(re.compile(r"/en/sources/\w+/#\w+"))
    assert visitor.page.locator(":target").count() == 1


def test_the_arithmetic_stands_line_by_line(result: Results) -> None:
    visitor = result("ja")
    visitor.frame("normal").locator("summary").first.click()
    lines = visitor.frame("normal").locator("[data-slot=arithmetic] > li")
    expect(lines.nth(0)).to_contain_text("1,300万円")
    expect(lines.nth(1)).to_contain_text("2/3")


def test_an_answer_of_full_width_digits_and_units_is_understood(visit: Visit) -> None:
    visitor = judged(visit, "ja", {"regular_employees": "　２１　人", "capital_yen": "３億円"})
    expect(visitor.page.locator("#mistakes")).to_be_hidden()
    expect(visitor.compared("normal")).to_contain_text("1,250万円")


@pytest.mark.parametrize(("language", "prefix"), [("ja", "エラー: "), ("en", "Error: ")])
def test_a_wrong_number_gets_a_message_beside_its_field(visit: Visit, language: str, prefix: str) -> None:
    visitor = visit(f"{language}/check/#form")
    visitor.fill_in({**COMPANY, "regular_employees": "たくさん"})
    visitor.submit()
    page = visitor.page
    expect(page.locator("#mistakes")).to_be_focused()
    expect(page).to_have_title(re.compile(f"^{prefix}"))
    field = page.locator("#answer-regular_employees")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("20"))
    expect(page.locator("#answer")).to_be_hidden()
    page.locator("#mistakes a").click()
    expect(field).to_be_focused()
    field.fill("20")
    visitor.submit()
    visitor.see_answer()
    expect(page).not_to_have_title(re.compile(f"^{prefix}"))
    expect(page.locator("[aria-invalid], .mistake")).to_have_count(0)


def test_a_mistake_in_a_later_row_is_marked_in_that_row(visit: Visit) -> None:
    visitor = visit("ja/check/#form")
    visitor.answer({"costs.1.category": "expert", "costs.1.amount_yen": "abc"})
    visitor.submit()
    expect(visitor.page.locator("#mistakes")).to_be_focused()
    expect(visitor.page.locator("[id='answer-costs.1.amount_yen']")).to_have_attribute("aria-invalid", "true")


def test_partial_answers_say_what_is_missing_and_lead_there(visit: Visit) -> None:
    visitor = judged(visit, "ja", {"regular_employees": "20"})
    expect(visitor.compared("normal")).to_contain_text("まだわからない")
    normal = visitor.frame("normal")
    normal.locator("summary").first.click()
    normal.locator("[data-slot=missing] a[data-question=plan_years]").click()
    expect(visitor.page.locator("#answer-plan_years")).to_be_focused()
    normal.locator("[data-slot=missing] a[data-question=industry]").click()
    expect(visitor.page.locator("input[name=industry]").first).to_be_focused()


def test_a_definite_failure_is_told_whatever_is_missing(visit: Visit) -> None:
    visitor = judged(visit, "en", {"value_added_growth_pct": "2.9"})
    for slug in ("normal", "recovery", "digital", "green", "global"):
        first = visitor.compared(slug).locator("td").first
        expect(first).to_have_text(re.compile(r"^\s*Not open to you\s*Not met:"))  # the verdict comes first
        expect(first.locator("[data-slot=failed] li")).to_have_text(["Growth of value added"])


def test_beside_a_frame_that_does_not_fail_no_requirement_is_named(visit: Visit) -> None:
    visitor = judged(visit, "ja", {"regular_employees": "20"})
    expect(visitor.page.locator("[data-slot=comparison] [data-about=failed]")).to_have_count(0)


def test_i_do_not_know_is_an_answer_to_every_question(visit: Visit) -> None:
    visitor = visit("ja/check/#form")
    questions, unknown = (visitor.page.locator(f"[data-fact]{one}") for one in ("", " input[value=unknown]"))
    assert unknown.count() == questions.count()
    unknown.evaluate_all("all => all.forEach(one => one.click())")
    visitor.submit()
    visitor.see_answer()
    for slug in ("normal", "recovery", "digital", "green", "global"):
        expect(visitor.compared(slug)).to_contain_text("まだわからない")


def test_a_list_of_choices_is_ticked_or_none_of_them(visit: Visit) -> None:
    visitor = visit("ja/check/#form")
    question = visitor.page.locator("#question-similar_grants_past_3_years")
    point = visitor.frame("normal").locator(".selection > li", has_text="減点")
    for value, words in (("r1s", "当てはまる"), ("none", "当てはまらない")):
        question.locator(f"input[value={value}]").check()
        visitor.submit()
        visitor.see_answer()
        expect(point).to_contain_text(words)
    expect(question.locator("input[value=r1s]")).not_to_be_checked()


def test_i_do_not_know_and_a_typed_answer_exclude_each_other(visit: Visit) -> None:
    visitor = visit("ja/check/#form")
    field = visitor.page.locator("#answer-capital_yen")
    unknown = visitor.page.locator("#question-capital_yen input[value=unknown]")
    none = visitor.page.locator("#question-capital_yen input[value=none]")
    field.fill("100")
    unknown.check()
    expect(field).to_have_value("")
    none.check()
    expect(unknown).not_to_be_checked()
    field.fill("5")
    expect(none).not_to_be_checked()


def test_the_result_follows_a_changed_answer(visit: Visit) -> None:
    visitor = judged(visit, "ja", EVERYTHING)
    visitor.answer({"regular_employees": "21"})
    visitor.page.locator("#answer-plan_years").focus()
    expect(visitor.compared("normal")).to_contain_text("1/2")
    expect(visitor.page.locator("#answer-plan_years")).to_be_focused()


def test_rows_are_added_and_taken_away(visit: Visit) -> None:
    visitor = judged(visit, "ja", EVERYTHING)
    page = visitor.page
    page.locator("#question-costs button:not([data-remove-row])").click()
    expect(page.locator("[id='answer-costs.3.category']")).to_be_focused()
    visitor.answer({"costs.3.category": "cloud", "costs.3.amount_yen": "200万円"})
    page.locator("#answer-plan_years").focus()
    expect(visitor.compared("normal")).to_contain_text("1,000万円")
    page.locator("[data-remove-row]").nth(3).click()
    expect(page.locator("#question-costs .row")).to_have_count(3)
    expect(visitor.compared("normal")).to_contain_text("8,666,666")


def test_nothing_leaves_the_browser(visit: Visit) -> None:
    visitor = visit("ja/check/#form", starts_python=True)
    visitor.wait_until_ready()
    until_ready = len(visitor.requests)
    visitor.answer(EVERYTHING)
    visitor.submit()
    visitor.see_answer()
    visitor.answer({"regular_employees": "abc"})
    visitor.submit()
    expect(visitor.page.locator("#mistakes")).to_be_focused()
    assert any(request.endswith("pyodide.asm.wasm") for request in visitor.requests)
    assert visitor.requests[until_ready:] == []
    assert [request for request in visitor.requests if not request.startswith(visitor.address)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browser_has_nothing_to_complain_of(visit: Visit, language: str) -> None:
    visitor = judged(visit, language, EVERYTHING)
    visitor.page.locator("details.frame summary").first.click()
    visitor.answer({"regular_employees": "abc"})
    visitor.submit()
    expect(visitor.page.locator("#mistakes")).to_be_focused()
    assert visitor.complaints == []


def test_a_runtime_that_cannot_be_loaded_ends_in_an_offer_to_try_again(visit: Visit) -> None:
    visitor = visit(None, starts_python=True)
    broken = re.compile(r"\.wasm$")
    visitor.page.route(broken, lambda route: route.fulfill(status=404))
    visitor.open("ja/check/#form")
    visitor.fill_in(EVERYTHING)
    visitor.submit()
    failure = visitor.page.locator("#check-failure")
    expect(failure).to_be_focused()
    expect(failure.locator("a[href='#tables']")).to_be_visible()
    visitor.page.unroute(broken)
    failure.locator("button").click()
    visitor.see_answer()
    expect(failure).to_be_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_the_form_with_a_mistake(visit: Visit, language: str) -> None:
    """Nor without one: all else of the form is the same. `test_result.py` looks at a whole result below the form."""
    visitor = visit(f"{language}/check/#form")
    visitor.answer({"regular_employees": "abc"})
    visitor.submit()
    expect(visitor.page.locator("#mistakes")).to_be_focused()
    assert violations_in_every_look(visitor.page) == []


def test_tables_are_folded_for_whom_the_script_serves_and_stand_open_without_it_and_on_paper(visit: Visit) -> None:
    is_shown = "table => table.checkVisibility({ contentVisibilityAuto: true })"
    served = visit("ja/check/").page
    tables = served.locator(".tables .decision")
    expect(served.locator("footer.site")).to_be_visible()  # held back the longest by the styles
    assert not any(table.evaluate(is_shown) for table in tables.all())
    served.emulate_media(media="print")
    assert all(table.evaluate(is_shown) for table in tables.all())
    tables = visit("ja/check/", java_script_enabled=False).page.locator(".tables .decision")
    assert tables.count() > 2
    expect(tables.last).to_be_visible()
    assert all(table.evaluate(is_shown) for table in tables.all())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_needs_no_sideways_scrolling(result: Results, language: str) -> None:
    page = result(language).page
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_controls_are_large_enough_to_press(result: Results) -> None:
    page = result("ja").page
    page.set_viewport_size({"width": 390, "height": 844})
    controls = "main input[type=text], main select, main button, main summary, .options label"
    heights = page.locator(controls).evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height).filter(height => height > 0)"
    )
    assert min(heights) >= 44
