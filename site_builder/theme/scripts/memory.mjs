// @ts-check
// Python's memory as it was when it could answer the first question, kept on the device for the next visit.
//
// It is Python that has started, with the calculator and its rules, and never with an answer. Nothing depends on it: where it is
// not there, or not as it was kept, Python starts by itself.

import { hashOf } from "./arrivals.mjs";

const SITE = new URL("../../", import.meta.url).href; // a host may have other sites
const NAMES = `${SITE} memory `;
const ADDRESS = `${SITE}memory`;
const DIGEST = "Digest";

/** @param {string} runtime the address of the runtime's folder, named after its contents @param {string} edition of the rules */
export function nameOf(runtime, edition) {
  return `${NAMES}${new URL(runtime).pathname.split("/").at(-2)} ${edition}`;
}

/** @param {string} name @returns {Promise<Uint8Array | undefined>} the memory as it was kept, to the last byte */
export async function kept(name) {
  try {
    const response = await found(name);
    if (response === undefined) return undefined;
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (response.headers.get(DIGEST) === (await hashOf(bytes))) return bytes;
  } catch {
    // what cannot be read is not there
  }
  await forget();
  return undefined;
}

/** @param {string} name @returns {Promise<boolean>} whether there is one, be it whole or not */
export async function isKept(name) {
  return (await found(name)) !== undefined;
}

/** @param {string} name @returns {Promise<Response | undefined>} */
async function found(name) {
  return (await caches.has(name)) ? (await caches.open(name)).match(ADDRESS) : undefined;
}

/** @param {string} name @param {Uint8Array} bytes */
export async function keep(name, bytes) {
  const headers = { [DIGEST]: await hashOf(bytes) };
  await (await caches.open(name)).put(ADDRESS, new Response(bytes, { headers }));
}

/** Forget every memory, but that of `name`, if there is one. @param {string} [name] */
export async function forget(name) {
  try {
    const others = (await caches.keys()).filter((one) => one.startsWith(NAMES) && one !== name);
    await Promise.all(others.map((one) => caches.delete(one)));
  } catch {
    // what cannot be read is not there
  }
}
