"""What the result says beside the verdicts, in a real Chromium: repayment, the second look, dates, other programmes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from calculator import browser
from tests.browser.axe import OTHER_COLOURS, violations_in_every_look
from tests.browser.test_check import EVERYTHING, LANGUAGES, OUTCOMES, judged
from tests.browser.visitor import Results, Visit

pytestmark = pytest.mark.browser

ASK = """
async ([call, text]) => {
  const page = document.querySelector("#check");
  const scripts = document.querySelector("script[type=module]").src;
  const { Calculator, settingsOf } = await import(new URL("calculator.mjs", scripts).href);
  return new Calculator(settingsOf(page), () => {}).ask(call, text);
}
"""
WANTED = """
[...document.querySelectorAll("[data-elsewhere]")].map(({ dataset }) => (
  { rule_set: dataset.elsewhere, round: dataset.round ? Number(dataset.round) : null }))
"""

#: Keeps the question on other programmes from the worker until the test lets it go, and tells when it is answered.
#: Nothing is held in its place meanwhile: not every browser does so when something comes above what is looked at.
HOLD_OTHERS = """() => {
    document.body.style.overflowAnchor = "none";
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message) {
        if (message.call !== "others") return post.call(this, message);
        window.letGo = () => new Promise(resolve => {
            this.addEventListener("message", ({ data }) => data.id === message.id && setTimeout(resolve, 50));
            post.call(this, message);
        });
    };
}"""
#: Says something to those who listen, and waits until that is on the page.
SAY = """element => new Promise(resolve => {
    element.textContent = "said";
    requestAnimationFrame(() => setTimeout(resolve));
})"""
#: Of the thousand elements of a page with a result, so many may be styled anew when nothing else has changed.
FEW = 50


def with_others(visit: Visit, language: str, answers: dict[str, Any] = EVERYTHING) -> Page:
    page = judged(visit, language, answers).page
    expect(page.locator("#others details").first).to_be_visible()
    return page


@pytest.mark.parametrize(("language", "words"), [("ja", "最大8,666,666円"), ("en", "up to 8,666,666 yen")])
def test_a_frame_says_the_most_that_could_be_asked_back_and_each_years_share(
    result: Results, language: str, words: str
) -> None:
    visitor = result(language)
    visitor.frame("normal").locator("summary").first.click()
    repayment = visitor.frame("normal").locator("[data-slot=repayment]")
    expect(repayment.locator(".most")).to_contain_text(words)
    expect(repayment.locator(".counts tbody tr")).to_have_count(5)
    expect(repayment.locator(".counts tbody tr").nth(2)).to_contain_text("5,199,999")
    expect(repayment.locator(".duty .citation a").first).to_be_visible()


def test_every_duty_and_the_total_stand_above_their_own_places(result: Results) -> None:
    page = result("ja").page
    links = page.locator("details[data-rule-set$='/recovery'] .repayment .citation a")
    sources = links.evaluate_all("all => all.map(one => one.pathname.split('/').at(-2))")
    assert sources == ["r3_outline", "jan2020_call", "r3_outline", "r3_outline", "jan2020_call"]


def test_a_frame_that_pays_nothing_has_no_word_of_repayment(result: Results) -> None:
    visitor = result("ja")
    expect(visitor.frame("green").locator("[data-slot=outcome]").first).to_contain_text("対象にならない")
    expect(visitor.frame("green").locator(".repayment")).to_have_count(0)


def test_the_second_look_names_its_frame_and_what_it_would_pay(visit: Visit) -> None:
    visitor = judged(visit, "ja", {**EVERYTHING, "regular_employees": "30"})
    visitor.frame("recovery").locator("summary").first.click()
    look = visitor.frame("recovery").locator("[data-slot=reexamination]")
    expect(look.locator("a[href$='/normal/']")).to_be_visible()
    expect(look).to_contain_text("1/2")
    expect(look).to_contain_text("650万円")


def test_the_dates_stand_in_order_with_their_places_and_can_be_taken_along_as_a_calendar(result: Results) -> None:
    page = result("ja").page
    steps = page.locator("#steps")
    dates = steps.locator("time").evaluate_all("all => all.map(one => one.dateTime)")
    assert dates == ["2022-10-24T17:00+09:00", "2022-11-07T17:00+09:00", "2022-11-30", "2022-12-22T17:00+09:00"]
    expect(steps.locator("li")).to_have_count(5)
    expect(steps.locator("li .citation")).to_have_count(5)

    with page.expect_download() as download:
        page.locator("#steps a[download]").click()
    assert download.value.suggested_filename == "deadlines.ics"
    assert Path(download.value.path()).read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_other_programmes_are_grouped_by_verdict_and_lead_to_their_pages(visit: Visit) -> None:
    page = with_others(visit, "ja")
    groups = page.locator("#others details")
    assert groups.evaluate_all("all => all.map(one => one.dataset.outcome)") == [
        "eligible",
        "cannot_tell",
        "not_eligible",
    ]
    assert groups.evaluate_all("all => all.map(one => one.open)") == [True, False, False]
    first = groups.first.locator("tbody tr").first
    expect(first).to_contain_text("9次締切")
    first.locator("a").click()
    expect(page).to_have_url(re.compile("/ja/monozukuri/r1s/9/"))


def test_a_changed_answer_changes_the_other_programmes_and_keeps_what_was_opened(visit: Visit) -> None:
    page = with_others(visit, "en")
    page.locator("#others details[data-outcome=not_eligible] summary").click()
    page.locator('input[name="plan_years"]').fill("2")
    page.locator('input[name="plan_years"]').blur()
    expect(page.locator("#others details[data-outcome=eligible]")).to_have_count(0)
    expect(page.locator("#others details[data-outcome=not_eligible]")).to_have_attribute("open", "")


def test_other_programmes_do_not_move_away_what_is_being_pressed(visit: Visit) -> None:
    visitor = visit("en/check/#form", starts_python=True)
    page = visitor.page
    page.evaluate(HOLD_OTHERS)
    visitor.fill_in(EVERYTHING)
    visitor.submit()
    visitor.see_answer()
    button = page.locator("#answer [data-slot=again]")
    button.hover()
    page.mouse.down()
    page.evaluate("() => letGo()")
    page.mouse.up()
    expect(page.locator("#check section.start")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_result_fits_a_phone_and_axe_finds_nothing(visit: Visit, language: str) -> None:
    page = with_others(visit, language, {**EVERYTHING, "dx_project": "unknown"})
    outcomes = page.locator("details.frame > summary [data-slot=outcome]").all_text_contents()
    assert {one.strip() for one in outcomes} == set(OUTCOMES[language].values())
    page.locator("#answer details").evaluate_all("all => all.forEach(one => one.open = true)")
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations_in_every_look(page, OTHER_COLOURS if language == "ja" else ()) == []


def test_no_pattern_of_the_page_has_the_name_of_another(visit: Visit) -> None:
    names = visit("ja/check/").page.locator("template[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(names) == len(set(names)) > 0


def test_the_whole_result_is_the_same_in_the_browser(visit: Visit, built_site: Path) -> None:
    browser.load((built_site / "rules.json").read_text(encoding="utf-8"))
    page = visit("ja/check/").page
    check = page.locator("#check").evaluate("({ dataset }) => [dataset.ruleSets.split(' '), Number(dataset.round)]")
    judge = json.dumps({"rule_sets": check[0], "round": check[1], "answers": EVERYTHING})
    others = json.dumps({"answers": EVERYTHING, "others": page.evaluate(WANTED)})
    assert page.evaluate(ASK, ["judge", judge]) == browser.judge(judge)
    assert page.evaluate(ASK, ["others", others]) == browser.others(others)


def test_a_message_beside_a_result_has_few_elements_styled_anew(visit: Visit, chromium: Browser) -> None:
    page = with_others(visit, "ja")
    chromium.start_tracing(page=page, categories=["devtools.timeline"])
    page.locator("#check-announcement").evaluate(SAY)
    events = json.loads(chromium.stop_tracing())["traceEvents"]
    styled = [one["args"].get("elementCount", 0) for one in events if one["name"] == "UpdateLayoutTree"]
    assert styled
    assert sum(styled) < FEW
