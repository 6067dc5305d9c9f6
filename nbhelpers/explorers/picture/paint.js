// Paints a scene on a canvas, with the layout and sizes of paint.py, in CSS pixels.

import { layout, plotBox, ticks } from "./layout.js";
import { MARKS } from "./marks.js";
import { rectangle, segment } from "./shapes.js";
import { say } from "./words.js";

// Marks that may write beside their panel's box; all others are clipped to it.
const WIDE = new Set(["bars", "network"]);

export function paintScene(g, scene, values, { theme, size: [width, height] }) {
  const brush = brushes(g, theme);
  return layout(scene, { left: 0, top: 0, width, height }).map(({ panel, cell }) => {
    const get = (ref) => (typeof ref === "string" && ref ? values[ref] : ref);
    const frame = frameOf(panel, cell, get(panel.x), get(panel.y));
    paintPanel({ ...brush, ...frame, g, get, theme }, panel, cell, values);
    return { ...frame, panel };
  });
}

// A panel's box in pixels, its limits x and y, and the way from one to the other and back.
function frameOf(panel, cell, x, y) {
  const box = plotBox(panel, cell, x, y);
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

function paintPanel(p, panel, cell, values) {
  if (panel.axes) paintAxes(p, panel, cell);
  const title = say(panel.title, values);
  p.write(title, p.box.left, cell.top + 15, { size: 14, align: "left", weight: "bold" });
  for (const mark of panel.marks) {
    p.g.save();
    if (!WIDE.has(mark.kind)) clip(p);
    MARKS[mark.kind](p, mark);
    p.g.restore();
  }
  if (panel.legend) {
    const labelled = panel.marks.filter((mark) => mark.label);
    paintLegend(p, labelled);
  }
}

function clip({ g, box }) {
  g.beginPath();
  g.rect(box.left - 4, box.top - 4, box.width + 8, box.height + 8);
  g.clip();
}

function paintAxes(p, panel, cell) {
  const { left, width, top, height } = p.box;
  const bottom = top + height;
  const { color } = p.theme;
  const rule = (from, to, zero) => {
    if (panel.grid) p.stroke([from, to], { color: zero ? color.muted : color.faint, width: 1 });
  };
  const small = { color: color.muted, size: 12 };
  for (const [at, text] of ticks(panel.xticks, p.x, width)) {
    rule([p.X(at), top], [p.X(at), bottom], at === 0);
    p.write(text, p.X(at), bottom + 13, small);
  }
  for (const [at, text] of ticks(panel.yticks, p.y, height)) {
    rule([left, p.Y(at)], [left + width, p.Y(at)], at === 0);
    p.write(text, left - 7, p.Y(at), { ...small, align: "right" });
  }
  const soft = { color: color.muted };
  if (panel.xlabel) p.write(panel.xlabel, left + width / 2, bottom + 32, soft);
  if (panel.ylabel) {
    p.write(panel.ylabel, cell.left + 10, top + height / 2, { ...soft, turn: -Math.PI / 2 });
  }
}

function paintLegend(p, marks) {
  const y = p.box.top - 12;
  let left = p.box.left;
  for (const mark of marks) {
    paintKey(p, mark, left, y);
    p.write(mark.label, left + 26, y, { size: 12, align: "left" });
    left += 44 + p.g.measureText(mark.label).width;
  }
}

function paintKey(p, mark, left, y) {
  const color = p.theme.color[mark.color];
  if (mark.kind === "points") {
    p.marker(mark.marker, left + 8, y, { size: mark.size, color });
  } else if (mark.kind === "lines" || mark.kind === "arrows") {
    const { width, dash } = mark;
    p.stroke(segment(left, y, left + 20, y), { color, width, dash });
  } else {
    p.fill(rectangle(left, y - 5, left + 16, y + 5), color);
  }
}

// --- brushes: what marks are painted with, in pixels ---

function brushes(g, theme) {
  return {
    stroke: (points, look) => stroke(g, theme, points, look),
    fill: (points, color, alpha) => fill(g, points, color, alpha),
    write: (text, x, y, look) => writeText(g, theme, text, { x, y, ...look }),
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

function writeText(g, theme, text, look) {
  const { x, y, color = theme.color.ink, size = 13, align = "center" } = look;
  const { weight = "", turn = 0, halo = "" } = look;
  g.save();
  g.translate(x, y);
  g.rotate(turn);
  g.font = `${weight} ${size}px ${theme.font}`;
  Object.assign(g, { textAlign: align, textBaseline: "middle", fillStyle: color });
  if (halo) {
    Object.assign(g, { strokeStyle: halo, lineWidth: 4, lineJoin: "round" });
    g.strokeText(text, 0, 0);
  }
  g.fillText(text, 0, 0);
  g.restore();
  g.font = `${weight} ${size}px ${theme.font}`; // for who measures what was written
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
    color: scene.palettes[dark ? "dark" : "light"],
    font: fontFamily,
    dashes: scene.dashes,
  };
}
