// @ts-check
// Reads links with the page's own script, and asks the page's own worker: a line of JSON comes in, a line goes out.
//
// {text, formerly} is a link to be read; {saved} is to become a link and to be read again; {message} is for the worker.

import { createInterface } from "node:readline";

const scripts = new URL("../../site_builder/theme/scripts/", import.meta.url);
const { savedIn, textOf } = await import(new URL("link.mjs", scripts).href);

/** @type {(event: {data: unknown}) => void} */
let tellWorker = () => {};
/** @type {unknown[]} what the worker said */
let said = [];

Object.assign(globalThis, {
  self: {
    addEventListener: (/** @type {string} */ _, /** @type {typeof tellWorker} */ heard) => (tellWorker = heard),
    postMessage: (/** @type {unknown} */ message) => said.push(structuredClone(message)),
  },
});
await import(new URL("worker.mjs", scripts).href);

/** @param {unknown} message @returns {Promise<unknown[]>} */
async function asked(message) {
  said = [];
  tellWorker({ data: message });
  for (let turn = 0; said.length === 0 && turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return said;
}

/** @param {any} order */
async function answer(order) {
  if ("message" in order) return asked(order.message);
  if ("saved" in order) {
    const text = await textOf(order.saved);
    return { text, saved: await savedIn(text, {}) };
  }
  return savedIn(order.text, order.formerly);
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify((await answer(JSON.parse(line))) ?? null));
}
