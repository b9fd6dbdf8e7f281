// @ts-check
// The calculator as the page sees it: ask it with text, get text; it says how far it has come, and starts once.

import { newWorker } from "./trusted.mjs";

/** @typedef {"waiting" | "runtime" | "calculator" | "rules" | "ready" | "failed"} Stage */
/** @typedef {{resolve: (text: string) => void, reject: (failure: CalculatorFailure) => void}} Waiting */
/** @typedef {{edition: string, runtime: string, rules: string}} Settings addresses are absolute */

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

  /** @type {Worker | undefined} */
  #worker;
  /** @type {Promise<string> | undefined} */
  #start;
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  #lastId = 0;
  #settings;
  #onStage;

  /** @param {Settings} settings @param {(stage: Stage) => void} onStage */
  constructor(settings, onStage) {
    this.#settings = settings;
    this.#onStage = onStage;
  }

  /** Start the worker, unless it is running or has failed. */
  start() {
    this.#start ??= this.#startWorker();
    return this.#start;
  }

  /** Forget a failed worker and start a new one. */
  restart() {
    this.#start = undefined;
    this.stage = "waiting";
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
    const { runtime, rules } = this.#settings;
    return this.#send("start", JSON.stringify({ runtime, rules }));
  }

  /** @param {string} call @param {string} text @returns {Promise<string>} */
  #send(call, text) {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker?.postMessage({ id, edition: this.#settings.edition, call, text });
    });
  }

  /** @param {{stage: Stage} | {id: number, result: string} | {id: number, error: {code: string, message: string}}} message */
  #receive(message) {
    if ("stage" in message) this.#reach(message.stage);
    else if ("error" in message) this.#fail(message.error);
    else {
      this.#waiting.get(message.id)?.resolve(message.result);
      this.#waiting.delete(message.id);
    }
  }

  /** @param {{code: string, message: string}} error every failure is final: nobody may wait for this worker any more */
  #fail(error) {
    this.#worker?.terminate();
    this.#reach("failed");
    for (const { reject } of this.#waiting.values()) reject(new CalculatorFailure(error));
    this.#waiting.clear();
  }

  /** @param {Stage} stage */
  #reach(stage) {
    this.stage = stage;
    this.#onStage(stage);
  }
}
