"""The self-diagnosis for everybody: narrow, enlarged, in forced colours, with large targets, at every step."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.axe import RULES_OF_COLOURS, violations
from tests.browser.test_check import LANGUAGES, OUTCOMES
from tests.browser.test_interview import PASSING, START, answer_all
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

CONTROLS = "main button, main input[type=text], main select, main summary, .options label"
SIZES = ((320, "100%"), (390, "100%"), (390, "200%"), (640, "200%"), (1280, "100%"))

#: How many animations last; one that does not only holds something back, and moves nothing.
MOVING = "document.getAnimations().filter(one => one.effect.getComputedTiming().activeDuration !== 0).length"


@dataclass(frozen=True)
class Seen:
    """What was measured of one step of the way."""

    step: str
    too_wide: list[tuple[int, str]]
    small_controls: list[str]
    violations_in_forced_colours: list[str]
    animations: int


def steps(visitor: Visitor, language: str) -> Iterator[str]:
    """Walk through the interview, stopping at the start, rows, a typed question, a chosen one, and the result."""
    page = visitor.page
    visitor.open(f"{language}/check/")
    button = page.get_by_role("button", name=START[language])
    expect(button).to_be_visible()
    yield "start"
    button.click()
    yield "rows"
    visitor.answer({"costs": PASSING["costs"]})
    visitor.submit()
    expect(page.locator("#question-plan_years")).to_be_focused()
    yield "typed"
    visitor.answer({"plan_years": "5"})
    visitor.submit()
    expect(page.locator("#question-plan_years")).to_be_hidden()
    yield "chosen"
    answer_all(visitor, PASSING, language)
    expect(visitor.compared("normal")).to_contain_text(OUTCOMES[language]["eligible"])
    page.locator("#answer details").evaluate_all("all => all.forEach(one => one.open = true)")
    yield "result"


def look(page: Page, step: str, *, at_colours: bool) -> Seen:
    too_wide = []
    for width, size in SIZES:
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            too_wide.append((width, size))
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size({"width": 390, "height": 844})
    small = page.locator(CONTROLS).evaluate_all(
        "all => all.map(one => [one.outerHTML.slice(0, 120), one.getBoundingClientRect().height])"
        ".filter(([, height]) => height > 0 && height < 44).map(([html, height]) => `${height} ${html}`)"
    )
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    animations = page.evaluate(MOVING)
    found = violations(page, RULES_OF_COLOURS) if at_colours else []
    page.emulate_media(forced_colors="none", reduced_motion="no-preference")
    return Seen(step, too_wide, small, found, animations)


@pytest.fixture(scope="module", params=LANGUAGES)
def seen(request: pytest.FixtureRequest, usual_window: BrowserContext, site_address: str) -> list[Seen]:
    """Every step of one walk in one language; both have the same colours."""
    page = usual_window.new_page()
    visitor = Visitor(page, site_address)
    found = [look(page, step, at_colours=request.param == "ja") for step in steps(visitor, request.param)]
    page.close()
    return found


def test_nothing_needs_sideways_scrolling_when_narrow_or_at_twice_the_size(seen: list[Seen]) -> None:
    assert {one.step: one.too_wide for one in seen if one.too_wide} == {}


def test_every_control_is_large_enough_to_press(seen: list[Seen]) -> None:
    assert {one.step: one.small_controls for one in seen if one.small_controls} == {}


@pytest.mark.parametrize("seen", ["ja"], indirect=True)
def test_forced_colours_leave_nothing_unreadable(seen: list[Seen]) -> None:
    assert {one.step: one.violations_in_forced_colours for one in seen if one.violations_in_forced_colours} == {}


def test_a_visitor_who_wants_less_motion_gets_none(seen: list[Seen]) -> None:
    assert {one.step: one.animations for one in seen if one.animations} == {}
    assert len(seen) == 5
