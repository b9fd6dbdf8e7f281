// @ts-check
// The pages of the frames, whose addresses are written in this page's HTML.

import { byId } from "./words.mjs";

/** @param {string} ruleSet @returns {string} the address of the frame's page */
export function pageOf(ruleSet) {
  return byId("check").querySelector(`[data-page-of="${CSS.escape(ruleSet)}"]`)?.getAttribute("href") ?? "";
}
