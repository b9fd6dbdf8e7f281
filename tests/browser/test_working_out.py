"""The sums beside questions, in a real Chromium: worked out by Python, taken over by a press."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.visitor import Visit, Visitor

pytestmark = pytest.mark.browser


def opened(visitor: Visitor, fact: str) -> Locator:
    place = visitor.page.locator(f"details[data-worked-out={fact}]")
    place.locator("summary").click()
    return place


def test_value_added_growth_is_worked_out_from_the_accounts_and_taken_over(visit: Visit) -> None:
    visitor = visit("ja/check/#form")
    page = visitor.page
    visitor.answer({"plan_years": "3年"})
    place = opened(visitor, "value_added_growth_pct")
    expect(place.locator("[data-work=years]")).to_have_value("3年")
    for name, amount in {
        "now.operating_profit": "1,000万",
        "now.personnel_costs": "4000万円",
        "now.depreciation": "0",
        "later.operating_profit": "１５００万",
        "later.personnel_costs": "39,660,000",
        "later.depreciation": "0",
    }.items():
        place.locator(f"[data-work='{name}']").fill(amount)
    place.locator("[data-work=years]").press("Enter")
    expect(place.locator("[data-slot=worked]")).to_contain_text("3.01%")
    expect(page.locator("#answer-heading")).to_be_hidden()  # the form itself was not sent
    place.get_by_role("button", name="3.01").click()
    expect(page.locator("#answer-value_added_growth_pct")).to_have_value("3.01")
    expect(page.locator("#answer-value_added_growth_pct")).to_be_focused()


def test_an_amount_that_cannot_be_read_is_told_at_its_field(visit: Visit) -> None:
    visitor = visit("en/check/#form")
    place = opened(visitor, "lowest_wage_above_regional_minimum_yen")
    place.locator("[data-work='now.lowest_wage']").fill("1100")
    place.get_by_role("button", name="Work it out").click()
    field = place.locator("[data-work='now.regional_minimum_wage']")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("1,072 yen")
    place.get_by_role("button", name="Work it out").click()
    expect(place.locator("[data-slot=worked]")).to_contain_text("28 yen")
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_nothing_of_a_sum_is_an_answer_until_it_is_taken_over(visit: Visit) -> None:
    visitor = visit("ja/check/#form")
    place = opened(visitor, "lowest_wage_above_regional_minimum_yen")
    place.locator("[data-work='now.lowest_wage']").fill("1100")
    visitor.submit()
    visitor.see_answer()
    expect(visitor.page.locator("[data-slot=given] dt")).to_have_count(0)


def test_the_fields_of_a_sum_are_made_when_it_is_opened(visit: Visit) -> None:
    visitor = visit("en/check/#form")
    place = visitor.page.locator("details[data-worked-out=lowest_wage_above_regional_minimum_yen]")
    expect(place.locator("input")).to_have_count(0)
    place.locator("summary").click()
    expect(place.locator("input")).to_have_count(2)
    for _ in range(2):  # folded and opened again, they are still the same two
        place.locator("summary").click()
    expect(place.locator("input")).to_have_count(2)
