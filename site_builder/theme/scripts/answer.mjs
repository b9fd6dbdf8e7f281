// @ts-check
// The answer: a table that compares the frames, and all about each.

import { frameDetails, frameId, notMet } from "./frame.mjs";
import { hideSheet } from "./sheet.mjs";
import { showSteps } from "./steps.mjs";
import { byId, fill, item, pattern, slot, spoken, words, write } from "./words.mjs";

/** @typedef {import("./words.mjs").Text} Text */
/** @typedef {"eligible" | "not_eligible" | "cannot_tell"} Outcome */
/** @typedef {"met" | "not_met" | "cannot_tell"} Verdict */
/** @typedef {{source: string, title: Text, section: string, place: string, status: string, status_text: Text}} Citation */
/** @typedef {{fact: string, is_open_point: boolean, label: Text}} Missing */
/** @typedef {{name: string, label: Text, value: Text, is_known: boolean}} Figure */
/** @typedef {{code: string, label: Text, verdict: Verdict, verdict_text: Text, text: Text, yours: Text | null, citation: Citation}} Reason */
/** @typedef {{kind: "bonus" | "deduction", label: Text, verdict: Verdict, verdict_text: Text, citation: Citation}} SelectionPoint */
/**
 * @typedef {{rule_set: string, name: Text, outcome: Outcome, verdict: Text, figures: Figure[],
 *   arithmetic: {text: Text, citation: Citation | null}[], reasons: Reason[], missing: Missing[],
 *   ask: string | null, changes: {fact: string, text: Text}[][], selection: SelectionPoint[],
 *   reexamination: import("./second-look.mjs").SecondLook | null, meaning: Text[],
 *   repayment: import("./repayment.mjs").Repayment | null,
 *   pictures: import("./picture.mjs").Picture[]}} FrameAnswer
 */

const COMPARED = ["rate", "upper_limit_yen", "subsidy_yen"];
const OUTCOMES = /** @type {const} */ (["eligible", "cannot_tell", "not_eligible"]);

export class Answer {
  #section = byId("answer");

  get isShown() {
    return !this.#section.hidden;
  }

  hide() {
    this.#section.hidden = true;
    hideSheet();
  }

  /** @param {readonly FrameAnswer[]} frames @param {readonly import("./steps.mjs").Step[]} steps */
  show(frames, steps) {
    const open = this.#openFrames();
    hideSheet();
    slot(this.#section, "comparison").replaceChildren(...frames.map(comparisonRow));
    slot(this.#section, "frames").replaceChildren(...frames.map((frame) => frameDetails(frame, open.has(frame.rule_set))));
    showSteps(steps);
    this.#section.hidden = false;
  }

  focus() {
    byId("answer-heading").focus();
    byId("answer-heading").scrollIntoView({ block: "start" });
  }

  /** @returns {Set<string | undefined>} the frames whose details the visitor has opened */
  #openFrames() {
    const opened = /** @type {NodeListOf<HTMLElement>} */ (this.#section.querySelectorAll("details[open][data-rule-set]"));
    return new Set([...opened].map((details) => details.dataset.ruleSet));
  }
}

/** @param {readonly FrameAnswer[]} frames @returns {string} how many frames came out how, for those who listen */
export function announcement(frames) {
  const counts = OUTCOMES.map((outcome) => [outcome, String(frames.filter((frame) => frame.outcome === outcome).length)]);
  return words("announcement", Object.fromEntries(counts));
}

/** @param {FrameAnswer} frame */
function comparisonRow(frame) {
  const row = pattern("comparison-row");
  const name = slot(row, "name");
  name.textContent = spoken(frame.name);
  name.setAttribute("href", `#${frameId(frame.rule_set)}`);
  name.dataset.openFrame = frame.rule_set;
  fill(row, "failed", notMet(frame), ({ label }) => item(label));
  slot(row, "outcome").replaceChildren(pattern(`outcome-${frame.outcome}`));
  for (const figure of COMPARED) {
    const found = frame.figures.find(({ name: itsName }) => itsName === figure);
    if (found !== undefined) write(row, figure, spoken(found.value));
  }
  return row;
}
