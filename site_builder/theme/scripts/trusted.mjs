// @ts-check
// The only script address that this site ever gives to the browser by script: the worker's, through the policy `portal`.

const WORKER = new URL("worker.mjs", import.meta.url).href;

/** @param {string} address @returns {string} */
function onlyTheWorker(address) {
  if (address !== WORKER) throw new TypeError(address);
  return address;
}

// Firefox and Safari of some years know no Trusted Types; there the same check runs without the policy.
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("portal", { createScriptURL: onlyTheWorker });

/** @returns {Worker} a new module worker */
export function newWorker() {
  return new Worker((policy ?? { createScriptURL: onlyTheWorker }).createScriptURL(WORKER), { type: "module" });
}
