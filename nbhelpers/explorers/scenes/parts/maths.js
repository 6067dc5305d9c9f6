// What scenes compute with. Arrays are nested lists of numbers: x[row][column]. In Python NumPy and
// the engine do the same.

export const sum = (values) => values.reduce((total, value) => total + value, 0);
export const dot = (a, b) => a.reduce((total, value, k) => total + value * b[k], 0);
export const transpose = (x) => x[0].map((_, column) => x.map((row) => row[column]));
export const range = (n) => Array.from({ length: n }, (_, k) => k);
export const clip = (value, low, high) => Math.min(Math.max(value, low), high);
export const radians = (degrees) => (degrees * Math.PI) / 180;

export function matmul(a, b) {
  const columns = transpose(b);
  return a.map((row) => columns.map((column) => dot(row, column)));
}

// A function of numbers, for lists nested to any depth.
export const deepMap = (x, f) => (Array.isArray(x) ? x.map((part) => deepMap(part, f)) : f(x));

// --- layers ---

export const ACTIVATIONS = {
  linear: (x) => x,
  step: (x) => (x > 0 ? 1 : 0),
  relu: (x) => Math.max(x, 0),
  leaky_relu: (x) => Math.max(x, 0.2 * x),
  tanh: Math.tanh,
  sigmoid: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
};

export function softmax(values) {
  const top = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - top));
  const total = sum(powers);
  return powers.map((power) => power / total);
}

// The weighted sums of one layer: x (inputs,), W (inputs, units), b (units,) -> (units,).
export function weighted(x, W, b) {
  const z = b.slice();
  x.forEach((value, i) => {
    if (value === 0) return; // most pixels of a picture
    for (let j = 0; j < z.length; j++) z[j] += value * W[i][j];
  });
  return z;
}

// --- rounding to a number format: what float16 and float32 keep of a number ---

export function rounded(value, dtype) {
  if (dtype === "float64" || !Number.isFinite(value) || value === 0) return value;
  return dtype === "float32" ? Math.fround(value) : half(value);
}

function half(value) {
  const step = 2 ** (Math.max(Math.floor(Math.log2(Math.abs(value))), -14) - 10);
  const place = value / step;
  const below = Math.floor(place);
  const rest = place - below;
  const up = rest > 0.5 || (rest === 0.5 && below % 2 !== 0);
  const result = (below + (up ? 1 : 0)) * step;
  return Math.abs(result) >= 65520 ? Math.sign(result) * Infinity : result;
}
