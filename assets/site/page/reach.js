// What scrolls sideways can be reached by keys; pictures are there before they are printed.

import { find } from "./dom.js";

export function addReach() {
  addEventListener("resize", reach);
  for (const folded of find("details")) folded.addEventListener("toggle", reach);
  reach();
  addEventListener("beforeprint", () => {
    for (const image of find("img[loading]")) image.loading = "eager";
  });
}

function reach() {
  const wide = find("pre, .table, .formula, .output.html, .picture").map((box) => [
    box,
    box.scrollWidth > box.clientWidth,
  ]);
  for (const [box, scrolls] of wide) {
    if (scrolls) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}
