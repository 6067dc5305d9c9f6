// Pictures of one number a pixel: { width, height, values }, in which neighbours matter.

import { resampling } from "./ink.js";

const PASSES = 3; // of a box blur, to be as good as Gauss's

const plane = (width, values) => ({ width, height: values.length / width, values });

export const mapped = ({ width, values }, f) => plane(width, values.map(f));

export function transposed({ width, height, values }) {
  const turned = new Float32Array(values.length);
  for (let k = 0; k < values.length; k++) {
    turned[(k % width) * height + Math.floor(k / width)] = values[k];
  }
  return plane(height, turned);
}

// A function of rows, for every row.
function alongRows({ width, height, values }, f) {
  const rows = Array.from({ length: height }, (_, r) =>
    f(values.subarray(r * width, (r + 1) * width)),
  );
  const made = new Float32Array(height * rows[0].length);
  rows.forEach((row, r) => {
    made.set(row, r * row.length);
  });
  return plane(rows[0].length, made);
}

// The same along and down.
const bothWays = (picture, f) => transposed(alongRows(transposed(alongRows(picture, f)), f));

// --- parts and sizes ---

export function cropped(picture, { left, top, width, height }) {
  const { values } = alongRows(picture, (row) => row.subarray(left, left + width));
  return plane(width, values.subarray(top * width, (top + height) * width));
}

// With so many empty pixels around it.
export const framed = (picture, margin) => bothWays(picture, (row) => padded(row, margin, 0));

export function resized(picture, width, height) {
  const wide = alongRows(picture, resampler(picture.width, width));
  return transposed(alongRows(transposed(wide), resampler(picture.height, height)));
}

// What makes m pixels of n in a row: few weights of each new pixel are not 0.
function resampler(n, m) {
  const weights = resampling(n, m).map((row) =>
    row.map((weight, k) => [k, weight]).filter(([, weight]) => weight > 0),
  );
  return (row) =>
    Float32Array.from(weights, (few) =>
      few.reduce((total, [k, weight]) => total + weight * row[k], 0),
    );
}

// --- light spread out: the extended box filter, as Pillow has it, in steps of whole numbers ---

export function blurred(picture, sigma) {
  const reach = reachOf((sigma * sigma) / PASSES);
  return bothWays(picture, (row) => {
    let values = row;
    for (let k = 0; k < PASSES; k++) values = boxed(values, reach);
    return values;
  });
}

// Half the width of a box of this variance, without its middle; not whole.
function reachOf(variance) {
  const whole = Math.floor((Math.sqrt(12 * variance + 1) - 1) / 2);
  const missing = (2 * whole + 1) * (whole * (whole + 1) - 3 * variance);
  return whole + missing / (6 * (variance - (whole + 1) ** 2));
}

function boxed(row, reach) {
  const whole = Math.floor(reach);
  const wide = padded(row, whole + 1);
  let total = 0;
  for (let k = 1; k <= 2 * whole + 1; k++) total += wide[k];
  return row.map((_, k) => {
    const last = k + 2 * whole + 2;
    const mean = (total + (reach - whole) * (wide[k] + wide[last])) / (2 * reach + 1);
    total += wide[last] - wide[k + 1];
    return Math.floor(mean + 0.5);
  });
}

// --- the greatest of many neighbours ---

// The greatest value in a square window around each pixel.
export function greatest(picture, window) {
  const half = Math.floor(window / 2);
  return bothWays(picture, (row) => sliding(padded(row, half), 2 * half + 1));
}

// Painted over what is darker than all around it and narrower than a window.
export function closed(picture, window) {
  const wide = (row) => sliding(padded(row, window, -Infinity), window + 1);
  const back = (row) => sliding(row, window + 1);
  const darkest = bothWays(negative(bothWays(picture, wide)), back);
  return negative(greatest(darkest, Math.floor(window / 10)));
}

export const negative = (picture) => mapped(picture, (v) => -v);

// Beyond the edge lies this, or what lies at the edge.
function padded(row, margin, beyond) {
  const made = new Float32Array(row.length + 2 * margin);
  made.fill(beyond ?? row[0], 0, margin);
  made.set(row, margin);
  return made.fill(beyond ?? row.at(-1), margin + row.length);
}

// The greatest of so many neighbours, onwards; at the end fewer remain.
function sliding(row, width) {
  const values = row.slice();
  let [done, length] = [1, row.length];
  while (done < width) {
    const step = Math.min(done, width - done);
    length -= step;
    for (let k = 0; k < length; k++) {
      if (values[k + step] > values[k]) values[k] = values[k + step];
    }
    done += step;
  }
  return values.subarray(0, length);
}

// The value that would stand at a place if all were sorted (Hoare's way, without sorting).
export function ranked(numbers, place) {
  const values = numbers.slice();
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const [left, right] = parted(values, low, high);
    if (place > right && place < left) break;
    if (place <= right) high = right;
    else low = left;
  }
  return values[place];
}

// Small ones to the left, large ones to the right: where the right part begins, the left one ends.
function parted(values, low, high) {
  const pivot = values[(low + high) >> 1];
  let [left, right] = [low, high];
  while (left <= right) {
    while (values[left] < pivot) left++;
    while (values[right] > pivot) right--;
    if (left > right) break;
    const held = values[left];
    values[left++] = values[right];
    values[right--] = held;
  }
  return [left, right];
}
