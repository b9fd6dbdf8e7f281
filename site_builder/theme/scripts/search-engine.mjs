// @ts-check
// Finds pages: pagefind says which pages have the words, and the list on this page says what they are called. A page
// that is called so comes before one that only has the words, and of equals the one that stands first in the list.

import { isJapanese } from "./words.mjs";

/** @typedef {{score: number, id: string, data: () => Promise<Found>}} Hit what pagefind says of a page before its words are loaded */
/** @typedef {{title: string, url: string, excerpt: string, locations: number[]}} Section */
/** @typedef {{excerpt: string, sub_results: Section[]}} Found */
/** @typedef {{address: string, depth: number, title: string, context: string, also: string, kind: string, kindName: string, place: number}} ListedPage `also` are other words for it */
/** @typedef {{page: ListedPage, score: number, load: (() => Promise<Found>) | null}} Result nothing to load where only the title has the words */
/** @typedef {{results: Result[], isLoose: boolean}} Answer loose: no page has all of the words */
/** @typedef {{pages: Record<string, string>, files: string[]}} Table */

/** How much a title counts that has every term, beside at most 1 for the words on the page. */
const TITLE = 3, CONTEXT = 1.5, WHOLE = 6;
/**
 * How much the words on a page of some kinds count: guides and overviews repeat what stands on the pages of rounds and frames, and
 * changes and examples are for those who have read them.
 * @type {Record<string, number>}
 */
const WORDS = { tool: 0.7, guide: 0.7, programme: 0.7, budget: 0.7, changes: 0.5, examples: 0.4, document: 0.2 };
/** Documents are called after what they are about; who looks for that wants its own page first. */
const DOCUMENT = 0.3;
/** How much less a page counts whose address has one part more. */
const DEEPER = 0.2;
/** Scores so close are equal. */
const STEP = 0.1;

/** @param {string} text @returns {string} the text as it is compared: ①３次 and (1)3次 are the same, and so are large and small letters */
export function normal(text) {
  return text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").trim();
}

let isPartMissing = false;
const fetchAsEver = globalThis.fetch.bind(globalThis);

// pagefind passes over a part of its index that does not come, and finds fewer pages. Nobody must take that for an answer.
globalThis.fetch = async (...request) => {
  const response = await fetchAsEver(...request).catch(() => Response.error());
  if (!response.ok) isPartMissing = true;
  return response;
};

export class SearchEngine {
  /** @type {Promise<{pagefind: any, table: Table}> | null} */
  #loading = null;

  /** @param {string} folder the address of the index @param {string} root the address of the site @param {ListedPage[]} pages */
  constructor(folder, root, pages) {
    this.folder = folder;
    this.root = root;
    this.pages = new Map(pages.map((page) => [page.address, page]));
  }

