"""One Python for all pages of a window: to start it takes most of what a test with a page of its own would take.

A hidden page has the worker that the site itself starts. Every other page of its window gets, where it wants a worker,
one that passes messages on to that worker and back; what the page and Python make of them is all their own. How Python
starts, and what a page asks the server for meanwhile, is looked at on pages that start it themselves.
"""

from __future__ import annotations

from playwright.sync_api import BrowserContext

from tests.browser.visitor import SAVE_DATA

#: Starts the site's worker for whichever page asks first, and answers all that ask to start the same in the same way.
ANSWER_ALL_PAGES = """async () => {
    const scripts = document.querySelector("script[type=module]").src;
    const { newWorker } = await import(new URL("trusted.mjs", scripts).href);
    const worker = newWorker(), pages = new BroadcastChannel("shared Python"), asked = new Map();
    let last = 0, first;
    const ask = message => new Promise(resolve => {
        asked.set(++last, resolve);
        worker.postMessage({ ...message, id: last });
    });
    const start = async message => {
        first ??= { ...message, ended: ask(message) };
        const isSame = first.edition === message.edition && first.text === message.text;
        return isSame ? first.ended : { error: { code: "edition", message: "Python was started for another page" } };
    };
    worker.addEventListener("message", ({ data }) => {
        asked.get(data.id)?.(data);
        asked.delete(data.id);
    });
    pages.addEventListener("message", async ({ data: { from, message } }) => {
        const answer = await (message.call === "start" ? start(message) : ask(message));
        if (answer.result === "ready") pages.postMessage({ to: from, message: { stage: "ready" } });
        pages.postMessage({ to: from, message: { ...answer, id: message.id } });
    });
}"""
#: Puts in the place of workers what passes messages on.
ASK_THE_HIDDEN_PAGE = """{
    const pages = new BroadcastChannel("shared Python");
    globalThis.Worker = class extends EventTarget {
        #name = crypto.randomUUID();
        constructor() {
            super();
            pages.addEventListener("message", ({ data: { to, message } }) => {
                if (to === this.#name) this.dispatchEvent(new MessageEvent("message", { data: message }));
            });
        }
        postMessage(message) { pages.postMessage({ from: this.#name, message }); }
        terminate() { this.#name = undefined; }
    };
}"""


def share_python(window: BrowserContext, address: str) -> None:
    """Let all pages that are opened in the window from now on have one Python, that of the site at the address."""
    hidden = window.new_page()
    hidden.add_init_script(SAVE_DATA)  # so that this page starts none by itself
    hidden.goto(f"{address}ja/check/")
    hidden.evaluate(ANSWER_ALL_PAGES)
    window.add_init_script(ASK_THE_HIDDEN_PAGE)
