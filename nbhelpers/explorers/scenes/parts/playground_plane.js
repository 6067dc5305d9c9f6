// playground_plane.py in JavaScript. Points are [x1, x2, class]; p[class][cell] is a probability.

import { clip, range } from "./maths.js";

export const EDGE = 1.25;
const CELLS = 40;
const ROWS = 8;

const place = (digits) => (parseInt(digits, 16) - 125) / 100;
const digits = (v) => {
  const hundredths = Math.round(100 * (clip(v, -EDGE, EDGE) + EDGE));
  return hundredths.toString(16).padStart(2, "0");
};

export const writePoint = ([x1, x2, kind = ""]) => digits(x1) + digits(x2) + kind;

export function readPoints(text) {
  const read = (token) => [place(token.slice(0, 2)), place(token.slice(2, 4)), Number(token[4])];
  return text.split(" ").filter(Boolean).map(read);
}

export const readCursor = (text) => (text ? [readPoints(`${text}0`)[0].slice(0, 2)] : []);

const middles = range(CELLS).map((k) => (((k + 0.5) / CELLS) * 2 - 1) * EDGE);
const cells = middles.toReversed().flatMap((x2) => middles.map((x1) => [x1, x2]));
export const GRID = Float64Array.from(cells.flat());

// One unit of many, (n * units) row by row, as an array of its own.
const column = (values, units, unit) =>
  range(values.length / units).map((k) => values[k * units + unit]);

export function chances(p, units) {
  if (units === 1) return [Array.from(p, (v) => 1 - v), Array.from(p)];
  return range(units).map((unit) => column(p, units, unit));
}

// The class of highest probability, the first where two are alike but for rounding; and how high.
export function chosen(p, cell) {
  const all = p.map((own) => own[cell]);
  const top = Math.max(...all);
  return [all.findIndex((v) => v >= top - 1e-9), top];
}

const square = (values, side) =>
  range(side).map((row) => values.slice(row * side, (row + 1) * side));

export function regions(p) {
  const least = 1 / p.length;
  const shade = ([kind, top]) => 2 * kind + (top - least) / (1 - least);
  return square(
    p[0].map((_, cell) => shade(chosen(p, cell))),
    CELLS,
  );
}

const corners = range(CELLS - 1).flatMap((row) => range(CELLS - 1).map((k) => row * CELLS + k));
const TRIANGLES = [
  ...corners.map((k) => [k, k + 1, k + CELLS]),
  ...corners.map((k) => [k + CELLS + 1, k + 1, k + CELLS]),
];

export function border(p) {
  const lines = [];
  for (let kind = 1; kind < p.length; kind++) {
    const others = p.filter((_, k) => k !== kind);
    const ahead = p[kind].map((v, cell) => v - Math.max(...others.map((own) => own[cell])));
    for (const triangle of TRIANGLES) {
      const inside = triangle.map((cell) => ahead[cell] >= -1e-9);
      const count = inside.filter(Boolean).length;
      if (count === 0 || count === 3) continue;
      lines.push(crossing(triangle, inside.indexOf(count === 1), ahead));
    }
  }
  return lines;
}

function crossing(triangle, odd, value) {
  const [a, ...others] = range(3).map((k) => triangle[(odd + k) % 3]);
  return others.map((b) => {
    const share = clip(value[a] / (value[a] - value[b]), 0, 1);
    return cells[a].map((v, k) => v + share * (cells[b][k] - v));
  });
}

// What each unit does to the plane, at every second cell, scaled into -1..1.
export function unitPictures(outputs, units) {
  return range(units).map((unit) => {
    const image = everySecond((cell) => outputs[cell * units + unit]);
    let top = 1e-9;
    for (const row of image) for (const v of row) top = Math.max(top, Math.abs(v));
    return image.map((row) => row.map((v) => v / top));
  });
}

const half = range(CELLS / 2);

const everySecond = (valueAt) =>
  half.map((row) => half.map((column) => valueAt(2 * row * CELLS + 2 * column)));

// Each output's picture: of one its regions, of three how probable each class is.
export function outputPictures(p, units) {
  const last = units === 1 ? [regions(p).flat()] : p.map((own, k) => own.map((v) => 2 * k + v));
  return last.map((values) => everySecond((cell) => values[cell]));
}

// Two lines through the cursor, or none.
export const cross = (at) =>
  at.flatMap(([x1, x2]) => [
    [-EDGE, EDGE].map((far) => [x1, far]),
    [-EDGE, EDGE].map((far) => [far, x2]),
  ]);

export function diagram(sizes) {
  const pitch = (units) => Math.min(2, ROWS / units);
  const nodes = sizes.flatMap((units, layer) =>
    range(units).map((k) => [
      (3 * layer) / (sizes.length - 1),
      ROWS / 2 + (k - (units - 1) / 2) * pitch(units),
    ]),
  );
  const edges = [];
  let start = 0;
  for (let layer = 0; layer + 1 < sizes.length; layer++) {
    const next = start + sizes[layer];
    for (const a of range(sizes[layer])) {
      for (const b of range(sizes[layer + 1])) edges.push([start + a, next + b]);
    }
    start = next;
  }
  return {
    nodes,
    edges,
    side: 0.86 * pitch(Math.max(...sizes)),
    heads_xy: sizes.map((_, layer) => [(3 * layer) / (sizes.length - 1), -0.45]),
    heads: sizes.length === 4 ? ["x", "h₁", "h₂", "y"] : ["x", "h", "y"],
  };
}
