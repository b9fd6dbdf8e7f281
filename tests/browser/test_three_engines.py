"""The self-diagnosis works alike in Chromium, Firefox and WebKit, under the policy that it is published with.

What one engine shows in depth is in test_check.py and test_same_answers.py; here is what engines could do differently.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright

from calculator import browser as calculator
from tests.browser.engines import PlaywrightWindow, WebKitWindow, Window, wait_until, webkit_window
from tests.browser.recorder import Recorder, recorded
from tests.browser.test_check import EVERYTHING, OUTCOMES
from tests.browser.test_same_answers import ASSESS, drawn_cases
from tests.scenarios.worked import worked_cases
from tests.windows import installed, new_context

pytestmark = pytest.mark.browser

ENGINES = ["chromium", "firefox", "webkit"]
OTHER_ENGINES = ENGINES[1:]
CAPITAL = "98765432"  # stands nowhere else
ANSWERS = {**EVERYTHING, "capital_yen": CAPITAL}
SWITCHES = {"explain": True, "next": True, "changes": False}

COMPARISON = """async () => [...document.querySelectorAll("#answer > .comparison tbody tr")].map(
    row => [...row.children].map(cell => cell.textContent.trim()))"""
SUMMARY = """async () => ({
    title: document.title,
    link: document.querySelector("#mistakes a").getAttribute("href"),
    invalid: [...document.querySelectorAll("[aria-invalid=true]")].map(field => field.id),
    described: document.getElementById(
        document.querySelector("[aria-invalid=true]").getAttribute("aria-describedby").split(" ").at(-1)) !== null,
})"""
BREAK_THE_POLICY = """async () => {
    const style = document.createElement("style");
    style.textContent = "body { color: red }";
    document.head.append(style);
}"""


@pytest.fixture(scope="module")
def recorder(built_site: Path) -> Iterator[Recorder]:
    with recorded(built_site) as running:
        yield running


@pytest.fixture(scope="module")
def firefox(playwright: Playwright) -> Iterator[Browser]:
    executable = installed("firefox-esr")
    with playwright.firefox.launch(channel="moz-firefox", executable_path=executable) as browser:
        yield browser


@pytest.fixture(scope="module")
def firefox_context(firefox: Browser) -> Iterator[BrowserContext]:
    with new_context(firefox) as context:
        yield context


@pytest.fixture(scope="module")
def webkit() -> Iterator[WebKitWindow]:
    with webkit_window() as window:
        yield window


@pytest.fixture(params=ENGINES)
def window(request: pytest.FixtureRequest) -> Iterator[Window]:
    """A window of each engine; within an engine they share what was fetched before."""
    if request.param == "webkit":
        yield request.getfixturevalue("webkit")
        return
    context = request.getfixturevalue("usual_window" if request.param == "chromium" else "firefox_context")
    with context.new_page() as page:
        yield PlaywrightWindow(page)


@pytest.fixture
def check(window: Window, recorder: Recorder) -> Window:
    """The Japanese self-diagnosis with all its questions, open and ready; what the server heard before is forgotten."""
    recorder.requests.clear()
    recorder.reports.clear()
    window.open(f"{recorder.address}ja/check/#form")
    window.until_ready()
    return window


def violations(window: Window, recorder: Recorder) -> list[str]:
    """What the policy of the server or of the page has stopped."""
    return [*recorder.reports, *window.run("async () => violations")]


def test_the_page_shows_what_cpython_says_of_the_same_answers_and_tells_nobody(
    check: Window, recorder: Recorder, built_site: Path
) -> None:
    until_ready = len(recorder.requests)
    check.answer(ANSWERS)
    check.click("button[type=submit]")
    check.until_focused("#answer-heading")
    rule_sets = check.run("async () => document.querySelector('#check').dataset.ruleSets").split(" ")
    assert check.run(COMPARISON) == in_cpython(rule_sets, built_site)
    assert any("/rules.json " in request for request in recorder.requests)
    assert recorder.requests[until_ready:] == []
    assert [request for request in recorder.requests if CAPITAL in request] == []
    assert violations(check, recorder) == []


def in_cpython(rule_sets: list[str], built_site: Path) -> list[list[str]]:
    """What the page should show: the name of each frame, and what of it is compared."""
    calculator.load((built_site / "rules.json").read_text(encoding="utf-8"))
    request = {"rule_sets": rule_sets, "round": 13, "answers": ANSWERS, "passed": [], "saved": None}
    rows = []
    for frame in json.loads(calculator.judge(json.dumps(request)))["frames"]:
        figures = {figure["name"]: figure["value"]["ja"] for figure in frame["figures"]}
        compared = (figures[name] for name in ("rate", "upper_limit_yen", "subsidy_yen"))
        rows.append([frame["name"]["ja"], OUTCOMES["ja"][frame["outcome"]], *compared])
    return rows


@pytest.mark.parametrize("window", OTHER_ENGINES, indirect=True)
def test_a_wide_choice_of_cases_has_the_same_answers(window: Window, recorder: Recorder, built_site: Path) -> None:
    """In Chromium test_same_answers.py compares all of them."""
    cases = [*(one.case for one in worked_cases()[::4]), *drawn_cases()]
    text = json.dumps([{**case, "switches": SWITCHES} for case in cases], ensure_ascii=False, default=str)
    calculator.load((built_site / "rules.json").read_text(encoding="utf-8"))
    window.open(f"{recorder.address}ja/check/")
    assert window.run(ASSESS, text) == calculator.assess(text)


def test_a_wrong_number_is_told_in_a_summary_and_at_its_field(check: Window) -> None:
    check.answer({"regular_employees": "たくさん"})
    check.click("button[type=submit]")
    check.until_focused("#mistakes")
    summary = check.run(SUMMARY)
    assert summary["title"].startswith("エラー: ")
    assert summary["link"] == "#answer-regular_employees"
    assert summary["invalid"] == ["answer-regular_employees"]
    assert summary["described"] is True
    check.click("#mistakes a")
    check.until_focused("#answer-regular_employees")


def test_the_keyboard_alone_leads_from_the_first_question_to_the_reasons(check: Window) -> None:
    check.tab_to("#answer-capital_yen")
    check.type("１，０００万円")
    check.tab_to("#answer-regular_employees")
    check.type("２１人")
    check.press("Enter")
    check.until_focused("#answer-heading")
    assert "1,250万円" in check.run(COMPARISON)[0][3]
    check.tab_to(".comparison a")
    check.press("Enter")
    check.until_focused("details.frame[open] > summary")
    check.tab_to("details.frame[open] a")


def test_what_the_policy_stops_is_heard_of(window: Window, recorder: Recorder) -> None:
    """Otherwise the silence in the tests above would mean nothing."""
    recorder.reports.clear()
    window.open(f"{recorder.address}ja/check/")
    window.run(BREAK_THE_POLICY)
    window.until("violations.includes('style-src-elem')")
    wait_until(lambda: any("style-src" in report for report in recorder.reports), "a report on style-src")
