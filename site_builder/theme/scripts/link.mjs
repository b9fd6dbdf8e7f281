// @ts-check
// A link that holds all answers in its fragment, which a browser sends to nobody: text goes in and comes out.
//
// The text is the number of its form, a dot, and base64url of JSON. Every form that was ever published stays readable:
// 0 is the JSON itself, 1 is it deflated. Facts that have another name now are renamed.

/** @typedef {import("./form.mjs").AnswerText} AnswerText */
/**
 * By the frame's rule set; yen are text, which loses none of them. In links of before they are numbers.
 * @typedef {Record<string, [outcome: string, subsidyYen: string | number | null]>} Outcomes
 */
/**
 * What a link holds: the answers as typed, the edition of the rules, and what came out under it.
 * @typedef {{edition: string, answers: Record<string, AnswerText>, outcomes: Outcomes}} Saved
 */

const isDeflating = "CompressionStream" in globalThis;
/** No link holds more bytes, once inflated; a small text could fill all memory. */
const MOST_BYTES = 1_000_000;
/** Nor has an answer more rows: a page with so many never ends. */
const MOST_ROWS = 1_000;

/** @param {Saved} saved @returns {Promise<string>} */
export async function textOf({ edition, answers, outcomes }) {
  const bytes = new TextEncoder().encode(JSON.stringify({ e: edition, a: answers, o: outcomes }));
  if (!isDeflating) return `0.${base64url(bytes)}`;
  return `1.${base64url(await passed(bytes, new CompressionStream("deflate-raw")))}`;
}

/**
 * @param {string} text
 * @param {Readonly<Record<string, string>>} formerly what facts, columns and choices were called once, and are called now
 * @returns {Promise<Saved | null>} null where the text is no such link, or has been cut
 */
export async function savedIn(text, formerly) {
  try {
    const [, form, packed] = /^([01])\.([^.]+)\.?$/.exec(text) ?? [];
    const bytes = await READERS[form](bytesOf(packed));
    const { e, a, o } = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return typeof e === "string" && isAnswers(a) && isOutcomes(o) ? { edition: e, answers: renamed(a, formerly), outcomes: o } : null;
  } catch {
    return null;
  }
}

/** @type {Record<string, (bytes: Uint8Array) => Promise<Uint8Array>>} */
const READERS = {
  0: async (bytes) => bytes,
  1: (bytes) => passed(bytes, new DecompressionStream("deflate-raw")),
};

/** @param {Uint8Array} bytes @param {CompressionStream | DecompressionStream} stream @returns {Promise<Uint8Array>} */
async function passed(bytes, stream) {
  const out = new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(stream).getReader();
  const pieces = [];
  let size = 0;
  for (;;) {
    const { done, value } = await out.read();
    if (done) return new Uint8Array(await new Blob(pieces).arrayBuffer());
    size += value.length;
    if (size > MOST_BYTES) throw new RangeError("a link holds less");
    pieces.push(value);
  }
}

/** @param {unknown} value @returns {value is Record<string, any>} */
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {unknown} value @returns {value is Outcomes} whether it is no deeper: depth stops Python */
function isOutcomes(value) {
  return isRecord(value) && Object.values(value).flat().every((one) => !isRecord(one) && !Array.isArray(one));
}

/** @param {unknown} value @returns {value is Record<string, AnswerText>} whether these are answers as the form has them */
function isAnswers(value) {
  const isText = (/** @type {unknown} */ one) => typeof one === "string";
  const isRow = (/** @type {unknown} */ row) => isRecord(row) && Object.values(row).every(isText);
  return isRecord(value) && Object.values(value).every((one) => (Array.isArray(one) ? one.length <= MOST_ROWS && one.every(isRow) : isText(one)));
}

/** @param {Uint8Array} bytes */
function base64url(bytes) {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} text */
function bytesOf(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
}

/** @param {Record<string, AnswerText>} answers @param {Readonly<Record<string, string>>} formerly */
function renamed(answers, formerly) {
  /** @param {string} path @returns {string} what it is called now; "constructor" is no fact that was called otherwise once */
  const named = (path) => (Object.hasOwn(formerly, path) ? formerly[path] : path);
  /** @param {string} path @returns {string} what the last name of `path` is now */
  const now = (path) => named(path).split(".").pop() ?? path;
  /** @param {string} path @param {string} value */
  const choice = (path, value) => (Object.hasOwn(formerly, `${path}.${value}`) ? now(`${path}.${value}`) : value);
  /** @param {string} fact @param {Record<string, string>} row */
  const row = (fact, row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => [now(`${fact}.${column}`), choice(`${fact}.${column}`, value)]),
    );
  return Object.fromEntries(
    Object.entries(answers).map(([fact, answer]) => [
      named(fact),
      Array.isArray(answer) ? answer.map((one) => row(fact, one)) : choice(fact, answer),
    ]),
  );
}
