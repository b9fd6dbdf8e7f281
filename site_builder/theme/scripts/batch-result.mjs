// @ts-check
// The results of a table of companies on the page: counts, how its columns were read, its mistakes, and the first rows.

import { byId, fill, leaveOut, pattern, slot, spoken, words, write } from "./words.mjs";

/** @typedef {import("./words.mjs").Text} Text */
/** @typedef {"eligible" | "not_eligible" | "cannot_tell"} Outcome */
/** @typedef {{frame: string, outcome: Outcome, subsidy: Text | null, failed: Text[], missing: Text[]}} FrameAnswer */
/** @typedef {{line: number, name: string, mistakes: Text[], frames: FrameAnswer[]}} Row */
/**
 * @typedef {{refused: null, understood: {heading: string, label: Text}[], passed_on: {heading: string, meant: Text | null}[],
 *   frames: {frame: string, name: Text}[], table: string}} Beginning
 */
/**
 * @typedef {{is_last: boolean, line: number, lines: number, companies: number, not_read: number,
 *   outcomes: Record<string, Record<Outcome, number>>, rows: Row[], mistakes: Text[], table: string}} Portion
 */

const OUTCOMES = /** @type {const} */ (["eligible", "cannot_tell", "not_eligible"]);
/** So many rows are put on the page at a time; in between, it answers the visitor. */
const ROWS_AT_ONCE = 10;

export class BatchResult {
  #section = byId("batch-result");
  #whole = /** @type {HTMLElement} */ (this.#section.cloneNode(true));
  /** @type {string | undefined} */
  #address;

  hide() {
    this.#section.hidden = true;
    if (this.#address !== undefined) URL.revokeObjectURL(this.#address);
    this.#address = undefined;
  }

  /**
   * @param {{file: string, encoding: string}} source
   * @param {Beginning} beginning
   * @param {Portion} last with the counts of all
   * @param {Row[]} rows the first ones
   * @param {Text[]} mistakes the first ones
   * @param {Blob} table
   */
  async show(source, beginning, last, rows, mistakes, table) {
    this.#renew();
    const counts = { companies: String(last.companies), not_read: String(last.not_read) };
    write(this.#section, "counts", words("result-counts", counts));
    write(this.#section, "read-as", words("result-read-as", source));
    this.#offer(table);
    slot(this.#section, "outcomes").replaceChildren(...beginning.frames.map((frame) => outcomesRow(frame, last.outcomes)));
    this.#showColumns(beginning);
    this.#showMistakes(mistakes, last);
    this.#section.hidden = false;
    this.#focus();
    await this.#showRows(beginning, rows, last);
  }

  /** Begin with the section as the page had it: what a result left out is there again for the next. */
  #renew() {
    const renewed = /** @type {HTMLElement} */ (this.#whole.cloneNode(true));
    this.#section.replaceWith(renewed);
    this.#section = renewed;
  }

  #focus() {
    byId("batch-result-heading").focus({ preventScroll: true });
    this.#section.scrollIntoView({ block: "start" });
  }

  /** @param {Blob} table */
  #offer(table) {
    this.#address = URL.createObjectURL(table);
    const link = pattern("download"); // which leads nowhere before there is a table
    link.setAttribute("href", this.#address);
    slot(this.#section, "offer").replaceChildren(link);
  }

  /** @param {Beginning} beginning */
  #showColumns({ understood, passed_on }) {
    slot(this.#section, "understood").replaceChildren(...understood.map(({ heading, label }) => named(heading, "means", label)));
    fill(this.#section, "passed-on", passed_on, ({ heading, meant }) => named(heading, "meant", meant));
  }

  /** @param {Text[]} mistakes @param {Portion} last */
  #showMistakes(mistakes, { not_read }) {
    if (not_read === 0) return leaveOut(this.#section, "mistakes");
    write(this.#section, "mistakes-first", not_read > mistakes.length ? words("mistakes-first", { shown: String(mistakes.length) }) : "");
    slot(this.#section, "mistake-list").replaceChildren(...mistakes.map((mistake) => line(spoken(mistake))));
  }

  /** @param {Beginning} beginning @param {Row[]} rows @param {Portion} last */
  async #showRows({ frames }, rows, { companies }) {
    if (companies > rows.length) write(this.#section, "rows-first", words("rows-first", { shown: String(rows.length) }));
    else leaveOut(this.#section, "rows-first");
    const names = [words("column-line"), words("column-company"), ...frames.map(({ name }) => spoken(name))];
    slot(this.#section, "frames").replaceChildren(...names.map(columnHeading));
    const table = byId("batch-rows");
    for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
      table.append(...rows.slice(first, first + ROWS_AT_ONCE).map((row) => company(row, frames)));
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
}

/** @param {string} text */
function line(text) {
  const entry = pattern("line");
  entry.textContent = text;
  return entry;
}

/** @param {string} heading @param {string} pattern words for it with its label @param {Text | null} label */
function named(heading, pattern, label) {
  return line(label === null || spoken(label) === heading ? heading : words(pattern, { heading, label: spoken(label) }));
}

/** @param {string} name */
function columnHeading(name) {
  const heading = pattern("column-heading");
  heading.textContent = name;
  return heading;
}

/** @param {Beginning["frames"][number]} frame @param {Portion["outcomes"]} outcomes */
function outcomesRow({ frame, name }, outcomes) {
  const row = pattern("outcomes-row");
  write(row, "name", spoken(name));
  for (const outcome of OUTCOMES) write(row, outcome, String(outcomes[frame][outcome]));
  return row;
}

/** @param {Row} row @param {Beginning["frames"]} frames @returns {HTMLElement} a body of the table: the row, and why */
function company(row, frames) {
  const body = pattern("company");
  write(body, "line", String(row.line));
  write(body, "name", row.name.trim() || words("unnamed"));
  const [first] = body.children;
  if (row.mistakes.length > 0) {
    first.append(mistakesCell(row.mistakes, frames.length));
    leaveOut(body, "reasons");
    return body;
  }
  first.append(...row.frames.map((answer, place) => frameCell(answer, spoken(frames[place].name))));
  slot(body, "across").setAttribute("colspan", String(frames.length + 2));
  write(body, "summary", words("reasons-of", { line: String(row.line) }));
  slot(body, "reasons").replaceChildren(...row.frames.map((answer, place) => reason(answer, spoken(frames[place].name))));
  return body;
}

/** @param {Text[]} mistakes @param {number} width */
function mistakesCell(mistakes, width) {
  const cell = pattern("company-mistakes");
  cell.setAttribute("colspan", String(width));
  slot(cell, "outcome").replaceChildren(pattern("outcome-not_read"));
  slot(cell, "mistakes").replaceChildren(...mistakes.map((mistake) => line(spoken(mistake))));
  return cell;
}

/** @param {FrameAnswer} answer @param {string} frame */
function frameCell({ outcome, subsidy }, frame) {
  const cell = pattern("company-frame");
  cell.dataset.label = frame;
  slot(cell, "outcome").replaceChildren(pattern(`outcome-${outcome}`));
  if (subsidy === null) leaveOut(cell, "subsidy");
  else write(cell, "subsidy", spoken(subsidy));
  return cell;
}

/** @param {FrameAnswer} answer @param {string} frame */
function reason({ failed, missing }, frame) {
  const part = pattern("reason");
  write(part, "frame", frame);
  fill(part, "failed", failed, (label) => line(spoken(label)));
  fill(part, "missing", missing, (label) => line(spoken(label)));
  if (failed.length + missing.length > 0) leaveOut(part, "met");
  return part;
}
