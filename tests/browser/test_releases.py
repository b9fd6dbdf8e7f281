"""One build after another, and the service worker between them: nobody sees a mixture of two, or a page without use.

The builds are small, so that they are quickly made: their rules are made up. Python starts only where it is needed.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page, expect

from site_builder.build import PROJECT, Sources, build
from tests.browser.engines import wait_until
from tests.browser.recorder import Recorder, recorded
from tests.browser.visitor import SAVE_DATA
from tests.site.hand_made_content import copy_without_names
from tests.windows import new_context

pytestmark = pytest.mark.browser

KEPT = "#check[data-offline=kept]"
NOT_KEPT = "#check[data-offline=not-kept]"
STORED = "p.stored"
FORM = "#check-form"
#: A question of the made-up rules, what the next edition puts before it, and a field of it.
QUESTION = "経費はいくらですか。"
REVISED = "改訂："
FIELD = "[id='answer-costs.0.amount_yen']"

#: What the page itself does when its calculator is ready.
KEEP = """async () => {
    const scripts = document.querySelector("script[type=module]").src;
    const { keepForOffline } = await import(new URL("offline.mjs", scripts).href);
    keepForOffline(document.querySelector("#check"));
}"""
STORES = "async () => (await caches.keys()).map(name => name.split(' ').slice(1).join(' '))"
FORGET = "async () => { for (const name of await caches.keys()) await caches.delete(name) }"
REGISTRATIONS = "async () => (await navigator.serviceWorker.getRegistrations()).length"
UPDATE = "async () => { await (await navigator.serviceWorker.ready).update() }"
#: Whether there is a newer service worker once the browser has tried to get one, or has begun to by itself.
HAS_NEWER = """async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update().catch(() => {});
    const worker = registration.installing;
    while (worker?.state === "installing") await new Promise(resolve => setTimeout(resolve, 50));
    return registration.waiting !== null;
}"""
#: Whether a page has all its styles and scripts, and gets rules of its own edition.
IS_WHOLE = """async () => {
    const { edition, rules } = document.querySelector("#check").dataset;
    const files = document.querySelectorAll("link[rel=stylesheet], script[type=module]");
    const answers = await Promise.all([...files].map(({ href, src }) => fetch(href ?? src)));
    const found = await (await fetch(new URL(rules, document.baseURI))).json();
    return files.length > 2 && answers.every(({ ok }) => ok) && found.edition === edition;
}"""
#: What WebKit now and then shows of a worker that it had installed while the page was busy.
NO_CHANGE_OF_STATE = """{
    Object.defineProperty(ServiceWorker.prototype, "state", { get: () => "installing" });
    ServiceWorker.prototype.addEventListener = () => {};
}"""
#: A service worker with the worst mistake: it answers in the place of every page.
BAD_WORKER = """
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", event => event.waitUntil(clients.claim()));
self.addEventListener("fetch", event => event.respondWith(new Response("nothing but this")));
"""


@dataclass(frozen=True)
class Builds:
    """Folders of finished sites: a build, the next one of other rules, and one that ends the service worker."""

    first: Path
    second: Path
    without_worker: Path


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    work = tmp_path_factory.mktemp("builds")
    content = copy_without_names(work)
    rules = PROJECT / "tests/good/rules"
    revised = shutil.copytree(rules, work / "rules")
    facts = (revised / "facts.yaml").read_text(encoding="utf-8")
    assert f"{{ja: {QUESTION}" in facts
    (revised / "facts.yaml").write_text(facts.replace(f"{{ja: {QUESTION}", f"{{ja: {REVISED}{QUESTION}"), "utf-8")
    made = Builds(work / "first", work / "second", work / "without-worker")
    build(Sources(rules, content), made.first, print)
    build(Sources(revised, content), made.second, print)
    end_worker(shutil.copytree(made.second, made.without_worker))
    return made


def end_worker(site: Path) -> None:
    """Make of a build what `build --without-service-worker` makes (tests/test_cli.py looks at that)."""
    shutil.copy(PROJECT / "site_builder/theme/templates/sw-off.js", site / "sw.js")
    for page in site.rglob("index.html"):
        html = page.read_text(encoding="utf-8")
        page.write_text(html.replace(' data-offline="not-yet"', ""), encoding="utf-8")


@dataclass(frozen=True)
class Host:
    """A server of one folder, where one build after another is published."""

    recorder: Recorder
    folder: Path

    def publish(self, site: Path) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(site, self.folder)

    @property
    def check(self) -> str:
        return f"{self.recorder.address}ja/check/#form"


@pytest.fixture
def host(builds: Builds, tmp_path: Path) -> Iterator[Host]:
    """A host that has the first build."""
    with recorded(tmp_path / "public") as recorder:
        running = Host(recorder, tmp_path / "public")
        running.publish(builds.first)
        yield running


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    with new_context(chromium, service_workers="allow") as one:
        yield one


def opened(context: BrowserContext, host: Host) -> Page:
    """Open the self-diagnosis in a new page, in which Python starts only when somebody answers."""
    page = context.new_page()
    page.add_init_script(SAVE_DATA)
    page.goto(host.check)
    return page


def keep(page: Page, state: str = KEPT) -> None:
    """Keep the page's build for times without a network, and see what comes of it."""
    page.evaluate(KEEP)
    expect(page.locator(state)).to_be_attached()


