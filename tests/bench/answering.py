"""How soon a changed answer changes the result on show, from the press until the browser has painted it."""

from __future__ import annotations

import statistics
from collections.abc import Callable

from playwright.sync_api import expect

from tests.bench.loading import RATES
from tests.bench.speed import check_page
from tests.bench.table import table
from tests.browser.test_check import EVERYTHING
from tests.browser.visitor import Visitor

TIMES = 20
#: Nobody types faster; meanwhile the worker answers what the page asks for after a result, about other programmes.
BETWEEN = 1_000  # milliseconds
FIELD = "#answer-regular_employees"
#: Types another answer, and returns the milliseconds until a result that follows from it has been painted.
CHANGE = """(field, answer) => new Promise(resolve => {
    const before = performance.now();
    const seen = (_, observer) => {
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - before)));
    };
    const shown = document.querySelector("#answer [data-slot=comparison]");
    new MutationObserver(seen).observe(shown, { childList: true });
    field.value = answer;
    field.dispatchEvent(new Event("change", { bubbles: true }));
})"""


def answering(say: Callable[[str], None]) -> str:
    """Return a table: the time from a changed answer to the painted result, on this processor and on a slow one."""
    rows = []
    with check_page("ja/check/#form") as page:
        visitor = Visitor(page, page.url)
        expect(page.locator("#check")).to_have_attribute("data-stage", "ready")
        visitor.answer(EVERYTHING)
        visitor.submit()
        visitor.see_answer()
        browser = page.context.new_cdp_session(page)
        for rate in RATES:
            say(f"a processor {rate} times slower")
            browser.send("Emulation.setCPUThrottlingRate", {"rate": rate})
            took = []
            for number in range(TIMES):
                page.wait_for_timeout(BETWEEN)
                took.append(page.locator(FIELD).evaluate(CHANGE, str(20 + number)))
            rows.append((f"{rate}×", f"{statistics.median(took):.0f} ms", f"{max(took):.0f} ms"))
    return table(("processor slowed down", "until the result is painted, median", "most"), rows)
