// Starts Pyodide under Node with a stopped clock, and runs one Python program.
//
//   node start_pyodide.mjs PYODIDE TOOLS WORK PROGRAM SECONDS
//
// PYODIDE, TOOLS and WORK are folders, which the program sees as /pyodide, /tools and /work, and its own as /programs. The lock file
// is in WORK, beside the wheels that it names. SECONDS since 1970 is the time that the program sees, whenever it runs: it goes into
// the archives that are written, and the same input must give the same bytes.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodideFolder, tools, work, program, seconds] = process.argv.slice(2);
const lockFile = join(work, "pyodide-lock.json");

Date.now = () => Number(seconds) * 1000;

const { loadPyodide } = await import(pathToFileURL(join(pyodideFolder, "pyodide.mjs")).href);
const pyodide = await loadPyodide({
  indexURL: pyodideFolder,
  lockFileURL: lockFile,
  packageBaseUrl: `${work}/`,
  env: { SOURCE_DATE_EPOCH: seconds, PYTHONHASHSEED: "0" },
});
const folders = { "/pyodide": pyodideFolder, "/tools": tools, "/work": work, "/programs": dirname(program) };
for (const [seenAs, folder] of Object.entries(folders)) pyodide.mountNodeFS(seenAs, folder);
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
