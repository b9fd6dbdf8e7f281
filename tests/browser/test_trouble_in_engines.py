"""Firefox and WebKit in trouble: without machine code, workers or a store, with half of a file, with a broken release.

What the page does then is seen in depth in Chromium (`test_failures.py`, `test_releases.py`). A driver of WebKit can
change nothing before a page's scripts begin; so a server has scripts that take away what should be missing.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.engines import Window, window_of
from tests.browser.recorder import Recorder, recorded
from tests.browser.test_failures import CONNECTION, FIELD, NOTHING_IS_KEPT, TYPED, UNSUPPORTED
from tests.browser.test_releases import HAS_NEWER, KEEP, REGISTRATIONS, STORES, end_worker
from tests.browser.test_three_engines import OTHER_ENGINES

pytestmark = pytest.mark.browser

FAILED = "document.querySelector('#check-progress [data-slot=failed]')"
REFUSAL = "document.querySelector('#check-failure')"
HAS_NETWORK = "await fetch('.', { cache: 'no-store' }).then(({ ok }) => ok, () => false)"
IN_VIEW = """(() => {
    const { top, bottom } = document.querySelector("#tables").getBoundingClientRect();
    return top < innerHeight && bottom > 0;
})()"""


@dataclass(frozen=True)
class Host:
    """A server of a copy of the site."""

    recorder: Recorder
    folder: Path

    @property
    def check(self) -> str:
        return f"{self.recorder.address}ja/check/#form"

    def begin_with(self, name: str, words: str) -> None:
        """Put words before those of a script."""
        (script,) = self.folder.glob(f"theme-*/scripts/{name}")
        script.write_text(f"{words}\n{script.read_text(encoding='utf-8')}", encoding="utf-8")


@pytest.fixture(scope="module", params=OTHER_ENGINES)
def window(request: pytest.FixtureRequest) -> Iterator[Window]:
    yield from window_of(request)


@pytest.fixture
def host(built_site: Path, tmp_path: Path, window: Window) -> Iterator[Host]:
    others = shutil.ignore_patterns("*.png", "*.csv", "*.pf_*")  # what the self-diagnosis does without
    folder = shutil.copytree(built_site, tmp_path / "public", ignore=others)
    with recorded(folder) as recorder:
        yield Host(recorder, folder)
        window.load("about:blank")  # while there is still somebody whom the page can ask


def begin_to_answer(window: Window, host: Host) -> None:
    window.load(host.check)
    window.until(f"document.querySelector('{FIELD}').checkVisibility()")
    window.click(FIELD)
    window.type(TYPED)


def without_wasm(host: Host) -> None:
    host.begin_with("worker.mjs", "delete self.WebAssembly;")


def without_workers(host: Host) -> None:
    host.begin_with("trouble.mjs", "delete globalThis.Worker;")  # the first script of every page


@pytest.mark.parametrize("lacks", [without_wasm, without_workers])
def test_where_the_calculator_cannot_run_the_page_says_why_and_shows_the_tables(
    lacks: Callable[[Host], None], window: Window, host: Host
) -> None:
    lacks(host)
    begin_to_answer(window, host)
    window.until(f"{FAILED}.checkVisibility() && {FAILED}.textContent.includes('{UNSUPPORTED['ja']}')")
    window.click("button[type=submit]")
    window.until_focused("#check-failure")
    assert window.run(f"async () => {REFUSAL}.textContent.includes('{UNSUPPORTED['ja']}')")
    assert window.run(f"""async () => document.querySelector("{FIELD}").value""") == TYPED
    window.click("#check-failure a[href='#tables']")
    window.until(IN_VIEW)


def test_a_download_that_breaks_off_is_told_and_mended_though_nothing_can_be_kept(window: Window, host: Host) -> None:
    host.begin_with("trouble.mjs", NOTHING_IS_KEPT)
    host.recorder.cut = ("python_stdlib.zip",)
    begin_to_answer(window, host)
    window.until(f"{FAILED}.checkVisibility() && {FAILED}.textContent.includes('{CONNECTION['ja']}')")
    host.recorder.cut = ()
    window.click("#check-progress [data-slot=failed] button")
    window.until("document.querySelector('#check[data-stage=ready][data-offline=not-kept]')")
    window.click("button[type=submit]")
    window.until_focused("#answer-heading")
    assert "1,250万円" in window.run("async () => document.querySelector('[data-slot=comparison]').textContent")
    assert window.run("async () => document.querySelector('#trouble').hidden")


def test_a_broken_release_leaves_what_was_kept_and_a_site_without_a_service_worker_ends_it(
    window: Window, host: Host
) -> None:
    window.load(host.check)
    window.run(KEEP)
    window.until("document.querySelector('#check[data-offline=kept]')")
    break_release(host)
    assert not window.run(HAS_NEWER)
    with host.recorder.away():
        window.reload()
        window.until("document.querySelector('p.stored:not([hidden])')")
    window.until(HAS_NETWORK)  # WebKit may try connections first that were closed meanwhile
    end_worker(host.folder)
    window.reload()
    window.until(f"await ({REGISTRATIONS})() === 0")
    window.until(f"(await ({STORES})()).length === 0")
    window.reload()
    assert window.run("async () => document.querySelector('#check[data-offline]')") is None


def break_release(host: Host) -> None:
    """Publish a service worker of a later build without a file that it wants to keep."""
    worker = host.folder / "sw.js"
    text, found = re.subn('^const build = "', "\\g<0>later", worker.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert found == 1
    worker.write_text(text, encoding="utf-8")
    (host.folder / "en" / "check" / "index.html").unlink()
