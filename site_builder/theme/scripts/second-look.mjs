// @ts-check
// What becomes of a rejected application: the rule, and how the frame answers in which it is looked at again.

import { citationLine, figureEntry, pageOf } from "./answer-parts.mjs";
import { fill, leaveOut, pattern, slot, spoken, write } from "./words.mjs";

/** @typedef {import("./words.mjs").Text} Text */
/**
 * @typedef {{rule_set: string, round: number | null, name: Text, outcome: import("./answer.mjs").Outcome, verdict: Text,
 *   figures: import("./answer.mjs").Figure[], open_questions: number, failed: Text[]}} ShortAnswer
 */
/** @typedef {{text: Text, citation: import("./answer.mjs").Citation, frame: ShortAnswer | null}} SecondLook */

/** @param {HTMLElement} details @param {SecondLook | null} look */
export function writeSecondLook(details, look) {
  fill(details, "reexamination", look === null ? [] : [look], secondLookEntry);
}

/** @param {SecondLook} look */
function secondLookEntry(look) {
  const entry = pattern("second-look");
  write(entry, "text", spoken(look.text));
  slot(entry, "citation").replaceChildren(citationLine(look.citation));
  if (look.frame === null) leaveOut(entry, "frame");
  else writeFrame(entry, look.frame);
  return entry;
}

/** @param {HTMLElement} entry @param {ShortAnswer} frame */
function writeFrame(entry, frame) {
  write(entry, "frame", spoken(frame.name));
  slot(entry, "frame").setAttribute("href", pageOf(frame.rule_set));
  slot(entry, "outcome").replaceChildren(pattern(`outcome-${frame.outcome}`));
  slot(entry, "figures").replaceChildren(...frame.figures.map(figureEntry));
}
