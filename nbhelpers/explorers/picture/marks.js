// How each mark is painted: it reads the fields that marks.py describes.

import { bitmap, parseHex, scaleOf, shadeOf } from "./ramps.js";
import { rectangle, segment } from "./shapes.js";
import { fixed } from "./words.js";

const many = (xy) => (xy.length && Array.isArray(xy[0][0]) ? xy : [xy]);
const pixels = (p, points) => points.map(([x, y]) => [p.X(x), p.Y(y)]);

export const MARKS = {
  lines: paintLines,
  points: paintPoints,
  polygons: paintPolygons,
  faces: paintFaces,
  arrows: paintArrows,
  bars: paintBars,
  heat: paintHeat,
  pictures: paintPictures,
  text: paintText,
  network: paintNetwork,
};

function paintLines(p, m) {
  const color = p.theme.color[m.color];
  const { width, dash, alpha } = m;
  for (const part of many(p.get(m.xy))) p.stroke(pixels(p, part), { color, width, dash, alpha });
}

function paintPoints(p, m) {
  const look = { size: m.size, color: p.theme.color[m.color], alpha: m.alpha };
  for (const [x, y] of p.get(m.xy)) p.marker(m.marker, p.X(x), p.Y(y), look);
}

function paintPolygons(p, m) {
  const color = p.theme.color[m.color];
  for (const part of many(p.get(m.xy))) {
    const corners = pixels(p, part);
    p.fill(corners, color, m.alpha);
    p.stroke(corners, { color, width: m.width, dash: m.dash, closed: true });
  }
}

function paintFaces(p, m) {
  const [shades, groups] = [p.get(m.shades), p.get(m.groups)];
  const rgb = (word) => parseHex(p.theme.color[word].slice(1));
  const css = (shade) => `rgb(${shade.map(Math.round)})`;
  const ramps = m.colors.map((word) => [rgb("paper"), rgb(word)]);
  p.get(m.xy).forEach((face, k) => {
    const corners = pixels(p, face);
    const ramp = ramps[groups[k]];
    const count = m.edges[groups[k]];
    const edge = css(ramp[1].map((v) => 0.75 * v));
    p.fill(corners, css(shadeOf(ramp, shades[k])));
    const closed = count === face.length;
    p.stroke(corners.slice(0, count), { color: edge, width: m.width, closed });
  });
}

function paintArrows(p, m) {
  const color = p.theme.color[m.color];
  for (const arrow of p.get(m.xy)) {
    const [[x0, y0], [x1, y1]] = pixels(p, arrow);
    const length = Math.hypot(x1 - x0, y1 - y0);
    if (length < 1e-6) continue;
    const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
    const head = Math.min(13, length);
    const half = head * 0.45;
    const [bx, by] = [x1 - ux * head, y1 - uy * head];
    const sides = [1, -1].map((way) => [bx - way * uy * half, by + way * ux * half]);
    p.stroke(segment(x0, y0, bx, by), { color, width: m.width, dash: m.dash });
    p.fill([[x1, y1], ...sides], color);
  }
}

function paintBars(p, m) {
  const chosen = m.highlight ? p.get(m.highlight) : -1;
  const [texts, labels] = [p.get(m.texts), p.get(m.labels)];
  const bars = p.get(m.values).map((value, k) => barOf(p, m, value, k));
  bars.forEach((bar, k) => {
    const color = p.theme.color[chosen === k ? m.highlight_color : m.color];
    if (bar.good) p.fill(bar.shape, color);
    else hatch(p, bar, color);
  });
  if (texts.length) writeOnBars(p, m, bars, texts);
  if (labels.length) writeBelowBars(p, m, bars, labels);
}

