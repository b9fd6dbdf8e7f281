"""How long a table of companies takes: in CPython, and on the page for many companies in Chromium."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from random import Random
from typing import Any

from playwright.sync_api import Page

from calculator.batch.report import Report
from calculator.batch.tables import written
from site_builder.site.batch_cells import cells_of
from site_builder.site.calls import checked_calls
from tests.bench.real import assessor, judged_together, made
from tests.bench.speed import FEW, MANY, TRIES, check_page
from tests.bench.table import table
from tests.real import real_rules

ROWS_AT_ONCE = 250

#: Waits for the calculator, then watches the next run: its milliseconds, and the longest of the page's own tasks
#: meanwhile (0 where none took 50).
WATCH = """
async () => {
  const page = document.querySelector("#batch"), input = document.querySelector("#batch-file");
  const until = (name, value) => new Promise(resolve => {
    const look = () => { if (page.dataset[name] === value) resolve(); else setTimeout(look, 5); };
    look();
  });
  await until("stage", "ready");
  await new Promise(resolve => setTimeout(resolve, 1000));
  let begun = Infinity, longest = 0;
  new PerformanceObserver(list => {
    for (const task of list.getEntries()) if (task.startTime >= begun) longest = Math.max(longest, task.duration);
  }).observe({ type: "longtask" });
  page.dataset.state = "";
  window.watched = new Promise(resolve => input.addEventListener("change", async () => {
    begun = performance.now();
    await until("state", "done");
    const took = performance.now() - begun;
    await new Promise(resolve => setTimeout(resolve, 2000));
    resolve({ took, longest });
  }, { once: true, capture: true }));
}
"""


def many_at_once(say: Callable[[str], None]) -> str:
    """Return a table: companies from a CSV file judged under all frames of the newest published round."""
    rows = []
    for count in (FEW, MANY):
        say(f"{count} companies as a table")
        text = table_of(count)
        seconds = min(_in_cpython(text) for _ in range(TRIES))
        rows.append(("CPython", f"{count:,}", *_speed(count, seconds), ""))
        run = min(_in_browser(text), key=lambda one: one["took"])
        rows.append(("Chromium", f"{count:,}", *_speed(count, run["took"] / 1000), _longest(run["longest"])))
    return table(("", "companies", "time", "companies a second", "longest task of the page"), rows)


def table_of(count: int) -> str:
    """Return a table of made-up companies who answer all that the frames ask."""
    call = checked_calls(real_rules())[0]
    programme, budget = call.rule_set.slug.split("/")
    judged = judged_together((programme, budget), call.round.number)
    cells = [cells_of(assessor().book, one.facts, "ja") for one in islice(made(Random(3), judged), count)]
    names = list(dict.fromkeys(name for one in cells for name in one))
    return written([["id", *names], *_rows(cells, names)])


def _rows(cells: Sequence[Any], names: Sequence[str]) -> Iterator[list[str]]:
    for number, one in enumerate(cells):
        yield [str(number), *(one.get(name, "") for name in names)]


def _in_cpython(text: str) -> float:
    """Return the seconds that a report takes with all frames ready."""
    call = checked_calls(real_rules())[0]
    rule_sets = [frame.rules.rule_set for frame in call.round.frames if frame.rules.award is not None]
    order = json.dumps({"rule_sets": rule_sets, "round": call.round.number, "language": "ja"})
    Report.ordered(assessor(), f"{order}\n{text}").portion(1)
    before = time.perf_counter()
    report = Report.ordered(assessor(), f"{order}\n{text}")
    report.beginning()
    while not report.portion(ROWS_AT_ONCE)["is_last"]:
        pass
    return time.perf_counter() - before


def _in_browser(text: str) -> list[dict[str, float]]:
    with check_page("ja/check/batch/") as page:
        return [_run(page, text) for _ in range(TRIES)]


def _run(page: Page, text: str) -> dict[str, float]:
    page.evaluate(WATCH)
    content = {"name": "companies.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("#batch-file").set_input_files(content)  # type: ignore[arg-type]  # a file of its own making
    run: dict[str, float] = page.evaluate("() => window.watched")
    return run


def _speed(count: int, seconds: float) -> tuple[str, str]:
    return f"{seconds:.1f} s", f"{count / seconds:,.0f}"


def _longest(milliseconds: float) -> str:
    return f"{milliseconds:.0f} ms" if milliseconds else "under 50 ms"
