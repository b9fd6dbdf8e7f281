// @ts-check
// Where a document says it, as a line under what it says.

import { byId, isJapanese, pattern, slot, spoken, write } from "./words.mjs";

/** @typedef {import("./answer.mjs").Citation} Citation */

/** @param {Citation} place @returns {HTMLElement} */
export function citationLine(place) {
  const node = pattern("citation");
  const source = slot(node, "source");
  source.setAttribute("href", `${source.getAttribute("href")}${place.source}/#${place.place}`);
  source.textContent = spoken(place.title);
  if (isOwn(place.source) && !isJapanese) slot(node, "section").remove(); // it quotes no document's heading
  else write(node, "section", place.section);
  write(node, "status", spoken(place.status_text));
  slot(node, "status").classList.add(place.status);
  return node;
}

/** @param {string} source @returns {boolean} whether the site itself says so, and no document */
function isOwn(source) {
  return (byId("check").dataset.ownSources ?? "").split(" ").includes(source);
}
