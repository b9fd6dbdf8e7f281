// @ts-check
// Taking the result along: a link, a printed sheet, a file. Nothing of it passes a server.

import { dateSheet } from "./sheet.mjs";
import { byId, pattern, slot, words } from "./words.mjs";

/** @param {{again: () => void, link: () => Promise<string>, content: () => unknown}} page */
export function offerToKeep({ again, link, content }) {
  const actions = pattern("keep");
  slot(actions, "copy").addEventListener("click", async () => copy(await link()));
  slot(actions, "print").addEventListener("click", () => window.print());
  slot(actions, "json").addEventListener("click", () => saveJson(content()));
  slot(actions, "again").addEventListener("click", again);
  slot(byId("answer"), "keep").replaceWith(actions);
  window.addEventListener("beforeprint", () => dateSheet(today()));
}

/** @param {string} link */
async function copy(link) {
  const writing = navigator.clipboard?.writeText(link) ?? Promise.reject(); // without https there is no clipboard
  byId("keep-status").textContent = words(await writing.then(() => "link-copied", () => "link-not-copied"));
}

/** @param {unknown} content */
function saveJson(content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: "application/json" }));
  link.download = `check-${today()}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000); // the browser still reads it
}

/** @returns {string} the day on the visitor's own calendar, as ISO 8601 has it */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
