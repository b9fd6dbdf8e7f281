// @ts-check
// The form: what the visitor has answered, as typed. It judges nothing; Python does.

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
    return Object.fromEntries(this.#questions().map((question) => [question.dataset.fact, this.#answer(question)]));
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

  /** @param {Record<string, AnswerText>} answers fill in these and nothing else */
  fill(answers) {
    this.element.reset();
    for (const question of this.#questions()) this.#fillIn(question, answers[question.dataset.fact ?? ""] ?? "");
  }

  /** @param {HTMLElement} question @param {AnswerText} answer */
  #fillIn(question, answer) {
    const rows = this.#rows.get(question);
    if (Array.isArray(answer)) {
      if (rows === undefined) tick(question, answer);
      else rows.fill(answer);
      return;
    }
    rows?.fill([]);
    const chosen = ownChoices(question).find(({ value }) => answer !== "" && value === answer);
    if (chosen !== undefined) chosen.checked = true;
    else if (!question.matches("[data-rows], [data-ticks], [data-record]")) type(question, answer);
  }

  /** @returns {string[]} the names of the questions that have been answered, if only by "I don't know" */
  answered() {
    const answers = this.answers();
    return this.asked().filter((name) => this.facts(name).some((fact) => isAnswer(answers[fact])));
  }

  /** @returns {string[]} the names of all questions; the parts of a record are one question */
  asked() {
    return this.#questions().filter((question) => recordOf(question) === null).map(({ dataset }) => dataset.fact ?? "");
  }

  /** @param {string} name @returns {string[]} the fact that the question asks for, or a record with all its parts */
  facts(name) {
    const parts = this.#questions().filter((question) => recordOf(question)?.dataset.fact === name);
    return [name, ...parts.map(({ dataset }) => dataset.fact ?? "")];
  }

  /** @param {string} name a fact, or a field of a row @returns {string | null} the question that asks for it */
  questionOf(name) {
    return this.asked().find((question) => this.facts(question).some((fact) => name === fact || name.startsWith(`${fact}.`))) ?? null;
  }

  /** @param {string | null} name show this question alone, or all of them */
  showOnly(name) {
    for (const question of this.#questions()) {
      if (recordOf(question) === null) question.hidden = name !== null && question.dataset.fact !== name;
    }
    for (const group of /** @type {NodeListOf<HTMLElement>} */ (this.element.querySelectorAll(".group"))) {
      group.hidden = group.querySelector("[data-question]:not([hidden])") === null;
    }
  }

  #questions() {
    return /** @type {HTMLElement[]} */ ([...this.element.querySelectorAll("[data-fact]")]);
  }

  /** @param {string} name a fact, or a field of a row such as `costs.0.amount_yen` @returns {HTMLElement | null} */
  control(name) {
    const named = document.getElementById(`answer-${name}`);
    const question = this.element.querySelector(`[data-fact="${CSS.escape(name)}"]`);
    return named ?? /** @type {HTMLElement | null} */ (question?.querySelector("input, select") ?? null);
  }

  /** @param {string} name of a question that is answered by typing @param {string} text answer it as if it were typed */
  answerWith(name, text) {
    const field = /** @type {HTMLInputElement} */ (document.getElementById(`answer-${name}`));
    field.value = text;
    for (const event of ["input", "change"]) field.dispatchEvent(new Event(event, { bubbles: true }));
    field.focus();
  }

  /** @param {string} name bring the question into sight and put the cursor into it */
  focus(name) {
    const control = this.control(name);
    (control?.closest("[data-question]") ?? control)?.scrollIntoView({ block: "start" });
    control?.focus({ preventScroll: true });
  }
}

/** @param {AnswerText} answer @returns {boolean} */
export function isAnswer(answer) {
  return Array.isArray(answer) ? answer.some((row) => Object.values(row).some((cell) => cell !== "")) : answer !== "";
}

/** @param {HTMLElement} question @returns {HTMLElement | null} the record that it is a part of */
function recordOf(question) {
  return question.parentElement?.closest("[data-record]") ?? null;
}

/** @param {HTMLElement} question @returns {HTMLInputElement[]} its radio buttons, and the boxes beside its own answer */
function ownChoices(question) {
  const name = CSS.escape(question.dataset.fact ?? "");
  return [...question.querySelectorAll(`input[type=radio][name="${name}"], input[data-other="${name}"]`)].map(
    (input) => /** @type {HTMLInputElement} */ (input),
  );
}

/** @param {HTMLElement} question @param {Record<string, string>[]} rows */
function tick(question, rows) {
  const values = new Set(rows.flatMap(Object.values));
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (question.querySelectorAll("input[data-field]"))) {
    box.checked = values.has(box.value);
  }
}

/** @param {HTMLElement} question @param {string} text */
function type(question, text) {
  const field = typed(question);
  if (field !== null) field.value = text;
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
  const record = recordOf(part);
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
