// Files for an explorer: chosen with a button, or dropped on it. `take` gets a list of them.

import { element } from "./element.js";

const LABEL = "Open a picture";

export function addOpen(bar, el, take) {
  const chooser = { type: "file", accept: "image/*", hidden: "", "aria-label": "a picture" };
  const input = element(bar, "input", chooser);
  const button = element(bar, "button", { type: "button" }, LABEL);
  const read = async (files) => {
    if (!files.length) return; // the chooser was closed, or a folder was dropped
    button.textContent = "Reading …";
    try {
      await painted(); // a telephone may need seconds, in which nothing else moves
      await take(files);
    } finally {
      button.textContent = LABEL;
    }
  };
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    read([...input.files]);
    input.value = ""; // the same file may be chosen again
  });
  for (const type of ["dragenter", "dragover", "dragleave", "drop"]) {
    el.addEventListener(type, (event) => drag(event, el, read));
  }
}

const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

// Files alone: what the page itself lets one drag, such as a cell, goes on its way.
function drag(event, el, take) {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault(); // the browser would leave the page and show the file
  event.stopPropagation();
  const over = event.type !== "drop" && event.type !== "dragleave";
  el.classList.toggle("nbx-over", over);
  if (event.type === "drop") take([...event.dataTransfer.files]);
}
