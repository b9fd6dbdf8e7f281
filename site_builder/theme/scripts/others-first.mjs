// @ts-check
// Long work in parts: between them the browser paints, and answers whoever presses something.

/** @returns {Promise<void>} when the browser has done what waits; older ones cannot say it shorter */
export function othersFirst() {
  const { scheduler } = /** @type {any} */ (globalThis);
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}

/** Wait until a part is shown; what changes before is moved by it. @param {Element} part */
export async function shown(part) {
  while (!document.hidden) {
    await new Promise(requestAnimationFrame); // styles are read then
    if (part.checkVisibility?.() !== false) break;
  }
  await othersFirst();
}
