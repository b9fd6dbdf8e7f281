// @ts-check
// Long work in parts: between them the browser paints, and answers whoever presses something.

/** @returns {Promise<void>} when the browser has done what waits; Safari and Firefox of some years cannot say it shorter */
export function othersFirst() {
  const { scheduler } = /** @type {any} */ (globalThis);
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}
