// @ts-check
// The page on which visitors search. What is searched for stands in the fragment of the address, which no browser sends.

import { works } from "./trouble.mjs"; // first, so that it hears of whatever fails after it
import { SearchEngine, normal } from "./search-engine.mjs";
import { byId, pattern, slot, words, write } from "./words.mjs";

/** @typedef {import("./search-engine.mjs").Result} Result */
/** @typedef {import("./search-engine.mjs").Found} Found */

/** So many results are shown at once. */
const SHOWN = 10;
const PAUSE = 250; // milliseconds between two keys after which a visitor waits for an answer
const SECTIONS = 3;

const page = byId("search");
const input = /** @type {HTMLInputElement} */ (byId("search-query"));
const section = byId("search-results");
const status = byId("search-status");
const hits = slot(section, "hits");
const more = slot(section, "more");
export const engine = new SearchEngine(address(page.dataset.index), address(page.dataset.root), listed());

let lastSearch = 0;
let timer = 0;
/** @type {Result[]} what is not shown yet */
let rest = [];

/** @param {string | undefined} relative @returns {string} */
function address(relative) {
  return new URL(relative ?? "", document.baseURI).href;
}

/** @returns {import("./search-engine.mjs").ListedPage[]} the pages in the list, in its order */
function listed() {
  const lines = /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("[data-kind] > li"));
  return [...lines].map((line, place) => {
    const link = /** @type {HTMLAnchorElement} */ (line.querySelector("a"));
    const { kind = "", kindName = "" } = line.parentElement?.dataset ?? {};
    return {
      address: link.href,
      depth: new URL(link.href).pathname.split("/").length,
      title: link.textContent ?? "",
      context: line.querySelector(":scope > .small")?.textContent ?? "",
      also: line.dataset.also ?? "",
      kind,
      kindName,
      place,
    };
  });
}

// --- searching ---

async function search() {
  clearTimeout(timer);
  const query = input.value.trim();
  const number = ++lastSearch;
  note(query);
  if (normal(query) === "") return clear();
  section.hidden = false;
  status.textContent ||= words("loading");
  try {
    const { results, isLoose } = await engine.find(query);
    if (number !== lastSearch) return;
    rest = results;
    const name = results.length === 0 ? "none" : isLoose ? "loosely" : "found";
    const told = words(name, { query, count: String(results.length) });
    hits.replaceChildren();
    await showMore();
    if (number !== lastSearch) return;
    status.textContent = told;
    page.dataset.shown = query;
    keepForOffline();
  } catch {
    if (number !== lastSearch) return;
    clear();
    section.hidden = false;
    status.textContent = words("failed");
  }
}

function clear() {
  rest = [];
  hits.replaceChildren();
  status.textContent = "";
  more.hidden = true;
  section.hidden = true;
}

/** Show the next results, once the words of all of them are there. @returns {Promise<HTMLElement | undefined>} the first of them */
async function showMore() {
  const search = lastSearch;
  const next = rest.slice(0, SHOWN);
  const shown = await Promise.all(next.map(async (result) => hit(result, result.load === null ? null : await result.load())));
  if (search !== lastSearch) return undefined;
  rest = rest.slice(SHOWN);
  hits.append(...shown);
  more.hidden = rest.length === 0;
  return shown[0];
}

/** @param {Result} result @param {Found | null} found @returns {HTMLElement} */
function hit({ page: { address, title, context, kindName } }, found) {
  const node = pattern("hit");
  write(node, "kind", context === "" ? kindName : `${kindName} · ${context}`);
  write(node, "link", title);
  slot(node, "link").setAttribute("href", address);
  if (found === null) slot(node, "excerpt").remove();
  else slot(node, "excerpt").replaceChildren(...marked(found.excerpt));
  const sections = (found?.sub_results ?? []).filter((one) => one.url.includes("#")).sort((one, other) => other.locations.length - one.locations.length);
  if (sections.length === 0) slot(node, "sections").remove();
  else slot(node, "sections").append(...sections.slice(0, SECTIONS).map((one) => link(address, one)));
  return node;
}

/** @param {string} address @param {import("./search-engine.mjs").Section} section */
function link(address, { title, url }) {
  const node = pattern("section");
  node.setAttribute("href", `${address}${url.slice(url.indexOf("#"))}`);
  node.textContent = title;
  return node;
}

/** @param {string} excerpt text in which pagefind has put <mark> around words @returns {Node[]} */
function marked(excerpt) {
  return inSentences(excerpt).split(/<mark>(.*?)<\/mark>/).map((piece, place) => {
    const text = piece.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    if (place % 2 === 0) return document.createTextNode(text);
    const mark = pattern("mark");
    mark.textContent = text;
    return mark;
  });
}

/** @param {string} excerpt in which pagefind has ended headings and cells with a full stop @returns {string} with that of the page's language */
function inSentences(excerpt) {
  const rest = excerpt.replace(/^…\. /, "…");
  return document.documentElement.lang === "ja" ? rest.replaceAll(/([^\0-\x7F]|>)\. /g, "$1。") : rest;
}

// --- the address ---

/** @param {string} query */
function note(query) {
  const fragment = query === "" ? " " : `#${new URLSearchParams({ q: query })}`;
  history.replaceState(null, "", fragment === " " ? location.pathname : fragment);
}

function fromAddress() {
  const query = new URLSearchParams(location.hash.slice(1)).get("q")?.slice(0, input.maxLength) ?? null; // as the field does
  if (query === null || query === input.value) return;
  input.value = query;
  search();
}

// --- without a network ---

/** Where a service worker keeps what is fetched, fetch the whole index once, so that the next search needs no network. */
async function keepForOffline() {
  const connection = /** @type {any} */ (navigator).connection;
  if (page.dataset.offline !== undefined || !navigator.serviceWorker?.controller || connection?.saveData === true) return;
  page.dataset.offline = "keeping";
  page.dataset.offline = (await engine.keep().catch(() => false)) ? "kept" : "not-kept";
}

// --- keys ---

/** @param {KeyboardEvent} event the arrows go through the results, as in a list */
function move(event) {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const stops = [input, .../** @type {NodeListOf<HTMLElement>} */ (hits.querySelectorAll(".hit > a"))];
  const here = stops.indexOf(/** @type {any} */ (document.activeElement));
  const next = stops[here + step];
  if (step === 0 || here < 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
}

byId("search-form").addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(search, PAUSE);
});
input.addEventListener("focus", () => engine.start().catch(() => {}), { once: true });
slot(more, "show-more").addEventListener("click", async () => (await showMore())?.querySelector("a")?.focus());
page.addEventListener("keydown", move);
window.addEventListener("hashchange", fromAddress);
if (input.value === "") fromAddress();
else search(); // what was typed while this script was still on its way
page.dataset.ready = "";
works();
