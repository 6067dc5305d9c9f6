// A photo on the paper; draw_digit_photo.py in JavaScript.

import { readDigit } from "./handwriting.js";
import { range } from "./maths.js";

const PIXELS = 196; // of each side of the paper

// --- the ink of a digit as a string: runs of paper and ink by turns, four hexadecimal digits ---

function writePhoto({ width, height, values }) {
  const [left, top] = [width, height].map((n) => Math.floor((PIXELS - n) / 2));
  const paper = new Uint8Array(PIXELS * PIXELS);
  range(height).forEach((r) => {
    paper.set(values.subarray(r * width, (r + 1) * width), (top + r) * PIXELS + left);
  });
  const runs = [];
  let [start, ink] = [0, 0];
  for (let k = 0; k <= paper.length; k++) {
    if (paper[k] === ink) continue;
    runs.push(k - start);
    [start, ink] = [k, 1 - ink];
  }
  return runs.map((length) => length.toString(16).padStart(4, "0")).join("");
}

export const faultOf = (photo) => (photo.startsWith("!") ? photo.slice(1) : "");

// The paper, 0 or 1; null if there is no photo, or one without a digit.
export function readPhoto(photo) {
  if (!photo || faultOf(photo)) return null;
  const runs = photo.match(/.{4}/g).map((digits) => Number.parseInt(digits, 16));
  const ink = runs.flatMap((length, k) => Array(length).fill(k % 2));
  return range(PIXELS).map((r) => ink.slice(r * PIXELS, (r + 1) * PIXELS));
}

// --- from a picture to such a string ---

// `pixels` as a canvas gives them: { width, height, data: red, green, blue, opacity by turns }.
export function photoIn(pixels) {
  const { pen, fault } = readDigit(coloursOf(pixels));
  return fault ? `!${fault}` : writePhoto(pen);
}

// Three planes, with paper under what is transparent: white, or black where the ink is light.
function coloursOf({ width, height, data }) {
  const part = (k) => Float32Array.from({ length: width * height }, (_, at) => data[4 * at + k]);
  const [red, green, blue, alpha] = range(4).map(part);
  let [light, opaque] = [0, 0];
  alpha.forEach((a, k) => {
    light += a * (0.299 * red[k] + 0.587 * green[k] + 0.114 * blue[k]);
    opaque += a;
  });
  const under = light > 127 * opaque && opaque < 255 * alpha.length ? 0 : 255;
  return [red, green, blue].map((colour) => ({
    width,
    height,
    values: colour.map((v, k) => Math.round(under + (alpha[k] / 255) * (v - under))),
  }));
}