// The corners of one bar, and the places where it is written on.
function barOf(p, m, value, k) {
  const flat = m.horizontal;
  const [along, across, limits] = flat ? [p.X, p.Y, p.x] : [p.Y, p.X, p.y];
  const at = (a, v) => (flat ? [v, a] : [a, v]);
  const good = Number.isFinite(value);
  const last = good ? Math.min(Math.max(value, limits[0]), limits[1]) : limits[1];
  const [a, b] = [-1, 1].map((way) => across(k + m.offset + (way * m.thick) / 2));
  const [zero, end, tip] = [along(0), along(last), along(Math.max(last, 0))];
  const middle = (a + b) / 2;
  const shape = [at(a, zero), at(b, zero), at(b, end), at(a, end)];
  return { good, shape, middle, tip, half: at(middle, (zero + end) / 2) };
}

function writeOnBars(p, m, bars, texts) {
  const [right, down] = m.horizontal ? [30, 0] : [0, 26];
  const items = bars.map((bar, k) => ({ ...bar, text: texts[k] }));
  const halo = p.theme.color.paper;
  const crossed = items.filter(({ good }) => !good);
  const beside = crossed.map(({ text, half: [x, y] }) => [text, x + right, y + down]);
  p.write(beside, { weight: "bold", halo });
  const ends = items.filter(({ good }) => good);
  const at = ({ tip, middle }) => (m.horizontal ? [tip + 6, middle] : [middle, tip - 10]);
  const last = ends.map((bar) => [bar.text, ...at(bar)]);
  p.write(last, { size: 12, align: m.horizontal ? "left" : "center", halo });
}

function writeBelowBars(p, m, bars, labels) {
  const { left, top, height } = p.box;
  const at = m.horizontal ? (y) => [left - 7, y] : (x) => [x, top + height + 13];
  const items = bars.map(({ middle }, k) => [labels[k], ...at(middle)]);
  p.write(items, { size: 12, align: m.horizontal ? "right" : "center" });
}

// A bar that is not finite: hatched, with a cross.
function hatch(p, { shape, half: [x, y] }, color) {
  const [[left, bottom], , [right, top]] = shape;
  p.g.save();
  p.g.beginPath();
  p.g.rect(left, top, right - left, bottom - top);
  p.g.clip();
  for (let at = left - Math.abs(bottom - top); at < right; at += 9) {
    const slanted = segment(at, bottom, at + bottom - top, top);
    p.stroke(slanted, { color, width: 1.5, alpha: 0.7 });
  }
  p.g.restore();
  p.stroke(shape, { color, width: 1.5, dash: "--", closed: true });
  for (const way of [-9, 9]) {
    const cross = segment(x - 9, y - way, x + 9, y + way);
    p.stroke(cross, { color: p.theme.color.red, width: 5 });
  }
}

function paintHeat(p, m) {
  const values = p.get(m.values);
  const scale = scaleOf({ ...m, low: p.get(m.low), high: p.get(m.high) }, values, p.theme.dark);
  const tiled = Array.isArray(values[0][0]);
  p.g.imageSmoothingEnabled = false;
  (tiled ? values : [values]).forEach((matrix, k) => {
    const extent = tiled ? tileOf(k, m.columns) : (m.extent ?? cellsOf(matrix));
    const [left, right, bottom, top] = extent;
    const [x, y, X, Y] = [p.X(left), p.Y(top), p.X(right), p.Y(bottom)];
    p.g.globalAlpha = m.alpha;
    p.g.drawImage(bitmap(matrix, scale), x, y, X - x, Y - y);
    p.g.globalAlpha = 1;
    const edge = { color: p.theme.color.faint, width: 1, closed: true };
    if (tiled) p.stroke(rectangle(x, y, X, Y), edge);
    if (m.digits !== null) writeValues(p, matrix, { scale, extent, digits: m.digits });
  });
}

// The extent [left, right, bottom, top] of a tile: a unit wide, with a margin.
function tileOf(k, columns) {
  const [x, y] = [k % columns, Math.floor(k / columns)];
  return [x + 0.04, x + 0.96, y + 0.96, y + 0.04];
}

const cellsOf = (matrix) => [-0.5, matrix[0].length - 0.5, matrix.length - 0.5, -0.5];

