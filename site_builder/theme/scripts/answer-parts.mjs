// @ts-check
// What several parts of an answer have: where a document says it, a figure with its label, the page of a frame.

import { byId, isJapanese, pattern, slot, spoken, write } from "./words.mjs";

/** @typedef {import("./answer.mjs").Citation} Citation */

/** @param {Citation} place @returns {HTMLElement} the line under what a document says */
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

/** @param {import("./answer.mjs").Figure} figure */
export function figureEntry(figure) {
  const entry = pattern("figure");
  write(entry, "label", spoken(figure.label));
  write(entry, "value", spoken(figure.value));
  return entry;
}

/** @param {string} ruleSet @returns {string} the address of the frame's page, which stands in this page's HTML */
export function pageOf(ruleSet) {
  return byId("check").querySelector(`[data-page-of="${CSS.escape(ruleSet)}"]`)?.getAttribute("href") ?? "";
}
