"""Lighthouse's marks for one page of each template: a phone with a slow processor and network, both simulated."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from collections.abc import Callable, Mapping
from typing import Any

from tests.bench.published import published
from tests.bench.real import ROOT
from tests.bench.table import table
from tests.browser.test_guidance import GUIDES, TEMPLATES
from tests.windows import installed

TOOL = ROOT / "tests" / "bench" / "tools" / "node_modules" / "lighthouse" / "cli" / "index.js"
LANGUAGES = ("ja", "en")
TRIES = 3
#: Without the pages that stand inside other sites: search engines are told to leave those out.
PAGES = (*TEMPLATES, GUIDES[0], "check/", "check/batch/", "embed/")
#: What is marked, from 0 to 100, and what is measured, with the unit in which it is told.
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
MEASURED = {"largest-contentful-paint": "s", "cumulative-layout-shift": "", "total-blocking-time": "ms"}

Report = Mapping[str, Any]


class NoReportError(Exception):
    """Lighthouse ended without a report."""


def lighthouse(say: Callable[[str], None]) -> str:
    """Return a table: the median of the marks of each page, and what was found wrong with any.

    A run that ends without a report is made once more, and told below the table.
    """
    rows, wrong, without = [], dict[str, None](), dict[str, list[str]]()
    with published() as address:
        for path in (f"{language}/{page}" for page in PAGES for language in LANGUAGES):
            reports, failed = _reports(f"{address}{path}")
            rows.append((f"/{path}", *_marks(reports), *_figures(reports)))
            wrong |= dict.fromkeys(f"- {found}" for report in reports for found in _wrong(report, path))
            for why in failed:
                without.setdefault(why, []).append(f"/{path}")
            say(" ".join((*rows[-1], *failed)))
    head = ("page", "performance", "accessibility", "best practices", "SEO", "LCP", "CLS", "TBT")
    told = (
        *wrong,
        *(f"- A run without a report, made once more: {', '.join(pages)} ({why})" for why, pages in without.items()),
    )
    return "\n".join((table(head, rows), *(("", *told) if told else ())))


def _reports(address: str) -> tuple[list[Report], list[str]]:
    """Return as many reports as are asked for, and why runs had none; as many of those raise `NoReportError`."""
    reports: list[Report] = []
    failed: list[str] = []
    while len(reports) < TRIES:
        try:
            reports.append(_report(address))
        except NoReportError as error:
            failed.append(str(error))
            if len(failed) == TRIES:
                raise
    return reports, failed


def _report(address: str) -> Report:
    """Return what Lighthouse says of a page, for a phone, in its own way; raise `NoReportError` if it says nothing."""
    ended = subprocess.run(
        [
            *("node", TOOL, address, "--quiet", "--output=json", "--no-enable-error-reporting"),
            f"--only-categories={','.join(CATEGORIES)}",
            "--chrome-flags=--headless=new --no-sandbox",
        ],
        env={**os.environ, "CHROME_PATH": installed("chromium")},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise NoReportError(" ".join(ended.stderr.split())[:200])
    report: Report = json.loads(ended.stdout)
    if "runtimeError" in report:
        raise NoReportError(report["runtimeError"]["message"])
    return report


def _marks(reports: list[Report]) -> tuple[str, ...]:
    scores = ([report["categories"][name]["score"] for report in reports] for name in CATEGORIES)
    return tuple(f"{statistics.median(one) * 100:.0f}" for one in scores)


def _figures(reports: list[Report]) -> tuple[str, ...]:
    return tuple(
        _told(statistics.median(report["audits"][name]["numericValue"] for report in reports), unit)
        for name, unit in MEASURED.items()
    )


def _told(figure: float, unit: str) -> str:
    """Tell what Lighthouse tells in milliseconds or without a unit."""
    if unit == "s":
        return f"{figure / 1000:.2f} s"
    return f"{figure:.0f} {unit}" if unit else f"{figure:.3f}"


def _wrong(report: Report, path: str) -> list[str]:
    """Return each audit that takes something from a mark, but for those whose result is a time."""
    weighed = {one["id"] for each in report["categories"].values() for one in each["auditRefs"] if one["weight"]}
    failed = (report["audits"][name] for name in sorted(weighed))
    return [
        f"/{path}: {one['title']} ({one['id']})"
        for one in failed
        if one["score"] is not None and one["score"] < 1 and one["scoreDisplayMode"] != "numeric"
    ]
