// A trained network on the page; draw_digit_network.py in JavaScript.

import { ACTIVATIONS, range, softmax, weighted } from "./maths.js";

// What each layer makes of one picture, ink 0..1: the input first.
export function forward(picture, data) {
  let x = picture.flat().map((v) => data.full * v);
  return data.steps.map((steps, k) => {
    if (k) x = weighted(x, data[`W${k}`], data[`b${k}`]);
    for (const step of steps) x = take(step, x);
    return x;
  });
}

// A step is the name of an activation, or a scale and an offset.
function take(step, x) {
  if (step === "softmax") return softmax(x);
  if (typeof step === "string") return x.map(ACTIVATIONS[step]);
  const [scale, offset] = step;
  return x.map((v) => v * scale + offset);
}

// Each hidden layer's outputs as a matrix, and the ends of its colour scale.
export function hiddenArrays(hidden, rows) {
  const found = {};
  hidden.forEach((h, k) => {
    const high = Math.max(1, ...h.map(Math.abs));
    const columns = h.length / rows[k];
    const row = (r) => h.slice(r * columns, (r + 1) * columns);
    found[`hidden${k + 1}`] = range(rows[k]).map(row);
    found[`high${k + 1}`] = high;
    found[`low${k + 1}`] = -high;
  });
  return found;
}
