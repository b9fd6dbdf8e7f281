// @ts-check
// The module worker: starts Python, gives it the published rules, and passes questions and answers on as JSON text.
//
// In:  {id, edition, call, text}; the first call is "start", with the addresses of the runtime folder and of the rules,
//      the bytes of each file of that folder, and the hashes by which the page knows some of them. A worker that is told to
//      "remember" instead, with the same, keeps the memory with which a later one starts more quickly; it is asked nothing else.
// Out: {id, result} or {id, error: {code, message}}, and unasked, while it starts, {stage} or {loaded: bytes}.
// `edition` names the build that the page belongs to. The worker answers only a page of the edition that its rules have.

import { Arrivals } from "./arrivals.mjs";
import { forget, isKept, keep, kept, nameOf } from "./memory.mjs";
import { Python } from "./python.mjs";

/**
 * Addresses are absolute; `runtimeBytes` has the size of each file of the runtime's folder, `runtimeHashes` the SHA-256 of some.
 * @typedef {{runtime: string, rules: string, runtimeBytes: Record<string, number>, runtimeHashes: Record<string, string>}} Parts
 */
/** @typedef {(text: string) => string} TextFunction */
/** @typedef {typeof QUESTIONS[number]} Question */
/** @typedef {{load: TextFunction, edition: () => string, rehearse: () => void} & Record<Question, TextFunction>} PythonModule */

/** The functions of Python that a page may call. */
const QUESTIONS = /** @type {const} */ (["judge", "others", "work_out", "assess", "open_table", "judge_rows"]);

/** What engines, Emscripten and Python say when there is no room: each in words of its own. */
const OUT_OF_MEMORY = /out of memory|could not allocate|allocation failed|enlarge memory|MemoryError/i;

/** What cannot be answered, by a code for which the page has words. */
class Failure extends Error {
  /** @param {"unsupported" | "runtime" | "rules" | "edition" | "calculator"} code @param {unknown} cause */
  constructor(code, cause) {
    super(String(cause));
    /** @type {string} */
    this.code = OUT_OF_MEMORY.test(this.message) ? "memory" : code;
  }
}

/** @type {{edition: string, python: PythonModule} | undefined} */
let started;

/** @type {Record<string, (edition: string, text: string) => string | Promise<string>>} */
const calls = { start, remember };
for (const name of QUESTIONS) calls[name] = (edition, text) => callPython(name, edition, text);

self.addEventListener("message", async ({ data }) => {
  const { id, edition, call, text } = data ?? {};
  try {
    if (!Object.hasOwn(calls, call) || typeof text !== "string") throw new Failure("calculator", "not asked as pages ask");
    self.postMessage({ id, result: await calls[call](edition, text) });
  } catch (error) {
    const { code, message } = error instanceof Failure ? error : new Failure("calculator", error);
    self.postMessage({ id, error: { code, message } });
  }
});

/** @param {string} edition @param {string} text the `Parts` */
async function start(edition, text) {
  if (!("WebAssembly" in self)) throw new Failure("unsupported", "no WebAssembly"); // as with the hardest settings of an iPhone
  const parts = /** @type {Parts} */ (JSON.parse(text));
  const name = nameOf(parts.runtime, edition);
  self.postMessage({ stage: "runtime" });
  const arrivals = new Arrivals((loaded) => self.postMessage({ loaded }), hashes(parts));
  const { python, book } = begin(parts, edition, arrivals);
  const lost = arrivals.lost.catch((/** @type {import("./arrivals.mjs").Lost} */ { address, isOther, message }) => {
    throw new Failure(isOther ? "edition" : address === parts.rules ? "rules" : "runtime", message);
  });
  const starting = Promise.race([lost, Promise.all([ready(python, name, edition, book), book])]);
  await starting.catch(() => {}); // a file of another build may be what failed: that is said then, and nothing else
  await Promise.race([lost, arrivals.checked()]);
  const [module] = await starting;
  started = { edition, python: module };
  self.postMessage({ stage: "ready" });
  forget(name);
  return "ready";
}

