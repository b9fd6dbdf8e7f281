// @ts-check
// A figure of an answer with its label.

import { pattern, spoken, write } from "./words.mjs";

/** @param {import("./answer.mjs").Figure} figure */
export function figureEntry(figure) {
  const entry = pattern("figure");
  write(entry, "label", spoken(figure.label));
  write(entry, "value", spoken(figure.value));
  return entry;
}
