// Where texts go: none over another, none out of the picture. What has no room becomes smaller,
// and where that does not help it is left out. texts.py in JavaScript.

const SMALLEST = 9; // pixels: smaller than this nobody reads

// A title in lines no longer than the width, broken at spaces.
export function linesOf(text, width, measure) {
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return text ? lines : [];
}

// The keys of a legend, [mark, place from the left], in rows no longer than the width.
export function legendRows(marks, width, measure) {
  const rows = [];
  let along = 0;
  for (const mark of marks) {
    const wide = 26 + measure(mark.label);
    if (!rows.length || along + wide > width) {
      rows.push([]);
      along = 0;
    }
    rows.at(-1).push([mark, along]);
    along += wide + 18;
  }
  return rows;
}

// The texts of one picture. `place(items, look, room)` takes items [text, x, y] that belong
// together, all of one size, and returns that size and those for which there is room, each where
// it stands. look: size, align, weight, turned; `whole`: all of them or none. `missing` are the
// others.
export function texts(measure) {
  const [taken, missing] = [[], []];
  const free = (boxes) => boxes.filter((box) => box && !taken.some((other) => meet(box, other)));
  const place = (items, look, room) => {
    for (let { size } = look; ; size--) {
      const boxes = items.map((item) => boxOf(item, { ...look, size }, { room, measure }));
      const good = free(apart(boxes));
      const asked = boxes.filter((box) => box !== OUTSIDE).length;
      const last = size <= SMALLEST;
      if (good.length < asked && !last) continue;
      const kept = good.length < asked && look.whole ? [] : good;
      taken.push(...kept);
      if (kept.length < asked) missing.push(`${asked - kept.length} of ${items.map(([t]) => t)}`);
      return { size, kept };
    }
  };
  return { place, missing };
}

const OUTSIDE = undefined; // a text that belongs to a point that is out of sight

// The box of a text, moved into its room; nothing if its point is outside, null if it is too large.
function boxOf([text, x, y, more], { size, align, weight, turned }, { room, measure }) {
  const long = measure(text, size, weight);
  const [wide, high] = turned ? [size, long] : [long, size];
  const { left, top, width, height } = room;
  const [right, bottom] = [left + width, top + height];
  if (!text || x < left - 1 || x > right + 1 || y < top - 1 || y > bottom + 1) return OUTSIDE;
  if (wide > width || high > height) return null;
  const begin = align === "left" ? x : align === "right" ? x - wide : x - wide / 2;
  return {
    text,
    more,
    wide,
    high,
    left: Math.min(Math.max(begin, left), right - wide),
    top: Math.min(Math.max(y - high / 2, top), bottom - high),
  };
}

const GAP = 2; // pixels between two texts in a line

const meet = (a, b) =>
  a.left < b.left + b.wide + GAP &&
  b.left < a.left + a.wide + GAP &&
  a.top < b.top + b.high &&
  b.top < a.top + a.high;

// Every box, every second, every third ...: the most that do not meet each other.
function apart(boxes) {
  const good = boxes.filter(Boolean);
  for (let step = 1; ; step++) {
    const kept = good.filter((_, k) => k % step === 0);
    const clash = kept.some((box, k) => kept.slice(k + 1).some((other) => meet(box, other)));
    if (!clash) return kept;
  }
}
