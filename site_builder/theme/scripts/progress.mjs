// @ts-check
// How far the calculator has come, as words and as a bar of bytes; and whether it stands still, or has failed.

import { pattern, slot, words, write } from "./words.mjs";

/** @typedef {import("./calculator.mjs").Stage} Stage */
/** @typedef {{stage: Stage, loaded: number, total: number, failure?: string}} Reached `loaded` and `total` are bytes */

const MEGABYTE = 1_000_000;
const PATIENCE = 30_000; // milliseconds without a byte after which the visitor is told

export class Progress {
  #element;
  #seen = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #silence;

  /** @param {HTMLElement} element the page's `check-progress.html` */
  constructor(element) {
    this.#element = element;
  }

  /** @param {() => void} again what to do when the visitor wants to try again */
  onAgain(again) {
    slot(this.#element, "again").addEventListener("click", again);
  }

  /** @param {Reached} reached @param {boolean} isWaited the visitor has asked and sees no answer yet */
  show({ stage, loaded, total, failure }, isWaited) {
    const isLoading = stage !== "waiting" && stage !== "ready" && stage !== "failed" && loaded < total;
    write(this.#element, "stage", stageWords(stage, isWaited));
    this.#place("bytes").hidden = !isLoading;
    this.#place("failed").hidden = failure === undefined;
    if (failure !== undefined) this.#place("reason").replaceChildren(pattern(`failure-${failure}`));
    if (isLoading) this.#showBytes(loaded, total);
    this.#listen(isLoading, loaded);
  }

  /** @param {number} loaded @param {number} total */
  #showBytes(loaded, total) {
    const bar = /** @type {HTMLProgressElement} */ (this.#place("bytes").querySelector("progress"));
    bar.max = total;
    bar.value = loaded;
    write(this.#element, "amount", words("progress-amount", { loaded: megabytes(loaded), total: megabytes(total) }));
  }

  /** @param {boolean} isLoading @param {number} loaded start to wait anew whenever a byte has come */
  #listen(isLoading, loaded) {
    if (isLoading && loaded === this.#seen && this.#silence !== undefined) return;
    this.#seen = loaded;
    clearTimeout(this.#silence);
    this.#place("stalled").hidden = true;
    this.#silence = isLoading ? setTimeout(() => (this.#place("stalled").hidden = false), PATIENCE) : undefined;
  }

  /** @param {string} name */
  #place(name) {
    return slot(this.#element, name);
  }
}

/** @param {Stage} stage @param {boolean} isWaited */
function stageWords(stage, isWaited) {
  if (stage === "waiting" || stage === "failed") return "";
  if (stage === "ready") return isWaited ? words("stage-judging") : "";
  return isWaited ? `${words(`stage-${stage}`)} ${words("stage-wait")}` : words(`stage-${stage}`);
}

/** @param {number} bytes */
function megabytes(bytes) {
  return (bytes / MEGABYTE).toFixed(1);
}
