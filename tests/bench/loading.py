"""Measures what a visitor feels while the self-diagnosis loads: does the page hang, what does a second visit save?"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Playwright, expect, sync_playwright

from site_builder.serve import served
from tests.bench.speed import BUILT
from tests.bench.table import table
from tests.windows import installed

VISITS = 5
#: Remembers every task of the page's own thread that takes more than 50 ms, as browsers report them.
REMEMBER_LONG_TASKS = """
window.longTasks = [];
new PerformanceObserver(list => longTasks.push(...list.getEntries().map(task => task.duration)))
  .observe({ type: "longtask", buffered: true });
"""


def while_loading(say: Callable[[str], None]) -> str:
    """Return a table of first and second visits, each with a browser of its own that keeps what it has fetched."""
    seconds: dict[str, list[float]] = {"first": [], "second": []}
    tasks: dict[str, list[float]] = {"first": [], "second": []}
    with served(BUILT) as address, sync_playwright() as playwright:
        for number in range(VISITS):
            say(f"visit {number + 1} of {VISITS}")
            with tempfile.TemporaryDirectory() as profile:
                for visit in ("first", "second"):
                    with _browser(playwright, profile) as context:
                        seconds[visit].append(_load(context, f"{address}ja/check/", tasks[visit]))
    whole = statistics.median(seconds["first"])
    head = ["visit", "until the calculator is ready", "tasks over 50 ms on the page's thread", "the longest of them"]
    rows = [
        [visit, f"{statistics.median(seconds[visit]) / whole:.2f}", _count(tasks[visit]), _longest(tasks[visit])]
        for visit in ("first", "second")
    ]
    return f"{table(head, rows)}\n\n1.00 is {whole:.1f} s, the median of {VISITS}."


def _count(long_tasks: list[float]) -> str:
    return f"{len(long_tasks)} in {VISITS} visits"


def _longest(long_tasks: list[float]) -> str:
    return f"{max(long_tasks):.0f} ms" if long_tasks else "none"


def _browser(playwright: Playwright, profile: str) -> BrowserContext:
    return playwright.chromium.launch_persistent_context(
        profile, executable_path=installed("chromium"), args=["--no-sandbox"]
    )


def _load(context: BrowserContext, address: str, long_tasks: list[float]) -> float:
    """Open the page and wait for its calculator; return the seconds that it took."""
    page = context.new_page()
    page.add_init_script(REMEMBER_LONG_TASKS)
    before = time.perf_counter()
    page.goto(address)
    expect(page.locator("#check[data-stage=ready]")).to_be_visible()
    took = time.perf_counter() - before
    long_tasks.extend(page.evaluate("longTasks"))
    return took
