// @ts-check
// What a visitor is told when the page's own scripts fail. Where they never begin, the page says so by itself after a while:
// the notice comes into sight unless a script takes it away. Every script of a page has this as its first import.

const notice = /** @type {HTMLElement} */ (document.getElementById("trouble"));
const ours = new URL(".", import.meta.url).href;

/** Take the notice away: the page works. */
export function works() {
  notice.hidden = true;
}

/** Say that the page has failed; what other scripts do on it, those of extensions for example, is none of our failures. */
function tell(/** @type {unknown} */ where) {
  if (!String(where).includes(ours)) return;
  notice.classList.remove("late");
  for (const words of /** @type {NodeListOf<HTMLElement>} */ (notice.querySelectorAll("[data-when]"))) {
    words.hidden = words.dataset.when !== "failed";
  }
  notice.hidden = false;
}

window.addEventListener("error", ({ filename }) => tell(filename));
window.addEventListener("unhandledrejection", ({ reason }) => tell(reason?.stack));
