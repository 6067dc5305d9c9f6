import { rectangle } from "../picture/shapes.js";
import { say } from "../picture/words.js";
import { range } from "./parts/maths.js";

const SIZES = [24, 28, 28];
const SHOWN = 8; // images in a row
const BOUNDS = [
  ["first", "last"],
  ["top", "bottom"],
  ["left", "right"],
];
const within = (k, [low, high]) => low <= k && k < high;

export function arrays(state, data) {
  const bounds = BOUNDS.map((pair) => pair.map((name) => state[name]));
  const kept = bounds.map((pair, axis) => pair.map((bound) => placeOf(bound, SIZES[axis])));
  const [images, rows, columns] = kept;
  const [count, height, width] = kept.map(([low, high]) => Math.max(0, high - low));
  const [expression, shape] = [written(bounds), `(${count}, ${height}, ${width})`];
  const some = count * height * width > 0;
  const lit = some ? range(count).map((k) => images[0] + k) : [];
  const part = { top: rows[0], left: columns[0], height, width };
  const found = { expression, shape, count, height, width };
  return {
    dimmed: dim(data.images, kept),
    kept: frames(lit, part),
    result: cutOut(data.images, { first: images[0], count, ...part }),
    edges: frames(range(Math.min(lit.length, SHOWN)), { ...part, top: 0, left: 0 }),
    note: [some ? "" : "nothing is left"],
    expression,
    shape,
    text: say(data.sentences[some ? "some" : "none"], found),
  };
}

// A bound counts from the end if it is negative, and stops there.
const placeOf = (bound, size) => (bound < 0 ? Math.max(bound + size, 0) : bound);

// As people write it: what is 0, the whole length, or a whole axis at the end is left out.
function written(bounds) {
  const parts = bounds.map(([low, high], k) => `${low || ""}:${high === SIZES[k] ? "" : high}`);
  while (parts.length > 1 && parts.at(-1) === ":") parts.pop();
  return `x[${parts.join(", ")}]`;
}

// What is not kept, a quarter as dark.
function dim(x, [images, rows, columns]) {
  return x.map((image, k) =>
    image.map((row, r) => {
      const lit = within(k, images) && within(r, rows);
      return row.map((value, c) => (lit && within(c, columns) ? value : value >> 2));
    }),
  );
}

// The part that is kept, at the top left of empty squares.
function cutOut(x, { first, count, top, left, height, width }) {
  const value = (k, r, c) =>
    k < count && r < height && c < width ? x[first + k][top + r][left + c] : 0;
  return range(SHOWN).map((k) => range(28).map((r) => range(28).map((c) => value(k, r, c))));
}

// The outline of a part of each tile; a tile has a margin of 0.04.
function frames(images, { top, left, height, width }) {
  const edges = [left, top, left + width, top + height].map((v) => 0.04 + (0.92 * v) / 28);
  const moved =
    (k) =>
    ([x, y]) => [x + (k % SHOWN), y + Math.floor(k / SHOWN)];
  return images.map((k) => rectangle(...edges).map(moved(k)));
}
