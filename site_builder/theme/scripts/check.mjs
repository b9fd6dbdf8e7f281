// @ts-check
// The self-diagnosis page: brings form, interview, calculator and answer together.

import { works } from "./trouble.mjs"; // first, to hear what fails
import { fragmentOf, note, notedPlace, readFragment } from "./address.mjs";
import { Answer, announcement } from "./answer.mjs";
import { Calculator, CalculatorFailure, settingsOf } from "./calculator.mjs";
import { Form, isAnswer } from "./form.mjs";
import { frameId } from "./frame.mjs";
import { showGiven } from "./given.mjs";
import { Interview } from "./interview.mjs";
import { offerToKeep } from "./keep.mjs";
import { savedIn, textOf } from "./link.mjs";
import { Mistakes } from "./mistakes.mjs";
import { keepForOffline } from "./offline.mjs";
import { othersFirst, shown } from "./others-first.mjs";
import { showOthers } from "./others.mjs";
import { Progress } from "./progress.mjs";
import { keepMemory } from "./remembering.mjs";
import { writeSheet } from "./sheet.mjs";
import { showSince } from "./since.mjs";
import { byId, pattern, slot, words } from "./words.mjs";
import { offerToWorkOut } from "./working.mjs";

/** @typedef {import("./address.mjs").Place} Place */
/**
 * @typedef {{mistakes: import("./mistakes.mjs").Mistake[], unfinished: import("./mistakes.mjs").Mistake[], given: import("./given.mjs").Given[],
 *   interview: {ask: string | null, left: number}, frames: import("./answer.mjs").FrameAnswer[],
 *   steps: import("./steps.mjs").Step[],
 *   outcomes: import("./link.mjs").Outcomes, since: import("./since.mjs").Since | null}} Response
 */

await othersFirst(); // the task that brings it here has read the whole page

const page = byId("check");
const form = new Form(/** @type {HTMLFormElement} */ (byId("check-form")));
const interview = new Interview(form, () => history.back());
const mistakes = new Mistakes(form);
const answer = new Answer();
const progress = new Progress(byId("check-progress"));
const announced = byId("check-announcement");
const failure = byId("check-failure");
const formerly = Object.freeze(JSON.parse(setting("formerly")));

const calculator = new Calculator(settingsOf(page), showProgress);

/** @type {Place} */
let place = { view: "start", step: null };
/** @type {import("./link.mjs").Saved | null} what the link held that was opened, until an answer is changed */
let saved = null;
/** @type {Response | null} the last answer to what is filled in */
let response = null;
let lastQuestion = 0;
let isWaited = false; // the visitor has asked and sees no answer yet
let hasAsked = false; // the visitor has seen an answer, which follows every change of the form
let pointerUp = Promise.resolve();
let askAgain = () => showAnswer({ isNew: false });

/** @param {string} name */
function setting(name) {
  return page.dataset[name] ?? "";
}

/** Say how far the calculator has come; those who listen hear of it only when they wait for an answer. */
function showProgress() {
  const { stage } = calculator;
  page.dataset.stage = stage;
  progress.show(calculator, isWaited);
  keepWhenReady();
  if (isWaited && stage !== "failed") announced.textContent = words("stage-wait");
}

// --- asking the calculator ---

/** @param {import("./worker.mjs").Question} call @param {unknown} asked @param {(code: string) => void} [fail] @returns {Promise<any>} */
async function ask(call, asked, fail = showFailure) {
  try {
    const text = await calculator.ask(call, JSON.stringify(asked));
    await pointerUp; // an answer that moves away what is pressed swallows the click
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof CalculatorFailure)) throw error;
    fail(error.code);
    return null;
  }
}

/** @param {boolean} isWaitedFor the visitor asked for it, and did not only change an answer @returns {Promise<Response | null>} null where there is none, or a later one */
async function judge(isWaitedFor) {
  const question = ++lastQuestion;
  isWaited = isWaitedFor;
  failure.hidden = true;
  if (isWaitedFor && calculator.stage === "failed") calculator.restart().catch(() => {});
  showProgress();
  const judged = await ask("judge", request(), (code) => question === lastQuestion && showFailure(code));
  if (judged === null || question !== lastQuestion) return null;
  if (isWaitedFor) judged.mistakes.push(...judged.unfinished); // not while a row is typed
  isWaited = false;
  showProgress();
  response = judged;
  return judged;
}

