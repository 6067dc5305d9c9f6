// The explorers of a page. Each stands as a stored picture until it comes near the window; then its
// two scripts are loaded (from a folder a page may load scripts, and nothing else), and it moves.

import { element } from "../../../nbhelpers/explorers/picture/element.js";
import { show } from "../../../nbhelpers/explorers/picture/page.js";
import { addControl, nearest } from "./controls.js";
import { copied } from "./dom.js";

const scenes = {};
const settings = {};
const scripts = {};

// `shared`: what the scenes' scripts import. They and the settings call back.
export function start(shared) {
  window.nbx = {
    scene(name, make) {
      scenes[name] = make(shared);
    },
    setting(key, setting) {
      settings[key] = setting;
    },
  };
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) bring(target);
    },
    { rootMargin: "100% 0px" },
  );
  for (const figure of document.querySelectorAll(".explorer")) seen.observe(figure);
  addEventListener("hashchange", follow);
  follow();
}

const brought = new Map(); // figure: a promise of its explorer

export function bring(figure) {
  if (!brought.has(figure)) brought.set(figure, alive(figure));
  return brought.get(figure);
}

async function alive(figure) {
  const { scene, setting } = figure.dataset;
  await Promise.all([load(`site/scenes/${scene}.js`), load(`site/settings/${setting}.js`)]);
  const explorer = settings[setting];
  const box = element(figure, "div", { class: "nbx" });
  const column = element(box, "div", { class: "widget-vbox" });
  const models = explorer.controls.map((control) => {
    return addControl(column, control, `${figure.id}-${control.name}`);
  });
  if (column.childElementCount > 7) box.classList.add("nbx-many");
  if (!column.childElementCount) column.remove();
  const el = element(box, "div");
  await show({ model: modelOf(explorer, models), el }, scenes[scene]);
  figure.classList.add("alive");
  addSetting(figure, explorer, el.nbx);
  return { explorer, ...el.nbx };
}

function load(path) {
  scripts[path] ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    Object.assign(script, { src: path, onload: done, onerror: failed });
    document.head.append(script);
  });
  return scripts[path];
}

// What a scene asks of a notebook's widget.
function modelOf({ scene, data, controls }, models) {
  const ids = controls.map(({ name }) => [name, name]);
  const found = { scene, data: withBytes(data), controls: Object.fromEntries(ids) };
  const place = (id) => controls.findIndex(({ name }) => name === id);
  return {
    get: (name) => found[name],
    widget_manager: { get_model: async (id) => models[place(id)] },
  };
}

export function withBytes(value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  if (typeof value.bytes === "string") {
    return { ...value, bytes: Uint8Array.from(atob(value.bytes), (c) => c.charCodeAt(0)) };
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withBytes(part)]));
}

// --- this very setting: as a link, and as a line of Python ---

function addSetting(figure, explorer, { state }) {
  const bar = element(figure, "div", { class: "setting" });
  const add = (label, text) => {
    const button = element(bar, "button", { type: "button" }, label);
    button.addEventListener("click", () => hand(bar, text()));
  };
  add("Link to this setting", () => {
    const link = new URL(location.href);
    link.hash = linkOf(figure.id, explorer, state());
    history.replaceState(null, "", link);
    return link.href;
  });
  // The playground has lines of its own.
  if (explorer.scene.name !== "playground") {
    const python = JSON.parse(figure.dataset.python);
    add("Copy as Python", () => pythonOf({ python, ...explorer }, state()));
  }
}

// Selected in any case: where a browser forbids to copy, a key does it.
async function hand(bar, text) {
  const line = bar.querySelector("code") ?? element(bar, "code", { tabindex: 0 });
  const said = bar.querySelector("[role]") ?? element(bar, "span", { role: "status" });
  line.textContent = text;
  getSelection().selectAllChildren(line);
  said.textContent = (await copied(text)) ? "Copied." : "Selected: copy it with a key.";
}

// What differs from the start; a hidden control that has no form cannot be set by a link.
export function linkOf(id, { controls, scene: { start } }, state) {
  const names = controls.filter(({ kind, form }) => kind !== "hidden" || form).map((c) => c.name);
  const changed = names.filter((name) => state[name] !== start[name]);
  return `${id}?${new URLSearchParams(changed.map((name) => [name, state[name]]))}`;
}

// All values for an explorer that has a name; else those that the call must give.
export function pythonOf({ python, scene }, state) {
  if (python.name) return `${python.name}.state = ${literal(state)}`;
  const { call = `explorers.${scene.name}`, given = [], sets = [] } = python;
  const wanted = ([name, value]) => value !== scene.start[name] || sets.includes(name);
  const values = Object.entries(state).filter(wanted);
  const written = values.map(([name, value]) => `${name}=${literal(value)}`);
  return `${call}(${[...given, ...written].join(", ")})`;
}

function literal(value) {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  const pairs = Object.entries(value).map(
    ([key, part]) => `${JSON.stringify(key)}: ${literal(part)}`,
  );
  return `{${pairs.join(", ")}}`;
}

// Set an explorer as the address says: #affine?angle=90&shear=1. What it does not name is as at the
// start, what is not allowed is brought to the nearest that is.
async function follow() {
  const [id, query] = location.hash.slice(1).split(/\?(.*)/s);
  const figure = query === undefined ? null : document.getElementById(id);
  if (!figure?.matches(".explorer")) return;
  const { explorer, set } = await bring(figure);
  const { start } = explorer.scene;
  const asked = new URLSearchParams(query);
  const wanted = explorer.controls
    .filter(({ name }) => asked.has(name))
    .map((control) => [control.name, nearest(control, asked.get(control.name))])
    .filter(([, value]) => value !== undefined);
  set({ ...start, ...Object.fromEntries(wanted) });
  figure.scrollIntoView({ block: "start" });
}
