// @ts-check
// The page's words and patterns: everything that a visitor reads is written in its HTML, in its language, or said by Python.

/** @typedef {{ja: string, en: string}} Text */

export const isJapanese = document.documentElement.lang === "ja";
const language = isJapanese ? "ja" : "en";

/** @param {Text} text @returns {string} the text in the page's language */
export function spoken(text) {
  return text[language];
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no element #${id}`);
  return found;
}

/** @param {string} name @returns {HTMLElement} a copy of what stands in `<template id="pattern-{name}">` */
export function pattern(name) {
  const template = /** @type {HTMLTemplateElement} */ (byId(`pattern-${name}`));
  const copy = /** @type {DocumentFragment} */ (document.importNode(template.content, true));
  return /** @type {HTMLElement} */ (copy.firstElementChild);
}

/** @param {string} name @param {Record<string, string>} [parts] @returns {string} a sentence of the page, its `{parts}` filled */
export function words(name, parts = {}) {
  const sentence = (pattern(name).textContent ?? "").trim();
  return sentence.replaceAll(/\{(\w+)\}/g, (_, part) => parts[part].replaceAll(/\p{Bidi_Control}/gu, ""));
}

/** @param {ParentNode} root @param {string} name @returns {HTMLElement} the place called `name` in a pattern */
export function slot(root, name) {
  const found = root.querySelector(`[data-slot="${name}"]`);
  if (found === null) throw new Error(`no slot ${name}`);
  return /** @type {HTMLElement} */ (found);
}

/** @param {ParentNode} root @param {string} name @param {string} text */
export function write(root, name, text) {
  slot(root, name).textContent = text;
}

/**
 * Put one node for each thing into the list `name`; a part of a pattern that is about an empty list is taken away.
 * @template T
 * @param {ParentNode} root
 * @param {string} name
 * @param {readonly T[]} things
 * @param {(thing: T) => Node} node
 */
export function fill(root, name, things, node) {
  if (things.length === 0) leaveOut(root, name);
  else slot(root, name).replaceChildren(...things.map(node));
}

/** @param {Text} text @returns {HTMLElement} the text as a paragraph */
export function sentence(text) {
  const paragraph = pattern("sentence");
  paragraph.textContent = spoken(text);
  return paragraph;
}

/** @param {Text} text @returns {HTMLElement} the text in a list */
export function item(text) {
  const entry = pattern("note");
  entry.textContent = spoken(text);
  return entry;
}

/** @param {ParentNode} root @param {string} name take away the part that is about `name`, or the place itself */
export function leaveOut(root, name) {
  const place = slot(root, name);
  (place.closest(`[data-about~="${name}"]`) ?? place).remove();
}
