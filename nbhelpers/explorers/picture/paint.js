// Paints a scene on a canvas, with the layout and sizes of paint.py, in CSS pixels.

import { frameOf, layout } from "./layout.js";
import { MARKS } from "./marks.js";
import { rectangle, segment } from "./shapes.js";
import { texts } from "./texts.js";
import { say } from "./words.js";

// Marks that may write beside their panel's box, or take care themselves not to; all others are
// clipped to it.
const WIDE = new Set(["bars", "network", "text"]);

export function paintScene(g, scene, values, { theme, size: [width, height] }) {
  const measure = measureOf(g, theme);
  const { place, missing } = texts(measure);
  const brush = brushes(g, theme);
  const cells = layout(scene, { left: 0, top: 0, width, height });
  const placed = cells.map(({ panel, cell }) => {
    const get = (ref) => (typeof ref === "string" && ref ? values[ref] : ref);
    const [x, y, title] = [get(panel.x), get(panel.y), say(panel.title, values)];
    const frame = frameOf(panel, cell, { x, y, title }, measure);
    const axes = axesOf(frame.box, x, y);
    const write = (items, look, room = cell) => writeTexts(g, theme, place, { items, look, room });
    paintPanel({ ...brush, ...frame, ...axes, g, get, theme, cell, write, measure }, panel);
    return { ...axes, panel };
  });
  return { placed, missing };
}

// A panel's box in pixels, its limits x and y, and the way from one to the other and back.
function axesOf(box, x, y) {
  const bottom = box.top + box.height;
  return {
    box,
    x,
    y,
    X: (v) => box.left + (box.width * (v - x[0])) / (x[1] - x[0]),
    Y: (v) => bottom - (box.height * (v - y[0])) / (y[1] - y[0]),
    unX: (pixel) => x[0] + ((pixel - box.left) / box.width) * (x[1] - x[0]),
    unY: (pixel) => y[0] + ((bottom - pixel) / box.height) * (y[1] - y[0]),
  };
}

function paintPanel(p, panel) {
  paintTitle(p);
  if (panel.axes) paintAxes(p, panel);
  for (const mark of panel.marks) {
    p.g.save();
    if (!WIDE.has(mark.kind)) clip(p);
    MARKS[mark.kind](p, mark);
    p.g.restore();
  }
  paintLegend(p);
}

// Above the marks, as far to the left as its longest line needs.
function paintTitle({ lines, box, cell, measure, write }) {
  const longest = Math.max(...lines.map((line) => measure(line, 14, "bold")));
  const left = Math.max(cell.left + 6, Math.min(box.left, cell.left + cell.width - 6 - longest));
  lines.forEach((line, k) => {
    write([[line, left, cell.top + 15 + 18 * k]], { size: 14, align: "left", weight: "bold" });
  });
}

function clip({ g, box }) {
  g.beginPath();
  g.rect(box.left - 4, box.top - 4, box.width + 8, box.height + 8);
  g.clip();
}

function paintAxes(p, panel) {
  const { left, width, top, height } = p.box;
  const bottom = top + height;
  const { color } = p.theme;
  const rule = (from, to, zero) => {
    if (panel.grid) p.stroke([from, to], { color: zero ? color.muted : color.faint, width: 1 });
  };
  for (const [at] of p.xticks) rule([p.X(at), top], [p.X(at), bottom], at === 0);
  for (const [at] of p.yticks) rule([left, p.Y(at)], [left + width, p.Y(at)], at === 0);
  const small = { color: color.muted, size: 12 };
  const beside = p.yticks.map(([at, text]) => [text, left - 7, p.Y(at)]);
  p.write(beside, { ...small, align: "right" });
  const below = p.xticks.map(([at, text]) => [text, p.X(at), bottom + 13]);
  p.write(below, small);
  const soft = { color: color.muted };
  p.write([[panel.xlabel, left + width / 2, bottom + 32]], soft);
  const before = left - 14 - Math.max(0, ...p.yticks.map(([, text]) => p.measure(text, 12))) - 9;
  p.write([[panel.ylabel, before, top + height / 2]], { ...soft, turned: true });
}

function paintLegend(p) {
  const rows = p.legend.length;
  p.legend.forEach((row, r) => {
    const y = p.box.top - 12 - 22 * (rows - 1 - r);
    const wide = Math.max(...row.map(([{ label }, along]) => along + 26 + p.measure(label, 12)));
    const last = p.cell.left + p.cell.width - 6 - wide;
    const left = Math.max(p.cell.left + 6, Math.min(p.box.left, last));
    for (const [mark, along] of row) {
      paintKey(p, mark, left + along, y);
      p.write([[mark.label, left + along + 26, y]], { size: 12, align: "left" });
    }
  });
}