def judge(page: Page) -> None:
    page.locator(FIELD).fill("21")
    page.locator("[id='answer-costs.0.category']").select_option(index=1)
    page.locator("button[type=submit]").click()
    expect(page.locator("#answer-heading")).to_be_focused()
    expect(page.locator("[data-slot=comparison] tr").first).to_be_visible()


def test_two_tabs_have_a_build_each_and_the_new_one_takes_over_whole(
    host: Host, builds: Builds, context: BrowserContext
) -> None:
    old, other = opened(context, host), opened(context, host)
    keep(old)
    (before,) = old.evaluate(STORES)
    host.publish(builds.second)
    other.locator(FIELD).focus()
    other.locator("#check-progress [data-reload]").click()
    expect(other.locator(FORM)).to_contain_text(REVISED)
    assert other.evaluate(IS_WHOLE)
    assert other.evaluate(HAS_NEWER)
    assert before in old.evaluate(STORES)  # and so the old page still has all that it is made of
    expect(old.locator(FORM)).not_to_contain_text(REVISED)
    other.close()
    old.close()
    last = opened(context, host)
    wait_until(lambda: before not in last.evaluate(STORES), "the old store is gone")
    with host.recorder.away():
        last.reload()
        expect(last.locator(STORED)).to_be_visible()
        expect(last.locator(FORM)).to_contain_text(REVISED)
        judge(last)


Spoil = Callable[[Host, BrowserContext], object]


def without_a_file(host: Host, context: BrowserContext) -> None:
    (host.folder / "en" / "check" / "index.html").unlink()


def with_another_file(host: Host, context: BrowserContext) -> None:
    with (host.folder / "en" / "check" / "index.html").open("a", encoding="utf-8") as page:
        page.write("<!-- of another build -->")


def interrupted(host: Host, context: BrowserContext) -> None:
    host.recorder.cut = ("/en/check/",)


def with_a_worker_that_throws(host: Host, context: BrowserContext) -> None:
    worker = host.folder / "sw.js"
    worker.write_text(f"throw new Error();\n{worker.read_text(encoding='utf-8')}", encoding="utf-8")


def with_a_worker_that_means_nothing(host: Host, context: BrowserContext) -> None:
    (host.folder / "sw.js").write_text("<!doctype html>", encoding="utf-8")


def without_room(host: Host, context: BrowserContext) -> CDPSession:
    """Leave too little room for as long as the session lasts that is returned."""
    session = context.new_cdp_session(context.new_page())
    session.send("Storage.overrideQuotaForOrigin", {"origin": host.recorder.address, "quotaSize": 1_000_000})
    return session


SPOILT = [without_a_file, with_another_file, interrupted]
SPOILT += [with_a_worker_that_throws, with_a_worker_that_means_nothing]


@pytest.mark.parametrize("spoil", [*SPOILT, without_room])
def test_what_cannot_be_kept_whole_is_not_kept_and_nothing_else_changes(
    spoil: Spoil, host: Host, context: BrowserContext
) -> None:
    holds = spoil(host, context)
    page = opened(context, host)
    keep(page, NOT_KEPT)
    assert page.evaluate(STORES) == []
    assert page.evaluate(REGISTRATIONS) == 0  # so that the next visit is as this one was
    page.reload()
    assert page.evaluate(IS_WHOLE)
    del holds


