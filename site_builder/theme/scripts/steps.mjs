// @ts-check
// The dates of the round, and what follows the application.

import { citationLine } from "./answer-parts.mjs";
import { byId, leaveOut, pattern, slot, spoken, write } from "./words.mjs";

/** @typedef {import("./words.mjs").Text} Text */
/**
 * @typedef {{name: string, label: Text, iso: string | null, when: Text | null, text: Text | null,
 *   citation: import("./answer.mjs").Citation | null}} Step
 */

/** @param {readonly Step[]} steps */
export function showSteps(steps) {
  const section = byId("steps");
  slot(section, "steps").replaceChildren(...steps.map(stepEntry));
  section.hidden = steps.length === 0;
}

/** @param {Step} step */
function stepEntry(step) {
  const entry = pattern("dated-step");
  write(entry, "label", spoken(step.label));
  writeWhen(entry, step);
  if (step.text === null) leaveOut(entry, "text");
  else write(entry, "text", spoken(step.text));
  if (step.citation !== null) slot(entry, "citation").replaceChildren(citationLine(step.citation));
  return entry;
}

/** @param {HTMLElement} entry @param {Step} step */
function writeWhen(entry, { when, iso }) {
  if (when === null || iso === null) leaveOut(entry, "when");
  else {
    write(entry, "when", spoken(when));
    slot(entry, "when").setAttribute("datetime", iso);
  }
}
