// The scene: listens to the controls, computes the arrays (the explorer's own `arrays`, in
// scenes/<name>.js, which is joined to this file), and paints them. paint.py is its twin in Python.

// --- the page: buttons, canvas, text ---

// Not only "change": a slider's view may round a value (5 to 5.000000000000001) while it is being
// set, and then Backbone tells of the attribute, but not of the change.
const CHANGES = "change change:value change:index";

const read = (control) => {
  const labels = control.get("_options_labels"), value = control.get("value");
  if (labels) return labels[control.get("index")];
  return typeof value === "number" ? Number(value.toFixed(10)) : value; // not 0.30000000000000004
};

function write(control, value) {
  const labels = control.get("_options_labels");
  control.set(labels ? "index" : "value", labels ? labels.indexOf(value) : value);
  control.save_changes(); // at once: ipywidgets merges, and a late save would throw a slider back
}

function element(parent, tag, attributes = {}, text = "") {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return parent.appendChild(made);
}

async function render({ model, el }) {
  const scene = model.get("scene"), data = unpack(model.get("data"));
  const entries = Object.entries(model.get("controls"));
  const find = ([name, id]) => model.widget_manager.get_model(id.replace("IPY_MODEL_", "")).then((m) => [name, m]);
  const controls = Object.fromEntries(await Promise.all(entries.map(find)));
  const state = () => Object.fromEntries(entries.map(([name]) => [name, read(controls[name])]));
  const set = (values) => Object.entries(values).forEach(([name, value]) => write(controls[name], value));

  el.classList.add("nbx-scene");
  const bar = element(el, "div", { class: "nbx-bar" });
  const buttons = Object.entries(scene.presets).map(([label, values]) => {
    const button = element(bar, "button", { type: "button", "aria-pressed": "false" }, label);
    button.addEventListener("click", () => set(values));
    return [button, Object.entries(values)];
  });
  for (const [label, key] of Object.entries(scene.actions)) {
    element(bar, "button", { type: "button" }, label).addEventListener("click", () => set(pointer(state(), data, { type: "key", panel: 0, key })));
  }
  element(bar, "button", { type: "button", class: "nbx-reset" }, "Reset").addEventListener("click", () => set(scene.start));
  const canvas = element(el, "canvas", { role: "img", style: `aspect-ratio: ${1 / scene.ratio}` });
  const line = element(el, "p", { class: "nbx-text", "aria-hidden": "true" });
  const live = element(el, "span", { class: "nbx-live", "aria-live": "polite" });

  // One frame: compute, then paint everything, in one go; so no frame is ever blank or half-drawn.
  // The first change in a frame is painted as soon as its event is over, so that this very frame
  // shows it; what follows within the same frame waits for the next and is painted together.
  let asked = false, rested = true, gone = false, speak = 0, size = [0, 0], theme = null, placed = [];
  const g = canvas.getContext("2d");
  function paint() {
    asked = false;
    if (gone || !size[0]) return; // not on the page: the ResizeObserver calls when it is
    theme ??= look(el, scene);
    const now = state(), result = arrays(now, data), ratio = window.devicePixelRatio || 1;
    const [w, h] = size.map((length) => Math.round(length * ratio));
    if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, ...size);
    placed = paintScene(g, scene, { ...data, ...result }, theme, size);
    if (line.textContent !== result.text) {
      line.textContent = result.text;
      canvas.setAttribute("aria-label", `${scene.about} ${result.text}`);
      line.style.minHeight = `${line.offsetHeight}px`; // grows only, so that the page does not jump
      clearTimeout(speak); // a screen reader hears the result once the slider rests
      if (el.nbx.painted.count) speak = setTimeout(() => (live.textContent = result.text), 500);
    }
    for (const [button, values] of buttons) button.setAttribute("aria-pressed", values.every(([k, v]) => now[k] === v));
    el.nbx.painted = { state: now, arrays: result, count: el.nbx.painted.count + 1 };
  }
  function schedule() {
    if (asked) return;
    asked = true;
    if (!rested) return requestAnimationFrame(paint);
    rested = false;
    requestAnimationFrame(() => (rested = true));
    queueMicrotask(paint);
  }
  el.nbx = { compute: (values) => arrays(values, data), set, state, painted: { count: 0 } }; // for tests

  Object.values(controls).forEach((control) => control.on(CHANGES, schedule));
  const resized = new ResizeObserver(([entry]) => {
    const box = el.closest(".nbx"); // JupyterLab's shortcuts must not fire from inside
    if (box) box.onkeydown = (event) => event.stopPropagation();
    size = [entry.contentRect.width, entry.contentRect.height];
    line.style.minHeight = "";
    paint();
  });
  try { resized.observe(canvas, { box: "device-pixel-content-box" }); } // hears of a new pixel ratio, too
  catch { resized.observe(canvas); }
  const repaint = () => { theme = null; schedule(); };
  const themed = new MutationObserver(repaint);
  themed.observe(document.body, { attributes: true });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", repaint);
  if (typeof pointer === "function") listen(canvas, () => placed, (event) => set(pointer(state(), data, event) ?? {}));

  return () => {
    gone = true;
    clearTimeout(speak);
    resized.disconnect();
    themed.disconnect();
    dark.removeEventListener("change", repaint);
    Object.values(controls).forEach((control) => control.off(CHANGES, schedule));
  };
}

