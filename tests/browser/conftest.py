"""A real Chromium, the built site served under its own policy, and the visitors who use it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from site_builder.serve import served
from tests.browser.visitor import Visit, Visitor


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    executable = shutil.which("chromium")
    assert executable is not None, "run `make test`, which installs Chromium"
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    with sync_playwright() as playwright:
        # Chromium's sandbox refuses to run for root, as whom tests often run on a fresh machine.
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", *quiet])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site_address(built_site: Path) -> Iterator[str]:
    with served(built_site) as address:
        yield address


@pytest.fixture
def visit(chromium: Browser, site_address: str) -> Iterator[Visit]:
    """Open a page in a new window; `options` are those of a browser context."""
    contexts: list[BrowserContext] = []

    def opened(path: str, **options: Any) -> Visitor:  # noqa: ANN401 - what Playwright takes
        context = chromium.new_context(**options)
        contexts.append(context)
        visitor = Visitor(context.new_page(), site_address)
        context.on("request", lambda request: visitor.requests.append(request.url))
        visitor.page.on("console", lambda message: visitor.complaints.append(message.text))
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        visitor.open(path)
        return visitor

    yield opened
    for context in contexts:
        context.close()
