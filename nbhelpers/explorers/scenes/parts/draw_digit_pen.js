// A pen on paper; draw_digit_pen.py in JavaScript. Ink is a string (write_ink).

import { clip, range } from "./maths.js";

const SIDE = 28; // length of the paper
const UNITS = 4; // steps of the pen, and pixels of the paper, in a unit of length
const PIXELS = SIDE * UNITS;
const USUAL = 20; // height of a digit, in MNIST and on this paper
const THINNEST = 0.5; // of a line, in units of length

// --- ink as a string: four hexadecimal digits a point, strokes parted by spaces ---

export const writePoint = ([x, y]) => [x, y].map(writeNumber).join("");
const writeNumber = (v) => {
  const steps = Math.round(UNITS * clip(v, 0, SIDE));
  return steps.toString(16).padStart(2, "0");
};

export const readPoint = (text) =>
  [0, 2].map((k) => Number.parseInt(text.slice(k, k + 2), 16) / UNITS);

export const strokesOf = (ink) => ink.split(" ").filter(Boolean);
export const readStroke = (text) => text.match(/.{4}/g).map(readPoint);

// --- what it leaves on the paper ---

// As wide as the pen is; in a drawing smaller than MNIST's, in proportion.
export function lineWidth(strokes, width) {
  if (!strokes.length) return width;
  const sizes = [0, 1].map((axis) => {
    const along = strokes.flat().map((point) => point[axis]);
    return Math.max(...along) - Math.min(...along);
  });
  return Math.max(width * Math.min(1, Math.max(...sizes) / USUAL), THINNEST);
}

// How much ink, 0..1, each of 112 x 112 pixels holds after these strokes.
export function rasterize(strokes, width) {
  const paper = range(PIXELS).map(() => Array(PIXELS).fill(0));
  for (const stroke of strokes) {
    const points = stroke.map((point) => point.map((v) => UNITS * v));
    if (points.length === 1) points.push(points[0]); // a dot
    points.slice(1).forEach((b, k) => {
      addLine(paper, points[k], b, (UNITS * width) / 2 + 0.5);
    });
  }
  return paper.map((row) => row.map((v) => Math.floor(255 * Math.min(v, 1) + 0.5) / 255));
}

// Ink within a reach of the line from a to b.
function addLine(paper, a, b, reach) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = dx * dx + dy * dy || 1;
  const [left, right] = near(a[0], b[0], reach);
  const [top, bottom] = near(a[1], b[1], reach);
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const [x, y] = [column + 0.5 - a[0], row + 0.5 - a[1]];
      const t = clip((x * dx + y * dy) / length, 0, 1);
      const [ex, ey] = [x - t * dx, y - t * dy];
      const ink = reach - Math.sqrt(ex * ex + ey * ey);
      if (ink > paper[row][column]) paper[row][column] = ink;
    }
  }
}

const near = (a, b, reach) => [
  Math.max(0, Math.floor(Math.min(a, b) - reach)),
  Math.min(PIXELS, Math.ceil(Math.max(a, b) + reach)),
];
