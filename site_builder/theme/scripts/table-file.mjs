// @ts-check
// The text of a table's file, in whatever way its characters are written. It is read piece by piece: a long file must not
// keep the page from answering.

/** Why a file cannot be read: `code` is a key of the page's words. */
export class FileFailure extends Error {
  /** @param {"text" | "size" | "unreadable"} code @param {unknown} [cause] */
  constructor(code, cause) {
    super(String(cause ?? code));
    this.code = code;
  }
}

/** As spreadsheets write, in the order in which they are tried. Only one of them fits what Excel writes in Japan. */
const ENCODINGS = ["UTF-8", "Shift_JIS"];
/** Two bytes at the beginning that tell the encoding. */
const MARKED = new Map([["255 254", "UTF-16LE"], ["254 255", "UTF-16BE"]]);

/** @param {File} file @param {number} largest in bytes @returns {Promise<{text: string, encoding: string}>} */
export async function textOf(file, largest) {
  if (file.size > largest) throw new FileFailure("size");
  for (const encoding of await encodings(file)) {
    const text = await decoded(file, encoding);
    if (text !== undefined) return { text, encoding };
  }
  throw new FileFailure("text");
}

/** @param {File} file @returns {Promise<string[]>} */
async function encodings(file) {
  const beginning = await read(() => file.slice(0, 2).arrayBuffer());
  const marked = MARKED.get(new Uint8Array(beginning).join(" "));
  return marked === undefined ? ENCODINGS : [marked];
}

/** @param {File} file @param {string} encoding @returns {Promise<string | undefined>} nothing if the bytes are not of it */
async function decoded(file, encoding) {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const reader = file.stream().getReader();
  const pieces = [];
  for (;;) {
    const { done, value } = await read(() => reader.read());
    try {
      pieces.push(decoder.decode(value, { stream: !done }));
    } catch {
      await reader.cancel();
      return undefined;
    }
    if (done) return pieces.join("");
  }
}

/**
 * @template T
 * @param {() => Promise<T>} step a step of reading, which fails when the file has gone or changed
 * @returns {Promise<T>}
 */
async function read(step) {
  try {
    return await step();
  } catch (error) {
    throw new FileFailure("unreadable", error);
  }
}
