"""A real Chromium, the built site served under its own policy, and the visitors who use it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from site_builder.serve import served
from tests.browser.shared_python import share_python
from tests.browser.test_check import EVERYTHING
from tests.browser.visitor import SAY_WHAT_IS_STOPPED, Results, Visit, Visitor
from tests.windows import new_context

#: Notes what is unfolded, and folds all that was unfolded since.
NOTE_FOLDS = "window.unfolded = new Set(document.querySelectorAll('details[open]'))"
FOLD_AGAIN = "document.querySelectorAll('details').forEach(one => { one.open = unfolded.has(one); })"
USUAL_SIZE: ViewportSize = {"width": 1280, "height": 720}


@pytest.fixture(scope="session")
def site_address(built_site: Path) -> Iterator[str]:
    with served(built_site) as address:
        yield address


@pytest.fixture(scope="session")
def usual_window(chromium: Browser, site_address: str) -> Iterator[BrowserContext]:
    """Where most visitors come from: Python runs already, for all of them."""
    with new_context(chromium) as context:
        context.add_init_script(SAY_WHAT_IS_STOPPED)
        share_python(context, site_address)
        yield context


@pytest.fixture
def visit(chromium: Browser, usual_window: BrowserContext, site_address: str) -> Iterator[Visit]:
    """Open a page; no path: an empty one. Whatever a test looks at, the policy may stop nothing.

    With `options`, which are those of a browser context, or where it `starts_python` itself, it has a new context.
    """
    opened: list[Page | BrowserContext] = []
    visitors: list[Visitor] = []

    def open_page(path: str | None, *, starts_python: bool = False, **options: Any) -> Visitor:  # noqa: ANN401 - what Playwright takes
        is_new = starts_python or bool(options)
        context = new_context(chromium, **options) if is_new else usual_window
        if is_new:
            context.add_init_script(SAY_WHAT_IS_STOPPED)
        page = context.new_page()
        opened.append(context if is_new else page)
        visitor = Visitor(page, site_address)
        visitors.append(visitor)
        page.on("request", lambda request: visitor.requests.append(request.url))
        page.on("console", lambda message: visitor.complain(message.text))
        page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        if path is not None:
            visitor.open(path)
        return visitor

    yield open_page
    for one in opened:
        one.close()
    assert [words for visitor in visitors if not visitor.breaks_the_policy for words in visitor.stopped()] == []


@pytest.fixture(scope="session")
def results(usual_window: BrowserContext, site_address: str) -> Results:
    """Open the page of the result of a full answer, by its language; each is opened once."""
    opened: dict[str, Visitor] = {}

    def in_language(language: str) -> Visitor:
        if language not in opened:
            visitor = opened[language] = Visitor(usual_window.new_page(), site_address)
            visitor.page.on("console", lambda message: visitor.complain(message.text))
            visitor.open(f"{language}/check/#form")
            visitor.fill_in(EVERYTHING)
            visitor.submit()
            visitor.see_answer()
            visitor.page.evaluate(NOTE_FOLDS)
        return opened[language]

    return in_language


@pytest.fixture
def result(results: Results) -> Iterator[Results]:
    """The result of a full answer, for tests that only look at it: they may unfold what is folded, and resize it."""
    seen: list[Visitor] = []

    def in_language(language: str) -> Visitor:
        visitor = results(language)
        visitor.page.set_viewport_size(USUAL_SIZE)
        visitor.page.evaluate(FOLD_AGAIN)
        seen.append(visitor)
        return visitor

    yield in_language
    assert [words for visitor in seen for words in visitor.stopped()] == []