function paintKey(p, mark, left, y) {
  const color = p.theme.color[mark.color];
  if (mark.kind === "points") {
    p.marker(mark.marker, left + 8, y, { size: mark.size, color });
  } else if (mark.kind === "lines" || mark.kind === "arrows") {
    const { width, dash } = mark;
    p.stroke(segment(left, y, left + 20, y), { color, width, dash });
  } else {
    const shape = rectangle(left, y - 5, left + 16, y + 5);
    const { alpha = 1, width = 0, dash } = mark;
    p.fill(shape, color, alpha);
    if (width) p.stroke(shape, { color, width, dash, closed: true });
  }
}

// --- brushes: what marks are painted with, in pixels ---

function brushes(g, theme) {
  return {
    stroke: (points, look) => stroke(g, theme, points, look),
    fill: (points, color, alpha) => fill(g, points, color, alpha),
    marker: (kind, x, y, look) => marker(g, theme, kind, { x, y, ...look }),
  };
}

function trace(g, points) {
  let pen = false; // up
  g.beginPath();
  for (const [x, y] of points) {
    const here = Number.isFinite(x) && Number.isFinite(y);
    if (here && pen) g.lineTo(x, y);
    else if (here) g.moveTo(x, y);
    pen = here;
  }
}

function stroke(g, theme, points, { color, width, dash = "-", alpha = 1, closed = false }) {
  trace(g, points);
  if (closed) g.closePath();
  Object.assign(g, { strokeStyle: color, lineWidth: width, globalAlpha: alpha });
  g.lineJoin = "round";
  g.setLineDash(typeof dash === "string" ? theme.dashes[dash] : dash);
  g.stroke();
  g.setLineDash([]);
  g.globalAlpha = 1;
}

function fill(g, points, color, alpha = 1) {
  trace(g, points);
  Object.assign(g, { fillStyle: color, globalAlpha: alpha });
  g.fill();
  g.globalAlpha = 1;
}

// Texts that belong together, [text, x, y] or [text, x, y, colour], inside a room: as texts.js
// places them.
function writeTexts(g, theme, place, { items, look, room }) {
  const wanted = { size: 13, align: "center", weight: "", ...look };
  const { size, kept } = place(items, wanted, room);
  if (kept.length) Object.assign(g, { font: fontOf(theme, size, wanted.weight), ...MIDDLE });
  for (const { text, more, left, top, wide, high } of kept) {
    g.save();
    g.translate(left + wide / 2, top + high / 2);
    if (look.turned) g.rotate(-Math.PI / 2);
    g.fillStyle = more ?? look.color ?? theme.color.ink;
    if (look.halo) {
      Object.assign(g, { strokeStyle: look.halo, lineWidth: 4, lineJoin: "round" });
      g.strokeText(text, 0, 0);
    }
    g.fillText(text, 0, 0);
    g.restore();
  }
}

const MIDDLE = { textAlign: "center", textBaseline: "middle" };
const fontOf = (theme, size, weight) => `${weight} ${size}px ${theme.font}`;

// The width of a text, which is asked for again and again.
const WIDTHS = new Map();

function measureOf(g, theme) {
  return (text, size, weight = "") => {
    const font = fontOf(theme, size, weight);
    const key = `${font} ${text}`;
    if (!WIDTHS.has(key)) {
      if (WIDTHS.size > 5000) WIDTHS.clear();
      g.font = font;
      WIDTHS.set(key, g.measureText(text).width);
    }
    return WIDTHS.get(key);
  };
}

// The corners of a marker, in radii from its middle.
const CORNERS = {
  s: rectangle(-1, -1, 1, 1),
  // biome-ignore format: a triangle
  "^": [[0, -1], [1, 1], [-1, 1]],
  // biome-ignore format: a diamond
  D: [[0, -1], [1, 0], [0, 1], [-1, 0]],
};

function marker(g, theme, kind, { x, y, size, color, alpha = 1 }) {
  const r = size / 2;
  if (kind === "x") {
    for (const way of [-r, r]) {
      stroke(g, theme, segment(x - r, y - way, x + r, y + way), { color, width: 2, alpha });
    }
    return;
  }
  if (kind === "o") {
    g.beginPath();
    g.arc(x, y, r, 0, 7);
  } else {
    const corners = CORNERS[kind].map(([across, down]) => [x + r * across, y + r * down]);
    trace(g, corners);
  }
  g.closePath();
  Object.assign(g, { fillStyle: color, strokeStyle: theme.color.paper, lineWidth: 0.5 });
  g.globalAlpha = alpha;
  g.fill();
  g.stroke();
  g.globalAlpha = 1;
}

// --- the theme of the page ---

export function look(el, scene) {
  const { color, fontFamily } = getComputedStyle(el);
  const [red, green, blue] = color.match(/[\d.]+/g).map(Number);
  const dark = 0.3 * red + 0.6 * green + 0.1 * blue > 128; // light letters: a dark page
  return {
    dark,
    color: scene.palettes[dark ? "dark" : "light"],
    font: fontFamily,
    dashes: scene.dashes,
  };
}
