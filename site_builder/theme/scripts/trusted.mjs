// @ts-check
// The only script addresses that this site ever gives to the browser by script, through the policy `portal`: those of the
// worker and of the service worker.

const WORKER = new URL("worker.mjs", import.meta.url).href;
const SERVICE_WORKER = new URL("../../sw.js", import.meta.url).href; // at the root of the site, which it serves

/** @param {string} address @returns {string} */
function onlyOurs(address) {
  if (address !== WORKER && address !== SERVICE_WORKER) throw new TypeError(address);
  return address;
}

// Firefox and Safari of some years know no Trusted Types; there the same check runs without the policy.
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("portal", { createScriptURL: onlyOurs });

/** @param {string} address */
function trusted(address) {
  return (policy ?? { createScriptURL: onlyOurs }).createScriptURL(address);
}

/** @returns {Worker} a new module worker */
export function newWorker() {
  return new Worker(trusted(WORKER), { type: "module" });
}

/** @returns {Promise<ServiceWorkerRegistration>} */
export function registerServiceWorker() {
  return navigator.serviceWorker.register(trusted(SERVICE_WORKER), { updateViaCache: "none" });
}
