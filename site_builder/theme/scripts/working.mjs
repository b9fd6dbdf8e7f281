// @ts-check
// A sum beside a question: shows what Python makes of what is typed, and puts the figure into the answer.

import { mark, unmark } from "./marks.mjs";
import { fill, pattern, slot, spoken, words, write } from "./words.mjs";

/** @typedef {import("./words.mjs").Text} Text */
/** @typedef {{mistakes: {field: string, message: Text}[], figure: string | null, lines: Text[]}} Worked */

/** @param {import("./form.mjs").Form} form @param {(call: "work_out", asked: unknown) => Promise<any>} ask */
export function offerToWorkOut(form, ask) {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (form.element.querySelectorAll("[data-worked-out]"))) {
    const button = pattern("work");
    const work = async () => show(place, form, await ask("work_out", { fact: place.dataset.workedOut, typed: typed(place) }));
    button.addEventListener("click", work);
    place.addEventListener("toggle", () => {
      for (const folded of place.querySelectorAll("template")) folded.replaceWith(folded.content);
      takeYears(place, form);
    });
    place.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
      event.preventDefault(); // it is the sum that is ready, not the question
      work();
    });
    slot(place, "work").replaceChildren(button);
  }
}

/** @param {HTMLElement} place @returns {HTMLInputElement[]} */
function fields(place) {
  return [.../** @type {NodeListOf<HTMLInputElement>} */ (place.querySelectorAll("[data-work]"))];
}

/** @param {HTMLElement} place */
function typed(place) {
  return Object.fromEntries(fields(place).map((field) => [field.dataset.work ?? "", field.value]));
}

/** @param {HTMLElement} place @param {import("./form.mjs").Form} form the years of the plan may be answered already */
function takeYears(place, form) {
  const years = fields(place).find(({ dataset }) => dataset.work === "years");
  const answer = form.answers()[place.dataset.years ?? ""];
  if (years !== undefined && years.value === "" && typeof answer === "string" && answer !== "unknown") years.value = answer;
}

/** @param {HTMLElement} place @param {import("./form.mjs").Form} form @param {Worked | null} worked */
function show(place, form, worked) {
  unmark(place);
  if (worked === null) return;
  for (const mistake of worked.mistakes) showMistake(place, mistake);
  const told = pattern("worked");
  fill(told, "lines", worked.lines, lineEntry);
  const { figure } = worked;
  if (figure === null) slot(told, "figure").closest("[data-about]")?.remove();
  else offer(told, figure, () => form.answerWith(place.dataset.workedOut ?? "", figure));
  slot(place, "worked").replaceChildren(...(worked.mistakes.length > 0 ? [] : [told]));
}

/** @param {HTMLElement} told @param {string} figure @param {() => void} take */
function offer(told, figure, take) {
  write(told, "figure", words("work-take", { figure }));
  slot(told, "figure").addEventListener("click", take);
}

/** @param {Text} line */
function lineEntry(line) {
  const entry = pattern("worked-line");
  entry.textContent = spoken(line);
  return entry;
}

/** @param {HTMLElement} place @param {{field: string, message: Text}} mistake */
function showMistake(place, { field, message }) {
  const control = fields(place).find(({ dataset }) => dataset.work === field);
  if (control === undefined) return;
  const beside = pattern("mistake");
  beside.id = `mistake-${control.id}`;
  write(beside, "message", spoken(message));
  control.closest("[data-answer]")?.before(beside);
  mark(control, beside.id);
}
