// @ts-check
// A picture of an answer: the drawing that Python has placed, what is to be said of it, and the table with its figures.

import { pattern, slot, spoken, write } from "./words.mjs";

/** @typedef {import("./words.mjs").Text} Text */
/** @typedef {{look: string, path: string}} Shape */
/** @typedef {{look: string, x: number, y: number, anchor: "start" | "middle" | "end", text: Text}} Label */
/** @typedef {{cells: Text[], is_own: boolean}} Row */
/**
 * @typedef {{name: string, title: Text, remarks: Text[], width: number, height: number, shapes: Shape[], labels: Label[],
 *   columns: Text[], rows: Row[]}} Picture
 */

const MOST_BESIDE_EACH_OTHER = 3; // a table of more columns becomes blocks where it has no room
const SVG = "http://www.w3.org/2000/svg";

/** @param {Picture} picture @param {string} id of the answer that it belongs to @returns {HTMLElement} */
export function pictureFigure(picture, id) {
  const figure = pattern("picture");
  write(figure, "title", spoken(picture.title));
  slot(figure, "title").id = `${id}-${picture.name}`;
  draw(slot(figure, "drawing"), picture, `${id}-${picture.name}`);
  slot(figure, "remarks").replaceChildren(...picture.remarks.map(remark));
  writeTable(figure, picture);
  return figure;
}

/** @param {Element} drawing @param {Picture} picture @param {string} title the id of its title */
function draw(drawing, picture, title) {
  drawing.setAttribute("viewBox", `0 0 ${picture.width} ${picture.height}`);
  drawing.setAttribute("aria-labelledby", title);
  const shapes = picture.shapes.map(({ look, path }) => element("path", { class: look, d: path }));
  drawing.append(...shapes, ...picture.labels.map(labelElement));
}

/** @param {Label} label */
function labelElement({ look, x, y, anchor, text }) {
  const words = element("text", { class: look, x: String(x), y: String(y), "text-anchor": anchor });
  words.textContent = spoken(text);
  return words;
}

/** @param {string} name @param {Record<string, string>} attributes @returns {Element} */
function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

/** @param {Text} text */
function remark(text) {
  const paragraph = document.createElement("p");
  paragraph.textContent = spoken(text);
  return paragraph;
}

/** @param {HTMLElement} figure @param {Picture} picture */
function writeTable(figure, picture) {
  write(figure, "caption", spoken(picture.title));
  const columns = picture.columns.map(spoken);
  slot(figure, "table").classList.add(columns.length > MOST_BESIDE_EACH_OTHER ? "blocks" : "narrow");
  slot(figure, "columns").replaceChildren(...columns.map((column) => cell("picture-column", column)));
  slot(figure, "rows").replaceChildren(...picture.rows.map((row) => rowElement(row, columns)));
}

/** @param {Row} row @param {string[]} columns */
function rowElement(row, columns) {
  const line = pattern("picture-row");
  line.classList.toggle("own", row.is_own);
  const [head, ...figures] = row.cells.map(spoken);
  line.append(cell("picture-head", head), ...figures.map((figure, place) => cell("picture-cell", figure, columns[place + 1])));
  return line;
}

/** @param {string} name of its pattern @param {string} words @param {string} [label] what a narrow screen shows beside it */
function cell(name, words, label) {
  const made = pattern(name);
  made.textContent = words;
  if (label !== undefined) made.dataset.label = label;
  return made;
}
