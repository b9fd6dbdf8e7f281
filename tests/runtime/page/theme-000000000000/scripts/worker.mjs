// Runs a program in the packed runtime, started by the site's own scripts, and answers with its value; or keeps the memory that the
// program leaves, from which the next worker starts.

import { Arrivals } from "./arrivals.mjs";
import { keep, kept, nameOf } from "./memory.mjs";
import { Python } from "./python.mjs";

const violations = [];
self.addEventListener("securitypolicyviolation", (event) => violations.push(`${event.violatedDirective} ${event.sample}`));

self.addEventListener("message", async ({ data: { runtime, program, isKeeping } }) => {
  try {
    const address = new URL(`${runtime}/`, import.meta.url).href;
    const name = nameOf(address, "without rules");
    const arrivals = new Arrivals(() => {}, new Map());
    arrivals.watchFetch();
    const python = new Python({ runtime: address, runtimeBytes: {} }, arrivals);
    const memory = isKeeping ? undefined : await kept(name);
    const starting = isKeeping ? python.startToKeep() : memory === undefined ? python.start() : python.startFrom(memory);
    const pyodide = await starting;
    const value = pyodide.runPython(program);
    if (isKeeping) await keep(name, pyodide.makeMemorySnapshot());
    self.postMessage({ value, violations, isRemembered: memory !== undefined });
  } catch (error) {
    self.postMessage({ error: String(error), violations });
  }
});
