"""Searching, as visitors do it: what they look for comes first, and nothing is loaded before they ask."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations_in_every_look
from tests.browser.recorder import recorded
from tests.browser.visitor import Visit
from tests.windows import new_context

pytestmark = pytest.mark.browser

QUERIES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "search" / "queries.yaml").read_text(encoding="utf-8")
)
HITS = "#search-results .hit > a"
READY = "#search[data-ready]"


def found(page: Page, query: str) -> list[str]:
    """Return the addresses of the pages that are shown for the query, the best first, without the language."""
    page.locator("#search-query").fill(query)
    page.locator("#search-form button").click()
    expect(page.locator(f"#search[data-shown={json.dumps(query, ensure_ascii=False)}]")).to_be_attached()
    paths: list[str] = page.locator(HITS).evaluate_all("links => links.map(link => link.pathname)")
    return [path.split("/", 2)[2] for path in paths]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_people_look_for_comes_first(language: str, visit: Visit) -> None:
    visitor = visit(f"{language}/search/")
    asked = [one for one in QUERIES if one["language"] == language]
    assert len(asked) >= 15
    wrong = {}
    for one in asked:
        hits = found(visitor.page, one["query"])
        wanted = {one["first"]} if "first" in one else {*one["among"]}
        if wanted.isdisjoint(hits[: 1 if "first" in one else 3]):
            wrong[one["query"]] = hits[:3]
    assert wrong == {}
    assert visitor.complaints == []


def test_nothing_is_loaded_before_a_visitor_begins_to_search(visit: Visit) -> None:
    visitor = visit("en/search/", locale="en-GB")
    expect(visitor.page.locator(READY)).to_be_attached()
    assert [request for request in visitor.requests if "/search-" in request and "/scripts/" not in request] == []
    found(visitor.page, "repayment")
    assert any("/pagefind.js" in request for request in visitor.requests)
    assert {request.split("/")[2] for request in visitor.requests} == {visitor.address.split("/")[2]}


def test_a_link_to_a_search_opens_it_and_typing_keeps_it_in_the_address(visit: Visit) -> None:
    page = visit("ja/search/#q=１３次締切").page
    expect(page.locator(HITS).first).to_have_text("ものづくり補助金　13次締切")
    expect(page.get_by_role("status")).to_contain_text("件")
    found(page, "返還 & 100%")
    assert page.evaluate("new URLSearchParams(location.hash.slice(1)).get('q')") == "返還 & 100%"
    page.locator("#search-query").fill("")
    expect(page.locator("#search-results")).to_be_hidden()
    assert page.evaluate("location.hash") == ""
    page.evaluate("location.hash = `q=${'補助'.repeat(100_000)}`")  # a search for so much never ends
    expect(page.locator("#search-query")).to_have_value("補助" * 100)


def test_what_is_typed_before_the_page_has_its_script_is_looked_for(visit: Visit) -> None:
    visitor = visit(None)
    with visitor.while_its_script_comes("ja/search/", "search.mjs"):
        visitor.page.locator("#search-query").fill("返還")
    expect(visitor.page.locator(HITS).first).to_be_visible()


def test_keys_go_from_the_field_through_the_results_and_back(visit: Visit) -> None:
    page = visit("en/search/").page
    page.locator("#search-query").press_sequentially("repayment")
    page.keyboard.press("Enter")
    expect(page.locator(HITS)).to_have_count(10)
    page.keyboard.press("ArrowDown")
    expect(page.locator(HITS).first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search-query")).to_be_focused()
    page.get_by_role("button", name="Show more").press("Enter")
    expect(page.locator(HITS).nth(10)).to_be_focused()


def test_where_no_page_has_all_words_pages_with_some_are_shown_as_such(visit: Visit) -> None:
    page = visit("en/search/").page
    assert found(page, "schedule zzzzzz")[0] == "schedule/"
    expect(page.get_by_role("status")).to_contain_text("No page has all of these words")
    assert found(page, "zzzzzz") == []
    expect(page.get_by_role("status")).to_contain_text("No page has")


def test_a_result_leads_to_its_section_and_shows_the_words(visit: Visit) -> None:
    page = visit("ja/search/#q=炭素生産性").page
    hit = page.locator(".hit").first
    expect(hit.locator("mark").first).to_contain_text("炭素")
    hit.locator("[data-slot=sections] a").first.click()
    expect(page.locator(":target")).to_have_count(1)


def test_axe_finds_nothing_among_results(visit: Visit) -> None:
    page = visit("ja/search/#q=返還").page
    expect(page.locator(HITS)).to_have_count(10)
    assert violations_in_every_look(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_without_script_the_page_says_so_and_lists_every_page(visit: Visit) -> None:
    page = visit("ja/search/", java_script_enabled=False).page
    expect(page.locator(".no-script strong")).to_contain_text("JavaScript")
    expect(page.locator("#search-form")).to_be_hidden()
    expect(page.locator("#search").get_by_role("link", name="公募の日程", exact=True)).to_be_visible()


def test_a_part_of_the_index_that_does_not_come_is_a_failure_and_no_answer(built_site: Path, chromium: Browser) -> None:
    with recorded(built_site) as recorder, new_context(chromium) as context:
        page = context.new_page()
        page.route("**/index/*.pf_index", lambda route: route.abort())
        page.goto(f"{recorder.address}en/search/#q=repayment")
        expect(page.get_by_role("status")).to_contain_text("could not be loaded")
        assert page.locator(HITS).count() == 0
        page.unroute("**/index/*.pf_index")
        assert len(found(page, "repayment")) == 10
        assert recorder.reports == []


def test_after_one_search_the_whole_index_is_there_without_a_network(built_site: Path, chromium: Browser) -> None:
    with new_context(chromium, service_workers="allow") as context:
        page = context.new_page()
        with recorded(built_site) as recorder:
            page.goto(f"{recorder.address}ja/check/")
            expect(page.locator("#check[data-offline=kept]")).to_be_attached()
            page.goto(f"{recorder.address}ja/search/#q=返還")
            expect(page.locator("#search[data-offline=kept]")).to_be_attached()
        page.goto("about:blank")
        page.goto(f"{recorder.address}ja/search/#q=炭素生産性")
        expect(page.locator(HITS)).to_have_count(10)
        assert found(page, "13次締切")[0] == "monozukuri/r3s/13/"
