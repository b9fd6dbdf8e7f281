// @ts-check
// What became of a saved result since the rules were updated, in Python's words.

import { byId, pattern, slot, spoken, write } from "./words.mjs";

/** @typedef {import("./words.mjs").Text} Text */
/** @typedef {{rules_changed: boolean, frames: {name: Text, before: Text, now: Text}[]}} Since */

/** @param {Since | null} since null where nothing was saved */
export function showSince(since) {
  const place = byId("since");
  place.hidden = since === null || !since.rules_changed;
  if (since === null || place.hidden) return;
  if (since.frames.length === 0) return place.replaceChildren(pattern("since-same"));
  const note = pattern("since");
  slot(note, "changes").replaceChildren(...since.frames.map(changeEntry));
  place.replaceChildren(note);
}

/** @param {{name: Text, before: Text, now: Text}} change */
function changeEntry({ name, before, now }) {
  const entry = pattern("since-change");
  write(entry, "name", spoken(name));
  write(entry, "before", spoken(before));
  write(entry, "now", spoken(now));
  return entry;
}
