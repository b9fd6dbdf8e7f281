// Keeps a page fresh while its site is written: listens to the server, loads the page again when it has changed, puts
// new styles in the place of old ones, and shows what is wrong in the words of the terminal.

const KEPT = "live";
const own = document.querySelector('script[src^="/_live/"]').dataset;
let theme = own.theme;

/** Remembers how far the page was scrolled and what was open on it, and loads it again. */
function loadAgain() {
  const open = [...document.querySelectorAll("details")].map((one) => one.open);
  sessionStorage.setItem(KEPT, JSON.stringify({ path: location.pathname, x: scrollX, y: scrollY, open }));
  location.reload();
}

/** Puts back what `loadAgain` remembered, as soon as the page is as long as it was. */
function putBack() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.removeItem(KEPT);
  if (kept?.path !== location.pathname) return;
  history.scrollRestoration = "manual";
  document.querySelectorAll("details").forEach((one, at) => { one.open = kept.open[at] ?? one.open; });
  const scroll = () => {
    scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
    return Math.abs(scrollY - kept.y) <= 1;
  };
  if (scroll()) return;
  const growing = new ResizeObserver(() => { if (scroll()) growing.disconnect(); });
  growing.observe(document.body);
  for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(name, () => growing.disconnect(), { once: true, passive: true });
  }
}

/** Puts the style sheets of the theme `next` in the place of those that are shown. */
function restyle(next) {
  for (const old of document.querySelectorAll('link[rel="stylesheet"]')) {
    if (!old.href.includes(`/${theme}/`)) continue;
    const fresh = old.cloneNode();
    fresh.href = old.href.replace(`/${theme}/`, `/${next}/`);
    fresh.addEventListener("load", () => old.remove());
    old.after(fresh);
  }
  theme = next;
}

let dialog = null;

/** Shows `errors`, in place of those that were shown before; none closes the dialog. */
function showErrors(errors) {
  if (!errors) {
    dialog?.close();
    dialog?.remove();
    dialog = null;
    return;
  }
  if (dialog?.querySelector("pre").textContent === errors) return;
  dialog ??= newDialog();
  dialog.querySelector("pre").textContent = errors;
  if (!dialog.open) dialog.showModal();
}

function newDialog() {
  const made = document.createElement("dialog");
  const [heading, text, close] = ["h2", "pre", "button"].map((name) => document.createElement(name));
  made.className = "live-trouble";
  made.lang = "en";
  made.setAttribute("role", "alertdialog");
  made.setAttribute("aria-labelledby", "live-trouble-heading");
  made.setAttribute("aria-describedby", "live-trouble-text");
  heading.id = "live-trouble-heading";
  heading.textContent = "What was saved cannot be shown yet";
  text.id = "live-trouble-text";
  text.tabIndex = 0;
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => made.close());
  made.append(heading, text, close);
  document.body.append(made);
  return made;
}

function show(state) {
  showErrors(state.errors);
  if (state.errors && !state.page) return;
  if (state.page && state.page !== own.page) loadAgain();
  else if (state.theme && state.theme !== theme) restyle(state.theme);
}

// A service worker of an earlier visit would answer in the server's place.
navigator.serviceWorker?.getRegistrations().then((all) => all.forEach((one) => one.unregister()));
putBack();
new EventSource(`/_live/events?page=${encodeURIComponent(location.pathname)}`).addEventListener("message", (event) => {
  show(JSON.parse(event.data));
});
