// @ts-check
// One frame's answer in full.

import { citationLine, figureEntry, pageOf } from "./answer-parts.mjs";
import { pictureFigure } from "./picture.mjs";
import { writeRepayment } from "./repayment.mjs";
import { writeSecondLook } from "./second-look.mjs";
import { fill, leaveOut, pattern, sentence, slot, spoken, write } from "./words.mjs";

/** @typedef {import("./words.mjs").Text} Text */
/** @typedef {import("./answer.mjs").FrameAnswer} FrameAnswer */
/** @typedef {import("./answer.mjs").Citation} Citation */
/** @typedef {import("./answer.mjs").Missing} Missing */

/** @param {FrameAnswer} frame @param {boolean} isOpen @returns {HTMLElement} */
export function frameDetails(frame, isOpen) {
  const details = pattern("frame");
  details.id = frameId(frame.rule_set);
  details.dataset.ruleSet = frame.rule_set;
  details.toggleAttribute("open", isOpen);
  writeHead(details, frame);
  writeWhatMatters(details, frame);
  writeAmount(details, frame);
  fill(details, "pictures", frame.pictures, (picture) => pictureFigure(picture, details.id));
  writeRepayment(details, frame.repayment);
  fill(details, "reasons", frame.reasons, (reason) => reasonEntry(reason, pageOf(frame.rule_set)));
  writeSelection(details, frame);
  return details;
}

/** @param {string} ruleSet @returns {string} the id of its details on the page */
export function frameId(ruleSet) {
  return `answer-${ruleSet.replaceAll("/", "-")}`;
}

/** @param {FrameAnswer} frame the requirements that fail */
export function notMet(frame) {
  return frame.reasons.filter(({ verdict }) => verdict === "not_met");
}

/** @param {HTMLElement} details @param {FrameAnswer} frame */
function writeHead(details, frame) {
  write(details, "name", spoken(frame.name));
  slot(details, "outcome").replaceChildren(pattern(`outcome-${frame.outcome}`));
  write(details, "verdict", spoken(frame.verdict));
  fill(details, "meaning", frame.meaning, sentence);
  slot(details, "page").setAttribute("href", pageOf(frame.rule_set));
}

/** @param {HTMLElement} details @param {FrameAnswer} frame */
function writeWhatMatters(details, frame) {
  const ask = frame.missing.find(({ fact }) => fact === frame.ask);
  fill(details, "failed", notMet(frame), (reason) => failedEntry(reason, frame));
  fill(details, "ask", ask === undefined ? [] : [ask], missingEntry);
  fill(details, "missing", frame.missing, missingEntry);
  fill(details, "changes", frame.changes, changeEntry);
}

/** @param {HTMLElement} details @param {FrameAnswer} frame */
function writeAmount(details, frame) {
  fill(details, "figures", frame.figures, figureEntry);
  fill(details, "arithmetic", frame.arithmetic, ({ text, citation }) => citedEntry(text, citation));
}

/** @param {HTMLElement} details @param {FrameAnswer} frame */
function writeSelection(details, frame) {
  for (const kind of ["bonus", "deduction"]) {
    fill(details, kind, frame.selection.filter((point) => point.kind === kind), selectionEntry);
  }
  if (frame.selection.length === 0) details.querySelector("[data-about=selection]")?.remove();
  writeSecondLook(details, frame.reexamination);
}

/** @param {import("./answer.mjs").SelectionPoint} point */
function selectionEntry(point) {
  const entry = pattern("selection-point");
  writeVerdict(entry, point);
  write(entry, "label", spoken(point.label));
  return entry;
}

/** @param {HTMLElement} entry @param {{verdict: string, verdict_text: Text, citation: Citation}} judged */
function writeVerdict(entry, judged) {
  slot(entry, "icon").replaceChildren(pattern(`icon-${judged.verdict}`));
  write(entry, "verdict", spoken(judged.verdict_text));
  slot(entry, "citation").replaceChildren(citationLine(judged.citation));
}

/** @param {import("./answer.mjs").Reason} reason @param {string} page */
function reasonEntry(reason, page) {
  const entry = pattern("reason");
  writeVerdict(entry, reason);
  write(entry, "label", spoken(reason.label));
  slot(entry, "label").setAttribute("href", `${page}#${reason.code}`);
  write(entry, "text", spoken(reason.text));
  if (reason.yours === null) leaveOut(entry, "yours");
  else write(entry, "yours", spoken(reason.yours));
  return entry;
}

/** @param {import("./answer.mjs").Reason} reason @param {FrameAnswer} frame */
function failedEntry(reason, frame) {
  const entry = pattern("failed");
  write(entry, "label", spoken(reason.label));
  slot(entry, "label").setAttribute("href", `${pageOf(frame.rule_set)}#${reason.code}`);
  return entry;
}

/** @param {Missing} missing a link to its question, or plain words where no answer can settle it */
function missingEntry(missing) {
  const isAsked = !missing.is_open_point && document.querySelector(`[data-fact="${CSS.escape(missing.fact)}"]`) !== null;
  const entry = pattern(isAsked ? "missing" : "open-point");
  write(entry, "label", spoken(missing.label));
  if (isAsked) leadTo(slot(entry, "label"), missing.fact);
  return entry;
}

/** @param {HTMLElement} link @param {string} fact let the link bring the visitor to the question */
function leadTo(link, fact) {
  link.setAttribute("href", `#question-${fact}`);
  link.dataset.question = fact;
}

/** @param {{fact: string, text: Text}[]} changes one way to become eligible */
function changeEntry(changes) {
  const entry = pattern("change");
  if (changes.length < 2) slot(entry, "together").remove();
  fill(entry, "steps", changes, ({ fact, text }) => {
    const step = pattern("missing");
    write(step, "label", spoken(text));
    leadTo(slot(step, "label"), fact);
    return step;
  });
  return entry;
}

/** @param {Text} text @param {Citation | null} place */
function citedEntry(text, place) {
  const entry = pattern("cited");
  write(entry, "text", spoken(text));
  if (place === null) leaveOut(entry, "citation");
  else slot(entry, "citation").replaceChildren(citationLine(place));
  return entry;
}
