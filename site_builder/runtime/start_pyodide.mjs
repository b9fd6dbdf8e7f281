// Starts Pyodide under Node with a stopped clock, and runs one Python program on a folder.
//
//   node start_pyodide.mjs PYODIDE TOOLS WHEELS PROGRAM SECONDS
//
// TOOLS and WHEELS are folders, which the program sees as /tools and /wheels. SECONDS since 1970 is the time that the program
// sees, whenever it runs: it goes into the archives that are written, and the same input must give the same bytes.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodideFolder, tools, wheels, program, seconds] = process.argv.slice(2);

Date.now = () => Number(seconds) * 1000;

const { loadPyodide } = await import(pathToFileURL(join(pyodideFolder, "pyodide.mjs")).href);
const pyodide = await loadPyodide({
  indexURL: pyodideFolder,
  env: { SOURCE_DATE_EPOCH: seconds, PYTHONHASHSEED: "0" },
});
pyodide.mountNodeFS("/tools", tools);
pyodide.mountNodeFS("/wheels", wheels);
try {
  pyodide.runPython(readFileSync(program, "utf8"), {
    filename: program,
    globals: pyodide.toPy({ __name__: "__main__" }),
  });
} catch (error) {
  // Left to itself, Node would print Pyodide's megabyte-long line above the message.
  console.error(error.message);
  process.exitCode = 1;
}