/** @param {Parts} parts @param {string} edition @param {Arrivals} arrivals */
function begin(parts, edition, arrivals) {
  arrivals.watchFetch();
  const python = new Python(parts, arrivals);
  arrivals.begin([parts.rules]);
  const book = fetchRules(parts.rules, edition);
  book.catch(() => {}); // whoever needs it hears of it
  return { python, book };
}

/** @param {Parts} parts @returns {Map<string, string>} the hash of a file by its address */
function hashes({ runtime, runtimeHashes }) {
  return new Map(Object.entries(runtimeHashes).map(([name, hash]) => [`${runtime}${name}`, hash]));
}

/**
 * @param {Python} python @param {string} name of the memory that may be kept @param {string} edition @param {Promise<string>} book
 * @returns {Promise<PythonModule>} with its rules
 */
async function ready(python, name, edition, book) {
  const remembered = await fromMemory(python, name, edition);
  if (remembered !== undefined) return remembered;
  const module = await attempt("runtime", async () => calculatorIn(await python.start()));
  const text = await book;
  self.postMessage({ stage: "rules" });
  await attempt("calculator", () => module.load(text));
  return module;
}

/** @param {Python} python @param {string} name @param {string} edition @returns {Promise<PythonModule | undefined>} */
async function fromMemory(python, name, edition) {
  const memory = await kept(name);
  if (memory === undefined) return undefined;
  try {
    const module = calculatorIn(await python.startFrom(memory));
    if (module.edition() === edition) return module;
  } catch {
    // then Python starts by itself
  }
  await forget();
  return undefined;
}

/** @param {any} pyodide that has started @returns {PythonModule} */
function calculatorIn(pyodide) {
  self.postMessage({ stage: "calculator" });
  return pyodide.pyimport("calculator.browser");
}

/** Keep the memory of a Python for which nobody has ever answered anything. @param {string} edition @param {string} text the `Parts` */
async function remember(edition, text) {
  const parts = /** @type {Parts} */ (JSON.parse(text));
  const name = nameOf(parts.runtime, edition);
  if (await isKept(name)) return "kept";
  // The visitor's answers are there by now: nothing is asked of the server any more, the rules are those that the browser has.
  const book = await fetchRules(parts.rules, edition, { cache: "only-if-cached", mode: "same-origin" });
  const arrivals = new Arrivals(() => {}, hashes(parts));
  arrivals.watchFetch();
  const pyodide = await new Python(parts, arrivals).startToKeep();
  const module = calculatorIn(pyodide);
  module.load(book);
  module.rehearse();
  await Promise.race([arrivals.lost, arrivals.checked()]);
  await keep(name, pyodide.makeMemorySnapshot());
  return "kept";
}

/**
 * @param {string} address @param {string} edition @param {RequestInit} [options]
 * @returns {Promise<string>} the text, if it is of the page's edition
 */
async function fetchRules(address, edition, options) {
  const text = await attempt("rules", async () => (await fetch(address, options)).text());
  refuseOtherEdition(edition, (await attempt("rules", () => JSON.parse(text))).edition);
  return text;
}

/** @param {Question} name @param {string} edition @param {string} text */
function callPython(name, edition, text) {
  if (started === undefined) throw new Failure("runtime", "asked before the start");
  refuseOtherEdition(edition, started.edition);
  return started.python[name](text);
}

/** @param {string} pageEdition @param {string} rulesEdition */
function refuseOtherEdition(pageEdition, rulesEdition) {
  if (pageEdition !== rulesEdition) throw new Failure("edition", `page ${pageEdition}, rules ${rulesEdition}`);
}

/**
 * Take a step; whatever goes wrong in it is a failure of this code.
 * @template T
 * @param {"runtime" | "rules" | "calculator"} code
 * @param {() => T | Promise<T>} step
 * @returns {Promise<T>}
 */
async function attempt(code, step) {
  try {
    return await step();
  } catch (error) {
    throw new Failure(code, error);
  }
}
