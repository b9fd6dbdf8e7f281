// @ts-check
// Has the memory kept with which Python starts more quickly at the next visit, by a worker of its own, which hears no answer. Whether
// that works out matters to nothing else on the page.

import { newWorker } from "./trusted.mjs";

const LEAST_ROOM = 200_000_000; // bytes that the browser would still keep for this site: some times as many as are kept
const LEAST_MEMORY = 4; // gigabytes of the device, where the browser tells

/**
 * @param {HTMLElement} page says at the end in `data-memory` whether the memory is `kept` or `not-kept`
 * @param {import("./calculator.mjs").Settings} settings
 */
export async function keepMemory(page, settings) {
  page.dataset.memory = (await isKept(settings).catch(() => false)) ? "kept" : "not-kept";
}

/** @param {import("./calculator.mjs").Settings} settings */
async function isKept({ edition, parts }) {
  if (!(await isWelcome())) return false;
  const worker = newWorker();
  const ended = new Promise((resolve) => {
    worker.addEventListener("message", ({ data }) => "id" in data && resolve("result" in data));
    worker.addEventListener("error", () => resolve(false));
  });
  worker.postMessage({ id: 1, edition, call: "remember", text: parts });
  const isDone = await ended;
  worker.terminate();
  return isDone;
}

/** @returns {Promise<boolean>} whether the visitor's device and wishes leave room for it */
async function isWelcome() {
  const { connection, deviceMemory = LEAST_MEMORY, storage } = /** @type {any} */ (navigator);
  if (connection?.saveData === true || deviceMemory < LEAST_MEMORY) return false;
  const { quota, usage } = await storage.estimate();
  return quota - usage >= LEAST_ROOM;
}
