// playground_training.py in JavaScript: what Sequential does, in float64, step for step.
// A network is its sizes (units of every layer, the inputs' first) and one long vector w of all
// parameters: kernel (inputs, units) row by row, then bias, layer by layer. A batch of n samples
// is one long vector, too.

import { ACTIVATIONS, softmax } from "./maths.js";

const SLOPES = {
  // of an activation, told by its output y
  tanh: (y) => 1 - y * y,
  relu: (y) => (y > 0 ? 1 : 0),
  sigmoid: (y) => (1 - y) * y,
};

// Kernels are glorot_uniform, from the numbers 0..1 that NumPy draws for the seed; biases are 0.
function startWeights(sizes, draws) {
  const w = [];
  let drawn = 0;
  for (let layer = 1; layer < sizes.length; layer++) {
    const [inputs, units] = [sizes[layer - 1], sizes[layer]];
    const limit = Math.sqrt(6 / (inputs + units));
    for (let k = 0; k < inputs * units; k++) w.push(-limit + 2 * limit * draws[drawn++]);
    for (let k = 0; k < units; k++) w.push(0);
  }
  return Float64Array.from(w);
}

// The outputs of every layer, the input first; of the last one what sigmoid or softmax is given.
function layerOutputs({ sizes, activation }, w, x) {
  const n = x.length / sizes[0];
  const h = ACTIVATIONS[activation];
  const outputs = [x];
  let kernel = 0;
  for (let layer = 1; layer < sizes.length; layer++) {
    const [inputs, units] = [sizes[layer - 1], sizes[layer]];
    const last = layer === sizes.length - 1;
    const [below, z] = [outputs[layer - 1], new Float64Array(n * units)];
    const bias = kernel + inputs * units;
    for (let row = 0; row < n; row++) {
      for (let unit = 0; unit < units; unit++) {
        let a = 0;
        for (let k = 0; k < inputs; k++) {
          a += below[row * inputs + k] * w[kernel + k * units + unit];
        }
        a += w[bias + unit];
        z[row * units + unit] = last ? a : h(a);
      }
    }
    outputs.push(z);
    kernel = bias + units;
  }
  return outputs;
}

// One logit a sample: sigmoid. Three: softmax. p has the shape of the logits.
function probabilities(logits, units) {
  if (units === 1) return logits.map(ACTIVATIONS.sigmoid);
  const p = new Float64Array(logits.length);
  for (let at = 0; at < p.length; at += units) {
    p.set(softmax([...logits.subarray(at, at + units)]), at);
  }
  return p;
}

// The mean cross-entropy, from the logits z, and its gradient (p - y) / n.
function lossAndGradient(z, labels, units) {
  const n = labels.length;
  const grad = probabilities(z, units);
  let total = 0;
  labels.forEach((label, row) => {
    const own = z.subarray(row * units, (row + 1) * units);
    total += units === 1 ? binaryLoss(own[0], label) : crossEntropy(own, label);
    if (units === 1) grad[row] -= label;
    else grad[row * units + label] -= 1;
  });
  return [total / n, grad.map((v) => v / n)];
}

const binaryLoss = (z, label) => Math.max(z, 0) - z * label + Math.log1p(Math.exp(-Math.abs(z)));

function crossEntropy(z, label) {
  const top = Math.max(...z);
  return Math.log(z.reduce((sum, v) => sum + Math.exp(v - top), 0)) - (z[label] - top);
}

// The gradient for every parameter, from that for the logits, back through the layers.
function parameterGradients({ sizes, activation }, w, outputs, gradient) {
  const n = outputs[0].length / sizes[0];
  const found = new Float64Array(w.length);
  const slope = SLOPES[activation];
  let [grad, kernel] = [gradient, w.length];
  for (let layer = sizes.length - 1; layer > 0; layer--) {
    const [inputs, units] = [sizes[layer - 1], sizes[layer]];
    const x = outputs[layer - 1];
    const below = new Float64Array(x.length);
    const bias = kernel - units;
    kernel = bias - inputs * units;
    for (let row = 0; row < n; row++) {
      for (let unit = 0; unit < units; unit++) {
        const g = grad[row * units + unit];
        found[bias + unit] += g;
        for (let k = 0; k < inputs; k++) {
          found[kernel + k * units + unit] += x[row * inputs + k] * g;
          below[row * inputs + k] += g * w[kernel + k * units + unit];
        }
      }
    }
    grad = below.map((g, k) => g * slope(x[k]));
  }
  return found;
}

