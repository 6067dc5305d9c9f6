// What explorers compute with, in the browser. Arrays are nested lists of numbers, as in Python:
// x[row][column]. Each function here is the twin of one in nbhelpers and is tested against it.

// --- numbers as words (words.py) ---
function fixed(value, digits = 2) {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (Math.abs(value) >= 1e15) return scientific(value, digits);
  const text = (value + (value < 0 || Object.is(value, -0) ? -1e-9 : 1e-9)).toFixed(digits);
  return text.replace("-", Number(text) === 0 ? "" : "−");
}

function scientific(value, digits = 2) {
  if (!Number.isFinite(value) || value === 0) return fixed(value, 0);
  const [number, power] = (value * (1 + 1e-12)).toExponential(digits).split("e");
  return (number + "e" + power[0] + power.slice(1).padStart(2, "0")).replaceAll("-", "−");
}

function vector(values, digits = 2) {
  return "[" + values.map((value) => fixed(value, digits)).join(", ") + "]";
}

// --- arrays ---
const sum = (values) => values.reduce((total, value) => total + value, 0);
const dot = (a, b) => a.reduce((total, value, k) => total + value * b[k], 0);
const transpose = (x) => x[0].map((_, column) => x.map((row) => row[column]));
const argmax = (values) => values.reduce((best, value, k) => (value > values[best] ? k : best), 0);
const range = (n) => Array.from({ length: n }, (_, k) => k);

function matmul(a, b) {
  return a.map((row) => b[0].map((_, column) => row.reduce((t, v, k) => t + v * b[k][column], 0)));
}

// Value of a table (rows recorded at 0, 1, 2, ...) at any place between them; the ends hold.
function interpolate(table, at) {
  const place = Math.min(Math.max(at, 0), table.length - 1), low = Math.floor(place);
  const mix = (a, b) => (Array.isArray(a) ? a.map((v, k) => mix(v, b[k])) : a + (b - a) * (place - low));
  return mix(table[low], table[Math.min(low + 1, table.length - 1)]);
}

// Constant data comes as {shape, dtype, bytes}; here it becomes nested lists.
function unpack(value) {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value;
  if (!("bytes" in value)) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, unpack(v)]));
  const kinds = { bool: Uint8Array, uint8: Uint8Array, int8: Int8Array, int16: Int16Array, int32: Int32Array };
  const kind = { ...kinds, float32: Float32Array, float64: Float64Array }[value.dtype];
  const { buffer, byteOffset, byteLength } = value.bytes;
  const flat = Array.from(new kind(buffer.slice(byteOffset, byteOffset + byteLength)));
  const fold = (shape, start, size) => {
    if (!shape.length) return flat[start];
    const part = size / shape[0];
    if (shape.length === 1) return flat.slice(start, start + size);
    return range(shape[0]).map((k) => fold(shape.slice(1), start + k * part, part));
  };
  return fold(value.shape, 0, flat.length);
}

// --- layers ---
const ACTIVATIONS = {
  linear: (x) => x,
  step: (x) => (x > 0 ? 1 : 0),
  relu: (x) => Math.max(x, 0),
  leaky_relu: (x) => Math.max(x, 0.2 * x),
  tanh: Math.tanh,
  sigmoid: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
};

function softmax(values) {
  const top = Math.max(...values), e = values.map((value) => Math.exp(value - top));
  return e.map((value) => value / sum(e));
}

// One Dense layer: x (n, inputs), W (inputs, units), b (units,) -> (n, units).
function dense(x, W, b, activation = "linear") {
  const h = ACTIVATIONS[activation];
  return x.map((row) => {
    const z = b.slice();
    for (let i = 0; i < row.length; i++) {
      if (row[i] !== 0) for (let j = 0; j < z.length; j++) z[j] += row[i] * W[i][j];
    }
    return activation === "softmax" ? softmax(z) : z.map(h);
  });
}

// layers: a list of {W, b, activation}; returns the input and the output of every layer.
function forward(x, layers) {
  const outputs = [x];
  for (const { W, b, activation } of layers) outputs.push(dense(outputs.at(-1), W, b, activation));
  return outputs;
}

// --- the plane: first scaled, then sheared, then turned; angle in radians ---
function planeMatrix(angle, scaleX, scaleY, shear) {
  const c = Math.cos(angle), s = Math.sin(angle);
  return matmul([[c, -s], [s, c]], matmul([[1, shear], [0, 1]], [[scaleX, 0], [0, scaleY]]));
}

// W @ point + b for points nested to any depth: (..., 2) -> (..., 2).
function affineMap(points, W, b) {
  if (Array.isArray(points[0])) return points.map((part) => affineMap(part, W, b));
  return points.length ? [dot(W[0], points) + b[0], dot(W[1], points) + b[1]] : points;
}

const deepMap = (x, f) => (Array.isArray(x) ? x.map((part) => deepMap(part, f)) : f(x));

// --- rounding to a dtype: what float16 and float32 keep of a number ---
function rounded(value, dtype) {
  if (dtype === "float64" || !Number.isFinite(value) || value === 0) return value;
  if (dtype === "float32") return Math.fround(value);
  const step = 2 ** (Math.max(Math.floor(Math.log2(Math.abs(value))), -14) - 10);
  const place = value / step, below = Math.floor(place), rest = place - below;
  const up = rest > 0.5 || (rest === 0.5 && below % 2 !== 0);
  const result = (below + (up ? 1 : 0)) * step;
  return Math.abs(result) >= 65520 ? Math.sign(result) * Infinity : result;
}
