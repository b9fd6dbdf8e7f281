// @ts-check
// The result on paper: verdicts, every requirement once with its place, answers, sums, dates. What it says is Python's.

import { byId, isJapanese, pattern, slot, spoken, words, write } from "./words.mjs";

/** @typedef {import("./answer.mjs").FrameAnswer} FrameAnswer */
/** @typedef {import("./answer.mjs").Reason} Reason */
/** @typedef {import("./check.mjs").Response} Response */

const TOLD = ["rate", "upper_limit_yen", "subsidy_yen"];

/** @param {Response} response @param {string} address of the link that holds all answers */
export function writeSheet(response, address) {
  const sheet = byId("sheet");
  sheet.hidden = false;
  const { frames } = response;
  slot(sheet, "frames").replaceChildren(...frames.map(frameRow));
  writeRequirements(sheet, frames);
  slot(sheet, "answers").replaceChildren(...response.given.map(answerEntry));
  writeLines(sheet, "sums", linesOf(frames, sums));
  writeLines(sheet, "risks", linesOf(frames, risks));
  writeLines(sheet, "dates", response.steps.map(({ label, when, text }) => joined([label, when ?? text])));
  write(sheet, "address", address);
}

/** Print what the screen shows, where no result stands on it: what a sheet held is of other answers. */
export function hideSheet() {
  byId("sheet").hidden = true;
}

/** @param {string} day as the visitor's calendar has it */
export function dateSheet(day) {
  write(byId("sheet"), "printed-on", day);
}

/** @param {string} name @returns {HTMLElement} the row or cell in a pattern, which HTML only lets stand in a table */
function inTable(name) {
  return /** @type {HTMLElement} */ (pattern(name).querySelector("tr"));
}

/** @param {FrameAnswer} frame @param {number} place */
function frameRow(frame, place) {
  const row = inTable("sheet-frame");
  write(row, "number", String(place + 1));
  write(row, "name", spoken(frame.name));
  write(row, "outcome", pattern(`outcome-${frame.outcome}`).textContent?.trim() ?? "");
  for (const { name, value } of frame.figures) if (TOLD.includes(name)) write(row, name, spoken(value));
  write(row, "missing", listed(frame.missing.map(({ label }) => spoken(label))));
  return row;
}

/** @param {HTMLElement} sheet @param {readonly FrameAnswer[]} frames */
function writeRequirements(sheet, frames) {
  const numbers = slot(sheet, "numbers");
  for (const old of numbers.querySelectorAll("[data-number]")) old.remove();
  numbers.lastElementChild?.before(...frames.map((_, place) => cell("sheet-number", "th", String(place + 1))));
  slot(sheet, "requirements").replaceChildren(...requirements(frames).map((one) => requirementRow(one, frames)));
}

/** @param {string} name @param {string} tag @param {string} text */
function cell(name, tag, text) {
  const made = /** @type {HTMLElement} */ (inTable(name).querySelector(tag));
  made.textContent = text;
  made.dataset.number = "";
  return made;
}

/** @typedef {{reason: Reason, signs: Map<string, string>}} Requirement what it says, and how it stands in each frame that has it */

/** @param {readonly FrameAnswer[]} frames @returns {Requirement[]} every requirement once, if its words and its place are the same */
function requirements(frames) {
  /** @type {Map<string, Requirement>} */
  const found = new Map();
  for (const { rule_set: ruleSet, reasons } of frames) {
    for (const reason of reasons) {
      const same = JSON.stringify([reason.code, reason.text, reason.citation]);
      if (!found.has(same)) found.set(same, { reason, signs: new Map() });
      found.get(same)?.signs.set(ruleSet, reason.verdict);
    }
  }
  return [...found.values()];
}

/** @param {Requirement} requirement @param {readonly FrameAnswer[]} frames */
function requirementRow({ reason, signs }, frames) {
  const row = inTable("sheet-requirement");
  write(row, "label", spoken(reason.label));
  write(row, "text", spoken(reason.text));
  const { title, section, status_text: status } = reason.citation;
  write(row, "place", words("sheet-place", { title: spoken(title), section, status: spoken(status) }));
  const standing = frames.map(({ rule_set: ruleSet }) => words(`sign-${signs.get(ruleSet) ?? "not_asked"}`));
  row.lastElementChild?.before(...standing.map((sign) => cell("sheet-sign", "td", sign)));
  return row;
}

/** @param {import("./given.mjs").Given} given */
function answerEntry({ label, values }) {
  const entry = pattern("sheet-answer");
  write(entry, "label", spoken(label));
  write(entry, "value", listed(values.map(spoken)));
  return entry;
}

/** @param {FrameAnswer} frame @returns {string[]} */
function sums(frame) {
  return frame.outcome === "eligible" ? frame.arithmetic.map(({ text }) => spoken(text)) : [];
}

/** @param {FrameAnswer} frame @returns {string[]} */
function risks(frame) {
  return frame.repayment === null ? [] : [spoken(frame.repayment.headline)];
}

/** @param {readonly FrameAnswer[]} frames @param {(frame: FrameAnswer) => string[]} lines @returns {string[]} each line once, with the numbers of its frames */
function linesOf(frames, lines) {
  /** @type {Map<string, string[]>} */
  const numbers = new Map();
  frames.forEach((frame, place) => {
    for (const line of lines(frame)) numbers.set(line, [...(numbers.get(line) ?? []), String(place + 1)]);
  });
  return [...numbers].map(([text, found]) => words("sheet-of-frame", { number: listed(found), text }));
}

/** @param {HTMLElement} sheet @param {string} name @param {string[]} lines */
function writeLines(sheet, name, lines) {
  const list = slot(sheet, name);
  const about = /** @type {HTMLElement} */ (list.closest("[data-about]"));
  about.hidden = lines.length === 0;
  list.replaceChildren(...lines.map(lineEntry));
}

/** @param {string} line */
function lineEntry(line) {
  const entry = pattern("sheet-line");
  entry.textContent = line;
  return entry;
}

/** @param {(import("./words.mjs").Text | null)[]} texts */
function joined(texts) {
  return texts.flatMap((text) => (text === null ? [] : [spoken(text)])).join(isJapanese ? "：" : ": ");
}

/** @param {string[]} parts */
function listed(parts) {
  return parts.join(isJapanese ? "、" : ", ");
}
