// @ts-check
// The calculator as the page sees it: ask it with text, get text; it says how far it has come, and starts once.

import { newWorker } from "./trusted.mjs";

/** @typedef {"waiting" | "runtime" | "calculator" | "rules" | "ready" | "failed"} Stage */
/** @typedef {{message: object, resolve: (text: string) => void, reject: (failure: CalculatorFailure) => void}} Waiting */
/** @typedef {{edition: string, parts: string, bytes: number}} Settings `parts` as the worker takes them, `bytes` of all of them */

/** @param {HTMLElement} page the element that carries the build's settings @returns {Settings} */
export function settingsOf({ dataset }) {
  const absolute = (/** @type {string | undefined} */ address) => new URL(address ?? "", document.baseURI).href;
  /** @type {import("./worker.mjs").Parts} */
  const parts = {
    runtime: absolute(dataset.runtime),
    rules: absolute(dataset.rules),
    runtimeBytes: JSON.parse(dataset.runtimeBytes ?? "{}"),
    runtimeHashes: JSON.parse(dataset.runtimeHashes ?? "{}"),
  };
  const bytes = Object.values(parts.runtimeBytes).reduce((sum, one) => sum + one, Number(dataset.rulesBytes));
  return { edition: dataset.edition ?? "", parts: JSON.stringify(parts), bytes };
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
  /** How many questions have been answered, the start included. */
  answered = 0;
  /** @type {string | undefined} why it has failed, as a key of the page's words */
  failure;

  /** @type {Worker | undefined} */
  #worker;
  /** @type {Promise<string> | undefined} */
  #start;
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  #lastId = 0;
  #isHeard = false; // the worker has said something
  #settings;
  #onProgress;

  /** @param {Settings} settings @param {() => void} onProgress called when `stage` or `loaded` has changed */
  constructor(settings, onProgress) {
    this.#settings = settings;
    this.#onProgress = onProgress;
    this.total = settings.bytes;
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.#wake());
  }

  /** Start the worker, unless it is running or has failed. */
  start() {
    this.#start ??= this.#startWorker();
    return this.#start;
  }

  /** Forget the worker with all that it had loaded and was asked, and start a new one. */
  restart() {
    this.#end({ code: "calculator", message: "started again" });
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

  async #startWorker() {
    try {
      this.#begin();
    } catch (error) {
      throw this.#fail({ code: "unsupported", message: String(error) });
    }
    this.#isHeard = false;
    this.#reach("runtime"); // the worker itself may be long in coming
    return this.#send("start", this.#settings.parts);
  }

  #begin() {
    this.#worker = newWorker();
    this.#worker.addEventListener("message", ({ data }) => this.#receive(data));
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#fail({ code: this.#codeOf(event), message: event.message });
    });
  }

  /** Chromium forgets a worker whose script was on its way when the page fell asleep: ask another. */
  #wake() {
    if (this.#worker === undefined || this.#isHeard || this.stage === "failed") return;
    this.#worker.terminate();
    this.#begin();
    for (const { message } of this.#waiting.values()) this.#worker.postMessage(message);
  }

  /** @param {ErrorEvent} event without a message where the worker's script could not be read @returns {string} */
  #codeOf({ message }) {
    if (!message) return "runtime";
    return this.#isHeard ? "calculator" : "unsupported"; // a script that means nothing to the browser never begins
  }

  /** @param {string} call @param {string} text @returns {Promise<string>} */
  #send(call, text) {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const message = { id, edition: this.#settings.edition, call, text };
      this.#waiting.set(id, { message, resolve, reject });
      this.#worker?.postMessage(message);
    });
  }

  /** @param {{stage: Stage} | {loaded: number} | {id: number, result: string} | {id: number, error: {code: string, message: string}}} message */
  #receive(message) {
    this.#isHeard = true;
    if ("stage" in message) this.#reach(message.stage);
    else if ("loaded" in message) this.#count(message.loaded);
    else if ("error" in message) this.#fail(message.error);
    else {
      this.answered += 1;
      this.#waiting.get(message.id)?.resolve(message.result);
      this.#waiting.delete(message.id);
    }
  }

  /** @param {{code: string, message: string}} error every failure is final: nobody may wait for this worker any more */
  #fail(error) {
    this.failure = error.code;
    this.#reach("failed");
    return this.#end(error);
  }

  /** @param {{code: string, message: string}} error what those are told who still wait for the worker */
  #end(error) {
    const failure = new CalculatorFailure(error);
    this.#worker?.terminate();
    for (const { reject } of this.#waiting.values()) reject(failure);
    this.#waiting.clear();
    return failure;
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
