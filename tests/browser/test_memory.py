"""The second visit: Python starts from the memory that the first has kept, which has no answer in it.

Whatever is wrong with that memory, it starts as ever.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.engines import wait_until
from tests.browser.recorder import Recorder, recorded
from tests.browser.visitor import SAVE_DATA, complaint
from tests.windows import new_context

pytestmark = pytest.mark.browser

CAPITAL = 98765432  # stands nowhere else
#: Remembers through which stages the page comes, from its beginning.
REMEMBER_STAGES = """{
    window.stages = [];
    const look = () => {
        const stage = document.querySelector("#check")?.dataset.stage;
        if (stage !== undefined && stage !== window.stages.at(-1)) window.stages.push(stage);
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
}"""
NO_ROOM = "navigator.storage.estimate = async () => ({ quota: 150_000_000, usage: 0 })"
AS_EVER = ["runtime", "calculator", "rules", "ready"]
FROM_MEMORY = ["runtime", "calculator", "ready"]

#: Lays a copy of the memory aside, where nobody looks for it.
LAY_ASIDE = """async () => {
    const [name] = (await caches.keys()).filter(name => name.includes(" memory "));
    const store = await caches.open(name), [request] = await store.keys();
    await (await caches.open(`aside:${name}`)).put(request, await store.match(request));
}"""
#: Puts that copy in the place of whatever memory is there.
PUT_BACK = """async () => {
    const names = (await caches.keys()).filter(name => name.includes(" memory "));
    const aside = names.find(name => name.startsWith("aside:"));
    await Promise.all(names.filter(name => name !== aside).map(name => caches.delete(name)));
    const store = await caches.open(aside), [request] = await store.keys();
    await (await caches.open(aside.replace("aside:", ""))).put(request, await store.match(request));
}"""
#: Has an empty memory of another release too.
OTHER_RELEASE = """async () => {
    const [name] = (await caches.keys()).filter(name => name.startsWith("aside:"));
    await caches.open(name.replace("aside:", "").replace(/runtime-\\w+/, "runtime-000000000000"));
}"""
STORES = "async () => (await caches.keys()).filter(name => name.includes(' memory ') && !name.startsWith('aside:'))"
#: The first place in the memory of each of some strings of bytes, or -1; the last is the edition's.
PLACES = """async looked_for => {
    const [name] = (await caches.keys()).filter(name => name.startsWith("aside:"));
    const store = await caches.open(name), [request] = await store.keys();
    const text = new TextDecoder("latin1").decode(await (await store.match(request)).arrayBuffer());
    return [...looked_for.map(atob), name.split(" ").at(-1)].map(one => text.indexOf(one));
}"""
#: Keeps less than was laid aside, or with another first byte, and with the old digest or its own.
SPOIL = """async ({ less, changed, hasItsDigest }) => {
    const [name] = (await caches.keys()).filter(name => name.startsWith("aside:"));
    const store = await caches.open(name), [request] = await store.keys(), kept = await store.match(request);
    const bytes = new Uint8Array(await kept.arrayBuffer()).slice(0, -less || undefined);
    bytes[0] ^= changed;
    const own = [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].join(" ");
    const headers = { Digest: hasItsDigest ? own : kept.headers.get("Digest") };
    await (await caches.open(name.replace("aside:", ""))).put(request, new Response(bytes, { headers }));
}"""


@dataclass(frozen=True)
class Known:
    """A window whose visitor has seen an answer, which said `said`, and in which the memory was kept."""

    window: BrowserContext
    recorder: Recorder
    said: list[str]

    def read(self) -> Page:
        """Open a page without Python."""
        page = self.window.new_page()
        page.goto(f"{self.recorder.address}ja/privacy/")
        return page

    def come_back(self, *scripts: str, complaints: list[str]) -> Page:
        """Open the page anew, with scripts of one's own before all others, and wait for the calculator."""
        page = self.window.new_page()
        page.on("console", lambda message: complaints.extend(complaint(message.text)))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        for script in (REMEMBER_STAGES, *scripts):
            page.add_init_script(script)
        page.goto(f"{self.recorder.address}ja/check/#form")
        page.locator("#answer-capital_yen").focus()
        expect(page.locator("#check[data-stage=ready]")).to_be_attached()
        return page


@pytest.fixture(scope="module")
def acquainted(built_site: Path, chromium: Browser) -> Iterator[Known]:
    with recorded(built_site) as recorder, new_context(chromium, service_workers="allow") as window:
        page = window.new_page()
        page.goto(f"{recorder.address}ja/check/#form")
        said = answer(page)
        expect(page.locator("#check[data-memory=kept]")).to_be_attached()
        page.evaluate(LAY_ASIDE)
        assert recorder.reports == []
        page.close()
        yield Known(window, recorder, said)


@pytest.fixture
def known(acquainted: Known) -> Known:
    """Return one who knows the page, with the memory as it was kept, whatever other tests have done with it."""
    with acquainted.read() as page:
        page.evaluate(PUT_BACK)
        assert len(page.evaluate(STORES)) == 1
    return acquainted


def answer(page: Page) -> list[str]:
    page.locator("#answer-capital_yen").fill(str(CAPITAL))
    page.locator("button[type=submit]").click()
    expect(page.locator("#answer-heading")).to_be_focused()
    return page.locator("#answer > .comparison, #answer details[data-rule-set]").all_text_contents()


def test_the_next_start_is_from_the_memory_gives_the_same_answer_and_forgets_that_of_another_release(
    known: Known,
) -> None:
    with known.read() as page:
        page.evaluate(OTHER_RELEASE)
        assert len(page.evaluate(STORES)) == 2
    complaints: list[str] = []
    with known.come_back(complaints=complaints) as page:
        assert page.evaluate("window.stages") == FROM_MEMORY
        wait_until(lambda: len(page.evaluate(STORES)) == 1, "the other release's memory is gone")
        assert answer(page) == known.said
    assert (known.recorder.reports, complaints) == ([], [])


def test_no_answer_is_in_the_memory(known: Known) -> None:
    typed = str(CAPITAL)
    forms = [typed.encode(), typed.encode("utf-16-le"), typed.encode("utf-32-le"), CAPITAL.to_bytes(4, "little")]
    with known.read() as page:
        *places, place_of_the_edition = page.evaluate(PLACES, [base64.b64encode(form).decode() for form in forms])
    assert places == [-1, -1, -1, -1]
    assert place_of_the_edition > 0


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        ({"less": 65536, "changed": 0, "hasItsDigest": False}, SAVE_DATA),
        ({"less": 0, "changed": 1, "hasItsDigest": True}, NO_ROOM),
    ],
    ids=["cut short, and the visitor saves data", "no memory of a Python, and there is no room"],
)
def test_a_spoilt_memory_is_forgotten_and_nobody_sees_anything_of_it(
    spoilt: dict[str, object], reason: str, known: Known
) -> None:
    with known.read() as page:
        page.evaluate(SPOIL, spoilt)
    complaints: list[str] = []
    with known.come_back(reason, complaints=complaints) as page:
        assert page.evaluate("window.stages") == AS_EVER
        assert page.evaluate(STORES) == []
        assert answer(page) == known.said
        expect(page.locator("#check[data-memory=not-kept]")).to_be_attached()
        assert page.evaluate(STORES) == []
    assert complaints == []