// An explorer that is drawn on has a function `pointer(state, data, event)` that returns the values
// to set; event: {type: "down" | "move" | "up" | "key", panel (number), x, y (in its units), key}.
function listen(canvas, placed, send) {
  let held = -1; // the panel where the pointer went down
  const tell = (type, event) => {
    const at = placed().map(({ box }, k) => ({ ...box, k }));
    const inside = (b) => b.left <= event.offsetX && event.offsetX <= b.left + b.width && b.top <= event.offsetY && event.offsetY <= b.top + b.height;
    if (type === "down") held = at.find(inside)?.k ?? -1;
    if (held < 0) return;
    const { unX, unY } = placed()[held];
    send({ type, panel: held, x: unX(event.offsetX), y: unY(event.offsetY) });
    if (type === "up") held = -1;
  };
  Object.assign(canvas, { tabIndex: 0 });
  canvas.style.touchAction = "none";
  canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); tell("down", event); });
  canvas.addEventListener("pointermove", (event) => tell("move", event));
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, (event) => tell("up", event));
  canvas.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") { event.preventDefault(); send({ type: "key", panel: 0, key: event.key }); }
  });
}

// --- layout: the same boxes as in paint.py, in CSS pixels ---

function look(el, scene) {
  const { color, fontFamily } = getComputedStyle(el);
  const [r, green, b] = color.match(/[\d.]+/g).map(Number);
  const dark = 0.3 * r + 0.6 * green + 0.1 * b > 128; // light letters: a dark page
  return { color: scene.palettes[dark ? "dark" : "light"], font: fontFamily, dashes: scene.dashes };
}

function plotBox(panel, cell, x, y) {
  const above = (panel.title ? 30 : 8) + (panel.legend ? 22 : 0);
  const below = panel.axes ? 22 + (panel.xlabel ? 18 : 0) : 8;
  const before = (panel.left || (panel.axes ? 40 : 8)) + (panel.axes && panel.ylabel ? 18 : 0);
  let width = cell.width - before - 12, height = cell.height - above - below;
  if (panel.equal) {
    const scale = Math.min(width / Math.abs(x[1] - x[0]), height / Math.abs(y[1] - y[0]));
    [width, height] = [scale * Math.abs(x[1] - x[0]), scale * Math.abs(y[1] - y[0])];
  }
  return { left: cell.left + before, top: cell.top + above, width, height };
}

function ticks(given, limits, pixels) {
  const minus = (text) => text.replace("-", "−");
  if (given) return given.map((t) => (Array.isArray(t) ? t : [t, minus(String(t))]));
  const low = Math.min(...limits), high = Math.max(...limits);
  const rough = (high - low) / Math.max(2, pixels / 50), power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((m) => m * power >= rough) ?? 10);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9)), shown = [];
  for (let k = Math.ceil(low / step - 1e-9); k <= high / step + 1e-9; k++) shown.push([k * step, minus((k * step).toFixed(digits))]);
  return shown;
}

