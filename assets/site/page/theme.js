// Light and dark: as the system has it, until one chooses.

import { find } from "./dom.js";

const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

export function addTheme() {
  for (const button of find(".theme")) {
    button.hidden = false;
    button.addEventListener("click", () => choose(now() === "dark" ? "light" : "dark"));
  }
}

const now = () => root.dataset.theme ?? (dark.matches ? "dark" : "light");

function choose(name) {
  root.dataset.theme = name;
  document.body.dataset.theme = name; // explorers watch the body
  try {
    localStorage.setItem("theme", name); // the page's first lines read it
  } catch {} // a browser may refuse to remember
}
