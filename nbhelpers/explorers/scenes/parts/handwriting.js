// From a photo, a scan or a drawing to the ink of its digit; datasets/handwriting.py in JavaScript.
// A mask is a plane of 0 and 1.

import { findBlobs } from "./blobs.js";
import { range, sum } from "./maths.js";
import {
  blurred,
  closed,
  cropped,
  framed,
  greatest,
  mapped,
  negative,
  ranked,
  resized,
  transposed,
} from "./planes.js";

const WINDOW = 0.25; // of the longer side: wider than any line, narrower than most changes of light
const FAINTEST = 0.1; // of the light of the paper that ink must take away at least
const GRAIN = 6; // times the grain of the picture by which ink must differ from paper
const SMALLEST = 0.04; // of the longer side: the least height of a digit
const LINE = 0.03; // of the longer side: lines of the paper are thinner
const ALONG = 0.4; // of a side of the picture: so much of it is no end of a line
const FINE = 160; // pixels of the longer side of a digit whose pen is measured
const PEN = 0.115; // width of the line in parts of the digit's longer side
const MARGIN = Math.floor(FINE * PEN); // pixels around it, for a pen that grows

// What a picture shows, three planes of 0..255: { pen }, a mask of the ink of the digit, with a
// line at least as thick as in MNIST; or why there is none, { fault: "none" | "several" }.
export function readDigit(picture) {
  const found = [false, true].map((light) => attempt(picture, light)).filter(Boolean);
  if (!found.length) return { fault: "none" };
  const fits = found.map((each) => standsOut(picture, each));
  const best = found[fits.indexOf(Math.max(...fits))];
  return best.several ? { fault: "several" } : { pen: likeMnist(best) };
}

// A digit that is darker, or lighter, than its paper; null if there is none.
function attempt(picture, lightOnDark) {
  const differs = differences(picture, lightOnDark);
  const everywhere = mapped(differs[0], () => 1);
  const mask = inkOf(differs, everywhere);
  if (!mask) return null;
  // The desk around the paper may be darker than the ink.
  const desk = aroundPaper(mask);
  const inside = inkOf(
    differs,
    mapped(desk, (v) => 1 - v),
  );
  return (inside && findDigit(inside)) ?? findDigit(mask);
}

// --- light evened out ---

// By what part of the light each colour of a pixel differs from the paper around it.
function differences(picture, lightOnDark) {
  const size = Math.max(picture[0].width, picture[0].height);
  const window = Math.floor(WINDOW * size);
  const [fine, smooth] = [1, 3].map((radius) =>
    picture.map((colour) => blurred(colour, (radius / 512) * size)),
  );
  if (lightOnDark) return lighter(fine, smooth, window);
  return fine.map((ink, k) => {
    const paper = closed(smooth[k], window).values;
    return mapped(ink, (v, at) => (paper[at] - v) / (paper[at] + 8));
  });
}

// Light ink tells how much light there is; where none is near, the brightest of all does.
function lighter(fine, smooth, window) {
  const most = Math.max(...smooth.map(({ values }) => values.reduce((a, b) => Math.max(a, b))));
  return fine.map((ink, k) => {
    const light = greatest(smooth[k], 2 * window).values;
    const paper = closed(negative(smooth[k]), window).values;
    return mapped(ink, (v, at) => (v + paper[at]) / Math.max(light[at], 0.3 * most + 1));
  });
}

// --- ink found ---

// The mask of what differs at least half as much as ink does; null if nothing stands out.
function inkOf(differs, where) {
  const [red, green, blue] = differs.map(({ values }) => values);
  const most = red.map((v, k) => Math.max(v, green[k], blue[k]) * where.values[k]);
  const strength = percentile(most, 99.8);
  if (strength < Math.max(FAINTEST, GRAIN * grainOf(differs))) return null;
  const strong = most.map((v, k) => (v > 0.8 * strength && where.values[k] ? 1 : 0));
  const colour = [red, green, blue].map((v) => meanOf(v, strong));
  const whole = sum(colour.map((v) => v * v));
  const share = (k) => (red[k] * colour[0] + green[k] * colour[1] + blue[k] * colour[2]) / whole;
  const ink = mapped(where, (inside, k) => (inside && share(k) > 0.5 ? 1 : 0));
  return transposed(withoutLines(transposed(withoutLines(ink))));
}

