import { fixed, say, scientific } from "../picture/words.js";
import { ACTIVATIONS, range } from "./parts/maths.js";

// The slope of each activation, from its value.
const SLOPES = {
  sigmoid: (y) => y * (1 - y),
  tanh: (y) => 1 - y * y,
  relu: (y) => (y > 0 ? 1 : 0),
};

export function arrays(state, { greatest, sentences }) {
  const { depth, weight, activation } = state;
  const [curves, dots] = [{}, {}];
  for (const name of Object.keys(SLOPES)) {
    const powers = chain(name, weight, depth).map(Math.log10);
    curves[name] = powers.map((power, k) => [k + 1, power]);
    dots[`${name}_dots`] = curves[name];
  }
  const mine = chain(activation, weight, depth);
  const [first, most] = [mine[0], greatest[activation] * weight];
  return {
    ...curves,
    ...dots,
    chosen: curves[activation],
    factors: mine.map((gradient, k) => gradient / (mine[k + 1] ?? 1)),
    first,
    first_at: [[1.4, Math.max(Math.log10(first), -11) - (first > 1 ? 2.2 : 1.4)]],
    first_text: [number(first)],
    bound: [-1, 30].map((end) => [end, most]),
    activation,
    text: words({ name: activation, most, depth, first }, sentences),
  };
}

// The gradient of the last output with respect to each layer's input.
function chain(name, weight, depth) {
  let [x, gradient] = [1, 1];
  const factors = range(depth).map(() => {
    x = ACTIVATIONS[name](x * weight);
    return SLOPES[name](x) * weight;
  });
  const back = factors.toReversed().map((factor) => {
    gradient *= factor;
    return gradient;
  });
  return back.toReversed();
}

const number = (value) => (value >= 0.01 && value < 1000 ? fixed(value) : scientific(value, 1));

function words({ name, most, depth, first }, sentences) {
  const plenty = first > 1e3 ? "much" : "some";
  const template = sentences.all + sentences[first < 1e-6 ? "little" : plenty];
  return say(template, { name, most, depth, s: depth > 1 ? "s" : "", first: number(first) });
}