function request() {
  const round = setting("round") === "" ? null : Number(setting("round"));
  const ruleSets = setting("ruleSets").split(" ");
  return { rule_sets: ruleSets, round, answers: form.answers(), passed: form.answered(), saved };
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

// --- where the visitor is ---

/** @param {Place} next @param {{isNew: boolean}} step whether the browser can go back from it */
function go(next, { isNew }) {
  place = next;
  page.dataset.view = next.view;
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("[data-for-view]"))) {
    part.hidden = !(part.dataset.forView ?? "").split(" ").includes(next.view);
  }
  if (next.view === "question" && next.step !== null) interview.show(next.step);
  else interview.hide();
  showButtons();
  if (next.view !== "answer" && !(next.view === "form" && hasAsked)) answer.hide();
  note({ ...next, answers: filledIn() }, { text: null, isNew });
}

/** What has been answered, without empty fields and rows. */
function filledIn() {
  const answers = Object.entries(form.answers()).map(([name, one]) => [name, Array.isArray(one) ? one.filter((row) => isAnswer([row])) : one]);
  return Object.fromEntries(answers.filter(([, one]) => one.length > 0));
}

/** All answers as a link holds them. */
function linkText() {
  return textOf({ edition: setting("edition"), answers: filledIn(), outcomes: response?.outcomes ?? {} });
}

function showButtons() {
  const submit = slot(form.element, "submit");
  const isQuestion = place.view === "question";
  slot(submit, "label").textContent = isQuestion ? words("next") : words("submit-words");
  slot(submit, "so-far").hidden = !isQuestion || form.answered().length === 0;
}

/** Begin with what the address holds, at the place that the browser noted, or at the start. */
async function begin() {
  const { isForm, isAsking, text } = readFragment();
  const found = text === null ? null : await savedIn(text, formerly);
  byId("check-link").hidden = true;
  if (text !== null && found === null) tellOfLink("link-broken");
  if (found !== null) form.fill(found.answers);
  saved = isAsking ? null : found;
  const noted = notedPlace();
  if (noted !== null) {
    form.fill(noted.answers);
    return comeBack(noted);
  }
  if (isForm) return openForm({ isNew: false });
  if (found === null) return go({ view: "start", step: null }, { isNew: false });
  if (isAsking) return askNext({ isNew: false });
  tellOfLeftOver(Object.keys(found.answers));
  return showAnswer({ isNew: false });
}

/** @param {Place} noted the browser brings the visitor back to a place of before; the answers are those of now */
function comeBack(noted) {
  if (noted.view === "answer" && form.answered().length > 0) return showAnswer({ isNew: false });
  mistakes.show([]);
  if (noted.view === "answer") return go({ view: "start", step: null }, { isNew: false });
  go(noted, { isNew: false });
  if (noted.view === "question") interview.focus();
}

/** @param {{isNew: boolean}} step */
function openForm(step) {
  go({ view: "form", step: null }, step);
  byId("questions").focus();
}

/** @param {string} name @param {Record<string, string>} [parts] */
function tellOfLink(name, parts) {
  byId("check-link").textContent = words(name, parts);
  byId("check-link").hidden = false;
}

/** @param {string[]} names of the facts that a link answered */
function tellOfLeftOver(names) {
  const known = new Set(Object.keys(form.answers()));
  const count = names.filter((name) => !known.has(name)).length;
  if (count > 0) tellOfLink("link-left-over", { count: String(count) });
}

// --- the interview ---

function startInterview() {
  if (form.answered().length > 0 || setting("firstQuestion") === "") return askNext({ isNew: true });
  askFor(setting("firstQuestion"), Number(setting("firstLeft")), { isNew: true });
}

/** @param {string} name @param {number} left how many questions there are at most from this one on, or 0 @param {{isNew: boolean}} step */
function askFor(name, left, step) {
  const others = form.answered().filter((answered) => answered !== name);
  go({ view: "question", step: { name, number: others.length + 1, left } }, step);
  interview.focus();
}

