const SLOPES = { sigmoid: (y) => y * (1 - y), tanh: (y) => 1 - y * y, relu: (y) => (y > 0 ? 1 : 0) };
const GREATEST = { sigmoid: 0.25, tanh: 1, relu: 1 };

function arrays(state) {
  const { depth, weight, activation } = state, curves = {}, gradients = {};
  for (const name of Object.keys(SLOPES)) {
    gradients[name] = chain(name, weight, depth);
    curves[name] = gradients[name].map((g, k) => [k + 1, Math.log10(g)]);
    curves[name + "_dots"] = curves[name];
  }
  const mine = gradients[activation], first = mine[0], most = GREATEST[activation] * weight;
  return {
    ...curves, chosen: curves[activation], factors: mine.map((g, k) => g / (mine[k + 1] ?? 1)),
    first, first_at: [[1.4, Math.max(Math.log10(first), -11) - 1.4]], first_text: [number(first)], activation,
    bound: [[-1, most], [30, most]],
    text: words(activation, most, depth, first),
  };
}

function chain(name, weight, depth) {
  const h = ACTIVATIONS[name], factors = [];
  let x = 1, gradient = 1;
  for (let k = 0; k < depth; k++) {
    x = h(x * weight);
    factors.push(SLOPES[name](x) * weight);
  }
  return factors.reverse().map((factor) => (gradient *= factor)).reverse();
}

const number = (value) => (value >= 0.01 && value < 1000 ? fixed(value) : scientific(value, 1));

function words(name, most, depth, first) {
  const start = `${depth} ${name} layer${depth > 1 ? "s" : ""}: each multiplies by at most ` +
    `${fixed(most)}; of a gradient of 1, ${number(first)} gets through`;
  if (first < 1e-6) return start + ", less than a millionth: the first layer hardly learns.";
  return start + (first > 1e3 ? ": it explodes." : ".");
}
