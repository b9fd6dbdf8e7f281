"""When something is missing or fails, the page says what, what can still be read, and what to do; no answer is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, Route, expect

from tests.browser.engines import wait_until
from tests.browser.recorder import Recorder, recorded
from tests.browser.test_batch import TABLE
from tests.browser.test_waiting import PATIENCE, READY
from tests.browser.visitor import SAVE_DATA, Visit
from tests.windows import installed, new_context

pytestmark = pytest.mark.browser

#: Each failure is met in one of them; that both have all words is seen on the pages (tests/render/test_trouble.py).
LANGUAGES = ("ja", "en")
FIELD = "#answer-regular_employees"
TYPED = "21"
#: So much faster than people the page shows what it shows only after a while.
TIMES_FASTER = 1_000


@pytest.fixture(scope="module")
def recorder(built_site: Path) -> Iterator[Recorder]:
    with recorded(built_site) as running:
        yield running


@pytest.fixture(scope="module")
def window(chromium: Browser) -> Iterator[BrowserContext]:
    with new_context(chromium) as context:
        yield context


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    """A page in which Python starts only when somebody answers."""
    with window.new_page() as page:
        page.add_init_script(SAVE_DATA)
        yield page


def answering(page: Page, name: str, change: Callable[[str], str]) -> None:
    """Let the page get a file whose name ends so with another text."""

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=change(response.text()))

    page.route(re.compile(f"{re.escape(name)}$"), answer)


# --- the page's scripts never begin, or fail ---


def without_modules(page: Page) -> None:
    answering(page, "/check/", lambda html: html.replace('type="module"', 'type="of-the-future"'))


def without_the_syntax(page: Page) -> None:
    answering(page, "form.mjs", lambda script: f"{script}\nclass Of {{ the future }}")


def without_a_script(page: Page) -> None:
    page.route(re.compile(r"rows\.mjs$"), lambda route: route.fulfill(status=404))


def opened_from_a_disk(page: Page) -> None:
    """A page may not run modules that come from files: none of its scripts arrives."""
    page.route(re.compile(r"\.mjs$"), lambda route: route.abort())


def without_a_function(page: Page) -> None:
    page.add_init_script("delete Element.prototype.replaceChildren")


def with_a_script_that_throws(page: Page) -> None:
    answering(page, "keep.mjs", lambda script: f"{script}\nthrow new Error('a mistake of ours');")


NEVER_BEGIN = [without_modules, without_the_syntax, without_a_script, opened_from_a_disk]
FAIL = [without_a_function, with_a_script_that_throws]


@pytest.mark.parametrize(("how", "language"), [*zip([*NEVER_BEGIN, *FAIL], cycle(LANGUAGES), strict=False)])
def test_where_the_scripts_do_not_work_the_page_says_so_and_shows_the_tables(
    how: Callable[[Page], None], language: str, recorder: Recorder, page: Page
) -> None:
    how(page)
    page.goto(f"{recorder.address}{language}/check/")
    told = page.locator("#trouble")
    if how in NEVER_BEGIN:
        expect(told).to_be_hidden()
        expect(told.get_by_role("link")).to_have_count(0)  # neither keys nor ears meet it
        hurry(page)
        says = {"ja": "まだ動いていません", "en": "has not started yet"}
    else:
        says = {"ja": "問題が起きました", "en": "has gone wrong"}
    expect(told).to_be_visible()
    assert says[language] in told.inner_text()
    told.get_by_role("link").click()
    expect(page.locator("#tables")).to_be_in_viewport()
    for table in page.locator("table.decision").all():
        expect(table).to_be_visible()


def hurry(page: Page) -> None:
    """Let the time of the page's styles run faster."""
    session = page.context.new_cdp_session(page)
    session.send("Animation.enable")
    session.send("Animation.setPlaybackRate", {"playbackRate": TIMES_FASTER})


@pytest.mark.parametrize(("path", "script"), [("ja/search/", "search.mjs"), ("en/check/batch/", "batch.mjs")])
def test_the_other_pages_with_scripts_say_so_as_well(path: str, script: str, recorder: Recorder, page: Page) -> None:
    page.route(re.compile(f"{re.escape(script)}$"), lambda route: route.fulfill(status=404))
    page.goto(f"{recorder.address}{path}")
    hurry(page)
    expect(page.locator("#trouble")).to_be_visible()
    expect(page.locator("#trouble a")).to_be_visible()