@pytest.mark.parametrize("spoil", [*SPOILT, without_room])
def test_a_broken_release_leaves_the_build_that_was_kept(
    spoil: Spoil, host: Host, builds: Builds, context: BrowserContext
) -> None:
    page = opened(context, host)
    keep(page)
    before = page.evaluate(STORES)
    host.publish(builds.second)
    holds = spoil(host, context)
    page.reload()
    expect(page.locator(FORM)).to_contain_text(REVISED)
    assert page.evaluate(IS_WHOLE)
    assert not page.evaluate(HAS_NEWER)
    assert page.evaluate(STORES) == before
    with host.recorder.away():
        page.reload()
        expect(page.locator(STORED)).to_be_visible()
        expect(page.locator(FORM)).not_to_contain_text(REVISED)
        assert page.evaluate(IS_WHOLE)
    del holds


def test_after_an_interruption_the_next_visit_keeps_all(host: Host, context: BrowserContext) -> None:
    page = opened(context, host)
    interrupted(host, context)
    keep(page, NOT_KEPT)
    host.recorder.cut = ()
    page.reload()
    keep(page)
    with host.recorder.away():
        page.reload()
        assert page.evaluate(IS_WHOLE)


def test_a_release_whose_scripts_fail_is_mended_by_the_next_one(
    host: Host, builds: Builds, context: BrowserContext
) -> None:
    page = opened(context, host)
    keep(page)
    (script,) = host.folder.glob("theme-*/scripts/check.mjs")
    broken = script.parents[1].rename(host.folder / "theme-000000000000") / "scripts" / "check.mjs"
    broken.write_text("throw new Error();", encoding="utf-8")
    html = host.folder / "ja" / "check" / "index.html"
    html.write_text(html.read_text("utf-8").replace(script.parents[1].name, broken.parents[1].name), encoding="utf-8")
    page.reload()
    expect(page.locator("#tables")).to_be_visible()
    assert page.locator("[data-slot=ways] button").count() == 0
    host.publish(builds.second)
    page.reload()
    expect(page.locator(FORM)).to_contain_text(REVISED)
    assert page.locator("[data-slot=ways] button").count() > 0


def test_a_service_worker_whose_store_is_gone_and_has_no_room_gets_in_nobodys_way(
    host: Host, context: BrowserContext
) -> None:
    page = opened(context, host)
    keep(page)
    holds = without_room(host, context)
    page.evaluate(FORGET)
    page.reload()
    assert page.evaluate(IS_WHOLE)
    answer = page.goto(f"{host.recorder.address}ja/schedule/")
    assert answer is not None
    assert answer.ok
    expect(page.locator(STORED)).to_be_hidden()
    with host.recorder.away(), pytest.raises(Error, match="ERR_"):  # the browser says itself that there is nothing
        page.goto(f"{host.recorder.address}ja/about/")
    assert opened(context, host).evaluate(IS_WHOLE)
    del holds


def test_a_page_is_told_that_it_is_kept_though_it_hears_of_no_change(host: Host, context: BrowserContext) -> None:
    context.add_init_script(NO_CHANGE_OF_STATE)
    keep(opened(context, host))


@pytest.mark.parametrize("is_bad", [False, True])
def test_a_build_without_a_service_worker_ends_the_one_that_visitors_have(
    is_bad: bool, host: Host, builds: Builds, context: BrowserContext
) -> None:
    page = opened(context, host)
    if is_bad:
        (host.folder / "sw.js").write_text(BAD_WORKER, encoding="utf-8")
    keep(page)
    if is_bad:
        page.reload()
        expect(page.locator("body")).to_have_text("nothing but this")
    host.publish(builds.without_worker)
    page.reload()
    wait_until(lambda: page.evaluate(REGISTRATIONS) == 0, "no service worker")
    wait_until(lambda: page.evaluate(STORES) == [], "no store")
    page.reload()
    expect(page.locator(FORM)).to_contain_text(REVISED)
    assert page.evaluate(IS_WHOLE)
    expect(page.locator("#check[data-offline]")).to_have_count(0)  # and so this page registers none
