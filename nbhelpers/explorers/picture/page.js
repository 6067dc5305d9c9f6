// An explorer on a page: it listens to the controls, computes the arrays (the explorer's own
// `arrays`, in scenes/<name>.js), and paints them.

import { addClock } from "./clock.js";
import { addCopy } from "./copy.js";
import { unpack } from "./data.js";
import { element } from "./element.js";
import { showIdle } from "./idle.js";
import { heightOf } from "./layout.js";
import { addOpen } from "./open.js";
import { look, paintScene } from "./paint.js";

// Not only "change": a slider's view may round a value (5 to 5.000000000000001) while it is being
// set, and then Backbone tells of the attribute, but not of the change.
const CHANGES = "change change:value change:index";

// Show an explorer: `arrays(state, data)`, `pointer(state, data, event)` if it is drawn on, and
// `take(files)` if it takes files.
export async function show({ model, el }, { arrays, pointer, take }) {
  const scene = model.get("scene");
  const data = unpack(model.get("data"));
  const controls = await controlsOf(model);
  const send = (event) => controls.set(pointer?.(controls.state(), data, event) ?? {});

  el.classList.add("nbx-scene");
  const bar = addBar(el, scene, { ...controls, send, take });
  const { canvas, fit } = addPicture(el, scene);
  const words = addWords(canvas, scene.about);
  const paper = { placed: [], size: [0, 0], theme: null };

  function paint() {
    if (!paper.size[0]) return; // not on the page: the ResizeObserver calls when it is
    paper.theme ??= look(el, scene);
    const state = controls.state();
    const result = arrays(state, data);
    const g = sharp(canvas, paper.size);
    Object.assign(paper, paintScene(g, scene, { ...data, ...result }, paper));
    words.say(result.text);
    bar.show(state, result.python);
    showIdle(el, scene.idle, state);
    el.nbx.painted = { state, arrays: result, count: el.nbx.painted.count + 1 };
  }
  const compute = (values) => arrays(values, data);
  el.nbx = { ...controls, compute, paper, painted: { count: 0 } }; // for tests
  const frame = oncePerFrame(paint);
  const away = [
    controls.listen(frame.ask),
    watchTheme(paper, frame.ask),
    fit(),
    watchSize(canvas, (size) => {
      keepKeys(el.closest(".nbx"));
      paper.size = size;
      words.fit();
      paint();
    }),
    frame.stop,
    bar.stop,
    words.stop,
  ];
  if (pointer) listen(canvas, () => paper.placed, send);
  return () => {
    for (const end of away) end();
  };
}

// --- controls ---

// The explorer's controls, which are widgets of their own.
async function controlsOf(model) {
  const entries = Object.entries(model.get("controls"));
  const find = (id) => model.widget_manager.get_model(id.replace("IPY_MODEL_", ""));
  const found = await Promise.all(entries.map(([, id]) => find(id)));
  const controls = Object.fromEntries(entries.map(([name], k) => [name, found[k]]));
  return {
    state: () => Object.fromEntries(entries.map(([name]) => [name, readFrom(controls[name])])),
    set(values) {
      for (const [name, value] of Object.entries(values)) writeTo(controls[name], value);
    },
    // Move one control on this page alone; `set` tells the kernel, too.
    move: (name, value) => controls[name].set("value", value),
    listen(changed) {
      for (const control of found) control.on(CHANGES, changed);
      return () => {
        for (const control of found) control.off(CHANGES, changed);
      };
    },
  };
}

function readFrom(control) {
  const labels = control.get("_options_labels");
  const value = control.get("value");
  if (labels) return labels[control.get("index")];
  return typeof value === "number" ? Number(value.toFixed(10)) : value; // not 0.30000000000000004
}

function writeTo(control, value) {
  const labels = control.get("_options_labels");
  control.set(labels ? "index" : "value", labels ? labels.indexOf(value) : value);
  control.save_changes(); // at once: ipywidgets merges, and a late save would throw a slider back
}

// --- what stands around the picture ---

// Buttons: a clock's, a preset each, an action each, Reset, a file's, and the lines of Python.
function addBar(el, scene, { send, take, ...controls }) {
  const { set } = controls;
  const bar = element(el, "div", { class: "nbx-bar" });
  const clock = scene.clock && addClock(bar, el, scene.clock, controls);
  const add = (label, attributes, act) => {
    const button = element(bar, "button", { type: "button", ...attributes }, label);
    button.addEventListener("click", act);
    return button;
  };
  const presets = Object.entries(scene.presets).map(([label, values]) => {
    const button = add(label, { "aria-pressed": "false" }, () => set(values));
    return { button, wanted: Object.entries(values) };
  });
  for (const [label, key] of Object.entries(scene.actions)) {
    add(label, {}, () => send({ type: "key", panel: 0, key }));
  }
  add("Reset", { class: "nbx-reset" }, () => {
    clock?.pause();
    set(scene.start);
  });
  if (take) addOpen(bar, el, async (files) => set(await take(files)));
  const copy = addCopy(bar, el);
  return {
    stop: () => clock?.stop(),
    show(state, python) {
      copy.show(python);
      for (const { button, wanted } of presets) {
        const pressed = wanted.every(([name, value]) => state[name] === value);
        button.setAttribute("aria-pressed", pressed);
      }
    },
  };
}

