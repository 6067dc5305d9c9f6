// The section that one reads is marked in the list of sections, which is folded where it is narrow.

import { find } from "./dom.js";

export function markSections() {
  const links = find(".sections a");
  if (!links.length) return;
  const list = document.querySelector(".sections details");
  const narrow = matchMedia("(max-width: 1180px)");
  const fold = () => {
    list.open = !narrow.matches;
  };
  narrow.addEventListener("change", fold);
  fold();
  const places = links.map(({ hash }) =>
    document.getElementById(decodeURIComponent(hash.slice(1))),
  );
  const mark = () => {
    const passed = places.filter((place) => place.getBoundingClientRect().top < 120).length;
    for (const [k, link] of links.entries()) {
      if (k === passed - 1) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  addEventListener("scroll", mark, { passive: true });
  mark();
}
