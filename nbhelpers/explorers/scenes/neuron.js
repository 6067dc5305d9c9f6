const RANGES = { step: [-0.2, 1.2], sigmoid: [0, 1], tanh: [-1.2, 1.2], relu: [-2, 2] };
const HEIGHTS = { step: [0, 1.25], sigmoid: [0, 1.25], tanh: [-1.2, 1.3], relu: [0, 2.5] };

function arrays(state, data) {
  const { w1, w2, b } = state, h = ACTIVATIONS[state.activation], wanted = data.gates[state.gate];
  const total = (x1, x2) => {
    const a = b + w1 * x1 + w2 * x2;
    return Math.abs(a) < 1e-9 ? 0 : a;
  };
  const sums = data.corners.map(([x1, x2]) => total(x1, x2)), outputs = sums.map(h);
  const good = sums.map((a, k) => (a > 0 ? 1 : 0) === wanted[k]), right = good.filter(Boolean).length;
  const [low, high] = RANGES[state.activation];
  return {
    surface: data.middles.toReversed().map((x2) => data.middles.map((x1) => h(total(x1, x2)))),
    border: border(w1, w2, b),
    zeros: data.corners.filter((_, k) => !wanted[k]), ones: data.corners.filter((_, k) => wanted[k]),
    says: outputs.map((y) => fixed(y)), marks: outputs.map((y, k) => `${fixed(y)} ${good[k] ? "✓" : "✗"}`),
    outputs, right, low, high, heights: HEIGHTS[state.activation], text: words(state, right),
  };
}

function border(w1, w2, b) {
  const size = w1 * w1 + w2 * w2, x = (-b * w1) / size, y = (-b * w2) / size, far = 4 / Math.sqrt(size);
  return size < 1e-9 ? [] : [[[x - far * w2, y + far * w1], [x + far * w2, y - far * w1]]];
}

function words(state, right) {
  const line = `w₁ = ${fixed(state.w1)}, w₂ = ${fixed(state.w2)}, b = ${fixed(state.b)}`;
  const start = `${state.gate}: ${right} of 4 corners are right with ${line}.`;
  if (state.gate === "XOR") return start + " One straight line never gets all 4.";
  return start + (right === 4 ? " The neuron is this gate." : "");
}