// Without what reaches from the left edge to the right one, and is as thin as it is there. Where a
// line crosses the digit, ink above or below it makes it thick, and it stays.
function withoutLines(mask) {
  const { width, height } = mask;
  const { labels } = findBlobs(mask);
  const [left, right] = [0, width - 1].map((x) => range(height).map((y) => y * width + x));
  const ending = new Set(right.map((k) => labels[k]));
  const across = new Set(left.map((k) => labels[k]).filter((number) => ending.has(number)));
  const thick = heightsOf(mask);
  const ends = [...left, ...right]
    .filter((k) => labels[k] && across.has(labels[k]))
    .map((k) => thick[k])
    .filter((high) => high < LINE * Math.max(width, height));
  if (!ends.length) return mask;
  const most = 2 * percentile(Float32Array.from(ends), 50);
  return mapped(mask, (v, k) => (thick[k] > most ? v : 0));
}

// For each pixel of ink how many, above and below, are ink without a gap.
function heightsOf({ width, values }) {
  const [above, below] = [new Int32Array(values.length), new Int32Array(values.length)];
  for (let k = 0; k < values.length; k++) {
    if (values[k]) above[k] = (above[k - width] ?? 0) + 1;
  }
  for (let k = values.length - 1; k >= 0; k--) {
    if (values[k]) below[k] = (below[k + width] ?? 0) + 1;
  }
  return above.map((n, k) => n + below[k] - values[k]);
}

function grainOf(differs) {
  const length = differs[0].values.length;
  const all = new Float32Array(3 * length);
  differs.forEach(({ values }, k) => {
    all.set(values.map(Math.abs), k * length);
  });
  return percentile(all, 50);
}

function percentile(values, percent) {
  const place = (percent / 100) * (values.length - 1);
  const [below, above] = [Math.floor(place), Math.ceil(place)].map((k) => ranked(values, k));
  return below + (place % 1) * (above - below);
}

// Over the pixels of a mask.
function meanOf(values, mask) {
  let [total, count] = [0, 0];
  for (let k = 0; k < values.length; k++) {
    total += mask[k] * values[k];
    count += mask[k];
  }
  return total / count;
}

// The pieces that lie along the edge and fill a corner, which a digit does not; a mask.
function aroundPaper(mask) {
  const { width, height } = mask;
  const { labels } = findBlobs(mask);
  const row = (r) => range(width).map((c) => labels[r * width + c]);
  const column = (c) => range(height).map((r) => labels[r * width + c]);
  const sides = [row(0), row(height - 1), column(0), column(width - 1)];
  const corners = sides.slice(0, 2).flatMap((side) => [side[0], side.at(-1)]);
  const often = (side, number) => side.filter((v) => v === number).length > ALONG * side.length;
  const out = corners.filter((number) => number && sides.some((side) => often(side, number)));
  const edge = mapped(mask, (_, k) => (out.includes(labels[k]) ? 1 : 0));
  return greatest(edge, Math.floor(Math.max(width, height) / 32));
}

