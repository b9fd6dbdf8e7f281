// @ts-check
// Keeps the self-diagnosis for times without a network. Whether that works out matters to nothing else on the page.

import { registerServiceWorker } from "./trusted.mjs";

/** @param {HTMLElement} page says at the end in `data-offline` whether this build is `kept` or `not-kept` */
export async function keepForOffline(page) {
  page.dataset.offline = (await isKept().catch(() => false)) ? "kept" : "not-kept";
}

async function isKept() {
  if (!("serviceWorker" in navigator)) return false;
  const registration = await registerServiceWorker();
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  return worker !== null && (await isInstalled(worker));
}

/**
 * WebKit tells a busy page nothing of a worker that it gets to see only afterwards, whose `state` stays as it was; but it
 * does say when there is an active one.
 * @param {ServiceWorker} worker @returns {Promise<boolean>}
 */
function isInstalled(worker) {
  return new Promise((resolve) => {
    const look = () => {
      if (worker.state === "redundant") resolve(false);
      else if (worker.state !== "installing" && worker.state !== "parsed") resolve(true);
    };
    worker.addEventListener("statechange", look);
    navigator.serviceWorker.ready.then(({ active }) => active === worker && resolve(true));
    look();
  });
}
