"""While the calculator loads: what the visitor sees of it, what may go wrong, and how it is mended."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, Route, expect

from tests.browser.engines import wait_until
from tests.browser.recorder import Recorder, recorded
from tests.browser.visitor import SAVE_DATA
from tests.windows import installed, new_context

pytestmark = pytest.mark.browser

READY = "#check[data-stage=ready]"
#: Two parts come at once, and then nothing more.
COME_AND_STAND_STILL = """async () => {
    const scripts = document.querySelector("script[type=module]").src;
    const { Arrivals } = await import(new URL("arrivals.mjs", scripts).href);
    const arrivals = new Arrivals(loaded => window.told = loaded);
    arrivals.add(1);
    arrivals.add(2);
}"""
#: The page begins to load when it is idle, and after this at the latest.
LONGEST_IDLE = 2_000  # milliseconds
PATIENCE = 30_000  # milliseconds


@pytest.fixture
def recorder(built_site: Path) -> Iterator[Recorder]:
    with recorded(built_site) as running:
        yield running


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """The window of somebody who was never here."""
    with new_context(chromium) as context:
        yield context.new_page()


def missing(name: str, _: Recorder, page: Page) -> Callable[[], None]:
    return routed(name, page, lambda route: route.fulfill(status=404))


def unreachable(name: str, _: Recorder, page: Page) -> Callable[[], None]:
    return routed(name, page, lambda route: route.abort())


def spoilt(name: str, _: Recorder, page: Page) -> Callable[[], None]:
    return routed(name, page, lambda route: route.fulfill(response=route.fetch(), body="spoilt"))


def cut(name: str, recorder: Recorder, _: Page) -> Callable[[], None]:
    recorder.cut = (name,)
    return lambda: setattr(recorder, "cut", ())


def routed(name: str, page: Page, answer: Callable[[Route], None]) -> Callable[[], None]:
    address = re.compile(f"{re.escape(name)}$")
    page.route(address, answer)
    return lambda: page.unroute(address)


Spoil = Callable[[str, Recorder, Page], Callable[[], None]]
#: Every way in which loading fails, also before the worker can tell of it: again, all is loaded from the beginning.
WAYS = [(missing, "worker.mjs"), (unreachable, "pyodide.mjs"), (cut, "python_stdlib.zip"), (spoilt, "rules.json")]
OTHER_FILES = [
    *((missing, name) for name in ("pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")),
    (missing, "rules.json"),
    *((cut, name) for name in ("pyodide.asm.wasm", "rules.json")),
    (spoilt, "pyodide.asm.wasm"),
]


@pytest.mark.parametrize(("how", "name"), OTHER_FILES)
def test_whatever_cannot_be_loaded_is_told(how: Spoil, name: str, recorder: Recorder, page: Page) -> None:
    told_of(how, name, recorder, page)


def told_of(how: Spoil, name: str, recorder: Recorder, page: Page) -> tuple[Locator, Callable[[], None]]:
    """Meet the failure; return what tells of it, and what mends it."""
    mend = how(name, recorder, page)
    page.goto(f"{recorder.address}ja/check/")
    failed = page.locator("#check-progress [data-slot=failed]")
    expect(failed).to_contain_text("読み込めませんでした" if name != "rules.json" else "要件のデータ")
    expect(failed.locator("a[href='#tables']")).to_be_visible()
    expect(failed.locator("button").first).to_be_visible()
    expect(page.locator("#check-progress progress")).to_be_hidden()
    return failed, mend


@pytest.mark.parametrize(("how", "name"), WAYS)
def test_after_a_failure_of_every_kind_loading_can_be_tried_again(
    how: Spoil, name: str, recorder: Recorder, page: Page
) -> None:
    failed, mend = told_of(how, name, recorder, page)
    mend()
    failed.locator("button").click()
    expect(page.locator(READY)).to_be_visible()
    expect(failed).to_be_hidden()


def test_the_bytes_that_have_come_are_counted_and_a_standstill_is_told(recorder: Recorder, page: Page) -> None:
    recorder.held = ("python_stdlib.zip",)
    page.clock.install()
    page.goto(f"{recorder.address}en/check/")
    bar, stalled = page.locator("#check-progress progress"), page.locator("#check-progress [data-slot=stalled]")
    page.clock.run_for(LONGEST_IDLE)
    others = sum(bytes_of(page).values()) - bytes_of(page)["python_stdlib.zip"]
    wait_until(lambda: float(bar.evaluate("bar => bar.value")) > others, "all but half of the library")
    total = int(bar.evaluate("bar => bar.max"))
    assert total == sum(bytes_of(page).values())
    expect(page.locator("#check-progress [data-slot=amount]")).to_have_text(
        re.compile(rf"^\d+\.\d MB of {total / 1e6:.1f} MB$")
    )
    expect(stalled).to_be_hidden()
    page.clock.run_for(PATIENCE)
    expect(stalled).to_be_visible()
    recorder.goes_on.set()
    expect(page.locator(READY)).to_be_visible()
    expect(stalled).to_be_hidden()
    expect(bar).to_be_hidden()


def test_a_worker_that_does_not_come_is_told_as_well(recorder: Recorder, page: Page) -> None:
    page.route(re.compile(r"worker\.mjs$"), lambda _: None)
    page.clock.install()
    page.goto(f"{recorder.address}ja/check/")
    page.clock.run_for(LONGEST_IDLE)
    expect(page.locator("#check-progress progress")).to_be_visible()
    page.clock.run_for(PATIENCE)
    expect(page.locator("#check-progress [data-slot=stalled]")).to_be_visible()


def test_what_has_come_last_is_told_as_well(recorder: Recorder, page: Page) -> None:
    page.add_init_script(SAVE_DATA)
    page.goto(f"{recorder.address}ja/check/")
    page.evaluate(COME_AND_STAND_STILL)
    wait_until(lambda: page.evaluate("told") == 3, "what came last is told")


def bytes_of(page: Page) -> dict[str, int]:
    """What the build says of the size of each file."""
    sizes: dict[str, int] = page.evaluate(
        """() => {
            const { runtimeBytes, rulesBytes } = document.querySelector("#check").dataset;
            return { ...JSON.parse(runtimeBytes), "rules.json": Number(rulesBytes) };
        }"""
    )
    return sizes


def test_the_sizes_on_the_page_are_those_of_the_files(built_site: Path, recorder: Recorder, page: Page) -> None:
    page.goto(f"{recorder.address}ja/check/")
    published = [*next(built_site.glob("runtime-*")).iterdir(), built_site / "rules.json"]
    assert bytes_of(page) == {file.name: file.stat().st_size for file in published}


def test_the_large_files_do_not_wait_for_the_scripts(recorder: Recorder, page: Page) -> None:
    recorder.held = ("pyodide.mjs", "pyodide.asm.js")
    page.goto(f"{recorder.address}ja/check/")
    for name in ("pyodide.asm.wasm", "python_stdlib.zip", "rules.json"):
        wait_until(lambda name=name: recorder.asked_for(name) == 1, f"a request for {name}")  # type: ignore[misc]
    recorder.goes_on.set()
    expect(page.locator(READY)).to_be_visible()
    assert [recorder.asked_for(name) for name in bytes_of(page)] == [1] * len(bytes_of(page))


def test_a_second_visit_fetches_nothing_again_that_is_named_after_its_contents(
    playwright: Playwright, recorder: Recorder, tmp_path: Path
) -> None:
    # On a disk, as visitors have it: the memory of a context for tests is too small for Pyodide's machine code.
    with playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=installed("chromium"), args=["--no-sandbox"], service_workers="block"
    ) as context:
        first, again = context.new_page(), context.new_page()
        first.goto(f"{recorder.address}ja/check/")
        expect(first.locator(READY)).to_be_visible()
        recorder.requests.clear()
        again.goto(f"{recorder.address}en/check/")
        expect(again.locator(READY)).to_be_visible()
    assert recorder.asked_for("/en/check/ ") == 1
    assert [request for request in recorder.requests if re.search(r"/(runtime|theme)-", request)] == []


def test_who_wants_to_save_data_loads_the_calculator_only_when_answering(recorder: Recorder, page: Page) -> None:
    page.add_init_script(SAVE_DATA)
    page.goto(f"{recorder.address}ja/check/#form")
    page.wait_for_timeout(LONGEST_IDLE + 500)
    assert recorder.asked_for("/runtime-") == 0
    page.locator("#answer-capital_yen").focus()
    expect(page.locator(READY)).to_be_visible()


def renamed(route: Route) -> None:
    """Answer with the rules of another edition."""
    answer = route.fetch()
    route.fulfill(response=answer, body=re.sub(r'"edition":"\w+"', '"edition":"other"', answer.text()))


def redated(route: Route) -> None:
    """Answer with a library that works as well, and is another one: of its first file the time is different."""
    answer = route.fetch()
    body = bytearray(answer.body())
    assert body[:4] == b"PK\x03\x04"
    body[10] ^= 1
    route.fulfill(response=answer, body=bytes(body))


def unreadable(route: Route) -> None:
    """Answer with what is no library at all, so that Python fails too, before the hash is known or after."""
    route.fulfill(response=route.fetch(), body="spoilt")


@pytest.mark.parametrize("altered", [redated, unreadable])
def test_a_library_of_another_build_is_refused(
    altered: Callable[[Route], None], recorder: Recorder, page: Page
) -> None:
    refusal_of("python_stdlib.zip", altered, recorder, page)


def test_rules_of_another_build_are_refused_and_all_is_well_when_the_page_is_loaded_again(
    recorder: Recorder, page: Page
) -> None:
    refusal = refusal_of("rules.json", renamed, recorder, page)
    page.unroute_all()
    refusal.locator("[data-reload]").click()
    expect(page.locator(READY)).to_be_visible()


def refusal_of(name: str, altered: Callable[[Route], None], recorder: Recorder, page: Page) -> Locator:
    """Get another part than the page was built with; return what refuses it, and offers to load the page again."""
    page.route(re.compile(f"{re.escape(name)}$"), altered)
    page.goto(f"{recorder.address}en/check/#form")
    failed = page.locator("#check-progress [data-slot=failed]")
    expect(failed).to_contain_text("updated")
    expect(failed.locator("[data-slot=again]")).to_be_hidden()
    expect(failed.locator("[data-reload]")).to_be_visible()
    page.locator("button[type=submit]").click()
    refusal = page.locator("#check-failure")
    expect(refusal).to_contain_text("updated")
    expect(refusal.locator("[data-slot=retry]")).to_be_hidden()
    expect(refusal.locator("[data-reload]")).to_be_visible()
    return refusal


def test_the_header_is_laid_out_before_the_title_the_title_before_the_rest_and_that_before_the_tables(
    recorder: Recorder, chromium: Browser
) -> None:
    with new_context(chromium, java_script_enabled=False) as context:
        page = context.new_page()
        animations = context.new_cdp_session(page)
        animations.send("Animation.enable")
        animations.send("Animation.setPlaybackRate", {"playbackRate": 0})
        page.goto(f"{recorder.address}ja/check/")
        title, begun, tables = (page.locator(part) for part in ("h1", "#check .start .lead", ".tables > p"))
        expect(page.locator("header.site .name")).to_be_visible()
        expect(title).to_be_hidden()
        animations.send("Animation.setPlaybackRate", {"playbackRate": 0.01})
        expect(title).to_be_visible()
        expect(begun).to_be_visible()
        expect(tables).to_be_hidden()
        animations.send("Animation.setPlaybackRate", {"playbackRate": 1})
        expect(tables).to_be_visible()


def test_a_link_to_the_tables_finds_them_at_once(recorder: Recorder, chromium: Browser) -> None:
    with new_context(chromium, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{recorder.address}ja/check/#tables")
        expect(page.locator("#tables")).to_be_in_viewport()
