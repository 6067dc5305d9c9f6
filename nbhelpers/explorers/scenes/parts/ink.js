// From a drawing to what a network for digits wants to see; datasets/ink.py in JavaScript.

import { clip, dot, matmul, range, sum, transpose } from "./maths.js";

const SIDE = 28; // pixels of what the network sees
const BOX = 20; // pixels of the longer side of a digit

// Cropped to its ink, scaled into 20 x 20, centred by mass in 28 x 28: the picture, where the ink
// was (left, top, width, height), and where it went.
export function prepare(image) {
  const seen = range(SIDE).map(() => Array(SIDE).fill(0));
  const [rows, columns] = [image, transpose(image)].map(inked);
  if (!rows.length) return [seen, [0, 0, 0, 0], [0, 0, 0, 0]];
  const [top, left] = [rows[0], columns[0]];
  const [height, width] = [rows, columns].map((at) => at.at(-1) - at[0] + 1);
  const crop = image.slice(top, top + height).map((row) => row.slice(left, left + width));
  const small = scaled(crop);
  const [down, along] = [small, transpose(small)].map((x) => start(x.map(sum)));
  small.forEach((row, r) => {
    seen[down + r].splice(along, row.length, ...row);
  });
  return [seen, [left, top, width, height], [along, down, small[0].length, small.length]];
}

const inked = (x) => range(x.length).filter((k) => x[k].some((v) => v > 0));

function scaled(crop) {
  const [height, width] = [crop.length, crop[0].length];
  const longest = Math.max(height, width);
  const size = (n) => Math.max(1, Math.floor((2 * BOX * n + longest) / (2 * longest)));
  const along = transpose(resampling(width, size(width)));
  return matmul(resampling(height, size(height)), matmul(crop, along));
}

// Where to put the first pixel, so that the centre of mass is in the middle.
function start(mass) {
  const centre = dot(mass, range(mass.length)) / sum(mass);
  return clip(Math.floor(SIDE / 2 - centre + 0.5 + 1e-6), 0, SIDE - mass.length);
}

// The matrix (m, n) that makes m pixels out of n, without jagged edges.
export function resampling(n, m) {
  const step = n / m;
  const weight = (k, j) => 1 - Math.abs((k + 0.5) * step - 0.5 - j) / Math.max(1, step);
  return range(m).map((k) => {
    const weights = range(n).map((j) => Math.max(0, weight(k, j)));
    const total = sum(weights);
    return weights.map((v) => v / total);
  });
}
