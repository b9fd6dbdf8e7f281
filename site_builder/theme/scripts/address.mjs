// @ts-check
// Where the visitor is: the browser's own note on each step of the way, so that back, forward and reload find all answers,
// and the page's address, which holds the answers while a result is on show, so that it can be kept and shared.
//
// `#form` is the page with all questions, `#a=…` holds answers (link.mjs), and `#ask&a=…` goes on asking. The address is
// left alone otherwise: whenever it changes, a browser asks for the page's icon again.

/** @typedef {import("./form.mjs").AnswerText} AnswerText */
/** @typedef {"start" | "question" | "form" | "answer"} View */
/** @typedef {{view: View, step: import("./interview.mjs").Step | null}} Place where the visitor is */
/** @typedef {Place & {answers: Record<string, AnswerText>}} Noted a place, and what was answered there */

/** @returns {{isForm: boolean, isAsking: boolean, text: string | null}} */
export function readFragment() {
  const parts = location.hash.slice(1).split("&");
  const held = parts.find((part) => part.startsWith("a="));
  return { isForm: parts.includes("form"), isAsking: parts.includes("ask"), text: held === undefined ? null : held.slice(2) };
}

/** @returns {Noted | null} what the browser noted here, if the visitor has been here before */
export function notedPlace() {
  return history.state?.view === undefined ? null : history.state;
}

/** @param {Noted} noted @param {{text: string | null, isNew: boolean}} how the text that the address holds; whether this is a step forward */
export function note(noted, { text, isNew }) {
  const address = `${location.pathname}${location.search}${fragment(noted.view, text)}`;
  try {
    if (isNew) history.pushState(noted, "", address);
    else history.replaceState(noted, "", address);
  } catch {
    // A browser may have no room for notes, or take only so many a minute: the answers are on the page.
  }
}

/** @param {View} view @param {string | null} text @returns {string} */
function fragment(view, text) {
  if (view === "form") return "#form";
  return view === "answer" && text !== null ? `#a=${text}` : "";
}

/** @param {string} text of the answers @param {"ask" | "answer"} how the page that is opened goes on @returns {string} */
export function fragmentOf(text, how) {
  return how === "ask" ? `#ask&a=${text}` : `#a=${text}`;
}