/** @param {{isNew: boolean}} step ask what is left to ask, or show the answer */
async function askNext(step) {
  const judged = await judge(true);
  if (judged === null) return;
  const { ask: name, left } = judged.interview;
  if (name === null) await showAnswer(step);
  else askFor(name, left, step);
}

async function goOn() {
  askAgain = goOn;
  mistakes.show([]);
  if (!interview.isAnswered()) return showMistakes([interview.notAnswered()]);
  saved = null;
  const judged = await judge(true);
  if (judged === null) return;
  const here = interview.ofThisQuestion(judged.mistakes);
  if (here.length > 0) return showMistakes(here);
  noteAnswers();
  const { ask: name, left } = judged.interview;
  if (name === null) await showAnswer({ isNew: true });
  else askFor(name, left, { isNew: true });
}

/** Let the browser's note on this place have what is answered now. */
function noteAnswers() {
  note({ ...place, answers: filledIn() }, { text: null, isNew: false });
}

/** @param {string} name of a fact, or of a field in a row: bring the visitor to its question */
function openQuestion(name) {
  const question = form.questionOf(name);
  if (place.view === "question" || place.view === "form") return form.focus(name);
  if (question !== null) askFor(question, 0, { isNew: true });
}

/** @param {import("./mistakes.mjs").Mistake[]} found */
function showMistakes(found, isWaitedFor = true) {
  mistakes.show(found);
  announced.textContent = words("mistakes");
  if (isWaitedFor) mistakes.focus();
}

// --- the answer ---

/** @param {{isNew: boolean}} step */
async function showAnswer(step) {
  const isQuestion = place.view === "question";
  askAgain = () => showAnswer({ isNew: isQuestion });
  if (!isQuestion && place.view !== "form") go({ view: "answer", step: null }, step);
  const judged = await judge(true);
  if (judged === null) return;
  if (isQuestion && judged.mistakes.length === 0) go({ view: "answer", step: null }, step);
  await show(judged, true);
}

/** @param {Response} judged @param {boolean} isWaitedFor */
async function show(judged, isWaitedFor) {
  mistakes.show([]);
  if (judged.mistakes.length > 0) {
    answer.hide();
    return showMistakes(judged.mistakes, isWaitedFor);
  }
  hasAsked = true;
  answer.show(judged.frames, judged.steps);
  showOthers(ask, form.answers());
  showGiven(judged.given, openQuestion);
  showSince(judged.since);
  showGoOn(judged);
  announced.textContent = announcement(judged.frames);
  if (isWaitedFor) answer.focus();
  const text = await linkText();
  note({ ...place, answers: filledIn() }, { text, isNew: false });
  if (answer.isShown) writeSheet(judged, new URL(fragmentOf(text, "answer"), location.href).href);
  keepMemoryWhenAnswered();
}

/** @param {Response} judged offer the questions that matter, or all of them */
function showGoOn(judged) {
  const actions = pattern("go-on");
  const next = slot(actions, "question");
  next.hidden = judged.interview.ask === null;
  next.addEventListener("click", () => askNext({ isNew: true }));
  slot(actions, "form").addEventListener("click", () => openForm({ isNew: true }));
  slot(byId("answer"), "go-on").replaceChildren(...(place.view === "form" ? [] : [actions]));
}

function startAgain() {
  form.fill({});
  mistakes.show([]);
  [saved, response, hasAsked] = [null, null, false];
  go({ view: "start", step: null }, { isNew: true });
  byId("main").focus({ preventScroll: true });
  scrollTo(0, 0);
}

// --- beginning ---

function startQuietly() {
  calculator.start().catch(() => {}); // the progress tells it
}

/** Start the calculator anew; who waits for an answer has it asked again. */
function loadAgain() {
  calculator.restart().catch(() => {});
  if (isWaited) askAgain();
}

/** Only when all is there anyway. */
function keepWhenReady() {
  if (page.dataset.offline !== "not-yet" || calculator.stage !== "ready") return;
  page.dataset.offline = "begun";
  whenIdle(async () => {
    await keepForOffline(page);
    keepMemoryWhenAnswered();
  });
}