// The picture: its shape follows its width, which is known before its height. Where the page is
// narrow, it stays in view with the words below it (scene.css).
function addPicture(el, scene) {
  const box = element(el, "div", { class: "nbx-picture" });
  const ruler = element(box, "div");
  const canvas = element(box, "canvas", { role: "img" });
  const shape = ([width]) => {
    canvas.style.aspectRatio = `${width} / ${heightOf(scene, width)}`;
  };
  return { canvas, fit: () => watchSize(ruler, shape) };
}

// The result in words: below the picture, as its label, and aloud once the slider rests.
function addWords(canvas, about) {
  const el = canvas.parentElement;
  const line = element(el, "p", { class: "nbx-text", "aria-hidden": "true" });
  const live = element(el, "span", { class: "nbx-live", "aria-live": "polite" });
  let timer = 0;
  return {
    say(text) {
      if (line.textContent === text) return;
      const first = line.textContent === "";
      line.textContent = text;
      canvas.setAttribute("aria-label", `${about} ${text}`);
      line.style.minHeight = `${line.offsetHeight}px`; // grows only: the page does not jump
      clearTimeout(timer);
      if (!first) timer = setTimeout(() => (live.textContent = text), 500);
    },
    fit: () => (line.style.minHeight = ""),
    stop: () => clearTimeout(timer),
  };
}

// --- when to paint ---

// One frame: compute, then paint everything, in one go; so no frame is ever blank or half-drawn.
// The first change in a frame is painted as soon as its event is over, so that this very frame
// shows it; what follows within the same frame waits for the next and is painted together.
function oncePerFrame(paint) {
  let [asked, rested, stopped] = [false, true, false];
  const now = () => {
    asked = false;
    if (!stopped) paint();
  };
  const ask = () => {
    if (asked) return;
    asked = true;
    if (!rested) return requestAnimationFrame(now);
    rested = false;
    requestAnimationFrame(() => (rested = true));
    queueMicrotask(now);
  };
  return { ask, stop: () => (stopped = true) };
}

function watchTheme(paper, ask) {
  const changed = () => {
    paper.theme = null;
    ask();
  };
  const body = new MutationObserver(changed);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  body.observe(document.body, { attributes: true });
  dark.addEventListener("change", changed);
  return () => {
    body.disconnect();
    dark.removeEventListener("change", changed);
  };
}

function watchSize(el, changed) {
  const seen = ([{ contentRect }]) => changed([contentRect.width, contentRect.height]);
  const observer = new ResizeObserver(seen);
  try {
    observer.observe(el, { box: "device-pixel-content-box" }); // hears of a new pixel ratio
  } catch {
    observer.observe(el);
  }
  return () => observer.disconnect();
}

// The canvas, cleared, with as many pixels as the screen has.
function sharp(canvas, size) {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = size.map((length) => Math.round(length * ratio));
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const g = canvas.getContext("2d");
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  g.clearRect(0, 0, ...size);
  return g;
}

// --- pointer and keys ---

// Shortcuts of the page must not fire from inside. Notebook 7 hears of a key before we do, and
// leaves it alone where the attribute is.
function keepKeys(box) {
  if (!box || box.dataset.nbxKeys) return;
  box.dataset.nbxKeys = "kept";
  box.addEventListener("keydown", (event) => event.stopPropagation());
  box.addEventListener("focusin", ({ target }) => {
    target.dataset.lmSuppressShortcuts = "true";
  });
}

// event: {type: "down" | "move" | "up" | "key", panel (number), x, y (in its units), key}. A finger
// beside the paper may mean to scroll: only where it was lifted again it was meant for the picture.
function listen(canvas, placed, send) {
  let held = -1; // the panel where the pointer went down
  let waits = false; // for the finger to be lifted
  const tell = (type, event) => {
    const { offsetX, offsetY } = event;
    if (type === "down") {
      held = placed().findIndex(({ box }) => inside(box, offsetX, offsetY));
      waits = event.pointerType === "touch" && !placed()[held]?.panel.paper;
    }
    if (held < 0) return;
    const { unX, unY } = placed()[held];
    const say = (kind) => send({ type: kind, panel: held, x: unX(offsetX), y: unY(offsetY) });
    if (!waits) say(type);
    else if (event.type === "pointerup") ["down", "up"].forEach(say);
    if (type === "up") held = -1;
  };
  canvas.tabIndex = 0;
  canvas.addEventListener("touchstart", (event) => keepFinger(event, canvas, placed()), {
    passive: false,
  });
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    tell("down", event);
  });
  canvas.addEventListener("pointermove", (event) => tell("move", event));
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, (event) => tell("up", event));
  }
  canvas.addEventListener("keydown", (event) => {
    if (event.key === "Tab") return;
    event.preventDefault();
    send({ type: "key", panel: 0, key: event.key });
  });
}

// Only paper takes the finger; elsewhere it scrolls the page.
function keepFinger(event, canvas, placed) {
  const { left, top } = canvas.getBoundingClientRect();
  const { clientX, clientY } = event.touches[0];
  const touched = placed.find(({ box }) => inside(box, clientX - left, clientY - top));
  if (touched?.panel.paper) event.preventDefault();
}

const inside = ({ left, top, width, height }, x, y) =>
  left <= x && x <= left + width && top <= y && y <= top + height;