function paintScene(g, scene, values, theme, [width, height]) {
  const total = (list) => list.reduce((t, v) => t + v, 0), placed = [];
  let top = 0;
  scene.rows.forEach((row, r) => {
    const h = (height * scene.heights[r]) / total(scene.heights);
    let left = 0;
    for (const panel of row) {
      const w = (width * panel.weight) / total(row.map((p) => p.weight));
      placed.push(paintPanel(g, panel, { left, top, width: w, height: h }, values, theme));
      left += w;
    }
    top += h;
  });
  return placed;
}

function paintPanel(g, panel, cell, values, theme) {
  const get = (ref) => (typeof ref === "string" && ref ? values[ref] : ref);
  const x = get(panel.x), y = get(panel.y), box = plotBox(panel, cell, x, y), { color } = theme;
  const X = (v) => box.left + (box.width * (v - x[0])) / (x[1] - x[0]);
  const Y = (v) => box.top + box.height - (box.height * (v - y[0])) / (y[1] - y[0]);
  const p = { g, get, x, y, box, X, Y, theme, ...brushes(g, theme) };
  if (panel.axes) {
    const { left, width, top, height } = box, bottom = top + height;
    const rule = (from, to, zero) => p.stroke([from, to], zero ? color.muted : color.faint, 1);
    for (const [at, text] of ticks(panel.xticks, x, width)) {
      if (panel.grid) rule([X(at), top], [X(at), bottom], at === 0);
      p.write(text, X(at), bottom + 13, color.muted, 12);
    }
    for (const [at, text] of ticks(panel.yticks, y, height)) {
      if (panel.grid) rule([left, Y(at)], [left + width, Y(at)], at === 0);
      p.write(text, left - 7, Y(at), color.muted, 12, "right");
    }
    if (panel.xlabel) p.write(panel.xlabel, left + width / 2, bottom + 32, color.muted, 13);
    if (panel.ylabel) p.write(panel.ylabel, cell.left + 10, top + height / 2, color.muted, 13, "center", "", -Math.PI / 2);
  }
  p.write(panel.title.replace(/{(\w+)}/g, (_, name) => values[name]), box.left, cell.top + 15, color.ink, 14, "left", "bold");
  for (const mark of panel.marks) {
    g.save();
    if (mark.kind !== "bars" && mark.kind !== "network") { // these write beside the box
      g.beginPath();
      g.rect(box.left - 4, box.top - 4, box.width + 8, box.height + 8);
      g.clip();
    }
    MARKS[mark.kind](p, mark);
    g.restore();
  }
  if (panel.legend) paintLegend(p, panel.marks.filter((mark) => mark.label));
  const unX = (px) => x[0] + ((px - box.left) / box.width) * (x[1] - x[0]);
  const unY = (px) => y[0] + ((box.top + box.height - px) / box.height) * (y[1] - y[0]);
  return { box, unX, unY };
}

function paintLegend(p, marks) {
  let left = p.box.left;
  const y = p.box.top - 12;
  for (const mark of marks) {
    const ink = p.theme.color[mark.color];
    if (mark.kind === "points") p.marker(mark.marker, left + 8, y, mark.size, ink);
    else if (mark.kind === "lines" || mark.kind === "arrows") p.stroke([[left, y], [left + 20, y]], ink, mark.width, mark.dash);
    else p.fill([[left, y - 5], [left + 16, y - 5], [left + 16, y + 5], [left, y + 5]], ink);
    p.write(mark.label, left + 26, y, p.theme.color.ink, 12, "left");
    left += 44 + p.g.measureText(mark.label).width;
  }
}

// --- brushes: in pixels ---

