"""A visitor: a browser window of their own, and what they do in the self-diagnosis."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Error, Locator, Page, Route, expect

#: What Playwright itself says where it keeps a page from having a service worker.
NO_SERVICE_WORKER = "Service Worker registration blocked by Playwright"
#: What the browser notes, below a warning, where Playwright looks at something that the styles still hold back, or the
#: page sets the focus before it has drawn what its script has just let go.
LOOKED_TOO_SOON = "Rendering was performed in a subtree hidden by content-visibility."
#: Tells the console what a policy has stopped, in the page and in the pages inside it.
SAY_WHAT_IS_STOPPED = """document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
    console.error(`stopped by the policy: ${violatedDirective} ${blockedURI}`));"""
#: How that and the browser itself speak of it, and of contents that have another hash than a page says.
STOPPED = re.compile(r"stopped by the policy|Content.Security.Policy|Trusted ?(?:Type|Script)|integrity", re.IGNORECASE)
#: Makes a page believe that its visitor wants to save data: then Python starts only when somebody answers.
SAVE_DATA = 'Object.defineProperty(navigator, "connection", { value: { saveData: true } })'
#: Waits where it costs nothing until something has the focus, or for a second: Playwright looks twice a second only.
SOON_FOCUSED = """selector => new Promise(done => {
    const end = Date.now() + 1_000;
    const look = () => {
        if (document.activeElement?.matches(selector) || Date.now() > end) done();
        else setTimeout(look, 10);
    };
    look();
})"""
#: Fills fields in and chooses, as a browser would tell the page of it.
FILL_IN = """fields => {
    for (const [name, value] of fields) {
        const all = [...document.getElementsByName(name)];
        const choice = all.find(one => one.type === "radio" && one.value === value);
        if (choice) {
            choice.click();
            continue;
        }
        const field = all.find(one => one.type !== "radio");
        field.focus();
        field.value = value;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
    }
}"""


def complaint(words: str) -> list[str]:
    """Return what the browser says, if it complains of the page."""
    return [words] if words not in (NO_SERVICE_WORKER, LOOKED_TOO_SOON) else []


@dataclass
class Visitor:
    """Someone with a browser window of their own, and all that the browser asked for and complained of meanwhile.

    Who `breaks_the_policy` does so on purpose.
    """

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    breaks_the_policy: bool = False

    def complain(self, words: str) -> None:
        """Note what the browser says."""
        self.complaints += complaint(words)

    def stopped(self) -> list[str]:
        """What the policy has stopped so far."""
        return [words for words in self.complaints if STOPPED.search(words)]

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")

    @contextmanager
    def while_its_script_comes(self, path: str, script: str) -> Iterator[None]:
        """Open a page whose script is on its way for as long as the block takes."""
        held: list[Route] = []
        self.page.route(f"**/{script}", lambda route: held.append(route))  # noqa: PLW0108 - it sets an attribute there
        with self.page.expect_request(f"**/{script}"):
            self.page.goto(f"{self.address}{path}", wait_until="commit")
        yield
        held.pop().continue_()

    def wait_until_ready(self) -> None:
        expect(self.page.locator("#check")).to_have_attribute("data-stage", "ready")

    def answer(self, answers: dict[str, Any]) -> None:
        """Fill in the form: text into fields, a value for radio buttons and lists, rows for a list question."""
        for name, value in _fields(answers):
            match self.page.locator(f'[name="{name}"]').first.evaluate("field => field.type"):
                case "radio":
                    self.page.locator(f'input[name="{name}"][value="{value}"]').check()
                case "select-one":
                    self.page.locator(f'select[name="{name}"]').select_option(value)
                case _:
                    self.page.locator(f'input[name="{name}"]').fill(value)

    def fill_in(self, answers: dict[str, Any]) -> None:
        """Fill in the same at once, for tests that look at what comes of it: to type takes far longer."""
        self.page.evaluate(FILL_IN, list(_fields(answers)))

    def submit(self) -> None:
        self.page.locator("button[type=submit]").click()

    def see_answer(self) -> None:
        with suppress(Error):  # a page that is left meanwhile; Playwright waits for the next one
            self.page.evaluate(SOON_FOCUSED, "#answer-heading")
        expect(self.page.locator("#answer-heading")).to_be_focused()

    def frame(self, slug: str) -> Locator:
        """The details of a frame in the answer."""
        return self.page.locator(f"details[data-rule-set$='/{slug}']")

    def compared(self, slug: str) -> Locator:
        """The row of a frame in the comparison."""
        return self.page.locator("table.comparison tbody tr").filter(
            has=self.page.locator(f"a[data-open-frame$='/{slug}']")
        )


def _fields(answers: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the names of fields with what goes into each."""
    for name, value in answers.items():
        if isinstance(value, list):
            for number, row in enumerate(value):
                yield from ((f"{name}.{number}.{column}", cell) for column, cell in row.items())
        else:
            yield name, value


Visit = Callable[..., Visitor]
#: A visitor by the language of the result that they see.
Results = Callable[[str], Visitor]
