// @ts-check
// The module worker: starts Python, gives it the published rules, and passes questions and answers on as JSON text.
//
// In:  {id, edition, call, text}; the first call is "start", with the addresses of the runtime folder and of the rules,
//      the bytes of each file of that folder, and the hashes by which the page knows some of them.
// Out: {id, result} or {id, error: {code, message}}, and unasked, while it starts, {stage} or {loaded: bytes}.
// `edition` names the build that the page belongs to. The worker answers only a page of the edition that its rules have.

import { Arrivals } from "./arrivals.mjs";

/**
 * Where to load what from.
 * @typedef {{runtime: string, rules: string, runtimeBytes: Record<string, number>, runtimeHashes: Record<string, string>}} Parts
 */
/** @typedef {(text: string) => string} TextFunction */
/** @typedef {"judge" | "others" | "work_out" | "assess" | "open_table" | "judge_rows"} Question a function of Python */
/** @typedef {{load: TextFunction} & Record<Question, TextFunction>} PythonModule */

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
const calls = {
  start,
  judge: (edition, text) => callPython("judge", edition, text),
  others: (edition, text) => callPython("others", edition, text),
  work_out: (edition, text) => callPython("work_out", edition, text),
  assess: (edition, text) => callPython("assess", edition, text),
  open_table: (edition, text) => callPython("open_table", edition, text),
  judge_rows: (edition, text) => callPython("judge_rows", edition, text),
};

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
  const arrivals = new Arrivals((loaded) => self.postMessage({ loaded }), hashes(parts));
  arrivals.watchFetch();
  arrivals.begin(early(parts));
  const lost = arrivals.lost.catch((/** @type {import("./arrivals.mjs").Lost} */ { address, isOther, message }) => {
    throw new Failure(isOther ? "edition" : address === parts.rules ? "rules" : "runtime", message);
  });
  const [python, book] = await Promise.race([
    lost,
    Promise.all([startPython(parts, arrivals), fetchRules(parts.rules, edition)]),
  ]);
  await Promise.race([lost, arrivals.checked()]);
  self.postMessage({ stage: "rules" });
  await attempt("calculator", () => python.load(book));
  started = { edition, python };
  self.postMessage({ stage: "ready" });
  return "ready";
}

/** @param {Parts} parts @returns {string[]} the largest first; the wheel is left to Pyodide, which checks it against its hash */
function early({ runtime, runtimeBytes, rules }) {
  const names = Object.keys(runtimeBytes).filter((name) => /\.(wasm|zip|json)$/.test(name));
  names.sort((one, other) => runtimeBytes[other] - runtimeBytes[one]);
  return [...names.map((name) => `${runtime}${name}`), rules];
}

/** @param {Parts} parts @returns {Map<string, string>} the hash of a file by its address */
function hashes({ runtime, runtimeHashes }) {
  return new Map(Object.entries(runtimeHashes).map(([name, hash]) => [`${runtime}${name}`, hash]));
}

/** @param {Parts} parts @param {Arrivals} arrivals @returns {Promise<PythonModule>} */
function startPython({ runtime, runtimeBytes }, arrivals) {
  /** @param {string} name */
  const script = async (name) => {
    const module = await import(`${runtime}${name}`);
    arrivals.add(runtimeBytes[name] ?? 0);
    return module;
  };
  return attempt("runtime", async () => {
    self.postMessage({ stage: "runtime" });
    const scripts = Promise.all([
      script("pyodide.mjs"),
      script("pyodide.asm.js"), // before loadPyodide, which would ask importScripts for it
    ]);
    const broken = brokenMachineCode();
    const [{ loadPyodide }] = await scripts;
    const pyodide = await Promise.race([broken, loadPyodide({ indexURL: runtime, packageBaseUrl: runtime })]);
    self.postMessage({ stage: "calculator" });
    await pyodide.loadPackage("calculator", { messageCallback: () => {} });
    return pyodide.pyimport("calculator.browser");
  });
}

/** @returns {Promise<never>} fails when Pyodide's wasm does: Pyodide itself only tells the console, and waits for ever */
function brokenMachineCode() {
  const instantiate = WebAssembly.instantiateStreaming;
  return new Promise((_, reject) => {
    WebAssembly.instantiateStreaming = (...parts) => {
      const instance = instantiate(...parts);
      instance.catch(reject);
      return instance;
    };
  });
}

/** @param {string} address @param {string} edition @returns {Promise<string>} the text, if it is of the page's edition */
async function fetchRules(address, edition) {
  const text = await attempt("rules", async () => (await fetch(address)).text());
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