@pytest.mark.parametrize("path", ["ja/check/", "en/search/", "ja/check/batch/"])
def test_a_page_that_works_says_nothing_until_its_own_script_fails(path: str, recorder: Recorder, page: Page) -> None:
    page.goto(f"{recorder.address}{path}")
    told = page.locator("#trouble")
    expect(told).to_have_attribute("hidden", "")
    page.evaluate(
        "() => { setTimeout(() => { throw new Error('of an extension') }); Promise.reject(new Error('too')) }"
    )
    page.evaluate("() => new Promise(resolve => setTimeout(resolve))")
    expect(told).to_be_hidden()
    page.evaluate(
        """() => {
            const mistake = new Error("of ours");
            mistake.stack += new URL(".", document.querySelector("script[type=module]").src);
            Promise.reject(mistake);
        }"""
    )
    expect(told).to_be_visible()
    assert told.inner_text() != ""


# --- the calculator cannot run ---


def without_wasm(page: Page) -> None:
    answering(page, "worker.mjs", lambda script: f"{script}\ndelete self.WebAssembly;")


def without_workers(page: Page) -> None:
    page.add_init_script("delete globalThis.Worker")


def with_workers_refused(page: Page) -> None:
    page.add_init_script("globalThis.Worker = class { constructor() { throw new DOMException('', 'SecurityError') } }")


def with_workers_of_old(page: Page) -> None:
    """As a browser does that takes a module for an ordinary script."""
    page.add_init_script(
        "globalThis.Worker = class extends Worker { constructor(script) { super(script, { type: 'classic' }) } }"
    )


def without_memory(page: Page) -> None:
    grow = "WebAssembly.Memory.prototype.grow = () => { throw new RangeError('could not allocate memory') };"
    answering(page, "worker.mjs", lambda script: f"{script}\n{grow}")


def without_memory_to_begin_with(page: Page) -> None:
    """Not even for the little module by which Pyodide tries what the browser can do."""
    refuse = "() => Promise.reject(new RangeError('WebAssembly.instantiate(): Out of memory: wasm memory'))"
    answering(page, "worker.mjs", lambda script: f"{script}\nWebAssembly.instantiate = {refuse};")


def without_memory_for_python(page: Page) -> None:
    refusal = "Promise.reject(new RangeError('WebAssembly.instantiate(): Out of memory: wasm memory'))"
    only_small = f"(module, imports) => (imports === undefined ? instantiate(module) : {refusal})"
    begin = f"const {{ instantiate }} = WebAssembly; WebAssembly.instantiate = {only_small};"
    answering(page, "worker.mjs", lambda script: f"{script}\n{begin}")


UNSUPPORTED = {"ja": "動かせません", "en": "cannot run in this browser"}
MEMORY = {"ja": "メモリが足りず", "en": "not enough memory"}
CONNECTION = {"ja": "接続を確かめて", "en": "Check your connection"}


@dataclass(frozen=True)
class Cause:
    """Why the calculator cannot run, and what the page says of it."""

    how: Callable[[Page], None]
    says: dict[str, str]

    def __str__(self) -> str:
        return self.how.__name__


CAUSES = [
    *(Cause(how, UNSUPPORTED) for how in (without_wasm, without_workers, with_workers_refused, with_workers_of_old)),
    *(Cause(how, MEMORY) for how in (without_memory, without_memory_to_begin_with, without_memory_for_python)),
]


@pytest.mark.parametrize(("cause", "language"), [*zip(CAUSES, cycle(LANGUAGES), strict=False)], ids=str)
def test_where_the_calculator_cannot_run_the_page_says_why_keeps_the_answers_and_shows_the_tables(
    cause: Cause, language: str, recorder: Recorder, page: Page
) -> None:
    cause.how(page)
    page.goto(f"{recorder.address}{language}/check/#form")
    page.locator(FIELD).fill(TYPED)  # this starts the calculator
    told_of(page.locator("#check-progress [data-slot=failed]"), cause.says[language])
    page.locator("button[type=submit]").click()
    refusal = page.locator("#check-failure")
    expect(refusal).to_be_focused()
    told_of(refusal, cause.says[language])
    expect(page.locator(FIELD)).to_have_value(TYPED)
    expect(page.locator("#trouble")).to_be_hidden()
    refusal.locator("a").click()
    expect(page.locator("#tables")).to_be_in_viewport()


def told_of(place: Locator, words: str) -> None:
    expect(place).to_contain_text(words)
    expect(place.locator("a[href='#tables']")).to_be_visible()
    expect(place.get_by_role("button")).to_be_visible()