function brushes(g, theme) {
  const trace = (points) => {
    g.beginPath();
    let pen = false;
    for (const [x, y] of points) {
      if (Number.isFinite(x) && Number.isFinite(y)) pen ? g.lineTo(x, y) : g.moveTo(x, y);
      pen = Number.isFinite(x) && Number.isFinite(y);
    }
  };
  const stroke = (points, color, width, dash = "-", alpha = 1, closed = false) => {
    trace(points);
    if (closed) g.closePath();
    Object.assign(g, { strokeStyle: color, lineWidth: width, globalAlpha: alpha, lineJoin: "round" });
    g.setLineDash(theme.dashes[dash] ?? dash);
    g.stroke();
    g.setLineDash([]);
    g.globalAlpha = 1;
  };
  const fill = (points, color, alpha = 1) => {
    trace(points);
    Object.assign(g, { fillStyle: color, globalAlpha: alpha });
    g.fill();
    g.globalAlpha = 1;
  };
  const write = (text, x, y, color, size = 13, align = "center", weight = "", turn = 0, halo = "") => {
    g.save();
    g.translate(x, y);
    g.rotate(turn);
    Object.assign(g, { font: `${weight} ${size}px ${theme.font}`, textAlign: align, textBaseline: "middle", fillStyle: color });
    if (halo) { Object.assign(g, { strokeStyle: halo, lineWidth: 4, lineJoin: "round" }); g.strokeText(text, 0, 0); }
    g.fillText(text, 0, 0);
    g.restore();
    g.font = `${weight} ${size}px ${theme.font}`;
  };
  const marker = (kind, x, y, size, color, alpha = 1) => {
    const r = size / 2;
    if (kind === "x") {
      stroke([[x - r, y - r], [x + r, y + r]], color, 2, "-", alpha);
      return stroke([[x - r, y + r], [x + r, y - r]], color, 2, "-", alpha);
    }
    g.beginPath();
    if (kind === "o") g.arc(x, y, r, 0, 7);
    else if (kind === "s") g.rect(x - r, y - r, size, size);
    else if (kind === "^") [[x, y - r], [x + r, y + r], [x - r, y + r]].forEach((at, k) => (k ? g.lineTo(...at) : g.moveTo(...at)));
    else [[x, y - r], [x + r, y], [x, y + r], [x - r, y]].forEach((at, k) => (k ? g.lineTo(...at) : g.moveTo(...at)));
    g.closePath();
    Object.assign(g, { fillStyle: color, strokeStyle: theme.color.paper, lineWidth: 0.5, globalAlpha: alpha });
    g.fill();
    g.stroke();
    g.globalAlpha = 1;
  };
  return { stroke, fill, write, marker };
}

// --- marks: each reads the fields that marks.py describes ---

const many = (xy) => (xy.length && Array.isArray(xy[0][0]) ? xy : [xy]);
const pixels = (p, points) => points.map(([x, y]) => [p.X(x), p.Y(y)]);

