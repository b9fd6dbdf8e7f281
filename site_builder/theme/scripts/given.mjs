// @ts-check
// What the visitor has answered, beside the result: each answer in Python's words, with a way to change it.

import { byId, pattern, slot, spoken, write } from "./words.mjs";

/** @typedef {import("./words.mjs").Text} Text */
/** @typedef {{question: string, label: Text, values: Text[]}} Given */

/** @param {readonly Given[]} given @param {(question: string) => void} change */
export function showGiven(given, change) {
  slot(byId("answer"), "given").replaceChildren(...given.map((one) => entry(one, change)));
}

/** @param {Given} given @param {(question: string) => void} change */
function entry({ question, label, values }, change) {
  const row = pattern("given");
  write(row, "label", spoken(label));
  write(row, "what", spoken(label));
  slot(row, "values").replaceChildren(...values.map(valueEntry));
  slot(row, "change").addEventListener("click", () => change(question));
  return row;
}

/** @param {Text} value */
function valueEntry(value) {
  const line = pattern("value");
  line.textContent = spoken(value);
  return line;
}
