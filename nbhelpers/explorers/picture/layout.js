// Where a scene's panels and ticks go, in CSS pixels; layout.py in JavaScript.

import { legendRows, linesOf } from "./texts.js";

const DRAWN = 800; // the width that ratio and heights of a scene are for
const AROUND = 70; // of a row's height, titles and labels take about this, however wide it is
const TALLEST = 0.55; // of the width: what marks get of a row's height at most
const NARROW = 520; // below it, panels that can be spared are left out
const STRETCH = 1.4; // of the marks there, where they may be as tall as they like

// A panel that would be narrower than this goes to the next row.
const LEAST = { true: 130, false: 100 }; // with axes, and without

const total = (numbers) => numbers.reduce((sum, number) => sum + number, 0);
const weigh = (panels) => total(panels.map(({ weight }) => weight));

// The height of a scene's picture, of this width, where nothing else limits it.
export function heightOf(scene, width) {
  return total(rowsOf(scene, width).map(({ height }) => height));
}

// Each panel with the box of its cell: rows by height, then panels by weight.
export function layout(scene, { left, top, width, height }) {
  const rows = rowsOf(scene, width);
  const scale = height / total(rows.map((row) => row.height));
  const cells = [];
  let down = top;
  for (const { panels, height: high } of rows) {
    let along = left;
    for (const panel of panels) {
      const wide = (width * panel.weight) / weigh(panels);
      cells.push({ panel, cell: { left: along, top: down, width: wide, height: high * scale } });
      along += wide;
    }
    down += high * scale;
  }
  return cells;
}

// The rows as they fit the width, each with the height that suits it.
function rowsOf(scene, width) {
  const all = DRAWN * scene.ratio;
  return scene.rows.flatMap((row, r) => {
    const marks = (all * scene.heights[r]) / total(scene.heights) - AROUND;
    const tall = (marks * weigh(row)) / DRAWN; // of a panel of weight 1, by its width
    const shown = width < NARROW ? row.filter(({ spare }) => !spare) : row;
    return (shown.length ? broken(shown, width) : []).map((panels) => {
      const free = width < NARROW && !panels.some(({ equal }) => equal);
      const high = (tall / weigh(panels)) * (free ? STRETCH : 1);
      return { panels, height: AROUND + width * Math.min(high, TALLEST) };
    });
  });
}

// As few rows as leave no panel too narrow, and of these the most even.
function broken(row, width) {
  const cost = (rows) => 1000 * rows.length + Math.max(...rows.map(weigh));
  const narrow = (panels) =>
    panels.length > 1 &&
    panels.some(({ weight, axes }) => (width * weight) / weigh(panels) < LEAST[axes]);
  const ways = splits(row).filter((rows) => !rows.some(narrow));
  return ways.reduce((best, rows) => (cost(rows) < cost(best) ? rows : best));
}

// Every way to break a row: the last one has a panel a row.
function splits([first, ...rest]) {
  if (!rest.length) return [[[first]]];
  return splits(rest).flatMap(([next, ...rows]) => [
    [[first, ...next], ...rows],
    [[first], next, ...rows],
  ]);
}

// What stands around the marks of a panel, and the box that it leaves them. `measure(text, size,
// weight)` is the width of a text.
export function frameOf(panel, cell, { x, y, title }, measure) {
  const lines = linesOf(title, cell.width - 16, (text) => measure(text, 14, "bold"));
  const keys = panel.legend ? panel.marks.filter(({ label }) => label) : [];
  const legend = legendRows(keys, cell.width - 16, (text) => measure(text, 12));
  const above = (title ? 12 + 18 * lines.length : 8) + 22 * legend.length;
  const below = panel.axes ? 22 + (panel.xlabel ? 18 : 0) : 8;
  const high = cell.height - above - below;
  const yticks = panel.axes ? ticks(panel.yticks, y, high) : [];
  const longest = Math.max(0, ...yticks.map(([, text]) => measure(text, 12)));
  const before = Math.max(panel.left, panel.axes ? longest + 14 : 8) + labelled(panel);
  const box = { left: cell.left + before, top: cell.top + above };
  const size = sizeOf(panel, [x, y], [cell.width - before - 12, high]);
  box.left += (cell.width - before - 12 - size.width) / 2;
  const xticks = panel.axes ? ticks(panel.xticks, x, size.width) : [];
  return { box: { ...box, ...size }, lines, legend, xticks, yticks };
}

const labelled = ({ axes, ylabel }) => (axes && ylabel ? 18 : 0);

function sizeOf(panel, limits, [width, height]) {
  if (!panel.equal) return { width, height };
  const [wide, high] = limits.map(([first, last]) => Math.abs(last - first));
  const scale = Math.min(width / wide, height / high);
  return { width: scale * wide, height: scale * high };
}

const minus = (text) => text.replace("-", "−");

// Pairs [number, text]: those given, or round numbers about 50 pixels apart.
function ticks(given, limits, pixels) {
  if (given) return given.map((t) => (Array.isArray(t) ? t : [t, minus(String(t))]));
  const [low, high] = [Math.min(...limits), Math.max(...limits)];
  const rough = (high - low) / Math.max(2, pixels / 50);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((m) => m * power >= rough) ?? 10);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const shown = [];
  for (let k = Math.ceil(low / step - 1e-9); k <= high / step + 1e-9; k++) {
    shown.push([k * step, minus((k * step).toFixed(digits))]);
  }
  return shown;
}
