"""Windows of three engines, which a visitor uses with pointer and keys, and a test looks into with a script.

Playwright drives Chromium and Firefox; only WebKit's own driver drives WebKit. What is here is what both can do.
"""

from __future__ import annotations

import os
import subprocess
import time
import warnings
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from selenium.webdriver import WebKitGTK
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.windows import LONGEST_WAIT, installed, new_context

SECONDS_BETWEEN_LOOKS = 0.05
#: More keys than this between two places of the page, and the keyboard does not lead there.
MOST_TABS = 80

REMEMBER_VIOLATIONS = """async () => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", event => violations.push(event.violatedDirective));
}"""
#: Lets styles for paper hold on the screen, for not every driver can do so; nobody sees a screen in these tests.
STYLE_FOR_PAPER = """async () => {
    const forPaper = text => text
        .replaceAll("@media print", "@media all").replaceAll("@media screen", "@media not all");
    const sheets = [...document.styleSheets];
    document.adoptedStyleSheets = sheets.map(sheet => {
        const paper = new CSSStyleSheet({ media: sheet.media.mediaText.replace("print", "all") });
        paper.replaceSync([...sheet.cssRules].map(rule => forPaper(rule.cssText)).join(""));
        return paper;
    });
    for (const sheet of sheets) sheet.disabled = true;
    window.forScreen = () => {
        document.adoptedStyleSheets = [];
        for (const sheet of sheets) sheet.disabled = false;
    };
    window.dispatchEvent(new Event("beforeprint"));
}"""


#: Waits until an element is shown and no longer moves; Playwright waits for this by itself before it clicks.
AT_REST = """selector => new Promise(resolve => {
    let before = null;
    const look = () => {
        const element = document.querySelector(selector);
        const place = element?.checkVisibility() ? JSON.stringify(element.getBoundingClientRect()) : null;
        if (place !== null && place === before) resolve();
        else requestAnimationFrame(look);
        before = place;
    };
    look();
})"""
WHAT_IS_SHOWN = """async () => ({
    address: location.href,
    states: [...document.querySelectorAll("main [data-stage], main [data-state]")].map(part => ({ ...part.dataset })),
    text: document.querySelector("main")?.innerText ?? document.body.innerText,
})"""


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Wait until something is so."""
    end = time.monotonic() + LONGEST_WAIT / 1000
    while not holds():
        assert time.monotonic() < end, f"it never came to this: {what}"
        time.sleep(SECONDS_BETWEEN_LOOKS)


class Window(ABC):
    """One window of one engine."""

    def open(self, address: str) -> None:
        """Load a page, and listen to what its policy stops from then on."""
        self.load(address)
        self.run(REMEMBER_VIOLATIONS)

    @abstractmethod
    def load(self, address: str) -> None: ...

    @abstractmethod
    def run(self, function: str, argument: object = None) -> Any:  # noqa: ANN401 - what the script returns
        """Call an async function of the page's language with something that JSON can hold; return what it returns."""

    @abstractmethod
    def reload(self) -> None: ...

    def go(self, steps: int) -> None:
        """Go back or forward by some steps, as with the browser's buttons; not every driver sees where that ends."""
        self.run("async steps => history.go(steps)", steps)

    @abstractmethod
    def another(self) -> AbstractContextManager[Window]:
        """A fresh window of the same browser, which the block uses."""

    @contextmanager
    def on_paper(self) -> Iterator[None]:
        """Show the page as it is printed while the block runs."""
        self.run(STYLE_FOR_PAPER)
        yield
        self.run("async () => forScreen()")

    @abstractmethod
    def click(self, selector: str) -> None: ...

    @abstractmethod
    def press(self, key: str) -> None:
        """Press a key by its name: `Tab`, `Enter`."""

    @abstractmethod
    def type(self, text: str) -> None:
        """Type into what has the focus."""

    def until(self, condition: str) -> None:
        """Wait until an expression of the page's language holds."""
        try:
            wait_until(lambda: self.run(f"async () => Boolean({condition})"), condition)
        except AssertionError as error:
            error.add_note(f"the page: {self.run(WHAT_IS_SHOWN)}")
            raise

    def until_ready(self) -> None:
        """Wait until the calculator can be asked, and what is kept for times without a network has been fetched."""
        self.until(
            "document.querySelector('#check[data-stage=ready]:is([data-offline=kept], [data-offline=not-kept])')"
        )

    def until_focused(self, selector: str) -> None:
        self.until(f'document.activeElement.matches("{selector}")')

    def tab_to(self, selector: str) -> None:
        """Go to a place of the page with the keyboard alone."""
        for _ in range(MOST_TABS):
            self.press("Tab")
            if self.run(f'async () => document.activeElement.matches("{selector}")'):
                return
        raise AssertionError(f"{MOST_TABS} times Tab do not lead to {selector}")

    def answer(self, answers: Mapping[str, Any]) -> None:
        """Fill in the form as `Visitor.answer` does."""
        for name, value in answers.items():
            if isinstance(value, list):
                for number, row in enumerate(value):
                    self.answer({f"{name}.{number}.{column}": cell for column, cell in row.items()})
            else:
                self._answer_one(name, value)

    def _answer_one(self, name: str, value: str) -> None:
        if self.run("async name => document.querySelector(`input[type=radio][name='${name}']`) !== null", name):
            self.click(f"input[name='{name}'][value='{value}']")
        elif self.run("async name => document.querySelector(`select[name='${name}']`) !== null", name):
            self.choose(f"select[name='{name}']", value)
        else:
            self.click(f"input[name='{name}']")
            self.type(value)

    @abstractmethod
    def choose(self, selector: str, value: str) -> None:
        """Choose an option of a list."""

    @abstractmethod
    def choose_file(self, selector: str, file: Path) -> None:
        """Choose a file of this machine in a field for files."""


