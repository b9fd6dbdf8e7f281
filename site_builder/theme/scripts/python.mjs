// @ts-check
// Starts Pyodide: from the memory that an earlier visit has kept, or else as Pyodide starts by itself.
//
// Its machine code is compiled while its scripts are still on their way, and only once, however often Python is started.

/** @typedef {{runtime: string, runtimeBytes: Record<string, number>}} Runtime the address of the folder, the bytes of each file */

const MACHINE_CODE = "pyodide.asm.wasm";
const READ_BY_PYODIDE = ["python_stdlib.zip", "pyodide-lock.json"];

export class Python {
  #runtime;
  #scripts;
  #compiled;

  /** @param {Runtime} runtime @param {import("./arrivals.mjs").Arrivals} arrivals which watches what is fetched */
  constructor({ runtime, runtimeBytes }, arrivals) {
    /** @param {string} name */
    const script = async (name) => {
      const module = await import(`${runtime}${name}`);
      arrivals.add(runtimeBytes[name] ?? 0);
      return module;
    };
    this.#runtime = runtime;
    this.#compiled = WebAssembly.compileStreaming(arrivals.take(`${runtime}${MACHINE_CODE}`));
    arrivals.begin(READ_BY_PYODIDE.map((name) => `${runtime}${name}`));
    this.#scripts = Promise.all([
      script("pyodide.mjs"),
      script("pyodide.asm.js"), // before loadPyodide, which would ask importScripts for it
    ]);
    for (const begun of [this.#compiled, this.#scripts]) begun.catch(() => {}); // whoever starts Python hears of it
  }

  start() {
    return this.#start({});
  }

  /** Start a Python whose memory can be taken. */
  startToKeep() {
    return this.#start({ _makeSnapshot: true });
  }

  /** @param {Uint8Array} memory of a Python that was started to keep it */
  startFrom(memory) {
    return this.#start({ _loadSnapshot: memory });
  }

  /** @param {object} options */
  async #start(options) {
    const [{ loadPyodide }] = await this.#scripts;
    return Promise.race([this.#stillborn(), loadPyodide({ indexURL: this.#runtime, packageBaseUrl: this.#runtime, ...options })]);
  }

  /** @returns {Promise<never>} fails when the machine code does: Pyodide itself only tells the console, or nobody, and waits for ever */
  #stillborn() {
    return new Promise((_, reject) => {
      self.addEventListener("unhandledrejection", ({ reason }) => reject(reason));
      WebAssembly.instantiateStreaming = async (_, imports) => {
        try {
          const module = await this.#compiled;
          return { module, instance: await WebAssembly.instantiate(module, imports) };
        } catch (error) {
          reject(error);
          throw error;
        }
      };
    });
  }
}