  /** Load what every search needs; a second call waits for the first. */
  start() {
    this.#loading ??= this.#load().catch((error) => {
      this.#loading = null; // so that it can be tried again
      throw error;
    });
    return this.#loading;
  }

  async #load() {
    const [pagefind, table] = await Promise.all([import(`${this.folder}pagefind.js`), this.#table()]);
    // The folder is named after its contents, so nothing in it needs to be asked for a second time.
    await pagefind.options({ noWorker: true, metaCacheTag: "1", excerptLength: isJapanese ? 40 : 24, excerptEllipsis: "…" });
    await pagefind.init();
    return { pagefind, table };
  }

  async #table() {
    const response = await fetch(`${this.folder}${document.documentElement.lang}.json`);
    if (!response.ok) throw new Error(`${response.status}`);
    return response.json();
  }

  /** Fetch every file of the index, which a service worker then keeps. @returns {Promise<boolean>} whether all came */
  async keep() {
    const { table } = await this.start();
    const fragments = Object.keys(table.pages).map((id) => `fragment/${id}.pf_fragment`);
    for (const name of [...table.files, ...fragments]) {
      if (!(await fetch(`${this.folder}${name}`, { priority: "low" })).ok) return false;
    }
    return true;
  }

  /** @param {string} query @returns {Promise<Answer>} the pages for the query, the best first; it fails where a part of the index cannot be had */
  async find(query) {
    isPartMissing = false;
    const { pagefind, table } = await this.start();
    const answer = await this.#answer(pagefind, table, query);
    if (isPartMissing) throw new Error("a part of the index is missing");
    return answer;
  }

  /** @param {any} pagefind @param {Table} table @param {string} query @returns {Promise<Answer>} */
  async #answer(pagefind, table, query) {
    const terms = normal(query).split(" ");
    const together = await this.#together(pagefind, terms);
    const strict = this.#ranked(together, terms, table);
    if (strict.length > 0 || terms.length === 1) return { results: strict, isLoose: false };
    return { results: this.#ranked(await this.#apart(pagefind, terms), terms, table), isLoose: true };
  }

  /** @param {any} pagefind @param {string[]} terms @returns {Promise<Hit[]>} the pages that have all terms */
  async #together(pagefind, terms) {
    const each = await Promise.all(terms.map((term) => this.#hits(pagefind, term)));
    return each.reduce((before, hits) => {
      const scores = new Map(hits.map((hit) => [hit.id, hit.score]));
      return before.filter((hit) => scores.has(hit.id)).map((hit) => ({ ...hit, score: hit.score + (scores.get(hit.id) ?? 0) }));
    });
  }

  /** @param {any} pagefind @param {string[]} terms @returns {Promise<Hit[]>} the pages that have any of the terms */
  async #apart(pagefind, terms) {
    /** @type {Map<string, Hit>} */
    const found = new Map();
    for (const term of terms) {
      for (const hit of await this.#hits(pagefind, term)) {
        const before = found.get(hit.id);
        found.set(hit.id, { ...hit, score: hit.score + 10 + (before?.score ?? 0) });
      }
    }
    return [...found.values()];
  }

  /**
   * The pages that have the term as it stands, or where there is none, all its parts. Japanese is written without spaces:
   * 750万円 is three words, which other pages have in other places.
   * @param {any} pagefind @param {string} term @returns {Promise<Hit[]>}
   */
  async #hits(pagefind, term) {
    const { results } = await pagefind.search(term);
    const exact = isJapanese ? (await pagefind.search(`"${term}"`)).results : [];
    if (exact.length === 0) return results.map(asHit);
    const loose = new Map(results.map((/** @type {Hit} */ one) => [one.id, one]));
    return exact.map((/** @type {Hit} */ one) => asExactHit(one, loose.get(one.id) ?? one, term));
  }

  /** @param {Hit} hit @param {Table} table @returns {ListedPage | undefined} */
  #page(hit, table) {
    return this.pages.get(new URL(table.pages[hit.id], this.root).href);
  }

  /** @param {Hit[]} hits @param {string[]} terms @param {Table} table @returns {Result[]} */
  #ranked(hits, terms, table) {
    const words = (/** @type {Hit} */ hit) => hit.score * (WORDS[this.#page(hit, table)?.kind ?? ""] ?? 1);
    const best = Math.max(...hits.map(words), Number.MIN_VALUE);
    const results = new Map();
    for (const page of this.pages.values()) {
      if (isCalled(page, terms)) results.set(page.address, { page, score: titleScore(page, terms), load: null });
    }
    for (const hit of hits) {
      const page = this.#page(hit, table);
      if (page === undefined) continue;
      results.set(page.address, { page, score: words(hit) / best + titleScore(page, terms), load: hit.data });
    }
    return [...results.values()].sort((one, other) => step(other.score) - step(one.score) || one.page.place - other.page.place);
  }
}

/** @param {Hit} result a result of pagefind @returns {Hit} */
function asHit(result) {
  return { id: result.id, score: result.score, data: () => result.data() };
}

/**
 * Of an exact search all scores are the same, and only the first place on each page is told; the loose one knows the rest.
 * @param {Hit} exact @param {Hit} loose @param {string} term @returns {Hit}
 */
function asExactHit(exact, loose, term) {
  const data = async () => {
    const { excerpt } = await exact.data(); // both give the same object, filled in anew
    const { sub_results } = await loose.data();
    return { excerpt, sub_results: sub_results.filter((one) => normal(one.excerpt.replaceAll(/<\/?mark>/g, "")).includes(term)) };
  };
  return { id: exact.id, score: loose.score, data };
}

/** @param {number} score */
function step(score) {
  return Math.round(score / STEP);
}

/** @param {ListedPage} page @param {string[]} terms @returns {boolean} whether it is found even if pagefind cuts its title into other words */
function isCalled(page, terms) {
  return terms.every((term) => has(normal(`${page.title} ${page.also}`), term));
}

/** @param {ListedPage} page @param {string[]} terms @returns {number} how far the page is called so */
function titleScore(page, terms) {
  const title = normal(page.title), about = normal(`${page.title} ${page.context} ${page.kindName}`);
  const named = terms.filter((term) => has(title, term));
  const whole = terms.join(" ");
  const isCalledSo = [title, ...title.split(" ")].includes(whole) || ` ${normal(page.also)} `.includes(` ${whole} `);
  const closeness = Math.min(1, named.join(" ").length / title.length) - DEEPER * page.depth;
  return (page.kind === "document" ? DOCUMENT : 1) * (
    (TITLE * named.length + CONTEXT * terms.filter((term) => has(about, term)).length) / terms.length +
    (named.length > 0 ? closeness : 0) +
    (isCalledSo ? WHOLE : 0)
  );
}

/** @param {string} text @param {string} term @returns {boolean} whether the term stands there; 3 does not stand in 13 */
function has(text, term) {
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    const before = /\d$/.test(text.slice(0, at)) && /^\d/.test(term), after = /^\d/.test(text.slice(at + term.length)) && /\d$/.test(term);
    if (!before && !after) return true;
  }
  return false;
}
