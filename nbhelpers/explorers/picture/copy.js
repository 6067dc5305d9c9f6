// The lines of Python that do in the notebook what the picture shows: `python` of the arrays.

import { element } from "./element.js";

export function addCopy(bar, el) {
  const button = element(bar, "button", { type: "button", hidden: "" }, "Copy as Python");
  const lines = element(bar, "pre", { class: "nbx-python", hidden: "" });
  button.addEventListener("click", () => {
    el.append(lines); // below the words
    lines.hidden = !lines.hidden;
    if (!lines.hidden) copy(lines);
  });
  return {
    show(python = "") {
      button.hidden = !python;
      lines.textContent = python;
    },
  };
}

// Selected in any case: where a browser forbids to copy, a key does it.
async function copy(lines) {
  getSelection().selectAllChildren(lines);
  await navigator.clipboard?.writeText(lines.textContent).catch(() => {});
}
