// Loads the packed runtime as docs/set-up.md says, runs a program in it, and answers with its value.

const violations = [];
self.addEventListener("securitypolicyviolation", (event) => violations.push(`${event.violatedDirective} ${event.sample}`));

self.addEventListener("message", async ({ data: { runtime, program } }) => {
  try {
    const indexURL = new URL(`${runtime}/`, import.meta.url).href;
    const [{ loadPyodide }] = await Promise.all([
      import(`${indexURL}pyodide.mjs`),
      import(`${indexURL}pyodide.asm.js`), // before loadPyodide, which would ask importScripts for it
    ]);
    const pyodide = await loadPyodide({ indexURL, packageBaseUrl: indexURL });
    await pyodide.loadPackage("calculator", { messageCallback: () => {} });
    self.postMessage({ value: pyodide.runPython(program), violations });
  } catch (error) {
    self.postMessage({ error: String(error), violations });
  }
});