class PlaywrightWindow(Window):
    """A window of Chromium or of Firefox."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def load(self, address: str) -> None:
        self._page.goto(address)

    def reload(self) -> None:
        self._page.reload()

    @contextmanager
    def another(self) -> Iterator[Window]:
        with self._page.context.new_page() as page:
            yield PlaywrightWindow(page)

    def run(self, function: str, argument: object = None) -> Any:  # noqa: ANN401 - what the script returns
        return self._page.evaluate(function, argument)

    def click(self, selector: str) -> None:
        self._page.locator(selector).click()

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)

    def type(self, text: str) -> None:
        self._page.keyboard.type(text)

    def choose(self, selector: str, value: str) -> None:
        self._page.locator(selector).select_option(value)

    def choose_file(self, selector: str, file: Path) -> None:
        self._page.locator(selector).set_input_files(file)


class WebKitWindow(Window):
    """A window of WebKitGTK's own small browser."""

    def __init__(self, driver: WebKitGTK) -> None:
        self._driver = driver

    def load(self, address: str) -> None:
        self._driver.get(address)

    def reload(self) -> None:
        self._driver.refresh()

    @contextmanager
    def another(self) -> Iterator[Window]:
        first = self._driver.current_window_handle
        self._driver.switch_to.new_window("window")
        yield self
        self._driver.close()
        self._driver.switch_to.window(first)

    def run(self, function: str, argument: object = None) -> Any:  # noqa: ANN401 - what the script returns
        script = f"""const [argument, done] = arguments;
            ({function})(argument).then(value => done({{value}}), error => done({{error: String(error)}}));"""
        ended = self._driver.execute_async_script(script, argument)
        assert "error" not in ended, ended["error"]
        return ended.get("value")

    def click(self, selector: str) -> None:
        self.run(AT_REST, selector)
        self._driver.find_element(By.CSS_SELECTOR, selector).click()

    def press(self, key: str) -> None:
        self._driver.switch_to.active_element.send_keys(getattr(Keys, key.upper()))

    def type(self, text: str) -> None:
        self._driver.switch_to.active_element.send_keys(text)

    def choose(self, selector: str, value: str) -> None:
        self._driver.find_element(By.CSS_SELECTOR, f"{selector} > option[value='{value}']").click()

    def choose_file(self, selector: str, file: Path) -> None:
        self._driver.find_element(By.CSS_SELECTOR, selector).send_keys(str(file))


def window_of(request: pytest.FixtureRequest) -> Iterator[Window]:
    """A window, which may have a service worker, of the engine that is the parameter of a fixture."""
    if request.param == "webkit":
        with webkit_window() as window:
            yield window
    elif request.param == "firefox":
        driver, executable = request.getfixturevalue("playwright"), installed("firefox-esr")
        with driver.firefox.launch(channel="moz-firefox", executable_path=executable) as browser:
            yield from _page_of(browser)
    else:
        yield from _page_of(request.getfixturevalue("chromium"))


def _page_of(browser: Browser) -> Iterator[Window]:
    with new_context(browser, service_workers="allow") as context, context.new_page() as page:
        yield PlaywrightWindow(page)


@contextmanager
def webkit_window() -> Iterator[WebKitWindow]:
    """Start WebKit's browser on a screen of its own, and end both with the block."""
    with _screen() as display:
        driver = _driver(Service(installed("WebKitWebDriver"), env={**os.environ, "DISPLAY": display}))
        try:
            driver.set_script_timeout(LONGEST_WAIT / 1000)
            yield WebKitWindow(driver)
        finally:
            driver.quit()


def _driver(service: Service) -> WebKitGTK:
    options = Options()
    options.set_capability("browserName", "MiniBrowser")
    options.add_argument("--automation")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Selenium's own call of what Selenium deprecates
        return WebKitGTK(options=options, service=service)


@contextmanager
def _screen() -> Iterator[str]:
    """Start an X server that nobody sees and only this machine reaches; the block gets the display's name."""
    command = [installed("Xvfb"), "-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            yield f":{server.stdout.readline().strip()}"
        finally:
            server.terminate()