const MARKS = {
  lines(p, m) {
    for (const part of many(p.get(m.xy))) p.stroke(pixels(p, part), p.theme.color[m.color], m.width, m.dash, m.alpha);
  },
  points(p, m) {
    for (const [x, y] of p.get(m.xy)) p.marker(m.marker, p.X(x), p.Y(y), m.size, p.theme.color[m.color], m.alpha);
  },
  polygons(p, m) {
    for (const part of many(p.get(m.xy))) {
      p.fill(pixels(p, part), p.theme.color[m.color], m.alpha);
      p.stroke(pixels(p, part), p.theme.color[m.color], m.width, m.dash, 1, true);
    }
  },
  faces(p, m) {
    const shades = p.get(m.shades), groups = p.get(m.groups), rgb = (word) => parseHex(p.theme.color[word].slice(1));
    const ramps = m.colors.map((word) => [rgb("paper"), rgb(word)]), css = (shade) => `rgb(${shade.map(Math.round)})`;
    p.get(m.xy).forEach((face, k) => {
      const points = pixels(p, face), ramp = ramps[groups[k]], count = m.edges[groups[k]];
      p.fill(points, css(shadeOf(ramp, shades[k])));
      p.stroke(points.slice(0, count), css(ramp[1].map((v) => 0.75 * v)), m.width, "-", 1, count === face.length);
    });
  },
  arrows(p, m) {
    for (const arrow of p.get(m.xy)) {
      const [[x0, y0], [x1, y1]] = pixels(p, arrow), length = Math.hypot(x1 - x0, y1 - y0);
      if (length < 1e-6) continue;
      const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length], head = Math.min(13, length), half = head * 0.45;
      const [bx, by] = [x1 - ux * head, y1 - uy * head], ink = p.theme.color[m.color];
      p.stroke([[x0, y0], [bx, by]], ink, m.width, m.dash);
      p.fill([[x1, y1], [bx - uy * half, by + ux * half], [bx + uy * half, by - ux * half]], ink);
    }
  },
  bars(p, m) {
    const texts = p.get(m.texts), labels = p.get(m.labels), flat = m.horizontal, { ink, red } = p.theme.color;
    const along = flat ? p.X : p.Y, across = flat ? p.Y : p.X, limits = flat ? p.x : p.y;
    const at = (a, v) => (flat ? [v, a] : [a, v]);
    p.get(m.values).forEach((value, k) => {
      const color = p.theme.color[m.highlight && p.get(m.highlight) === k ? m.highlight_color : m.color];
      const good = Number.isFinite(value), last = good ? Math.min(Math.max(value, limits[0]), limits[1]) : limits[1];
      const [a, b] = [across(k + m.offset - m.thick / 2), across(k + m.offset + m.thick / 2)], middle = (a + b) / 2;
      const [zero, end, tip] = [along(0), along(last), along(Math.max(last, 0))];
      const shape = [at(a, zero), at(b, zero), at(b, end), at(a, end)], half = at(middle, (zero + end) / 2);
      if (good) p.fill(shape, color);
      else hatch(p, shape, half, color, red);
      if (texts.length && !good) p.write(texts[k], half[0] + (flat ? 30 : 0), half[1] + (flat ? 0 : 26), ink, 13, "center", "bold", 0, p.theme.color.paper);
      else if (texts.length) flat ? p.write(texts[k], tip + 6, middle, ink, 12, "left") : p.write(texts[k], middle, tip - 10, ink, 12);
      if (labels.length) flat ? p.write(labels[k], p.box.left - 7, middle, ink, 12, "right") : p.write(labels[k], middle, p.box.top + p.box.height + 13, ink, 12);
    });
  },
  heat(p, m) {
    const values = p.get(m.values), tiles = Array.isArray(values[0][0]), flat = values.flat(2);
    const low = p.get(m.low) ?? flat.reduce((a, b) => Math.min(a, b)), high = p.get(m.high) ?? flat.reduce((a, b) => Math.max(a, b));
    const place = (v) => (v - low) / (high - low || 1), ramp = RAMPS[m.cmap];
    p.g.globalAlpha = m.alpha;
    (tiles ? values : [values]).forEach((image, k) => {
      const [x, y] = [k % m.columns, Math.floor(k / m.columns)], [rows, columns] = [image.length, image[0].length];
      const [l, r, b, t] = tiles ? [x + 0.04, x + 0.96, y + 0.96, y + 0.04] : (m.extent ?? [-0.5, columns - 0.5, rows - 0.5, -0.5]);
      p.g.imageSmoothingEnabled = false;
      p.g.drawImage(bitmap(image, place, ramp), p.X(l), p.Y(t), p.X(r) - p.X(l), p.Y(b) - p.Y(t));
      if (tiles) p.stroke(pixels(p, [[l, t], [r, t], [r, b], [l, b]]), p.theme.color.faint, 1, "-", 1, true);
      if (m.digits !== null) image.forEach((row, i) => row.forEach((value, j) => {
        const shade = shadeOf(ramp, place(value)), bright = (0.3 * shade[0] + 0.6 * shade[1] + 0.1 * shade[2]) / 255 > 0.55;
        const at = [p.X(l + ((r - l) * (j + 0.5)) / columns), p.Y(t + ((b - t) * (i + 0.5)) / rows)];
        p.write(fixed(value, m.digits), ...at, bright ? "#000" : "#fff", 12);
      }));
    });
    p.g.globalAlpha = 1;
  },
  text(p, m) {
    const texts = p.get(m.texts), halo = m.color === "black" ? "#fff" : p.theme.color.paper;
    p.get(m.xy).forEach(([x, y], k) => p.write(texts[k], p.X(x), p.Y(y), p.theme.color[m.color], m.size, m.align, m.bold ? "bold" : "", 0, halo));
  },
  network(p, m) {
    const at = pixels(p, p.get(m.xy)), edges = p.get(m.edges), weights = m.weights ? p.get(m.weights) : null, { color } = p.theme;
    const top = Math.max(1e-9, ...(weights ?? [1]).map(Math.abs));
    edges.forEach(([a, b], k) => {
      if (!weights) return p.stroke([at[a], at[b]], color.muted, 1);
      p.stroke([at[a], at[b]], weights[k] >= 0 ? color.blue : color.red, 0.6 + (3.4 * Math.abs(weights[k])) / top, weights[k] >= 0 ? "-" : [8, 6]);
    });
    const values = m.values ? p.get(m.values) : at.map(() => 0), texts = p.get(m.texts), labels = p.get(m.labels), { g } = p;
    at.forEach(([x, y], k) => {
      const shade = 0.75 * Math.min(Math.max(values[k], 0), 1);
      g.beginPath();
      g.arc(x, y, m.radius, 0, 7);
      Object.assign(g, { fillStyle: color.paper, strokeStyle: color.ink, lineWidth: 1.5 });
      g.fill();
      Object.assign(g, { fillStyle: color.blue, globalAlpha: shade });
      g.fill();
      g.globalAlpha = 1;
      g.stroke();
      if (texts.length) p.write(texts[k], x, y, shade > 0.45 ? color.paper : color.ink, 12);
      if (labels.length) p.write(labels[k], x, y + m.radius + 10, color.ink, 12);
    });
  },
};

