// @ts-check
// The self-diagnosis page: lets the form, the calculator in its worker and the answer on the page speak to each other.

import { Answer, announcement } from "./answer.mjs";
import { Calculator, CalculatorFailure } from "./calculator.mjs";
import { Form } from "./form.mjs";
import { frameId } from "./frame.mjs";
import { Mistakes } from "./mistakes.mjs";
import { byId, pattern, slot, words } from "./words.mjs";

const page = byId("check");
const form = new Form(/** @type {HTMLFormElement} */ (byId("check-form")));
const mistakes = new Mistakes(form);
const answer = new Answer();
const progress = byId("check-progress");
const announced = byId("check-announcement");
const failure = byId("check-failure");

const calculator = new Calculator(
  { edition: setting("edition"), runtime: address("runtime"), rules: address("rules") },
  showProgress,
);

let lastQuestion = 0;
let isWaited = false; // the visitor has asked and sees no answer yet
let pointerUp = Promise.resolve();

/** @param {string} name @returns {string} */
function setting(name) {
  return page.dataset[name] ?? "";
}

/** @param {string} name @returns {string} */
function address(name) {
  return new URL(setting(name), document.baseURI).href;
}

/** Say how far the calculator has come; those who listen hear of it only when they wait for an answer. */
function showProgress() {
  const { stage } = calculator;
  page.dataset.stage = stage;
  progress.textContent = progressWords(stage);
  if (isWaited && stage !== "failed") announced.textContent = words("stage-wait");
}

/** @param {import("./calculator.mjs").Stage} stage */
function progressWords(stage) {
  if (stage === "waiting" || stage === "failed") return "";
  if (stage === "ready") return isWaited ? words("stage-judging") : "";
  return isWaited ? `${words(`stage-${stage}`)} ${words("stage-wait")}` : words(`stage-${stage}`);
}

/** @param {boolean} isSubmitted the visitor pressed the button, and did not only change an answer */
async function judge(isSubmitted) {
  const question = ++lastQuestion;
  isWaited = isSubmitted;
  failure.hidden = true;
  if (isSubmitted && calculator.stage === "failed") calculator.restart().catch(() => {});
  showProgress();
  try {
    const response = JSON.parse(await calculator.ask("judge", JSON.stringify(request())));
    await pointerUp; // an answer that moves away under a pressed pointer swallows the click
    if (question === lastQuestion) show(response, isSubmitted);
  } catch (error) {
    if (!(error instanceof CalculatorFailure)) throw error;
    if (question === lastQuestion) showFailure(error.code);
  }
}

function request() {
  const round = setting("round") === "" ? null : Number(setting("round"));
  return { rule_sets: setting("ruleSets").split(" "), round, answers: form.answers() };
}

/** @param {{mistakes: import("./mistakes.mjs").Mistake[], frames: import("./answer.mjs").FrameAnswer[]}} response @param {boolean} isSubmitted */
function show(response, isSubmitted) {
  isWaited = false;
  showProgress();
  mistakes.show(response.mistakes);
  if (response.mistakes.length > 0) {
    answer.hide();
    announced.textContent = words("mistakes");
    if (isSubmitted) mistakes.focus();
    return;
  }
  answer.show(response.frames);
  announced.textContent = announcement(response.frames);
  if (isSubmitted) answer.focus();
}

/** @param {string} code */
function showFailure(code) {
  isWaited = false;
  showProgress();
  answer.hide();
  slot(failure, "reason").replaceChildren(pattern(`failure-${code}`));
  failure.hidden = false;
  failure.focus();
}

function startQuietly() {
  calculator.start().catch(() => {}); // the visitor hears of it when asking
}

function startEarly() {
  if (/** @type {any} */ (navigator).connection?.saveData !== true) whenIdle(startQuietly);
}

/** @param {() => void} work Safari knows no idle callback */
function whenIdle(work) {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 2000 });
  else setTimeout(work, 200);
}

/** @param {MouseEvent} event links to questions and to frames do more than jump: they focus, and open */
function follow(event) {
  const link = /** @type {Element} */ (event.target).closest("a");
  if (link?.dataset.question !== undefined) {
    event.preventDefault();
    form.focus(link.dataset.question);
  } else if (link?.dataset.openFrame !== undefined) {
    byId(frameId(link.dataset.openFrame)).toggleAttribute("open", true);
  }
}

/** @param {string} selector @param {boolean} isOpen */
function openAll(selector, isOpen) {
  for (const details of page.querySelectorAll(selector)) details.toggleAttribute("open", isOpen);
}

let hasAsked = false;
form.element.addEventListener("submit", (event) => {
  event.preventDefault();
  hasAsked = true;
  judge(true);
});
form.element.addEventListener("change", () => {
  if (hasAsked && calculator.stage === "ready") judge(false);
});
form.element.addEventListener("focusin", startQuietly, { once: true });
slot(failure, "retry").addEventListener("click", () => judge(true));
page.addEventListener("click", follow);
window.addEventListener("beforeprint", () => openAll("#answer details", true));
window.addEventListener("pointerdown", () => {
  pointerUp = new Promise((resolve) => {
    for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, () => setTimeout(resolve), { once: true });
  });
});

openAll(".tables details", false); // they stand open for those who read them in place of an answer
slot(form.element, "submit").replaceChildren(pattern("submit"));
startEarly();