def test_a_file_of_companies_is_told_the_same(recorder: Recorder, page: Page, tmp_path: Path) -> None:
    without_workers(page)
    (tmp_path / "companies.csv").write_text(TABLE, encoding="utf-8")
    page.goto(f"{recorder.address}ja/check/batch/")
    page.locator("#batch-file").set_input_files(tmp_path / "companies.csv")
    expect(page.locator("#batch-failure")).to_contain_text(UNSUPPORTED["ja"])
    expect(page.locator("#batch-failure a")).to_be_visible()


def test_a_network_that_goes_away_in_the_middle_is_told_and_waited_for(recorder: Recorder, page: Page) -> None:
    page.goto(f"{recorder.address}en/check/#form")
    failed = page.locator("#check-progress [data-slot=failed]")
    with recorder.away():
        page.locator(FIELD).fill(TYPED)
        told_of(failed, CONNECTION["en"])
        failed.get_by_role("button").click()
        told_of(failed, CONNECTION["en"])
    failed.get_by_role("button").click()
    expect(page.locator(READY)).to_be_visible()
    expect(page.locator(FIELD)).to_have_value(TYPED)


# --- what the page would like to have, and can do without ---

#: What a browser does whose visitor lets no site keep anything, on a page that came without https.
NOTHING_IS_KEPT = """{
    const denied = () => { throw new DOMException("denied", "SecurityError") };
    for (const name of ["caches", "localStorage", "sessionStorage", "indexedDB"]) {
        Object.defineProperty(globalThis, name, { get: denied });
    }
    Object.defineProperty(navigator, "serviceWorker", { get: denied });
    Object.defineProperty(navigator, "clipboard", { value: undefined });
    history.pushState = history.replaceState = denied;
}"""


def test_a_browser_that_keeps_nothing_is_enough(visit: Visit) -> None:
    visitor = visit(None)
    visitor.page.add_init_script(NOTHING_IS_KEPT)
    visitor.open("ja/check/")
    visitor.wait_until_ready()
    visitor.page.locator("[data-slot=ways] [data-slot=form]").click()
    visitor.answer({"regular_employees": TYPED})
    visitor.submit()
    visitor.see_answer()
    expect(visitor.page.locator("[data-slot=comparison]")).to_contain_text("1,250万円")
    visitor.page.locator("#answer [data-slot=copy]").click()
    expect(visitor.page.locator("#keep-status")).to_contain_text("コピーできませんでした")
    expect(visitor.page.locator("#check")).to_have_attribute("data-offline", "not-kept")
    expect(visitor.page.locator("#trouble")).to_be_hidden()
    assert visitor.complaints == []


# --- the calculator falls silent ---

#: The first worker answers no question after the start, as one whose memory was taken away; the next one does.
SILENT_ONCE = """{
    let isSilent = true;
    globalThis.Worker = class extends Worker {
        #isSilent = isSilent;
        constructor(...how) { super(...how); isSilent = false; }
        postMessage(message) { if (message.call === "start" || !this.#isSilent) super.postMessage(message); }
    };
}"""


@pytest.mark.parametrize(("language", "says"), [("ja", "いつもより時間がかかって"), ("en", "longer than usual")])
def test_a_calculator_that_has_died_is_told_and_started_anew_with_all_answers(
    language: str, says: str, visit: Visit
) -> None:
    visitor = visit(None)
    visitor.page.add_init_script(SILENT_ONCE)
    visitor.page.clock.install()
    visitor.open(f"{language}/check/#form")
    visitor.page.locator(FIELD).fill(TYPED)
    visitor.wait_until_ready()
    visitor.submit()
    slow = visitor.page.locator("#check-progress [data-slot=slow]")
    visitor.page.clock.run_for(PATIENCE - 1_000)
    expect(slow).to_be_hidden()
    visitor.page.clock.run_for(2_000)
    told_of(slow, says)
    slow.get_by_role("button").click()
    visitor.see_answer()
    expect(slow).to_be_hidden()
    expect(visitor.page.locator("#check-failure")).to_be_hidden()
    expect(visitor.page.locator("#check-progress [data-slot=failed]")).to_be_hidden()


#: As above, but the first worker answers one question.
SILENT_AFTER_ONE = SILENT_ONCE.replace("let isSilent = true;", "let isSilent = true, asked = 0;").replace(
    "|| !this.#isSilent", "|| !this.#isSilent || asked++ === 0"
)


