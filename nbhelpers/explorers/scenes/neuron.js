import { fixed, say } from "../picture/words.js";
import { ACTIVATIONS } from "./parts/maths.js";

export function arrays(state, data) {
  const h = ACTIVATIONS[state.activation];
  const wanted = data.gates[state.gate];
  const total = (x1, x2) => cleaned(state.b + state.w1 * x1 + state.w2 * x2);
  const sums = data.corners.map(([x1, x2]) => total(x1, x2));
  const outputs = sums.map(h);
  const good = sums.map((a, k) => (a > 0 ? 1 : 0) === wanted[k]);
  const right = good.filter(Boolean).length;
  const [low, high] = data.ranges[state.activation];
  const heights = data.middles.toReversed();
  return {
    surface: heights.map((x2) => data.middles.map((x1) => h(total(x1, x2)))),
    border: border(state),
    zeros: data.corners.filter((_, k) => !wanted[k]),
    ones: data.corners.filter((_, k) => wanted[k]),
    says: outputs.map((y) => fixed(y)),
    marks: outputs.map((y, k) => `${fixed(y)} ${good[k] ? "✓" : "✗"}`),
    outputs,
    right,
    low,
    high,
    heights: data.rooms[state.activation],
    text: words(state, right, data.sentences),
  };
}

// What is 0 but for rounding becomes 0.
const cleaned = (a) => (Math.abs(a) < 1e-9 ? 0 : a);

// The line on which the sum is 0; none if both weights are 0.
function border({ w1, w2, b }) {
  const size = w1 * w1 + w2 * w2;
  if (size < 1e-9) return [];
  const [x, y] = [(-b * w1) / size, (-b * w2) / size]; // its point next to the origin
  const far = 4 / Math.sqrt(size);
  return [[far, -far].map((way) => [x - way * w2, y + way * w1])];
}

function words(state, right, sentences) {
  const kind = right === 4 ? "gate" : "no gate";
  const template = sentences.all + sentences[state.gate === "XOR" ? "xor" : kind];
  return say(template, { right, ...state });
}
