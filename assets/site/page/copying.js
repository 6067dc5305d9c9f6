// A button on every piece of code.

import { copied, find, make } from "./dom.js";

export function addCopying() {
  for (const box of find(".code")) {
    const button = make(box, "button", { type: "button", className: "copy", textContent: "Copy" });
    button.addEventListener("click", () => copy(box.querySelector("code"), button));
  }
}

// Selected in any case: where a browser forbids to copy, a key does it.
async function copy(code, button) {
  getSelection().selectAllChildren(code);
  button.textContent = (await copied(code.textContent)) ? "Copied" : "Selected";
  setTimeout(() => {
    button.textContent = "Copy";
  }, 1500);
}
