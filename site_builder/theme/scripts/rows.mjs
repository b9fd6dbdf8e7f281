// @ts-check
// The rows of a list question, such as the costs: their answers, and adding and taking away a row.

import { unmark } from "./marks.mjs";
import { pattern, slot, words, write } from "./words.mjs";

const NUMBERED = ["id", "name", "for", "aria-describedby"];

export class Rows {
  /** @param {HTMLElement} question the element with `data-fact` and `data-rows` */
  constructor(question) {
    this.#fact = question.dataset.fact ?? "";
    this.#list = slot(question, "rows");
    this.#least = this.#list.childElementCount;
    const add = pattern("add-row");
    add.addEventListener("click", () => this.#add());
    this.#list.after(add);
    this.#list.addEventListener("click", (event) => this.#remove(event));
    this.#number();
  }

  #fact;
  #list;
  #least;

  /** @returns {Record<string, string>[]} all rows, the empty ones too, so that a mistake's number finds its row */
  answers() {
    return this.#rows().map((row) =>
      Object.fromEntries(fields(row).map((field) => [/** @type {string} */ (field.dataset.field), field.value])),
    );
  }

  /** @param {readonly Record<string, string>[]} rows let there be these, and as many empty ones as at the beginning */
  fill(rows) {
    const wanted = Math.max(rows.length, this.#least);
    for (let number = this.#rows().length; number < wanted; number += 1) this.#list.append(this.#emptyRow());
    for (const row of this.#rows().slice(wanted)) row.remove();
    this.#rows().forEach((row, place) => {
      for (const field of fields(row)) field.value = rows[place]?.[field.dataset.field ?? ""] ?? "";
    });
    this.#number();
  }

  #emptyRow() {
    const row = /** @type {HTMLElement} */ (this.#list.children[0].cloneNode(true));
    unmark(row);
    for (const field of fields(row)) field.value = "";
    return row;
  }

  #rows() {
    return /** @type {HTMLElement[]} */ ([...this.#list.children]);
  }

  #add() {
    const row = this.#emptyRow();
    this.#list.append(row);
    this.#number();
    fields(row)[0].focus();
  }

  /** @param {Event} event */
  #remove(event) {
    const button = /** @type {Element} */ (event.target).closest("[data-remove-row]");
    if (button === null) return;
    const place = this.#rows().findIndex((row) => row.contains(button));
    this.#rows()[place].remove();
    this.#number();
    fields(this.#rows()[Math.max(0, place - 1)])[0].focus();
    this.#list.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Number the rows anew, and let only the last of them stay when there is one. */
  #number() {
    const rows = this.#rows();
    rows.forEach((row, number) => {
      for (const element of row.querySelectorAll("*")) this.#renumber(element, number);
      write(row, "row-name", words("row-name", { number: String(number + 1) }));
      row.querySelector("[data-remove-row]")?.remove();
      if (rows.length > 1) row.firstElementChild?.append(removeButton(number));
    });
  }

  /** @param {Element} element @param {number} number */
  #renumber(element, number) {
    for (const name of NUMBERED) {
      const value = element.getAttribute(name);
      if (value !== null) element.setAttribute(name, value.replaceAll(new RegExp(`\\b${this.#fact}\\.\\d+`, "g"), `${this.#fact}.${number}`));
    }
  }
}

/** @param {number} number */
function removeButton(number) {
  const button = pattern("remove-row");
  button.textContent = words("remove-row-name", { number: String(number + 1) });
  return button;
}

/** @param {HTMLElement} row @returns {(HTMLInputElement | HTMLSelectElement)[]} */
function fields(row) {
  return [.../** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */ (row.querySelectorAll("[data-field]"))];
}
