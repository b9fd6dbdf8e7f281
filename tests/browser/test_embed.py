"""The check inside a page of another site: as its documentation says to put it there."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_check import LANGUAGES
from tests.browser.visitor import Visit

pytestmark = pytest.mark.browser

TITLE = {"ja": "ものづくり補助金の自己診断（非公式）", "en": "Check for the Monodzukuri subsidy (unofficial)"}


@pytest.fixture
def other_site() -> Iterator[tuple[str, list[str]]]:
    """Another site with one page, which holds the snippet that was put into the list, far down."""
    snippets: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            tall = "<p>…</p>" * 400
            page = f"<!doctype html><meta charset=utf-8><title>Chamber</title>{tall}{''.join(snippets)}"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", snippets
        server.shutdown()


def documented_snippet(page: Page, address: str, title: str) -> str:
    """Return the snippet that the documentation prints for one programme, with the site's own address put in."""
    code = page.locator("pre.snippet", has_text=title).text_content() or ""
    return code.replace("https://example.jp/", address)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_documented_snippet_shows_the_check_when_the_reader_gets_there(
    visit: Visit, other_site: tuple[str, list[str]], language: str
) -> None:
    """In Japanese with a Python of its own, as it starts inside another page; in English with the one of all pages."""
    address, snippets = other_site
    visitor = visit(f"{language}/embed/", starts_python=language == "ja")
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    snippets.append(documented_snippet(visitor.page, visitor.address, TITLE[language]))
    page = visitor.page
    before = len(visitor.requests)
    page.goto(address)
    assert [one for one in visitor.requests[before:] if visitor.address in one] == []  # nothing before it is in sight
    page.mouse.wheel(0, 100_000)
    inside = page.frame_locator("iframe")
    inside.locator("[data-slot=interview]").click()
    inside.locator("#question-costs input[value=unknown]").check()
    inside.locator("button[type=submit]").click()
    expect(inside.locator("#question-plan_years")).to_be_focused()
    inside.locator("#answer-plan_years").fill("2")
    inside.locator("button[type=submit]").click()
    expect(inside.locator("#answer-heading")).to_be_focused()
    assert page.context.cookies() == []
    assert {re.sub(r"(//[^/]+/).*", r"\1", one) for one in visitor.requests[before:]} <= {visitor.address, address}


def test_the_embedded_check_has_no_menu_and_says_that_it_is_not_official(visit: Visit) -> None:
    page = visit("ja/embed/monozukuri/").page
    expect(page.locator("header.site, footer.site, .tables")).to_have_count(0)
    expect(page.locator(".about-embedded")).to_contain_text("公式サイトではありません")
    expect(page.locator(".about-embedded a")).to_have_attribute("href", "../../check/")


def test_the_embedded_check_opens_in_the_guide_with_its_answers(visit: Visit) -> None:
    visitor = visit("ja/embed/monozukuri/")
    page = visitor.page
    page.locator("[data-slot=form]").first.click()
    visitor.answer({"plan_years": "7"})
    with page.context.expect_page() as waiting:
        page.locator(".about-embedded a").click()
    expect(waiting.value.locator("#answer-plan_years")).to_have_value("7")
