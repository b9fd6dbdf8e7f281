// @ts-check
// The page's address: what it shows and all answers stand in the fragment, so that back, forward, reload and a copied link find them.
//
// `#form` is the page with all questions, `#a=…` (or `#form&a=…`) holds answers (link.mjs), and `#ask&a=…` goes on asking. Which question is shown is the
// browser's own note on each step of the way (`history.state`), not part of the link.

/** @typedef {"start" | "question" | "form" | "answer"} View */
/** @typedef {{view: View, step: import("./interview.mjs").Step | null}} Place where the visitor is */

/** @returns {{isForm: boolean, isAsking: boolean, text: string | null}} */
export function readFragment() {
  const parts = location.hash.slice(1).split("&");
  const held = parts.find((part) => part.startsWith("a="));
  return { isForm: parts.includes("form"), isAsking: parts.includes("ask"), text: held === undefined ? null : held.slice(2) };
}

/** @returns {Place | null} what the browser noted here, if the visitor has been here before */
export function notedPlace() {
  return history.state?.view === undefined ? null : history.state;
}

/** @param {Place} place @param {string | null} text of the answers @param {boolean} isNew a step forward, and not another note on this one */
export function note(place, text, isNew) {
  const parts = [...(place.view === "form" ? ["form"] : []), ...(text === null ? [] : [`a=${text}`])];
  const address = `${location.pathname}${location.search}${parts.length > 0 ? `#${parts.join("&")}` : ""}`;
  if (isNew) history.pushState(place, "", address);
  else history.replaceState(place, "", address);
}
