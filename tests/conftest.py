"""What many tests look at: the real site, built once for a run of tests, and one real browser for each worker."""

from __future__ import annotations

import fcntl
import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Playwright, sync_playwright
from selectolax.lexbor import LexborHTMLParser

from site_builder.build import PROJECT, Sources, build
from tests.no_network import CHROMIUM, stay_on_this_machine
from tests.order import in_drawn_order, with_the_longest_first
from tests.windows import installed

stay_on_this_machine()

# A busy machine is slow; how long an example takes says nothing about whether a claim is true.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

REAL = Sources(PROJECT / "rules", PROJECT / "content")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let whoever runs the tests say in which order; every worker draws the same one."""
    parser.addoption("--order", type=int, metavar="SEED", help="run files, and the tests in each, as this seed has it")


def pytest_report_header(config: pytest.Config) -> str | None:
    seed = config.getoption("order")
    return None if seed is None else f"order of the tests: drawn by the seed {seed}"


@pytest.hookimpl(tryfirst=True)  # afterwards pytest brings together again what shares a costly fixture
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run the tests in the order that was asked for, or else in that of their files, the longest first."""
    seed = config.getoption("order")
    if seed is None:
        items[:] = with_the_longest_first(items, lambda item: item.path.name)
    else:
        items[:] = in_drawn_order(items, lambda item: item.path, seed)


def pytest_collection_finish() -> None:
    """Look for rubbish less often, and never in what was imported and collected: that takes a tenth of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Write what was run under coverage: a worker is ended ten seconds after it has said that it is done."""
    if "coverage" in sys.modules and (counting := sys.modules["coverage"].Coverage.current()) is not None:
        counting.save()


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of the real site, built by whichever worker comes first and read by all."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent  # a worker's own folder lies in that of the whole run
    out = shared / "site" / "public"
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            out.parent.mkdir()
            build(REAL, out, print)
    return out


@pytest.fixture(scope="session")
def pages(built_site: Path) -> dict[str, LexborHTMLParser]:
    """Every HTML page of the real site, by its file's path from the root."""
    return {
        file.relative_to(built_site).as_posix(): LexborHTMLParser(file.read_text(encoding="utf-8"))
        for file in sorted(built_site.rglob("*.html"))
    }


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives Chromium and Firefox; there can be only one at a time."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A real Chromium, started once."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    # Chromium's sandbox refuses to run for root, as whom tests often run on a fresh machine.
    options = ["--no-sandbox", CHROMIUM, *quiet]
    with playwright.chromium.launch(executable_path=installed("chromium"), args=options) as browser:
        yield browser