// The rules of optimizers.py; m and v are what they remember, t counts the updates from 1.
const UPDATES = {
  sgd: (w, g, { rate }) => w.map((value, k) => value - g[k] * rate),
  momentum(w, g, { rate, m }) {
    return w.map((value, k) => {
      m[k] = m[k] * 0.9 - g[k] * rate;
      return value + m[k];
    });
  },
  adam(w, g, { rate, m, v, t }) {
    const corrected = (rate * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t);
    return w.map((value, k) => {
      m[k] += (g[k] - m[k]) * (1 - 0.9);
      v[k] += (g[k] * g[k] - v[k]) * (1 - 0.999);
      return value - (m[k] / (Math.sqrt(v[k]) + 1e-7)) * corrected;
    });
  },
};

// A training that remembers the weights and the loss after every step; see advance.
export function newTraining(setting, points, draws) {
  const w = startWeights(setting.sizes, draws);
  const training = {
    ...setting,
    x: Float64Array.from(points.flatMap((point) => point.slice(0, 2))),
    labels: points.map(([, , kind]) => kind),
    m: new Float64Array(w.length),
    v: new Float64Array(w.length),
    weights: [w],
    losses: [],
    over: points.length === 0, // nothing to learn from, or the loss was no number
  };
  if (!training.over) measure(training);
  return training;
}

// Find the loss and the gradient at the newest weights; a loss that is no number is the end.
function measure(training) {
  const { sizes, weights, x, labels } = training;
  const w = weights.at(-1);
  const outputs = layerOutputs(training, w, x);
  const [loss, grad] = lossAndGradient(outputs.at(-1), labels, sizes.at(-1));
  training.over = !Number.isFinite(loss);
  if (training.over) {
    weights.pop();
    return;
  }
  training.losses.push(loss);
  training.gradient = parameterGradients(training, w, outputs, grad);
}

// Train until this step, if it is not behind; return the step that was reached.
export function advance(training, step) {
  const { weights, optimizer, rate, m, v } = training;
  while (weights.length <= step && !training.over) {
    const memory = { rate, m, v, t: weights.length };
    weights.push(UPDATES[optimizer](weights.at(-1), training.gradient, memory));
    measure(training);
  }
  return Math.min(step, weights.length - 1);
}

// The output of every layer after a step, (n * units): the inputs first, then hidden, then p.
export function outputsAt(training, step, x) {
  const outputs = layerOutputs(training, training.weights[step], x);
  return [...outputs.slice(0, -1), probabilities(outputs.at(-1), training.sizes.at(-1))];
}

// The weights without biases after a step, layer by layer.
export function kernelsAt({ sizes, weights }, step) {
  const found = [];
  let at = 0;
  for (let layer = 1; layer < sizes.length; layer++) {
    const [inputs, units] = [sizes[layer - 1], sizes[layer]];
    found.push(...weights[step].subarray(at, at + inputs * units));
    at += (inputs + 1) * units;
  }
  return found;
}

// The hidden units, counted through both layers, that are 0 at every point.
export function deadUnits({ sizes, activation, labels }, outputs) {
  if (activation !== "relu" || !labels.length) return [];
  return sizes.slice(1, -1).flatMap((units, k) => {
    const first = k === 0 ? 0 : sizes[1];
    const alive = (unit) => outputs[k + 1].some((v, at) => at % units === unit && v >= 1e-9);
    return [...Array(units).keys()].filter((unit) => !alive(unit)).map((unit) => first + unit);
  });
}

// At how many points all units of the last hidden layer are 0.
export function blindPoints({ sizes, labels }, outputs) {
  const [layer, units] = [outputs.at(-2), sizes.at(-2)];
  const own = (k) => layer.subarray(k * units, (k + 1) * units);
  const zero = (_, k) => own(k).every((v) => Math.abs(v) < 1e-9);
  return labels.filter(zero).length;
}
