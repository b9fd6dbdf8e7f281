// @ts-check
// How far the calculator has come, as words and as a bar of bytes; and whether it stands still, or has failed.

import { pattern, slot, words, write } from "./words.mjs";

/** @typedef {import("./calculator.mjs").Stage} Stage */
/** @typedef {{stage: Stage, loaded: number, total: number, answered: number, failure?: string}} Reached `loaded` and `total` are bytes */

const MEGABYTE = 1_000_000;
const PATIENCE = 30_000; // milliseconds without a sign of life after which the visitor is told

export class Progress {
  #element;
  #lastSign = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #silence;

  /** @param {HTMLElement} element the page's `check-progress.html` */
  constructor(element) {
    this.#element = element;
  }

  /** @param {() => void} again what to do when the visitor wants to try again */
  onAgain(again) {
    for (const name of ["again", "anew"]) slot(this.#element, name).addEventListener("click", again);
  }

  /**
   * @param {Reached} reached
   * @param {boolean} isWaited the visitor has asked and sees no answer yet
   * @param {boolean} isBusy the calculator works, once it has started
   */
  show({ stage, loaded, total, answered, failure }, isWaited, isBusy = isWaited) {
    const isStarting = stage !== "waiting" && stage !== "ready" && stage !== "failed";
    const isLoading = isStarting && loaded < total;
    write(this.#element, "stage", stageWords(stage, isWaited));
    this.#place("bytes").hidden = !isLoading;
    this.#place("failed").hidden = failure === undefined;
    if (failure !== undefined) this.#place("reason").replaceChildren(pattern(`failure-${failure}`));
    if (isLoading) this.#showBytes(loaded, total);
    const isWaitedFor = isStarting || (stage === "ready" && isBusy);
    this.#listen(isWaitedFor ? `${stage} ${loaded} ${answered}` : "", isLoading ? "stalled" : "slow");
  }

  /** @param {number} loaded @param {number} total */
  #showBytes(loaded, total) {
    const bar = /** @type {HTMLProgressElement} */ (this.#place("bytes").querySelector("progress"));
    bar.max = total;
    bar.value = loaded;
    write(this.#element, "amount", words("progress-amount", { loaded: megabytes(loaded), total: megabytes(total) }));
  }

  /** @param {string} sign start to wait anew with every new sign; none: there is nothing to wait for @param {string} silence what is told then */
  #listen(sign, silence) {
    if (sign === this.#lastSign) return;
    this.#lastSign = sign;
    clearTimeout(this.#silence);
    for (const name of ["stalled", "slow"]) this.#place(name).hidden = true;
    if (sign !== "") this.#silence = setTimeout(() => (this.#place(silence).hidden = false), PATIENCE);
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
