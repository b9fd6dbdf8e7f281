"""Without a network: what was visited once is still there, and nothing of another build gets in between."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from site_builder.build import PROJECT, Sources, build
from tests.browser.engines import wait_until
from tests.browser.recorder import Recorder, recorded
from tests.browser.test_waiting import READY
from tests.browser.visitor import SAVE_DATA
from tests.windows import new_context

pytestmark = pytest.mark.browser

KEPT = "#check[data-offline=kept]"
NOT_KEPT = "#check[data-offline=not-kept]"
STORED = "p.stored"
STORES = "async () => (await caches.keys()).map(name => name.split(' ').slice(1).join(' '))"
REGISTRATIONS = "async () => (await navigator.serviceWorker.getRegistrations()).length"
UPDATE = "async () => { await (await navigator.serviceWorker.ready).update() }"


@pytest.fixture
def site(built_site: Path, tmp_path: Path) -> Path:
    """A copy of the site, in whose place another build can be published."""
    return shutil.copytree(built_site, tmp_path / "public")


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    with new_context(chromium, service_workers="allow") as one:
        yield one


def publish_another_edition(site: Path, work: Path) -> None:
    rules = shutil.copytree(PROJECT / "rules", work / "rules")
    facts = (rules / "facts.yaml").read_text(encoding="utf-8")
    (rules / "facts.yaml").write_text(facts.replace('question: {ja: "', 'question: {ja: "改訂：', 1), encoding="utf-8")
    build(Sources(rules, PROJECT / "content"), site, print)


def visit(context: BrowserContext, address: str, state: str = KEPT) -> Page:
    """Open the self-diagnosis and wait until it is kept for times without a network, or is not."""
    page = context.new_page()
    page.goto(address)
    expect(page.locator(state)).to_be_attached()
    return page


def judge(page: Page) -> None:
    page.locator("#answer-regular_employees").fill("21")
    page.locator("button[type=submit]").click()
    expect(page.locator("#answer-heading")).to_be_focused()
    expect(page.locator("[data-slot=comparison]")).to_contain_text("1,250万円")


def test_after_one_visit_the_check_works_without_a_network_and_says_so(site: Path, context: BrowserContext) -> None:
    with recorded(site) as recorder:
        page = visit(context, f"{recorder.address}ja/check/#form")
        expect(page.locator(STORED)).to_be_hidden()
    page.reload()
    expect(page.locator(STORED)).to_contain_text("保存したページ")
    expect(page.locator(STORED)).to_contain_text("年")
    judge(page)
    page.goto(f"{recorder.address}en/check/#form")
    expect(page.locator(STORED)).to_contain_text("saved on this device")
    expect(page.locator(READY)).to_be_attached()


def test_guidance_that_was_visited_can_be_read_again_and_says_that_it_is_a_copy(
    site: Path, context: BrowserContext
) -> None:
    with recorded(site) as recorder:
        page = visit(context, f"{recorder.address}ja/check/#form")
        page.goto(f"{recorder.address}en/schedule/")
        expect(page.locator(STORED)).to_be_hidden()
    page.goto("about:blank")
    page.goto(f"{recorder.address}en/schedule/#main")
    expect(page.locator(STORED)).to_contain_text("saved on this device")
    assert page.evaluate("getComputedStyle(document.querySelector('p.stored')).fontWeight") == "700"  # has its styles


def test_nothing_is_kept_before_the_calculator_is_ready(site: Path, context: BrowserContext) -> None:
    with recorded(site) as recorder:
        visit(context, f"{recorder.address}ja/check/#form")
        names = [request.split()[1] for request in recorder.requests]
    wheel = next(place for place, name in enumerate(names) if name.endswith(".whl"))
    assert names.index("/sw.js") > wheel
    assert [name for name in names if "/runtime-" in name and name.endswith(".whl")] == [names[wheel]]


def test_a_new_build_leaves_an_open_page_alone_and_then_takes_over_whole(
    site: Path, context: BrowserContext, tmp_path: Path
) -> None:
    with recorded(site) as recorder:
        old = visit(context, f"{recorder.address}ja/check/#form")
        (before,) = old.evaluate(STORES)
        publish_another_edition(site, tmp_path)
        new = context.new_page()
        new.goto(f"{recorder.address}ja/check/#form")
        expect(new.locator(READY)).to_be_attached()
        expect(new.locator("#check-form")).to_contain_text("改訂：")
        new.evaluate(UPDATE)
        judge(old)
        assert before in old.evaluate(STORES)
        new.close()
        old.close()
        last = context.new_page()
        last.goto(f"{recorder.address}ja/check/#form")
        wait_until(lambda: before not in last.evaluate(STORES), "the old store is gone")
        expect(last.locator(READY)).to_be_attached()
    last.reload()
    expect(last.locator("#check-form")).to_contain_text("改訂：")
    judge(last)


def test_a_page_that_meets_newer_rules_offers_to_reload(site: Path, context: BrowserContext, tmp_path: Path) -> None:
    with recorded(site) as recorder:
        visit(context, f"{recorder.address}ja/check/#form").close()
        page = context.new_page()
        page.add_init_script(SAVE_DATA)
        page.goto(f"{recorder.address}ja/check/#form")
        publish_another_edition(site, tmp_path)
        page.locator("#answer-capital_yen").focus()
        page.locator("#check-progress [data-reload]").click()
        expect(page.locator("#check-form")).to_contain_text("改訂：")
        page.locator("#answer-capital_yen").focus()
        expect(page.locator(READY)).to_be_attached()


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
        judge(page)
        page.reload()
        judge(page)


def test_a_build_without_a_service_worker_ends_the_one_that_visitors_have(site: Path, context: BrowserContext) -> None:
    with recorded(site) as recorder:
        visit(context, f"{recorder.address}ja/check/#form").close()
        build(Sources(PROJECT / "rules", PROJECT / "content"), site, print, works_offline=False)
        page = context.new_page()
        page.goto(f"{recorder.address}ja/check/#form")
        wait_until(lambda: page.evaluate(REGISTRATIONS) == 0, "no service worker")
        wait_until(lambda: page.evaluate(STORES) == [], "no store")
        expect(page.locator(READY)).to_be_attached()
        judge(page)
        page.reload()
        expect(page.locator(READY)).to_be_attached()
        assert page.evaluate(REGISTRATIONS) == 0


def test_the_policy_lets_no_other_script_become_a_service_worker(site: Path, context: BrowserContext) -> None:
    with recorded(site) as recorder:
        page = visit(context, f"{recorder.address}ja/check/#form")
        assert recorder.reports == []
        refused = "async () => { try { await navigator.serviceWorker.register('/other.js') } catch { return true } }"
        assert page.evaluate(refused) is True
        assert recorder.asked_for("/other.js") == 0
