"""What a first page costs: requests, bytes, and when its largest part is painted over a slow network."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.bench.lighthouse import LANGUAGES, PAGES
from tests.bench.published import published
from tests.bench.table import table
from tests.windows import installed

TRIES = 3
#: A slow 4G network: 1.6 Mbit/s down, half of that up, 150 ms there and back; and a phone's processor.
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 100_000}
SLOWER = 4
PHONE: ViewportSize = {"width": 390, "height": 844}
#: The milliseconds until the largest part of the first screen was painted, and how far anything moved.
PAINTED = """async () => {
    const shown = () => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
    const of = async type => {
        const found = [], observer = new PerformanceObserver(list => found.push(...list.getEntries()));
        observer.observe({ type, buffered: true });
        for (let frame = 0; frame < 2 || (type !== "layout-shift" && found.length === 0); frame++) {
            await shown();
            found.push(...observer.takeRecords()); // what has been seen, and not told yet
        }
        return found;
    };
    const [largest, moves] = [await of("largest-contentful-paint"), await of("layout-shift")];
    return [Math.max(...largest.map(one => one.startTime)), moves.reduce((sum, one) => sum + one.value, 0)];
}"""


@dataclass
class Views:
    """First views of one page: seconds until the largest part was painted, movement, requests and bytes of each."""

    seconds: list[float] = field(default_factory=list)
    moved: list[float] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)


def first_views(say: Callable[[str], None]) -> str:
    """Return a table: one page of each template in both languages, each with a browser window that was never here."""
    rows = []
    with published() as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=installed("chromium"), args=["--no-sandbox"])
        with chromium as browser:
            for path in (f"{language}/{page}" for page in PAGES for language in LANGUAGES):
                say(path)
                views = Views()
                for _ in range(TRIES):
                    _view(browser, f"{address}{path}", views)
                rows.append(_row(path, views))
    return table(("page", "requests", "kB until it is loaded", "CLS", "LCP"), rows)


def _view(browser: Browser, address: str, views: Views) -> None:
    """Open a page and note what it took; requests after its scripts have come are theirs, not the first view's."""
    with browser.new_context(viewport=PHONE, service_workers="block") as context:
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        sent: list[float] = []
        devtools.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", NETWORK)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(address)
        views.requests.append(len(sent))
        views.sent.append(sum(sent) / 1000)
        painted, moved = page.evaluate(PAINTED)
        views.seconds.append(painted / 1000)
        views.moved.append(moved)


def _row(path: str, views: Views) -> tuple[str, ...]:
    return (
        f"/{path}",
        str(max(views.requests)),
        f"{statistics.median(views.sent):.1f}",
        f"{max(views.moved):.3f}",
        f"{statistics.median(views.seconds):.2f} s",
    )
