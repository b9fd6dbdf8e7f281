// @ts-check
// The page for many companies: takes a file, has it judged portion by portion in the worker, and shows what came out.

import { works } from "./trouble.mjs"; // first, so that it hears of whatever fails after it
import { BatchResult } from "./batch-result.mjs";
import { Calculator, CalculatorFailure, settingsOf } from "./calculator.mjs";
import { Progress } from "./progress.mjs";
import { FileFailure, textOf } from "./table-file.mjs";
import { byId, pattern, slot, spoken, words, write } from "./words.mjs";

/** So many companies are judged between two signs of progress. */
const ROWS_AT_ONCE = 250;

const page = byId("batch");
const drop = byId("batch-drop");
const input = /** @type {HTMLInputElement} */ (byId("batch-file"));
const run = byId("batch-run");
const status = byId("batch-status");
const failure = byId("batch-failure");
const result = new BatchResult();

const progress = new Progress(byId("check-progress"));

const calculator = new Calculator(settingsOf(page), showLoading);

/** @type {File | undefined} the file that is being judged, or was the last time */
let file;
let lastRun = 0;
let isRunning = false;

/** @param {string} name @returns {string} */
function setting(name) {
  return page.dataset[name] ?? "";
}

/** Judge the file from its first row on. */
async function judge() {
  if (file === undefined) return;
  const number = ++lastRun;
  begin(file.name);
  try {
    if (calculator.stage === "failed") calculator.restart().catch(() => {});
    const { text, encoding } = await textOf(file, Number(setting("largest")));
    const judged = await judgeText(text, () => number === lastRun);
    if (judged === undefined) return; // cancelled, or another file was chosen
    end("done");
    status.textContent = words("done", counts(judged.last));
    await result.show({ file: file.name, encoding }, judged.beginning, judged.last, judged.rows, judged.mistakes, judged.table);
  } catch (error) {
    if (!(error instanceof CalculatorFailure || error instanceof FileFailure)) throw error;
    if (number === lastRun) showFailure(pattern(`failure-${error.code}`), error instanceof CalculatorFailure);
  }
}

/**
 * @param {string} text @param {() => boolean} isWanted asked between portions
 * @returns what came out; nothing where it is not wanted any more, or the table was refused
 */
async function judgeText(text, isWanted) {
  const beginning = JSON.parse(await calculator.ask("open_table", `${JSON.stringify(order())}\n${text}`));
  if (!isWanted()) return undefined;
  if (beginning.refused !== null) return void showRefusal(beginning.refused);
  const rows = [], mistakes = [], tables = [new Blob([beginning.table])];
  for (;;) {
    /** @type {import("./batch-result.mjs").Portion} */
    const portion = JSON.parse(await calculator.ask("judge_rows", String(ROWS_AT_ONCE)));
    if (!isWanted()) return undefined;
    rows.push(...portion.rows);
    mistakes.push(...portion.mistakes);
    tables.push(new Blob([portion.table]));
    showProgress(portion);
    if (portion.is_last) return { beginning, rows, mistakes, last: portion, table: new Blob(tables, { type: "text/csv" }) };
  }
}

function order() {
  const round = setting("round") === "" ? null : Number(setting("round"));
  return { rule_sets: setting("ruleSets").split(" "), round, language: document.documentElement.lang };
}

/** @param {string} name of the file */
function begin(name) {
  isRunning = true;
  page.dataset.state = "running";
  result.hide();
  failure.hidden = true;
  status.textContent = words("running", { file: name });
  write(run, "so-far", "");
  slot(run, "progress").removeAttribute("value");
  run.hidden = false;
  drop.inert = true;
  slot(run, "cancel").focus();
  showLoading();
}

/** @param {"done" | "failed" | "cancelled"} state */
function end(state) {
  isRunning = false;
  lastRun += 1;
  page.dataset.state = state;
  run.hidden = true;
  drop.inert = false;
  input.value = ""; // so that the same file can be chosen again
  showLoading();
}

function cancel() {
  if (!isRunning) return;
  end("cancelled");
  status.textContent = words("cancelled");
  input.focus();
}

/** Say how far the calculator has come; it is seen while a file waits for it, and a failure is told with the file's. */
function showLoading() {
  const { stage, loaded, total, answered } = calculator;
  page.dataset.stage = stage;
  progress.show({ stage, loaded, total, answered }, false, isRunning);
}

/** @param {import("./batch-result.mjs").Portion} portion */
function showProgress(portion) {
  showLoading();
  const percent = String(Math.floor((100 * portion.line) / Math.max(1, portion.lines)));
  slot(run, "progress").setAttribute("value", percent);
  write(run, "so-far", words("progress", { ...counts(portion), percent }));
}

/** @param {import("./batch-result.mjs").Portion} portion */
function counts({ companies, not_read }) {
  return { companies: String(companies), not_read: String(not_read) };
}

/** @param {import("./words.mjs").Text} reason */
function showRefusal(reason) {
  const refusal = pattern("failure-refused");
  refusal.textContent = spoken(reason);
  showFailure(refusal, false);
}

/** @param {HTMLElement} reason @param {boolean} canRetry trying again may help without another file */
function showFailure(reason, canRetry) {
  end("failed");
  status.textContent = "";
  slot(failure, "reason").replaceChildren(reason);
  slot(failure, "again").hidden = !canRetry;
  failure.hidden = false;
  failure.focus();
}

/** @param {FileList | null | undefined} files */
function take(files) {
  if (isRunning || !files?.length) return;
  if (files.length > 1) return showFailure(pattern("failure-several"), false);
  [file] = files;
  judge();
}

function startQuietly() {
  calculator.start().catch(() => {}); // whoever chooses a file hears of it
}

function startEarly() {
  if (/** @type {any} */ (navigator).connection?.saveData === true) return;
  if ("requestIdleCallback" in window) requestIdleCallback(startQuietly, { timeout: 2000 });
  else setTimeout(startQuietly, 200);
}

/** @param {DragEvent} event a file that misses its place must not open in place of the page */
function dragged(event) {
  event.preventDefault();
  drop.classList.toggle("over", event.type === "dragover" && drop.contains(/** @type {Node} */ (event.target)));
}

/** @param {KeyboardEvent} event the field looks like a button, which both keys press; by itself it knows the space bar only */
function press(event) {
  if (event.key !== "Enter") return;
  event.preventDefault();
  input.click();
}

input.addEventListener("keydown", press);
input.addEventListener("change", () => take(input.files));
input.addEventListener("focus", startQuietly, { once: true });
slot(run, "cancel").addEventListener("click", cancel);
slot(failure, "retry").addEventListener("click", judge);
progress.onAgain(() => {
  calculator.restart().catch(() => {});
  judge();
});
window.addEventListener("keydown", (event) => {
  if (event.key === "Escape") cancel();
});
for (const kind of ["dragover", "dragleave", "drop"]) window.addEventListener(kind, dragged);
drop.addEventListener("drop", (event) => take(event.dataTransfer?.files));
startEarly();
take(input.files); // chosen while this script was still on its way
works();
