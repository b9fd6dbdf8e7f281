// @ts-check
// Answers that Python could not read: a summary above the form, a message beside each field, a mark in the page's title.

import { mark, unmark } from "./marks.mjs";
import { byId, pattern, slot, spoken, words, write } from "./words.mjs";

/** @typedef {import("./words.mjs").Text} Text */
/** @typedef {{field: string, message: Text, summary: Text}} Mistake `summary` names the question as well */

const title = document.title;

export class Mistakes {
  /** @param {import("./form.mjs").Form} form */
  constructor(form) {
    this.#form = form;
  }

  #form;
  #summary = byId("mistakes");

  /** @param {readonly Mistake[]} mistakes show these and no others */
  show(mistakes) {
    this.#clear();
    this.#summary.hidden = mistakes.length === 0;
    if (mistakes.length === 0) return;
    document.title = words("mistake-title", { title });
    slot(this.#summary, "mistakes").replaceChildren(...mistakes.map((mistake) => this.#link(mistake)));
    for (const mistake of mistakes) this.#mark(mistake);
  }

  focus() {
    this.#summary.focus();
  }

  #clear() {
    document.title = title;
    unmark(this.#form.element);
  }

  /** @param {Mistake} mistake */
  #link({ field, summary }) {
    const entry = pattern("mistake-link");
    const link = slot(entry, "link");
    link.setAttribute("href", `#${this.#form.control(field)?.id ?? ""}`);
    link.dataset.question = field;
    link.textContent = spoken(summary);
    return entry;
  }

  /** @param {Mistake} mistake */
  #mark({ field, message }) {
    const control = this.#form.control(field);
    if (control === null) return;
    const beside = pattern("mistake");
    beside.id = `mistake-${field}`;
    write(beside, "message", spoken(message));
    (control.closest("[data-answer]") ?? control).before(beside);
    mark(control, beside.id);
  }
}
