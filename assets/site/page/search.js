// Search in the sections of all lessons. Their text is a script, loaded when it is first asked for.

import { find, make } from "./dom.js";

export function addSearch() {
  const dialog = document.querySelector("#search");
  const input = dialog.querySelector("input");
  let sections = null;
  const show = () => showResults(dialog, sections ?? [], wordsOf(input.value));
  const open = () => {
    if (!sections) make(document.head, "script", { src: "site/search.js" });
    dialog.showModal();
    input.select();
  };
  window.found = (given) => {
    sections = given;
    show();
  };
  input.addEventListener("input", show);
  for (const button of find(".find")) {
    button.hidden = false;
    button.addEventListener("click", open);
  }
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog || target.closest("a")) dialog.close();
  });
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=range]), select, textarea");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || dialog.open || typing) return;
    event.preventDefault();
    open();
  });
}

const wordsOf = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

// Sections that hold every word; those that hold them in their heading first.
function showResults(dialog, sections, words) {
  const list = dialog.querySelector("ol");
  const ranked = sections.map((section) => ({ section, rank: rankOf(section, words) }));
  const found = ranked.filter(({ rank }) => rank > 0).sort((a, b) => b.rank - a.rank);
  const count = words.length
    ? `${found.length} ${found.length === 1 ? "section" : "sections"}`
    : "";
  dialog.querySelector("[role=status]").textContent = count;
  list.replaceChildren();
  for (const { section } of found.slice(0, 30)) addResult(list, section, words);
}

function rankOf({ title, text }, words) {
  const [head, body] = [title.toLowerCase(), text.toLowerCase()];
  if (!words.length || !words.every((word) => head.includes(word) || body.includes(word))) return 0;
  const rank = (word) => (head.includes(word) ? 100 : 0) + Math.min(body.split(word).length, 10);
  return words.reduce((sum, word) => sum + rank(word), 0);
}

function addResult(list, { lesson, title, url, text }, words) {
  const link = make(make(list, "li"), "a", { href: url });
  make(link, "span", { className: "lesson", textContent: lesson });
  make(link, "strong", { textContent: title });
  const at = Math.max(0, text.toLowerCase().indexOf(words[0]) - 50);
  const piece = `${at ? "…" : ""}${text.slice(at, at + 150)}…`;
  make(link, "span", { className: "piece", textContent: piece });
}
