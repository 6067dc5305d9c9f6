// Plain controls that stand in for a notebook's widgets: what a scene asks of one is get, set, on
// and off. A control is described as live.py does: its kind, label, and what it can take.

import { element } from "../../../nbhelpers/explorers/picture/element.js";

// Add a control to a column (one that is hidden has no place in it), and return its model.
export function addControl(column, control, id) {
  const key = control.options ? "index" : "value";
  const heard = new Set();
  let value = control[key];
  const choose = (next) => model.set(key, next);
  const view = VIEWS[control.kind]?.({ column, control, id, choose });
  const model = {
    get: (name) => ({ [key]: value, _options_labels: control.options })[name],
    set(_, next) {
      if (next === value) return;
      value = next;
      view?.(value);
      for (const tell of heard) tell();
    },
    on: (_, tell) => heard.add(tell),
    off: (_, tell) => heard.delete(tell),
    save_changes() {}, // there is no kernel to tell
  };
  view?.(value);
  return model;
}

const VIEWS = {
  slider: addRange,
  steps: addRange,
  menu: addMenu,
  buttons: addButtons,
  switch: addSwitch,
};

function addRange({ column, control, id, choose }) {
  const { label, options, digits } = control;
  const { min, max, step } = options ? { min: 0, max: options.length - 1, step: 1 } : control;
  const box = element(column, "div", { class: "control" });
  element(box, "label", { for: id }, label);
  const output = element(box, "output", { for: id });
  const input = element(box, "input", { type: "range", id, min, max, step });
  input.addEventListener("input", () => choose(Number(input.value)));
  return (value) => {
    const text = options ? options[value] : value.toFixed(digits).replace("-", "−");
    input.value = value;
    input.setAttribute("aria-valuetext", text);
    output.textContent = text;
  };
}

function addMenu({ column, control, id, choose }) {
  const box = element(column, "div", { class: "control" });
  element(box, "label", { for: id }, control.label);
  const select = element(box, "select", { id });
  for (const option of control.options) element(select, "option", {}, option);
  select.addEventListener("change", () => choose(select.selectedIndex));
  return (index) => {
    select.selectedIndex = index;
  };
}

function addButtons({ column, control, id, choose }) {
  const box = element(column, "fieldset", { class: "control buttons" });
  element(box, "legend", {}, control.label);
  const inputs = control.options.map((option, index) => {
    const label = element(box, "label");
    const input = element(label, "input", { type: "radio", name: id });
    element(label, "span", {}, option);
    input.addEventListener("change", () => choose(index));
    return input;
  });
  return (index) => {
    inputs[index].checked = true;
  };
}

function addSwitch({ column, control, choose }) {
  const label = element(column, "label", { class: "control switch" });
  const input = element(label, "input", { type: "checkbox" });
  element(label, "span", {}, control.label);
  input.addEventListener("change", () => choose(input.checked));
  return (value) => {
    input.checked = value;
  };
}

// The value of a control that is nearest to what a link asks for; undefined if nothing is near.
export function nearest(control, text) {
  if (control.kind === "hidden") {
    return new RegExp(`^(?:${control.form})$`).test(text) ? text : undefined;
  }
  if (control.kind === "switch") return { true: true, 1: true, false: false, 0: false }[text];
  const number = text.trim() === "" ? Number.NaN : Number(text);
  if (control.options) return nearestOption(control.options, text, number);
  if (Number.isNaN(number)) return undefined;
  const { min, max, step } = control;
  const steps = Math.round((Math.min(Math.max(number, min), max) - min) / step);
  return Number((min + steps * step).toFixed(10));
}

function nearestOption(options, text, number) {
  const same = options.find((option) => option.toLowerCase() === text.trim().toLowerCase());
  if (same !== undefined || Number.isNaN(number)) return same;
  const numbers = options.map(Number);
  if (numbers.some(Number.isNaN)) return undefined;
  const near = Math.min(Math.max(number, Math.min(...numbers)), Math.max(...numbers));
  const away = numbers.map((option) => Math.abs(option - near));
  return options[away.indexOf(Math.min(...away))];
}
