// @ts-check
// The form: what the visitor has answered, as text exactly as typed. It judges nothing; Python reads and checks.

import { Rows } from "./rows.mjs";

/** @typedef {string | Record<string, string>[]} AnswerText */

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
    const [other] = others(question);
    if (other !== undefined) return other.value;
    if (question.matches("[data-record]")) return ""; // its parts are questions of their own
    const rows = this.#rows.get(question);
    if (rows !== undefined) return rows.answers();
    if (question.matches("[data-ticks]")) return checked(question, "input").map(tickedRow);
    const [radio] = checked(question, "[type=radio]");
    return radio?.value ?? typed(question)?.value ?? "";
  }

  /** @param {string} name a fact, or a field of a row such as `costs.0.amount_yen` @returns {HTMLElement | null} */
  control(name) {
    const named = document.getElementById(`answer-${name}`);
    const question = this.element.querySelector(`[data-fact="${CSS.escape(name)}"]`);
    return named ?? /** @type {HTMLElement | null} */ (question?.querySelector("input, select") ?? null);
  }

  /** @param {string} name bring the question into sight and put the cursor into it */
  focus(name) {
    const control = this.control(name);
    (control?.closest("[data-question]") ?? control)?.scrollIntoView({ block: "start" });
    control?.focus({ preventScroll: true });
  }
}

/** @param {HTMLElement} question @returns {HTMLInputElement[]} what is ticked beside its own answer, not beside its parts' */
function others(question) {
  return checked(question, `[data-other="${CSS.escape(question.dataset.fact ?? "")}"]`);
}

/** @param {Element} question @param {string} selector @returns {HTMLInputElement[]} */
function checked(question, selector) {
  return [.../** @type {NodeListOf<HTMLInputElement>} */ (question.querySelectorAll(`${selector}:checked`))];
}

/** @param {HTMLInputElement} box @returns {Record<string, string>} */
function tickedRow(box) {
  return { [box.dataset.field ?? ""]: box.value };
}

/** @param {Element} question @returns {HTMLInputElement | HTMLSelectElement | null} */
function typed(question) {
  return question.querySelector("input[type=text], select");
}

/** @param {EventTarget | null} changed of an answer and "I don't know" or "there is none" only the later one stays */
function dropContradiction(changed) {
  if (!(changed instanceof HTMLInputElement)) return;
  if (changed.type === "radio") return dropRecord(/** @type {HTMLElement} */ (changed.closest("[data-fact]")));
  const question = /** @type {HTMLElement | null} */ (changed.closest("[data-fact]"));
  if (question === null) return;
  if (changed.matches("[data-other]")) {
    if (changed.checked) dropAnswer(question, changed);
  } else if (changed.type === "checkbox" ? changed.checked : changed.value !== "") {
    untick(others(question));
    dropRecord(question);
  }
}

/** @param {HTMLElement} part an answer to a part of a record: there is one, then */
function dropRecord(part) {
  const record = /** @type {HTMLElement | null} */ (part.parentElement?.closest("[data-record]") ?? null);
  if (record !== null) untick(others(record));
}

/** @param {HTMLElement} question @param {HTMLInputElement} kept rows and records stay: there is much typing in them */
function dropAnswer(question, kept) {
  const boxes = question.matches("[data-record]") ? others(question) : checked(question, "[type=checkbox]");
  untick(boxes.filter((box) => box !== kept));
  const field = question.matches("[data-rows], [data-record]") ? null : typed(question);
  if (field !== null) field.value = "";
}

/** @param {HTMLInputElement[]} boxes */
function untick(boxes) {
  for (const box of boxes) box.checked = false;
}
