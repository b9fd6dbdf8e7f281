"""Measures what a visitor feels while the self-diagnosis loads: does the page hang, what does a second visit save?"""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Playwright, sync_playwright

from site_builder.serve import served
from tests.bench.speed import BUILT, LONGEST_START
from tests.bench.table import table
from tests.windows import installed

CHECK = "ja/check/"
VISITS = 5
#: How many times slower than this machine a processor is: as it is, and a cheap phone's.
RATES = (1, 4)
LONG = 50.0  # milliseconds
#: Says that the calculator is ready, so that nobody has to look for it with a script of their own on the page's thread.
SAY_WHEN_READY = """
new MutationObserver((_, observer) => {
  if (document.querySelector("#check[data-stage=ready]") === null) return;
  observer.disconnect();
  console.debug("ready");
}).observe(document, { subtree: true, attributeFilter: ["data-stage"] });
"""
#: Milliseconds that the page is left alone when the calculator is ready: what is kept for later is fetched then.
AFTERWARDS = 1_000


@dataclass
class Visits:
    """First or second visits: the seconds until the calculator was ready, and the longest task of each in milliseconds.

    A task's milliseconds are those of the processor: what else runs on the machine makes a task longer, not its work.
    A processor that is slowed down does more of it for the same task.
    """

    rate: int
    seconds: list[float] = field(default_factory=list)
    longest: list[float] = field(default_factory=list)


def while_loading(say: Callable[[str], None]) -> str:
    """Return a table of first and second visits, each with a browser of its own that keeps what it has fetched."""
    visits = {(visit, rate): Visits(rate) for rate in RATES for visit in ("first", "second")}
    with served(BUILT) as address, sync_playwright() as playwright:
        for number in range(VISITS):
            say(f"visit {number + 1} of {VISITS}")
            for rate in RATES:
                with tempfile.TemporaryDirectory() as profile:
                    for visit in ("first", "second"):
                        with _browser(playwright, profile) as context:
                            _load(context, address, visits[visit, rate])
    whole = statistics.median(visits["first", RATES[0]].seconds)
    head = [
        *("visit", "processor slowed down", "until the calculator is ready"),
        *("longest task on the page's thread, median", "most", "over 50 ms"),
    ]
    rows = [
        [
            visit,
            f"{rate}×",
            f"{statistics.median(one.seconds) / whole:.2f}",
            f"{statistics.median(one.longest):.0f} ms",
            f"{max(one.longest):.0f} ms",
            f"{sum(longest > LONG for longest in one.longest)} of {VISITS} visits",
        ]
        for (visit, rate), one in visits.items()
    ]
    return f"{table(head, rows)}\n\n1.00 is {whole:.1f} s, the median of {VISITS}."


def _browser(playwright: Playwright, profile: str) -> BrowserContext:
    return playwright.chromium.launch_persistent_context(
        profile, executable_path=installed("chromium"), args=["--no-sandbox"]
    )


def _load(context: BrowserContext, site: str, measured: Visits) -> None:
    """Open the page and wait for its calculator."""
    page = context.new_page()
    page.goto(f"{site}{_picture()}")  # a process that begins with the page would miss the beginning of the trace
    page.add_init_script(SAY_WHEN_READY)
    browser = context.new_cdp_session(page)
    events: list[dict[str, Any]] = []
    browser.on("Tracing.dataCollected", lambda part: events.extend(part["value"]))
    browser.send("Tracing.start", {"traceConfig": {"includedCategories": ["toplevel", "devtools.timeline"]}})
    browser.send("Emulation.setCPUThrottlingRate", {"rate": measured.rate})
    before = time.perf_counter()
    with page.expect_console_message(lambda message: message.text == "ready", timeout=LONGEST_START):
        page.goto(f"{site}{CHECK}")
    measured.seconds.append(time.perf_counter() - before)
    page.wait_for_timeout(AFTERWARDS)
    _end_trace(browser, context)
    measured.longest.append(_longest_task(events, f"{site}{CHECK}"))


def _picture() -> Path:
    """The path of a picture without words: no font is read for it."""
    return next(BUILT.glob("theme-*/images/icon.svg")).relative_to(BUILT)


def _end_trace(browser: CDPSession, context: BrowserContext) -> None:
    ended = threading.Event()
    browser.on("Tracing.tracingComplete", lambda _: ended.set())
    browser.send("Tracing.end")
    while not ended.is_set():
        context.pages[0].wait_for_timeout(20)


def _longest_task(events: list[dict[str, Any]], address: str) -> float:
    """The milliseconds of the processor that the longest task took on the thread that read the page's HTML.

    The browser has pages of its own, with longer tasks, on threads of the same name. Before it reads the first byte of
    a page it makes room for it, which takes as long for an empty page and is not counted.
    """
    begun = min(
        (one for one in events if one["name"] == "ParseHTML" and _url(one) == address), key=lambda one: one["ts"]
    )
    tasks = (one for one in events if one["name"] == "ThreadControllerImpl::RunTask" and _thread(one) == _thread(begun))
    ended = (one for one in tasks if "dur" in one)  # the one in which the trace ends has no length
    return max(float(one.get("tdur", 0)) / 1000 for one in ended if one["ts"] + one["dur"] > begun["ts"])


def _url(event: dict[str, Any]) -> str | None:
    url: str | None = event["args"].get("beginData", {}).get("url")
    return url


def _thread(event: dict[str, Any]) -> tuple[int, int]:
    return event["pid"], event["tid"]
