// @ts-check
// The form: what the visitor has answered, as text exactly as typed. It judges nothing; Python reads and checks.

import { Rows } from "./rows.mjs";

/** @typedef {string | Record<string, string>[]} AnswerText */

const FIRST_CONTROL = "input:not([type=radio]), input[type=radio]:checked, input[type=radio], select";

export class Form {
  /** @param {HTMLFormElement} element */
  constructor(element) {
    this.element = element;
    this.#rows = new Map(
      [...element.querySelectorAll("[data-rows]")].map((place) => [place, new Rows(/** @type {HTMLElement} */ (place))]),
    );
    element.addEventListener("change", (event) => dropContradiction(event.target));
    element.addEventListener("input", (event) => dropContradiction(event.target));
  }

  /** @type {Map<Element, Rows>} */
  #rows;

  /** @returns {Record<string, AnswerText>} every question's answer by the name of its fact */
  answers() {
    const questions = /** @type {NodeListOf<HTMLElement>} */ (this.element.querySelectorAll("[data-fact]"));
    return Object.fromEntries([...questions].map((question) => [question.dataset.fact, this.#answer(question)]));
  }

  /** @param {HTMLElement} question @returns {AnswerText} */
  #answer(question) {
    const rows = this.#rows.get(question);
    const ticked = /** @type {HTMLInputElement | null} */ (question.querySelector("input:is([type=radio], [type=checkbox]):checked"));
    if (rows !== undefined) return ticked === null ? rows.answers() : [];
    if (ticked !== null) return ticked.value;
    return textOf(question);
  }

  /** @param {string} name a fact, or a field of a row such as `costs.0.amount_yen` @returns {HTMLElement | null} */
  control(name) {
    const named = document.getElementById(`answer-${name}`);
    const question = this.element.querySelector(`[data-fact="${CSS.escape(name)}"]`);
    return named ?? /** @type {HTMLElement | null} */ (question?.querySelector(FIRST_CONTROL) ?? null);
  }

  /** @param {string} name bring the question into sight and put the cursor into it */
  focus(name) {
    const control = this.control(name);
    (control?.closest("[data-question]") ?? control)?.scrollIntoView({ block: "start" });
    control?.focus({ preventScroll: true });
  }
}

/** @param {HTMLElement} question @returns {string} */
function textOf(question) {
  const field = /** @type {HTMLInputElement | HTMLSelectElement | null} */ (
    question.querySelector("input:not([type=radio], [type=checkbox]), select")
  );
  return field?.value ?? "";
}

/** @param {EventTarget | null} changed of a typed answer and "I don't know" only the later one stays */
function dropContradiction(changed) {
  if (!(changed instanceof HTMLInputElement) || changed.type === "radio") return;
  const question = changed.closest("[data-fact]");
  if (question === null) return;
  if (changed.type !== "checkbox") {
    if (changed.value !== "") untick(question, null);
  } else if (changed.checked) {
    untick(question, changed);
    if (!question.matches("[data-rows]")) empty(question);
  }
}

/** @param {Element} question @param {HTMLInputElement | null} except */
function untick(question, except) {
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (question.querySelectorAll("input[type=checkbox]"))) {
    if (box !== except) box.checked = false;
  }
}

/** @param {Element} question */
function empty(question) {
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (question.querySelectorAll("input:not([type=checkbox])"))) {
    field.value = "";
  }
}