function writeValues(p, matrix, { scale, extent: [left, right, bottom, top], digits }) {
  const [wide, high] = [(right - left) / matrix[0].length, (bottom - top) / matrix.length];
  const items = matrix.flatMap((row, r) =>
    row.map((value, c) => {
      const [red, green, blue] = scale.shade(value);
      const bright = (0.3 * red + 0.6 * green + 0.1 * blue) / 255 > 0.55;
      const at = [p.X(left + wide * (c + 0.5)), p.Y(top + high * (r + 0.5))];
      return [fixed(value, digits), ...at, bright ? "#000" : "#fff"];
    }),
  );
  p.write(items, { size: 12, whole: true });
}

function paintPictures(p, m) {
  const scale = scaleOf(m, [], p.theme.dark);
  const side = Math.abs(p.Y(p.get(m.side)) - p.Y(0));
  const xy = p.get(m.xy);
  const edge = { color: p.theme.color.ink, width: 1, closed: true };
  p.g.imageSmoothingEnabled = false;
  p.get(m.values).forEach((matrix, k) => {
    const [left, top] = [p.X(xy[k][0]) - side / 2, p.Y(xy[k][1]) - side / 2];
    p.g.drawImage(bitmap(matrix, scale), left, top, side, side);
    p.stroke(rectangle(left, top, left + side, top + side), edge);
  });
}

function paintText(p, m) {
  const { size, align, whole } = m;
  const texts = p.get(m.texts);
  const color = p.theme.color[m.color];
  const halo = p.theme.color.paper;
  const items = p.get(m.xy).map(([x, y], k) => [texts[k], p.X(x), p.Y(y)]);
  const look = { color, size, align, whole, weight: m.bold ? "bold" : "", halo };
  p.write(items, look, sightOf(p));
}

// Where marks are seen: they are clipped there.
const sightOf = ({ box: { left, top, width, height } }) => ({
  left: left - 4,
  top: top - 4,
  width: width + 8,
  height: height + 8,
});

const SLIM = 0.045; // of the width of a panel: the largest radius of a node

function paintNetwork(p, m) {
  const at = pixels(p, p.get(m.xy));
  paintEdges(p, m, at);
  const values = m.values ? p.get(m.values) : at.map(() => 0);
  const [texts, labels] = [p.get(m.texts), p.get(m.labels)];
  const shades = values.map((value) => 0.75 * Math.min(Math.max(value, 0), 1));
  const radius = Math.min(m.radius, SLIM * p.box.width);
  at.forEach(([x, y], k) => {
    paintNode(p, radius, { x, y, shade: shades[k] });
  });
  const { ink, paper } = p.theme.color;
  const inside = (text, k) => [text, ...at[k], shades[k] > 0.45 ? paper : ink];
  const below = (label, k) => [label, at[k][0], at[k][1] + radius + 10];
  p.write(texts.map(inside), { size: 12 });
  p.write(labels.map(below), { size: 12 });
}

function paintEdges(p, m, at) {
  const weights = m.weights ? p.get(m.weights) : null;
  const top = Math.max(1e-9, ...(weights ?? [1]).map(Math.abs));
  const { muted, blue, red } = p.theme.color;
  const lookOf = (weight) => {
    const width = 0.6 + (3.4 * Math.abs(weight)) / top;
    return weight >= 0 ? { color: blue, width } : { color: red, width, dash: [8, 6] };
  };
  for (const [k, [a, b]] of p.get(m.edges).entries()) {
    p.stroke([at[a], at[b]], weights ? lookOf(weights[k]) : { color: muted, width: 1 });
  }
}

function paintNode({ g, theme: { color } }, radius, { x, y, shade }) {
  g.beginPath();
  g.arc(x, y, radius, 0, 7);
  Object.assign(g, { fillStyle: color.paper, strokeStyle: color.ink, lineWidth: 1.5 });
  g.fill();
  Object.assign(g, { fillStyle: color.blue, globalAlpha: shade });
  g.fill();
  g.globalAlpha = 1;
  g.stroke();
}
