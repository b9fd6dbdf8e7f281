// @ts-check
// One question at a time: shows the question, counts, and says what has not been answered. Which one comes next is Python's to say.

import { isAnswer } from "./form.mjs";
import { byId, pattern, slot, words, write } from "./words.mjs";

/** @typedef {{name: string, number: number, left: number}} Step a question, its place, and how many there are at most from it on */

export class Interview {
  /** @param {import("./form.mjs").Form} form @param {() => void} goBack */
  constructor(form, goBack) {
    this.#form = form;
    const step = pattern("step");
    slot(step, "back").addEventListener("click", goBack);
    this.#place.replaceChildren(step);
  }

  #form;
  #place = byId("check-step");
  /** @type {Step | null} */
  step = null;

  /** @param {Step} step */
  show(step) {
    this.step = step;
    const { name, number, left } = step;
    this.#form.showOnly(name);
    write(this.#place, "count", left > 1 ? words("step-count", { number: String(number), left: String(left - 1) }) : words("step-last", { number: String(number) }));
    const progress = /** @type {HTMLProgressElement} */ (slot(this.#place, "progress"));
    progress.max = number - 1 + left;
    progress.value = number - 1;
  }

  hide() {
    this.step = null;
    this.#form.showOnly(null);
  }

  /** Let those who listen hear the question, and the next key press reach it. */
  focus() {
    const question = this.#question();
    question?.setAttribute("tabindex", "-1");
    question?.focus({ preventScroll: true });
    this.#place.scrollIntoView({ block: "start" });
  }

  /** @returns {boolean} */
  isAnswered() {
    const answers = this.#form.answers();
    return this.step !== null && this.#form.facts(this.step.name).some((fact) => isAnswer(answers[fact]));
  }

  /** @returns {import("./mistakes.mjs").Mistake[]} the mistakes that belong to the question on show */
  ofThisQuestion(/** @type {import("./mistakes.mjs").Mistake[]} */ mistakes) {
    const facts = this.step === null ? [] : this.#form.facts(this.step.name);
    return mistakes.filter(({ field }) => facts.some((fact) => field === fact || field.startsWith(`${fact}.`)));
  }

  /** @returns {import("./mistakes.mjs").Mistake} */
  notAnswered() {
    const said = words("not-answered");
    return { field: this.step?.name ?? "", message: { ja: said, en: said }, summary: { ja: said, en: said } };
  }

  #question() {
    return /** @type {HTMLElement | null} */ (this.#form.element.querySelector(`[data-fact="${CSS.escape(this.step?.name ?? "")}"]`));
  }
}
