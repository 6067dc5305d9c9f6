import { fixed, say } from "../picture/words.js";
import { ACTIVATIONS, softmax, weighted } from "./parts/maths.js";

const BIASES = 3;

export function arrays(state, data) {
  const { sums, outputs } = forward(state, data);
  const [A1, A2, A3] = sums;
  const [Z1, Z2, Y] = outputs;
  const units = [state.x1, state.x2, ...outputs.flat()];
  const biases = (value) => Array(BIASES).fill(value);
  return {
    A1,
    A2,
    A3,
    Z1,
    Z2,
    Y,
    shades: [...units.map((v) => data.shade * Math.min(Math.abs(v), 1)), ...biases(0)],
    shown: [...units.map((v) => fixed(v)), ...biases("1")],
    sums: ["x₁", "x₂", ...sums.flat().map((a) => `a = ${fixed(a)}`), ...biases("bias")],
    text: say(data.sentence, { Z1, Z2, Y }),
  };
}

// The weighted sums and the outputs of the three layers.
function forward(state, data) {
  const [sums, outputs] = [[], []];
  let x = [state.x1, state.x2];
  [state.activation, state.activation, "linear"].forEach((name, k) => {
    const a = weighted(x, data[`W${k + 1}`], data[`b${k + 1}`]).map(rounded);
    x = a.map(ACTIVATIONS[name]);
    sums.push(a);
    outputs.push(x);
  });
  if (state.output === "softmax") outputs[2] = softmax(outputs[2]);
  return { sums, outputs };
}

const rounded = (v) => Math.round(v * 1e12) / 1e12; // so that step sees a true 0
