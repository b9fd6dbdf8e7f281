// @ts-check
// The calculator as the page sees it: ask it with text, get text; it says how far it has come, and starts once.

import { newWorker } from "./trusted.mjs";

/** @typedef {"waiting" | "runtime" | "calculator" | "rules" | "ready" | "failed"} Stage */
/** @typedef {{resolve: (text: string) => void, reject: (failure: CalculatorFailure) => void}} Waiting */
/**
 * Addresses are absolute; `runtimeBytes` has the size of each file of the runtime's folder, `runtimeHashes` the SHA-256 of some.
 * @typedef {{edition: string, runtime: string, rules: string, runtimeBytes: Record<string, number>,
 *   runtimeHashes: Record<string, string>, rulesBytes: number}} Settings
 */

/** @param {HTMLElement} page the element that carries the build's settings @returns {Settings} */
export function settingsOf({ dataset }) {
  const absolute = (/** @type {string | undefined} */ address) => new URL(address ?? "", document.baseURI).href;
  return {
    edition: dataset.edition ?? "",
    runtime: absolute(dataset.runtime),
    rules: absolute(dataset.rules),
    runtimeBytes: JSON.parse(dataset.runtimeBytes ?? "{}"),
    runtimeHashes: JSON.parse(dataset.runtimeHashes ?? "{}"),
    rulesBytes: Number(dataset.rulesBytes),
  };
}

/** Why there is no answer: `code` is a key of the page's words. */
export class CalculatorFailure extends Error {
  /** @param {{code: string, message: string}} error */
  constructor({ code, message }) {
    super(message);
    this.code = code;
  }
}

export class Calculator {
  /** @type {Stage} */
  stage = "waiting";
  /** Bytes that have come, of `total`. */
  loaded = 0;
  total;
  /** @type {string | undefined} why it has failed, as a key of the page's words */
  failure;

  /** @type {Worker | undefined} */
  #worker;
  /** @type {Promise<string> | undefined} */
  #start;
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  #lastId = 0;
  #settings;
  #onProgress;

  /** @param {Settings} settings @param {() => void} onProgress called when `stage` or `loaded` has changed */
  constructor(settings, onProgress) {
    this.#settings = settings;
    this.#onProgress = onProgress;
    this.total = Object.values(settings.runtimeBytes).reduce((sum, bytes) => sum + bytes, settings.rulesBytes);
  }

  /** Start the worker, unless it is running or has failed. */
  start() {
    this.#start ??= this.#startWorker();
    return this.#start;
  }

  /** Forget a failed worker with all that it had loaded, and start a new one. */
  restart() {
    this.#start = undefined;
    this.stage = "waiting";
    this.loaded = 0;
    this.failure = undefined;
    return this.start();
  }

  /** @param {import("./worker.mjs").Question} call @param {string} text @returns {Promise<string>} JSON */
  async ask(call, text) {
    await this.start();
    return this.#send(call, text);
  }

  #startWorker() {
    this.#worker = newWorker();
    this.#worker.addEventListener("message", ({ data }) => this.#receive(data));
    // A worker whose script cannot be read has no message of its own.
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#fail({ code: "runtime", message: event.message });
    });
    const { runtime, rules, runtimeBytes, runtimeHashes } = this.#settings;
    return this.#send("start", JSON.stringify({ runtime, rules, runtimeBytes, runtimeHashes }));
  }

  /** @param {string} call @param {string} text @returns {Promise<string>} */
  #send(call, text) {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker?.postMessage({ id, edition: this.#settings.edition, call, text });
    });
  }

  /** @param {{stage: Stage} | {loaded: number} | {id: number, result: string} | {id: number, error: {code: string, message: string}}} message */
  #receive(message) {
    if ("stage" in message) this.#reach(message.stage);
    else if ("loaded" in message) this.#count(message.loaded);
    else if ("error" in message) this.#fail(message.error);
    else {
      this.#waiting.get(message.id)?.resolve(message.result);
      this.#waiting.delete(message.id);
    }
  }

  /** @param {{code: string, message: string}} error every failure is final: nobody may wait for this worker any more */
  #fail(error) {
    this.#worker?.terminate();
    this.failure = error.code;
    this.#reach("failed");
    for (const { reject } of this.#waiting.values()) reject(new CalculatorFailure(error));
    this.#waiting.clear();
  }

  /** @param {Stage} stage */
  #reach(stage) {
    this.stage = stage;
    this.#onProgress();
  }

  /** @param {number} loaded bytes */
  #count(loaded) {
    this.loaded = loaded;
    this.#onProgress();
  }
}