function hatch(p, shape, [x, y], color, red) {
  const { g } = p, [[left, bottom], , [right, top]] = shape;
  g.save();
  g.beginPath();
  g.rect(left, top, right - left, bottom - top);
  g.clip();
  for (let at = left - Math.abs(bottom - top); at < right; at += 9) p.stroke([[at, bottom], [at + bottom - top, top]], color, 1.5, "-", 0.7);
  g.restore();
  p.stroke(shape, color, 1.5, "--", 1, true);
  for (const way of [-9, 9]) p.stroke([[x - 9, y - way], [x + 9, y + way]], red, 5);
}

// Colour ramps: Brewer's, as matplotlib has them; between two colours the mixture.
const parseHex = (hex) => [0, 2, 4].map((k) => parseInt(hex.slice(k, k + 2), 16));
const RAMPS = Object.fromEntries(Object.entries({
  gray_r: "ffffff 000000",
  RdBu: "67001f b2182b d6604d f4a582 fddbc7 f7f7f7 d1e5f0 92c5de 4393c3 2166ac 053061",
  Blues: "f7fbff deebf7 c6dbef 9ecae1 6baed6 4292c6 2171b5 08519c 08306b",
  Oranges: "fff5eb fee6ce fdd0a2 fdae6b fd8d3c f16913 d94801 a63603 7f2704",
}).map(([name, colors]) => [name, colors.split(" ").map(parseHex)]));

function shadeOf(ramp, at) {
  const place = Math.min(Math.max(at, 0), 1) * (ramp.length - 1), low = Math.min(Math.floor(place), ramp.length - 2);
  return ramp[low].map((v, k) => v + (ramp[low + 1][k] - v) * (place - low));
}

function bitmap(image, place, ramp) {
  const [height, width] = [image.length, image[0].length], pixel = new ImageData(width, height);
  image.forEach((row, r) => row.forEach((value, c) => {
    pixel.data.set(shadeOf(ramp, place(value)), 4 * (r * width + c));
    pixel.data[4 * (r * width + c) + 3] = Number.isFinite(value) ? 255 : 0;
  }));
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d").putImageData(pixel, 0, 0);
  return canvas;
}

export default { render };
