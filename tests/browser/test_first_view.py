"""A first page in a real Chromium that was never here: what it asks for, that nothing moves, and what comes ahead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from site_builder.hosting.headers import AHEAD_FILE
from tests.browser.recorder import Recorder, recorded
from tests.browser.test_check import LANGUAGES
from tests.browser.test_guidance import DESK, PHONE, TEMPLATES
from tests.render.test_weight import REQUESTS
from tests.windows import LONGEST_WAIT, new_context

pytestmark = pytest.mark.browser

#: Every template that runs no script.
GUIDANCE = [path for path in TEMPLATES if path != "search/"]
BETWEEN_LOOKS = 20  # milliseconds
#: A pointer that rests on a link for so long means it, in Chromium, and then some.
RESTING = 600  # milliseconds
#: In so long all scripts of the page come from this machine, and then some.
SCRIPTS_COME = 1_000  # milliseconds
#: How far things have moved by themselves since the page began to be shown; 0 where nothing has.
MOVED = """async () => {
    let moved = 0;
    const count = entries => entries.forEach(entry => moved += entry.value);
    const observer = new PerformanceObserver(list => count(list.getEntries()));
    observer.observe({ type: "layout-shift", buffered: true });
    const shown = () => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
    for (let frame = 0; frame < 2; frame++) await shown();
    count(observer.takeRecords()); // what has been seen, and not told yet
    return moved;
}"""
#: Notes in which frame the title of a self-diagnosis has been read, and in which it and the first sentence are seen.
#: A frame of 0 is none.
FRAMES = """
const read = part => document.querySelector(part) !== null;
const seen = part => document.querySelector(part)?.checkVisibility() ?? false;
const what = [() => read("main > h1"), () => seen("main > h1"), () => seen("#check .lead")];
globalThis.firstFrames = [0, 0, 0];
let frame = 0;
const look = () => {
  frame += 1;
  what.forEach((holds, at) => firstFrames[at] ||= holds() ? frame : 0);
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
DELIVERY = "performance.getEntriesByType('navigation')[0].deliveryType"


@pytest.fixture(scope="module")
def recorder(built_site: Path) -> Iterator[Recorder]:
    with recorded(built_site) as running:
        yield running


def opened(context: BrowserContext, recorder: Recorder, path: str) -> tuple[Page, list[str]]:
    """Open a page and wait until all has been asked for that a browser asks for last; return all that it asked for."""
    recorder.requests.clear()
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{recorder.address}{path}")
    for _ in range(LONGEST_WAIT // BETWEEN_LOOKS):
        if recorder.asked_for("icon.svg") and recorder.asked_for(AHEAD_FILE):
            return page, [*asked, *(request.split()[1] for request in recorder.requests)]
        page.wait_for_timeout(BETWEEN_LOOKS)
    raise AssertionError(f"{path}: the browser asks for no icon, or not for what it may fetch ahead")


def test_a_first_page_asks_for_a_few_files_of_this_site_alone_and_nothing_moves(
    recorder: Recorder, chromium: Browser
) -> None:
    """Each template in one of the languages: both have the same styles, and no script that could move anything."""
    for path, language in zip(GUIDANCE, cycle(LANGUAGES), strict=False):
        with new_context(chromium, viewport=PHONE) as context:
            page, asked = opened(context, recorder, f"{language}/{path}")
            assert page.evaluate(MOVED) == 0, path
        assert len(recorder.requests) <= REQUESTS, recorder.requests
        assert [url for url in asked if not url.startswith((recorder.address, "/"))] == [], path
        assert [url for url in asked if url.endswith((".mjs", ".js", ".woff2", ".woff", ".ttf", ".otf"))] == [], path


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_self_diagnosis_comes_in_several_frames_and_nothing_moves_when_its_script_comes(
    recorder: Recorder, chromium: Browser, language: str
) -> None:
    with new_context(chromium, viewport=PHONE) as context:
        context.add_init_script(FRAMES)
        page, _ = opened(context, recorder, f"{language}/check/")
        expect(page.locator("#check[data-view=start] [data-slot=ways] button").first).to_be_visible()
        assert page.evaluate(MOVED) == 0
        read, title, lead = page.evaluate("firstFrames")
        assert 0 < read < title < lead


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_moves_where_the_styles_come_after_the_scripts(
    recorder: Recorder, chromium: Browser, language: str
) -> None:
    """Scripts that are there already begin with the last of the styles, before the page has been shown at all."""
    with new_context(chromium, viewport=PHONE) as context, held_back(recorder, "check.css"):
        context.add_init_script(FRAMES)
        page = context.new_page()
        page.goto(f"{recorder.address}{language}/check/", wait_until="commit")
        page.wait_for_timeout(SCRIPTS_COME)
        recorder.goes_on.set()
        expect(page.locator("#check[data-view=start] [data-slot=ways] button").first).to_be_visible()
        assert page.evaluate(MOVED) == 0
        read, title, lead = page.evaluate("firstFrames")
        assert 0 < read < title < lead


@contextmanager
def held_back(recorder: Recorder, name: str) -> Iterator[None]:
    """Let a file stop halfway until the recorder goes on."""
    recorder.held = (name,)
    recorder.goes_on.clear()
    try:
        yield
    finally:
        recorder.held = ()
        recorder.goes_on.set()


def test_what_moves_is_found(recorder: Recorder, chromium: Browser) -> None:
    with new_context(chromium, viewport=PHONE) as context:
        page, _ = opened(context, recorder, "en/about/")
        page.evaluate("document.querySelector('main').style.marginTop = '9rem'")
        assert page.evaluate(MOVED) > 0


def test_a_page_is_there_before_its_link_is_pressed_and_no_file_of_data(recorder: Recorder, chromium: Browser) -> None:
    with new_context(chromium, viewport=DESK) as context:
        page, _ = opened(context, recorder, "en/glossary/")
        for address in ("#letter-b", "../../rules.json", "../schedule/"):
            page.locator(f"a[href='{address}']").first.hover()
            page.wait_for_timeout(RESTING)
        for _ in range(LONGEST_WAIT // BETWEEN_LOOKS):
            if recorder.asked_for("/en/schedule/ "):
                break
            page.wait_for_timeout(BETWEEN_LOOKS)
        page.locator("a[href='../schedule/']").first.click()
        expect(page).to_have_url(f"{recorder.address}en/schedule/")
        assert page.evaluate(DELIVERY) == "navigational-prefetch"
    pages = [request for request in recorder.requests if request.endswith("/ HTTP/1.1")]
    assert pages == ["GET /en/glossary/ HTTP/1.1", "GET /en/schedule/ HTTP/1.1"]
    assert recorder.asked_for("rules.json") == 0
    assert recorder.asked_for(AHEAD_FILE) == 1
