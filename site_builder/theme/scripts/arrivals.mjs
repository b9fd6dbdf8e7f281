// @ts-check
// What the worker fetches: begun early, counted byte by byte, and given up as a whole as soon as one file fails.

const BETWEEN_REPORTS = 100; // milliseconds

/** A file that could not be read to its end, or that is another one than the page knows. */
export class Lost extends Error {
  isOther = false;

  /** @param {string} address @param {unknown} cause */
  constructor(address, cause) {
    super(`${address}: ${cause}`);
    this.address = address;
  }
}

/** @param {BufferSource} bytes @returns {Promise<string>} their SHA-256 in hexadecimal digits */
export async function hashOf(bytes) {
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Arrivals {
  /** @type {Promise<never>} fails with the first file that is `Lost` */
  lost;

  /** @type {(reason: unknown) => void} */
  #lose = () => {};
  /** @type {Map<string, Promise<Response>>} */
  #early = new Map();
  #fetch = globalThis.fetch.bind(globalThis);
  #loaded = 0;
  #lastReport = 0;
  /** @type {Promise<void>[]} */
  #counts = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #due;
  #report;
  #hashes;

  /**
   * @param {(loaded: number) => void} report told of the bytes that have come in all, a few times a second
   * @param {Map<string, string>} hashes by address, what a file must have; where the browser can work out none, any will do
   */
  constructor(report, hashes) {
    this.#report = report;
    this.#hashes = "subtle" in crypto ? hashes : new Map();
    this.lost = new Promise((_, reject) => (this.#lose = reject));
    this.lost.catch(() => {}); // whoever waits for it hears of it; nobody else has to
  }

  /** Put this in the place of the worker's own fetch, which Pyodide calls. */
  watchFetch() {
    globalThis.fetch = (address, options) => this.#handOver(String(address), options);
  }

  /** @param {readonly string[]} addresses fetch now what will be asked for later, be it more than once */
  begin(addresses) {
    for (const address of addresses) this.#early.set(address, this.#counted(address));
  }

  /**
   * Fetch what is read as it comes, which happens once. Whoever fetches it later gets nothing, and knows that it is read.
   * @param {string} address @returns {Promise<Response>} the very one that the browser gave: only with it is compiled
   *   machine code kept for the next visit
   */
  take(address) {
    this.#early.set(address, Promise.resolve(new Response()));
    return this.#counted(address);
  }

  /** @param {number} bytes what came in a way that cannot be watched, as imported scripts do */
  add(bytes) {
    this.#loaded += bytes;
    const wait = this.#lastReport + BETWEEN_REPORTS - Date.now();
    if (wait <= 0) this.#tell();
    else this.#due ??= setTimeout(() => this.#tell(), wait); // there may be a standstill after what comes last
  }

  /** @param {string} address @param {RequestInit} [options] @returns {Promise<Response>} */
  async #handOver(address, options) {
    const early = await this.#early.get(address);
    return early?.clone() ?? this.#counted(address, options);
  }

  /** @param {string} address @param {RequestInit} [options] @returns {Promise<Response>} */
  async #counted(address, options) {
    try {
      const response = await this.#fetch(address, options);
      if (!response.ok) throw new Error(String(response.status));
      const counted = this.#count(address, response.clone());
      if (this.#hashes.has(address)) this.#counts.push(counted);
      return response;
    } catch (error) {
      this.#lose(new Lost(address, error));
      throw error;
    }
  }

  /** @returns {Promise<unknown>} when all that has been asked for so far, and has a hash, has come with it, or is `lost` */
  checked() {
    return Promise.all(this.#counts);
  }

  /** @param {string} address @param {Response} copy */
  async #count(address, copy) {
    const reader = copy.body?.getReader(), hash = this.#hashes.get(address);
    /** @type {BlobPart[]} */
    const parts = [];
    try {
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        this.add(part.value.length);
        if (hash !== undefined) parts.push(part.value);
      }
      if (hash !== undefined && (await hashOf(await new Blob(parts).arrayBuffer())) !== hash) {
        this.#lose(Object.assign(new Lost(address, "it is of another build"), { isOther: true }));
      }
    } catch (error) {
      this.#lose(new Lost(address, error));
    }
  }

  #tell() {
    clearTimeout(this.#due);
    this.#due = undefined;
    this.#lastReport = Date.now();
    this.#report(this.#loaded);
  }
}