// The ink of the digit, where it is, and whether there are others; null: specks only.
function findDigit(mask) {
  const { width, height } = mask;
  const { labels, blobs } = findBlobs(mask);
  const large = blobs.filter(({ size }) => size >= SMALLEST * Math.max(width, height));
  if (!large.length) return null;
  // What is cut off by the edge belongs to a neighbour, if a digit as large lies inside.
  const inside = large.filter((b) => b.top && b.left && b.bottom < height && b.right < width);
  const whole = inside.length && inside[0].size > 0.6 * large[0].size;
  const { parts, several } = partsOf(whole ? inside : large);
  const numbers = parts.map(({ number }) => number);
  const least = (side) => Math.min(...parts.map((part) => part[side]));
  const most = (side) => Math.max(...parts.map((part) => part[side]));
  const [left, top] = [least("left"), least("top")];
  const box = { left, top, width: most("right") - left, height: most("bottom") - top };
  return { mask: mapped(mask, (_, k) => (numbers.includes(labels[k]) ? 1 : 0)), box, several };
}

// The pieces of the one digit: the largest, and what lies within its reach.
function partsOf([main, ...others]) {
  const parts = [main];
  let several = false;
  for (const blob of others) {
    const small = blob.size < 0.5 * main.size;
    // A line may break where a shadow ends; two digits have more room between them.
    if (gap(main, blob) / main.size < (small ? 0.2 : 0.08)) parts.push(blob);
    else several ||= !small;
  }
  return { parts, several };
}

function gap(a, b) {
  const down = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom);
  const along = Math.max(a.left, b.left) - Math.min(a.right, b.right);
  return Math.max(down, along);
}

// --- what fits a digit, and its pen ---

// How well this fits: far from the colour around it, large, and of a thin line.
function standsOut(picture, { mask, box }) {
  const { width, height } = mask;
  const [beside, above] = [Math.floor(box.width / 2), Math.floor(box.height / 2)];
  const [left, top] = [Math.max(0, box.left - beside), Math.max(0, box.top - above)];
  const right = Math.min(width, box.left + box.width + beside);
  const bottom = Math.min(height, box.top + box.height + above);
  const near = { left, top, width: right - left, height: bottom - top };
  const apart = picture.map((colour) => {
    const around = percentile(cropped(colour, near).values, 50);
    return Math.abs(meanOf(colour.values, mask.values) - around);
  });
  const thin = lineWidthOf(framed(mask, 1));
  return (Math.max(...apart) * Math.max(box.width, box.height) ** 2) / thin;
}

// Cropped, enlarged, and with a line as wide as lines are in MNIST.
function likeMnist({ mask, box }) {
  const scale = FINE / Math.max(box.width, box.height);
  const size = (n) => Math.max(1, Math.floor(scale * n + 0.5));
  const large = resized(cropped(mask, box), size(box.width), size(box.height));
  const ink = framed(
    mapped(large, (v) => (v > 0.5 + 1e-6 ? 1 : 0)),
    MARGIN,
  );
  const missing = FINE * PEN - lineWidthOf(ink);
  return missing > 1 ? grown(ink, missing / 2) : ink;
}

// The width of a line, from its area and the length of its edge.
function lineWidthOf({ width, values }) {
  let [edge, area] = [0, 0];
  for (let k = 0; k < values.length; k++) {
    area += values[k];
    // The frame is empty: what lies before the first pixel of a row is no ink either.
    edge += (values[k] !== (values[k - 1] ?? 0)) + (values[k] !== (values[k - width] ?? 0));
  }
  // A slanted edge is counted in steps: in the mean over all directions 4 / pi times its length.
  return (2 * area) / Math.max(1, (edge * Math.PI) / 4);
}

// All pixels within a distance of the ink.
function grown(ink, radius) {
  const { width, values } = ink;
  const reach = range(2 * Math.floor(radius) + 1).map((k) => k - Math.floor(radius));
  const near = reach
    .flatMap((down) => reach.map((along) => [down, along]))
    .filter(([down, along]) => down * down + along * along <= radius * radius)
    .map(([down, along]) => down * width + along);
  const wide = mapped(ink, () => 0);
  values.forEach((v, k) => {
    if (v) for (const step of near) wide.values[k + step] = 1;
  });
  return wide;
}
