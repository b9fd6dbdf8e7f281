// @ts-check
// Other programmes for the same answers. They are asked for after the frames of the page's own round, which come first.

import { byId, fill, item, pattern, sentence, slot, spoken, words, write } from "./words.mjs";

/** @typedef {import("./words.mjs").Text} Text */
/** @typedef {import("./second-look.mjs").ShortAnswer & {notes: Text[]}} OtherAnswer */

const OUTCOMES = /** @type {const} */ (["eligible", "cannot_tell", "not_eligible"]);
const SHOWN = ["rate", "upper_limit_yen", "subsidy_yen"];

let lastQuestion = 0;

/** @param {(call: "others", asked: unknown, fail: () => void) => Promise<any>} ask @param {unknown} answers what the visitor has entered */
export async function showOthers(ask, answers) {
  const section = document.getElementById("others");
  if (section === null) return;
  const question = ++lastQuestion;
  section.hidden = false;
  const told = await ask("others", { answers, others: wanted() }, () => { section.hidden = true; }); // the next question tells why
  if (told !== null && question === lastQuestion) show(section, told.others);
}

/** @param {HTMLElement} section @param {readonly OtherAnswer[]} others */
function show(section, others) {
  const open = new Set([...section.querySelectorAll("details[open]")].map((details) => details.getAttribute("data-outcome")));
  const isFirst = !slot(section, "groups").hasChildNodes();
  slot(section, "waiting").hidden = true;
  const groups = OUTCOMES.map((outcome) => group(outcome, others.filter((one) => one.outcome === outcome)));
  slot(section, "groups").replaceChildren(...groups.filter((one) => one !== null));
  for (const details of section.querySelectorAll("details")) {
    const outcome = details.getAttribute("data-outcome");
    details.open = isFirst ? outcome === "eligible" : open.has(outcome);
  }
}

/** @param {import("./answer.mjs").Outcome} outcome @param {readonly OtherAnswer[]} others */
function group(outcome, others) {
  if (others.length === 0) return null;
  const details = pattern("others");
  details.dataset.outcome = outcome;
  slot(details, "outcome").replaceChildren(pattern(`outcome-${outcome}`));
  write(details, "count", words("other-count", { count: String(others.length) }));
  slot(details, "rows").replaceChildren(...others.map(otherRow));
  return details;
}

/** @param {OtherAnswer} other */
function otherRow(other) {
  const row = pattern("other");
  const call = linkOf(other.rule_set);
  write(row, "name", spoken(other.name));
  slot(row, "name").setAttribute("href", call.getAttribute("href") ?? "");
  write(row, "call", call.textContent ?? "");
  fill(row, "notes", other.notes, sentence);
  fill(row, "failed", other.failed, item);
  for (const { name, value, is_known: isKnown } of other.figures) {
    if (SHOWN.includes(name) && isKnown) write(row, name, spoken(value));
  }
  return row;
}

/** @returns {{rule_set: string, round: number | null}[]} what the page names in its HTML */
function wanted() {
  const named = /** @type {NodeListOf<HTMLElement>} */ (byId("others").querySelectorAll("[data-elsewhere]"));
  return [...named].map(({ dataset }) => ({
    rule_set: dataset.elsewhere ?? "",
    round: dataset.round ? Number(dataset.round) : null,
  }));
}

/** @param {string} ruleSet @returns {HTMLElement} */
function linkOf(ruleSet) {
  return /** @type {HTMLElement} */ (byId("others").querySelector(`[data-elsewhere="${CSS.escape(ruleSet)}"] a`));
}
