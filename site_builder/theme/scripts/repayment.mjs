// @ts-check
// What could be asked back after the grant: the most in all, and each duty with what its breach costs.

import { citationLine } from "./answer-parts.mjs";
import { fill, leaveOut, pattern, sentence, slot, spoken, write } from "./words.mjs";

/** @typedef {import("./words.mjs").Text} Text */
/** @typedef {import("./answer.mjs").Citation} Citation */
/** @typedef {{label: Text, rows: {count: Text, amount: Text}[]}} Counts */
/**
 * @typedef {{label: Text, amount: Text, how: Text | null, counts: Counts | null, if_found: Text | null, open: Text[],
 *   citation: Citation | null}} Breach
 */
/** @typedef {{kind: string, kind_text: Text, label: Text, citation: Citation | null}} Unpaid */
/** @typedef {{label: Text, note: Text | null, breaches: Breach[], unpaid: Unpaid[], citation: Citation}} Duty */
/** @typedef {{headline: Text, total: {text: Text, citation: Citation}, duties: Duty[]}} Repayment */

/** @param {HTMLElement} details @param {Repayment | null} repayment */
export function writeRepayment(details, repayment) {
  if (repayment === null) leaveOut(details, "repayment");
  else slot(details, "repayment").replaceChildren(repaymentPart(repayment));
}

/** @param {Repayment} repayment */
function repaymentPart(repayment) {
  const part = pattern("repayment");
  write(part, "headline", spoken(repayment.headline));
  slot(part, "duties").replaceChildren(...repayment.duties.map(dutyPart));
  write(part, "total", spoken(repayment.total.text));
  slot(part, "total-citation").replaceChildren(citationLine(repayment.total.citation));
  return part;
}

/** @param {Duty} duty */
function dutyPart(duty) {
  const part = pattern("duty");
  write(part, "label", spoken(duty.label));
  if (duty.note === null) leaveOut(part, "note");
  else write(part, "note", spoken(duty.note));
  fill(part, "breaches", duty.breaches, breachEntry);
  fill(part, "unpaid", duty.unpaid, unpaidEntry);
  slot(part, "duty-citation").append(citationLine(duty.citation));
  return part;
}

/** @param {Breach} breach */
function breachEntry(breach) {
  const entry = pattern("breach");
  write(entry, "label", spoken(breach.label));
  write(entry, "amount", spoken(breach.amount));
  if (breach.counts !== null) write(entry, "counted", spoken(breach.counts.label));
  fill(entry, "counts", breach.counts?.rows ?? [], countRow);
  const notes = [breach.how, breach.if_found, ...breach.open].filter((note) => note !== null);
  fill(entry, "notes", notes, sentence);
  writePlace(entry, breach.citation);
  return entry;
}

/** @param {{count: Text, amount: Text}} counted */
function countRow({ count, amount }) {
  const row = pattern("count");
  write(row, "count", spoken(count));
  write(row, "amount", spoken(amount));
  return row;
}

/** @param {Unpaid} unpaid */
function unpaidEntry(unpaid) {
  const entry = pattern("unpaid");
  write(entry, "label", spoken(unpaid.label));
  write(entry, "kind", spoken(unpaid.kind_text));
  writePlace(entry, unpaid.citation);
  return entry;
}

/** @param {HTMLElement} entry @param {Citation | null} place null where it is that of the whole duty */
function writePlace(entry, place) {
  if (place === null) leaveOut(entry, "citation");
  else slot(entry, "citation").replaceChildren(citationLine(place));
}
