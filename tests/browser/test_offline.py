"""Without a network: what was visited once is still there, and nothing of another build gets in between.

What is published in the place of something else is small, so that it is quickly built: rules that were made up.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from site_builder.build import PROJECT, Sources, build
from tests.browser.engines import wait_until
from tests.browser.recorder import Recorder, recorded
from tests.browser.test_waiting import READY
from tests.browser.visitor import SAVE_DATA
from tests.site.hand_made_content import copy_without_names
from tests.windows import new_context

pytestmark = pytest.mark.browser

KEPT = "#check[data-offline=kept]"
NOT_KEPT = "#check[data-offline=not-kept]"
STORED = "p.stored"
STORES = "async () => (await caches.keys()).map(name => name.split(' ').slice(1).join(' '))"
REGISTRATIONS = "async () => (await navigator.serviceWorker.getRegistrations()).length"
UPDATE = "async () => { await (await navigator.serviceWorker.ready).update() }"
#: A question of the made-up rules, and a field of it.
QUESTION = "経費はいくらですか。"
FIELD = "[id='answer-costs.0.amount_yen']"


@dataclass(frozen=True)
class FirstVisit:
    """A window in which the real self-diagnosis was visited once and kept, and what its server had heard by then."""

    window: BrowserContext
    recorder: Recorder
    requests: tuple[str, ...]
    reports: tuple[str, ...]


@pytest.fixture(scope="module")
def first_visit(built_site: Path, chromium: Browser) -> Iterator[FirstVisit]:
    with recorded(built_site) as recorder, new_context(chromium, service_workers="allow") as window:
        page = visit(window, f"{recorder.address}ja/check/#form")
        expect(page.locator(STORED)).to_be_hidden()
        yield FirstVisit(window, recorder, tuple(recorder.requests), tuple(recorder.reports))


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    """The sources of a small site."""
    return Sources(PROJECT / "tests/good/rules", copy_without_names(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="module")
def small_site(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("small-site") / "public"
    build(sources, out, print)
    return out


@pytest.fixture
def site(small_site: Path, tmp_path: Path) -> Path:
    """A copy of a small site, in whose place another build can be published."""
    return shutil.copytree(small_site, tmp_path / "public")


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    with new_context(chromium, service_workers="allow") as one:
        yield one


def publish_another_edition(site: Path, sources: Sources, work: Path) -> None:
    rules = shutil.copytree(sources.rules, work / "rules")
    facts = (rules / "facts.yaml").read_text(encoding="utf-8")
    assert f"{{ja: {QUESTION}" in facts
    (rules / "facts.yaml").write_text(facts.replace(f"{{ja: {QUESTION}", f"{{ja: 改訂：{QUESTION}"), encoding="utf-8")
    build(Sources(rules, sources.content), site, print)


def visit(context: BrowserContext, address: str, state: str = KEPT) -> Page:
    """Open the self-diagnosis and wait until it is kept for times without a network, or is not."""
    page = context.new_page()
    page.goto(address)
    expect(page.locator(state)).to_be_attached()
    return page


def frugal(context: BrowserContext) -> Page:
    """Return a page in which Python starts only when somebody answers."""
    page = context.new_page()
    page.add_init_script(SAVE_DATA)
    return page


def judge(page: Page, field: str = FIELD) -> None:
    page.locator(field).fill("21")
    page.locator("button[type=submit]").click()
    expect(page.locator("#answer-heading")).to_be_focused()
    expect(page.locator("[data-slot=comparison] tr").first).to_be_visible()


def test_after_one_visit_the_check_works_without_a_network_and_says_so(first_visit: FirstVisit) -> None:
    address = first_visit.recorder.address
    with first_visit.recorder.away(), first_visit.window.new_page() as page:
        page.goto(f"{address}ja/check/#form")
        expect(page.locator(STORED)).to_contain_text("保存したページ")
        expect(page.locator(STORED)).to_contain_text("年")
        judge(page, "#answer-regular_employees")
        expect(page.locator("[data-slot=comparison]")).to_contain_text("1,250万円")
        page.goto(f"{address}en/check/#form")
        expect(page.locator(STORED)).to_contain_text("saved on this device")
        expect(page.locator(READY)).to_be_attached()


def test_guidance_that_was_visited_can_be_read_again_and_says_that_it_is_a_copy(first_visit: FirstVisit) -> None:
    address = first_visit.recorder.address
    with first_visit.window.new_page() as page:
        page.goto(f"{address}en/schedule/")
        expect(page.locator(STORED)).to_be_hidden()
        with first_visit.recorder.away():
            page.goto("about:blank")
            page.goto(f"{address}en/schedule/#main")
            expect(page.locator(STORED)).to_contain_text("saved on this device")
            weight = page.evaluate("getComputedStyle(document.querySelector('p.stored')).fontWeight")
    assert weight == "700"  # it has its styles


def test_nothing_is_kept_before_the_calculator_is_ready(first_visit: FirstVisit) -> None:
    names = [request.split()[1] for request in first_visit.requests]
    library = next(place for place, name in enumerate(names) if name.endswith("/python_stdlib.zip"))
    assert names.index("/sw.js") > library
    assert [name for name in names if name.endswith("/python_stdlib.zip")] == [names[library]]


def test_the_policy_lets_no_other_script_become_a_service_worker(first_visit: FirstVisit) -> None:
    assert first_visit.reports == ()
    refused = "async () => { try { await navigator.serviceWorker.register('/other.js') } catch { return true } }"
    with frugal(first_visit.window) as page:
        page.goto(f"{first_visit.recorder.address}ja/check/#form")
        assert page.evaluate(refused) is True
    assert first_visit.recorder.asked_for("/other.js") == 0


def test_a_new_build_leaves_an_open_page_alone_offers_to_reload_another_and_then_takes_over_whole(
    site: Path, sources: Sources, context: BrowserContext, tmp_path: Path
) -> None:
    with recorded(site) as recorder:
        old = visit(context, f"{recorder.address}ja/check/#form")
        (before,) = old.evaluate(STORES)
        other = frugal(context)
        other.goto(f"{recorder.address}ja/check/#form")
        publish_another_edition(site, sources, tmp_path)
        other.locator(FIELD).focus()
        other.locator("#check-progress [data-reload]").click()
        expect(other.locator("#check-form")).to_contain_text("改訂：")
        other.locator(FIELD).focus()
        expect(other.locator(READY)).to_be_attached()
        other.evaluate(UPDATE)
        judge(old)
        assert before in old.evaluate(STORES)
        other.close()
        old.close()
        last = frugal(context)
        last.goto(f"{recorder.address}ja/check/#form")
        wait_until(lambda: before not in last.evaluate(STORES), "the old store is gone")
    last.reload()
    expect(last.locator("#check-form")).to_contain_text("改訂：")
    judge(last)


def without_a_file(site: Path, context: BrowserContext, recorder: Recorder) -> None:
    (site / "en" / "check" / "index.html").unlink()


def with_another_file(site: Path, context: BrowserContext, recorder: Recorder) -> None:
    with (site / "en" / "check" / "index.html").open("a", encoding="utf-8") as page:
        page.write("<!-- of another build -->")


def without_room(site: Path, context: BrowserContext, recorder: Recorder) -> None:
    page = context.new_page()
    quota = {"origin": recorder.address, "quotaSize": 1_000_000}
    context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", quota)


@pytest.mark.parametrize("spoil", [without_a_file, with_another_file, without_room])
def test_what_cannot_be_kept_whole_is_not_kept_and_nothing_else_changes(
    spoil: Callable[[Path, BrowserContext, Recorder], None], site: Path, context: BrowserContext
) -> None:
    with recorded(site) as recorder:
        spoil(site, context, recorder)
        page = visit(context, f"{recorder.address}ja/check/#form", NOT_KEPT)
        assert page.evaluate(STORES) == []
        assert page.evaluate(REGISTRATIONS) == 0  # so that the next visit is as this one was
        judge(page)


def test_a_build_without_a_service_worker_ends_the_one_that_visitors_have(
    site: Path, sources: Sources, context: BrowserContext
) -> None:
    with recorded(site) as recorder:
        visit(context, f"{recorder.address}ja/check/#form").close()
        build(sources, site, print, works_offline=False)
        page = frugal(context)
        page.goto(f"{recorder.address}ja/check/#form")
        wait_until(lambda: page.evaluate(REGISTRATIONS) == 0, "no service worker")
        wait_until(lambda: page.evaluate(STORES) == [], "no store")
        page.reload()
        judge(page)
        assert page.evaluate(REGISTRATIONS) == 0