def test_the_result_so_far_is_what_is_asked_anew_and_not_the_open_question(visit: Visit) -> None:
    visitor = visit(None)
    visitor.page.add_init_script(SILENT_AFTER_ONE)
    visitor.page.clock.install()
    visitor.open("en/check/")
    visitor.wait_until_ready()
    visitor.page.locator("[data-slot=ways] [data-slot=interview]").click()
    visitor.page.locator("[data-fact=costs] input[value=unknown]").check()
    visitor.submit()
    expect(visitor.page.locator("#question-plan_years")).to_be_focused()
    visitor.page.locator("[data-slot=so-far]").click()
    visitor.page.clock.run_for(PATIENCE + 1_000)
    visitor.page.locator("#check-progress [data-slot=anew]").click()
    visitor.see_answer()


def test_a_file_of_companies_is_judged_anew_as_well(visit: Visit, tmp_path: Path) -> None:
    visitor = visit(None)
    visitor.page.add_init_script(SILENT_ONCE)
    visitor.page.clock.install()
    (tmp_path / "companies.csv").write_text(TABLE, encoding="utf-8")
    visitor.open("ja/check/batch/")
    visitor.page.locator("#batch-file").set_input_files(tmp_path / "companies.csv")
    expect(visitor.page.locator("#batch[data-stage=ready]")).to_be_attached()
    visitor.page.clock.run_for(PATIENCE + 1_000)
    visitor.page.locator("#batch-run [data-slot=anew]").click()
    expect(visitor.page.locator("#batch-result-heading")).to_be_focused()


# --- a tab that sleeps ---


@pytest.fixture
def sleepy(playwright: Playwright) -> Iterator[Page]:
    """A page of a browser that puts pages aside as they are when they are left, as it does for visitors."""
    with (
        playwright.chromium.launch(
            executable_path=installed("chromium"),
            args=["--no-sandbox"],
            ignore_default_args=["--disable-back-forward-cache"],
        ) as browser,
        new_context(browser) as context,
        context.new_page() as page,
    ):
        yield page


def test_a_tab_that_has_slept_goes_on_where_it_was(recorder: Recorder, sleepy: Page) -> None:
    sleepy.goto(f"{recorder.address}ja/check/#form")
    sleepy.locator(FIELD).fill(TYPED)
    sleepy.locator(FIELD).blur()
    come_back(sleepy, f"{recorder.address}ja/about/")  # while Python starts, and so the browser may load the page anew
    expect(sleepy.locator(READY)).to_be_attached()
    expect(sleepy.locator(FIELD)).to_have_value(TYPED)
    judge(sleepy, TYPED)
    sleepy.evaluate(NOTE_SLEEP)
    come_back(sleepy, f"{recorder.address}ja/about/")
    assert sleepy.evaluate("slept") == ["freeze", "resume"]
    judge(sleepy, "20")
    expect(sleepy.locator("#trouble")).to_be_hidden()


#: The first worker never begins, as in Chromium where its script was on its way when the page was put aside.
STILLBORN_ONCE = """{
    globalThis.begun = 0;
    globalThis.Worker = class extends Worker {
        #isStillborn = begun++ === 0;
        postMessage(message) { if (!this.#isStillborn) super.postMessage(message); }
    };
}"""


def test_a_tab_that_slept_before_its_calculator_said_anything_begins_with_another_one(
    recorder: Recorder, sleepy: Page
) -> None:
    sleepy.add_init_script(STILLBORN_ONCE)
    sleepy.goto(f"{recorder.address}en/check/#form")
    sleepy.locator(FIELD).focus()
    wait_until(lambda: sleepy.evaluate("begun") == 1, "a worker is there")
    for _ in range(2):  # the second time it is there, and stays
        come_back(sleepy, f"{recorder.address}en/about/")
        judge(sleepy, TYPED)
        assert sleepy.evaluate("begun") == 2


NOTE_SLEEP = """() => {
    window.slept = [];
    for (const name of ["freeze", "resume"]) document.addEventListener(name, () => slept.push(name));
}"""


def come_back(page: Page, address: str) -> None:
    """Leave for another page, and come back with the browser's button."""
    page.goto(address)
    page.evaluate("() => { setTimeout(() => history.back()) }")  # not every driver sees where that ends
    wait_until(lambda: page.locator("#check").count() == 1, "the page is back")


def judge(page: Page, employees: str) -> None:
    page.locator(FIELD).fill(employees)
    page.locator("button[type=submit]").click()
    expect(page.locator("#answer-heading")).to_be_focused()
    expect(page.locator("#answer .given")).to_contain_text(employees)
