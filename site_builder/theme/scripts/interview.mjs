// @ts-check
// One question at a time: shows the question, counts, and says what has not been answered. Which one comes next is Python's to say.

import { isAnswer } from "./form.mjs";
import { byId, pattern, slot, words, write } from "./words.mjs";

/** @typedef {{name: string, number: number, left: number}} Step a question, its place, and how many there are at most from it on, or 0 for one that was asked before */

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
    const said = ["step-change", "step-last"][left] ?? "step-count";
    write(this.#place, "count", words(said, { number: String(number), left: String(left - 1) }));
    const progress = /** @type {HTMLProgressElement} */ (slot(this.#place, "progress"));
    progress.max = number - 1 + left;
    progress.value = number - 1;
  }

  hide() {
    this.step = null;
    this.#form.showOnly(null);
  }

  /** Let people hear the question, and the next key press reach it. */
  focus() {
    const question = this.#question();
    question?.setAttribute("tabindex", "-1");
    question?.focus({ preventScroll: true });
    this.#place.scrollIntoView({ block: "start" });
  }

  isAnswered() {
    const answers = this.#form.answers();
    return this.step !== null && this.#form.facts(this.step.name).some((fact) => isAnswer(answers[fact]));
  }

  /** The mistakes that belong to the question on show. @param {import("./mistakes.mjs").Mistake[]} mistakes */
  ofThisQuestion(mistakes) {
    const facts = this.step === null ? [] : this.#form.facts(this.step.name);
    return mistakes.filter(({ field }) => facts.some((fact) => field === fact || field.startsWith(`${fact}.`)));
  }

  notAnswered() {
    const said = words("not-answered");
    return { field: this.step?.name ?? "", message: { ja: said, en: said }, summary: { ja: said, en: said } };
  }

  #question() {
    return /** @type {HTMLElement | null} */ (this.#form.element.querySelector(`[data-fact="${CSS.escape(this.step?.name ?? "")}"]`));
  }
}
