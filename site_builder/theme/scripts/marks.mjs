// @ts-check
// The marks of a mistake at a field: the message beside it, and what tells assistive technology of it.

/** @param {Element} field @param {string} id of the message beside it */
export function mark(field, id) {
  field.setAttribute("aria-invalid", "true");
  describe(field, `${field.getAttribute("aria-describedby") ?? ""} ${id}`);
}

/** Take all marks away under an element. @param {Element} element */
export function unmark(element) {
  for (const field of element.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    describe(field, field.getAttribute("aria-describedby")?.replace(/ ?mistake-\S+/, "") ?? "");
  }
  for (const message of element.querySelectorAll(".mistake")) message.remove();
}

/** @param {Element} field @param {string} ids */
function describe(field, ids) {
  if (ids.trim() === "") field.removeAttribute("aria-describedby");
  else field.setAttribute("aria-describedby", ids.trim());
}