/** Of a build that is kept anyway, and only when the visitor has what there is to read. */
function keepMemoryWhenAnswered() {
  if (!hasAsked || page.dataset.offline !== "kept" || page.dataset.memory !== undefined) return;
  page.dataset.memory = "begun";
  whenIdle(() => keepMemory(page, settingsOf(page)));
}

function startEarly() {
  if (/** @type {any} */ (navigator).connection?.saveData !== true) whenIdle(startQuietly);
}

/** @param {() => void} work Safari knows no idle callback */
function whenIdle(work) {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 2000 });
  else setTimeout(work, 200);
}

/** @param {MouseEvent} event links within the page leave the address alone: it holds the answers */
function follow(event) {
  const pressed = /** @type {Element} */ (event.target);
  if (pressed.closest("[data-reload]") !== null) location.reload();
  const link = pressed.closest("a");
  if (link === null) return;
  const target = link.getAttribute("href") ?? "";
  if (link.dataset.question !== undefined) {
    event.preventDefault();
    openQuestion(link.dataset.question);
  } else if (target.startsWith("#")) {
    event.preventDefault();
    if (link.dataset.openFrame !== undefined) byId(frameId(link.dataset.openFrame)).toggleAttribute("open", true);
    jumpTo(target.slice(1));
  } else if (link.matches("[hreflang], [data-carry]") && link.hash === "" && form.answered().length > 0) {
    event.preventDefault();
    carryTo(link);
  }
}

/** @param {HTMLAnchorElement} link to the same page in another language, or to another self-diagnosis: take the answers along */
async function carryTo(link) {
  const isOfAnswer = place.view === "answer" && link.matches("[hreflang]");
  link.hash = fragmentOf(await linkText(), isOfAnswer ? "answer" : "ask");
  link.click();
  link.hash = ""; // the next press takes along what is answered then
}

/** @param {string} id */
function jumpTo(id) {
  const target = byId(id);
  const summary = /** @type {HTMLElement | null} */ (target.querySelector(":scope > summary"));
  const focused = summary ?? target; // WebKit goes on from a folded part itself past all that it holds
  if (focused.tabIndex < 0) focused.setAttribute("tabindex", "-1");
  focused.focus({ preventScroll: true });
  target.scrollIntoView({ block: "start" });
}

function placeButtons() {
  const ways = pattern("ways");
  slot(ways, "interview").addEventListener("click", startInterview);
  slot(ways, "form").addEventListener("click", () => openForm({ isNew: true }));
  slot(page, "ways").replaceChildren(ways);
  const submit = pattern("submit");
  slot(submit, "so-far").addEventListener("click", () => showAnswer({ isNew: true }));
  slot(form.element, "submit").replaceChildren(submit);
}

form.element.addEventListener("submit", (event) => {
  event.preventDefault();
  if (place.view === "question") goOn();
  else showAnswer({ isNew: false });
});
form.element.addEventListener("change", async () => {
  saved = null;
  if (place.view !== "form") return;
  // At once, so that a press of the button which follows is the later question.
  const judging = hasAsked && calculator.stage === "ready" ? judge(false) : null;
  noteAnswers();
  const judged = await judging;
  if (judged !== null) await show(judged, false);
});
form.element.addEventListener("focusin", startQuietly, { once: true });
slot(failure, "retry").addEventListener("click", () => askAgain());
document.addEventListener("click", follow);
window.addEventListener("popstate", ({ state }) => {
  if (state === null) begin();
  else comeBack(state);
});
progress.onAgain(loadAgain);
window.addEventListener("pointerdown", () => {
  pointerUp = new Promise((resolve) => {
    for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, () => setTimeout(resolve), { once: true });
  });
});

placeButtons();
offerToWorkOut(form, ask);
offerToKeep({ again: startAgain, link: async () => new URL(fragmentOf(await linkText(), "answer"), location.href).href, content: () => ({ edition: setting("edition"), ...request(), ...response }) });
startEarly();
await shown(slot(page, "ways"));
begin();
works();
