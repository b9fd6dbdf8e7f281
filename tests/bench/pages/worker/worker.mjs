// Runs a program in Pyodide as its documentation says, with the wheel of a package if there is one, and answers with its value.

self.addEventListener("message", async ({ data: { runtime, program } }) => {
  try {
    const { script, wheel } = await (await fetch("settings.json")).json();
    const indexURL = new URL(`${runtime}/`, import.meta.url).href;
    const [{ loadPyodide }] = await Promise.all([
      import(`${indexURL}pyodide.mjs`),
      import(`${indexURL}${script}`), // a module worker has no importScripts
    ]);
    const pyodide = await loadPyodide({ indexURL, packageBaseUrl: indexURL });
    if (wheel !== null) pyodide.unpackArchive(await (await fetch(`${indexURL}${wheel}`)).arrayBuffer(), "whl");
    self.postMessage({ value: pyodide.runPython(program) });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
});
