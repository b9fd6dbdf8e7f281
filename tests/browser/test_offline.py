"""Without a network: what was visited once is still there, and says that it is a copy, and of which day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from site_builder.site.cards import WIDTH
from tests.browser.recorder import Recorder, recorded
from tests.browser.test_releases import IS_WHOLE, KEPT, STORED
from tests.browser.visitor import SAVE_DATA
from tests.windows import new_context

pytestmark = pytest.mark.browser

#: Asks for the rules, and for a file that is named after its contents; tells whether the store gave either.
FETCH_BOTH = """async () => {
    const { rules, runtime } = document.querySelector("#check").dataset;
    const ask = async address => (await fetch(new URL(address, document.baseURI))).headers.has("Stored-On");
    return [await ask(rules), await ask(`${runtime}pyodide.mjs`)];
}"""


@dataclass(frozen=True)
class FirstVisit:
    """A window in which the real self-diagnosis was visited once and kept, and what its server had heard by then."""

    window: BrowserContext
    recorder: Recorder
    requests: tuple[str, ...]
    reports: tuple[str, ...]


@pytest.fixture(scope="module")
def first_visit(built_site: Path, chromium: Browser) -> Iterator[FirstVisit]:
    with recorded(built_site) as recorder, new_context(chromium, service_workers="allow") as window:
        page = window.new_page()
        page.goto(f"{recorder.address}ja/check/#form")
        expect(page.locator(KEPT)).to_be_attached()
        expect(page.locator(STORED)).to_be_hidden()
        yield FirstVisit(window, recorder, tuple(recorder.requests), tuple(recorder.reports))


def frugal(window: BrowserContext) -> Page:
    """Return a page in which Python starts only when somebody answers."""
    page = window.new_page()
    page.add_init_script(SAVE_DATA)
    return page


def test_after_one_visit_the_check_works_without_a_network_and_says_so(first_visit: FirstVisit) -> None:
    address = first_visit.recorder.address
    with first_visit.recorder.away(), frugal(first_visit.window) as page:
        page.goto(f"{address}en/check/#form")
        expect(page.locator(STORED)).to_contain_text("saved on this device")
        expect(page.locator(STORED)).to_have_text(re.compile(r" \d{4}$"))
        page.goto(f"{address}ja/check/#form")
        expect(page.locator(STORED)).to_contain_text("保存したページ")
        expect(page.locator(STORED)).to_have_text(re.compile("年.+月.+日$"))
        page.locator("#answer-regular_employees").fill("21")
        page.locator("button[type=submit]").click()
        expect(page.locator("#answer-heading")).to_be_focused()
        expect(page.locator("[data-slot=comparison]")).to_contain_text("1,250万円")


def test_guidance_that_was_visited_can_be_read_again_and_says_that_it_is_a_copy(first_visit: FirstVisit) -> None:
    address = first_visit.recorder.address
    with first_visit.window.new_page() as page:
        page.goto(f"{address}en/schedule/")
        expect(page.locator(STORED)).to_be_hidden()
        with first_visit.recorder.away():
            page.goto("about:blank")
            page.goto(f"{address}en/schedule/#main")
            expect(page.locator(STORED)).to_contain_text("saved on this device")
            weight = page.evaluate("getComputedStyle(document.querySelector('p.stored')).fontWeight")
    assert weight == "700"  # it has its styles


def test_a_picture_that_was_opened_can_be_seen_again(first_visit: FirstVisit) -> None:
    address = first_visit.recorder.address
    with first_visit.window.new_page() as page:
        page.goto(f"{address}ja/card.png")
        with first_visit.recorder.away():
            page.goto("about:blank")
            page.goto(f"{address}ja/card.png")
            assert page.evaluate("document.images[0].naturalWidth") == WIDTH


@pytest.mark.parametrize("path", ["en/monozukuri/r3s/13/digital/", "ja/no/such/page/"])
def test_a_page_that_is_not_on_the_device_says_so_until_there_is_a_network_again(
    path: str, first_visit: FirstVisit
) -> None:
    address = first_visit.recorder.address
    with frugal(first_visit.window) as page:
        with first_visit.recorder.away():
            answer = page.goto(f"{address}{path}?q=1")
            assert answer is not None
            assert answer.status == 503
            for words in ("ネットワークにつながっていません", "No connection"):
                expect(page.get_by_role("heading", name=words)).to_be_visible()
            assert page.evaluate("document.styleSheets.length") == 2
            page.get_by_role("link", name="Check your business").click()
            expect(page.locator(STORED)).to_contain_text("saved on this device")
            page.go_back()
        page.get_by_role("link", name="もう一度読み込む").click()
        expect(page.get_by_role("heading", name="No connection")).to_have_count(0)
        assert page.url == f"{address}{path}?q=1"


def test_while_there_is_a_network_pages_and_rules_come_from_it_and_all_else_from_the_store(
    first_visit: FirstVisit,
) -> None:
    first_visit.recorder.requests.clear()
    with frugal(first_visit.window) as page:
        page.goto(f"{first_visit.recorder.address}ja/check/#form")
        expect(page.locator(STORED)).to_be_hidden()
        assert page.evaluate(FETCH_BOTH) == [False, True]
    asked = {request.split()[1] for request in first_visit.recorder.requests}
    assert asked - {"/sw.js"} == {"/ja/check/", "/rules.json"}


def test_where_the_server_fails_the_copy_is_shown_if_there_is_one(first_visit: FirstVisit) -> None:
    address = first_visit.recorder.address
    with first_visit.recorder.failing(), frugal(first_visit.window) as page:
        page.goto(f"{address}en/check/#form")
        expect(page.locator(STORED)).to_contain_text("saved on this device")
        assert page.evaluate(IS_WHOLE)
        answer = page.goto(f"{address}en/glossary/")
        assert answer is not None
        assert answer.status == 503


def test_nothing_is_kept_before_the_calculator_is_ready(first_visit: FirstVisit) -> None:
    names = [request.split()[1] for request in first_visit.requests]
    library = next(place for place, name in enumerate(names) if name.endswith("/python_stdlib.zip"))
    assert names.index("/sw.js") > library
    assert [name for name in names if name.endswith("/python_stdlib.zip")] == [names[library]]


def test_the_policy_lets_no_other_script_become_a_service_worker(first_visit: FirstVisit) -> None:
    assert first_visit.reports == ()
    refused = "async () => { try { await navigator.serviceWorker.register('/other.js') } catch { return true } }"
    with frugal(first_visit.window) as page:
        page.goto(f"{first_visit.recorder.address}ja/check/#form")
        assert page.evaluate(refused) is True
    assert first_visit.recorder.asked_for("/other.js") == 0
