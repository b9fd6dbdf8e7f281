"""The self-diagnosis for everybody: narrow, enlarged, in forced colours, with large targets, at every step."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_check import LANGUAGES, violations
from tests.browser.test_interview import PASSING, answer_all, begin
from tests.browser.visitor import Visit

pytestmark = pytest.mark.browser

CONTROLS = "main button, main input[type=text], main select, main summary, .options label, .frame-list a"


def steps(visit: Visit, language: str) -> Iterator[tuple[str, Page]]:
    """Walk through the interview and stop at the start, at a typed question, at a chosen one, and at the result."""
    visitor = visit(f"{language}/check/")
    page = visitor.page
    expect(page.locator("[data-slot=interview]")).to_be_visible()
    yield "start", page
    begun = begin(visit, language)
    yield "rows", begun.page
    begun.answer({"costs": PASSING["costs"]})
    begun.submit()
    expect(begun.page.locator("#question-plan_years")).to_be_focused()
    yield "typed", begun.page
    begun.answer({"plan_years": "5"})
    begun.submit()
    expect(begun.page.locator("#question-plan_years")).to_be_hidden()
    yield "chosen", begun.page
    answer_all(begun, PASSING, language)
    begun.page.locator("#answer details").evaluate_all("all => all.forEach(one => one.open = true)")
    yield "result", begun.page


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_needs_sideways_scrolling_when_narrow_or_at_twice_the_size(visit: Visit, language: str) -> None:
    for step, page in steps(visit, language):
        for width, size in ((320, "100%"), (390, "100%"), (640, "200%"), (1280, "100%")):
            page.set_viewport_size({"width": width, "height": 844})
            page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (step, width, size)
        page.evaluate("document.documentElement.style.fontSize = ''")


def test_every_control_is_large_enough_to_press(visit: Visit) -> None:
    for step, page in steps(visit, "ja"):
        page.set_viewport_size({"width": 390, "height": 844})
        small = page.locator(CONTROLS).evaluate_all(
            "all => all.map(one => [one.outerHTML.slice(0, 120), one.getBoundingClientRect()])"
            ".filter(([, box]) => box.height > 0 && box.height < 44).map(([html, box]) => `${box.height} ${html}`)"
        )
        assert [one for one in small if "href" not in one] == [], step


def test_forced_colours_leave_nothing_unreadable(visit: Visit) -> None:
    for step, page in steps(visit, "en"):
        page.emulate_media(forced_colors="active")
        assert violations(page) == [], step


def test_a_visitor_who_wants_less_motion_gets_none(visit: Visit) -> None:
    for step, page in steps(visit, "ja"):
        page.emulate_media(reduced_motion="reduce")
        moving = page.evaluate("document.getAnimations().length")
        assert moving == 0, step


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_result_is_announced_and_its_heading_has_the_focus(visit: Visit, language: str) -> None:
    visitor = begin(visit, language)
    answer_all(visitor, PASSING, language)
    expect(visitor.page.locator("#answer-heading")).to_be_focused()
    expect(visitor.page.locator("#check-announcement")).to_have_attribute("role", "status")
    expect(visitor.page.locator("#check-announcement")).to_contain_text("1")
