// Colour ramps: Brewer's, as matplotlib has them; between two colours the mixture. In a dark theme
// they turn as still pictures do, invert(0.93) hue-rotate(180deg): what was white is dark, and hues
// stay. Only "gray" is what it is, black to white: what a network is given.

export const parseHex = (hex) => [0, 2, 4].map((k) => parseInt(hex.slice(k, k + 2), 16));

const HEX = {
  gray: "000000 ffffff",
  gray_r: "ffffff 000000",
  RdBu: "67001f b2182b d6604d f4a582 fddbc7 f7f7f7 d1e5f0 92c5de 4393c3 2166ac 053061",
  Blues: "f7fbff deebf7 c6dbef 9ecae1 6baed6 4292c6 2171b5 08519c 08306b",
  Oranges: "fff5eb fee6ce fdd0a2 fdae6b fd8d3c f16913 d94801 a63603 7f2704",
  classes: "fbe3d6 e98a5b dcebf6 5aa2d2 ddf1e2 59b48b",
};
const RAMPS = Object.fromEntries(
  Object.entries(HEX).map(([name, colors]) => [name, colors.split(" ").map(parseHex)]),
);
const HUES = [
  [-0.574, 1.43, 0.144],
  [0.426, 0.43, 0.144],
  [0.426, 1.43, -0.856],
];

function turned(color) {
  const inverted = color.map((v) => 0.93 * 255 - 0.86 * v);
  return HUES.map((row) => row.reduce((sum, share, k) => sum + share * inverted[k], 0));
}

const DARK = Object.fromEntries(
  Object.entries(RAMPS).map(([name, ramp]) => [name, name === "gray" ? ramp : ramp.map(turned)]),
);
const LEVELS = 256; // of a ramp that pixels are looked up in, as matplotlib has them

// The colour [red, green, blue] at a place 0..1 of a ramp.
export function shadeOf(ramp, at) {
  const place = Math.min(Math.max(at, 0), 1) * (ramp.length - 1);
  const low = Math.min(Math.floor(place), ramp.length - 2);
  return ramp[low].map((v, k) => v + (ramp[low + 1][k] - v) * (place - low));
}

// A scale from numbers to colours: ends given, or the least and the greatest of the values.
export function scaleOf({ cmap, low, high }, values, dark) {
  const flat = low === null || high === null ? values.flat(2) : [];
  const first = low ?? flat.reduce((a, b) => Math.min(a, b));
  const last = high ?? flat.reduce((a, b) => Math.max(a, b));
  const place = (value) => (value - first) / (last - first || 1);
  const ramp = (dark ? DARK : RAMPS)[cmap];
  return {
    key: `${cmap} ${dark} ${first} ${last}`,
    shade: (value) => shadeOf(ramp, place(value)),
    level: (value) => Math.round((LEVELS - 1) * Math.min(Math.max(place(value), 0), 1)),
    pixels: pixelsOf(`${cmap} ${dark}`, ramp),
  };
}

const made = {};

// The ramp's levels as an image has them: four bytes in one number.
function pixelsOf(name, ramp) {
  made[name] ??= Uint32Array.from({ length: LEVELS }, (_, k) => {
    const bytes = Uint8ClampedArray.from([...shadeOf(ramp, k / (LEVELS - 1)), 255]);
    return new Uint32Array(bytes.buffer)[0];
  });
  return made[name];
}

const kept = new WeakMap(); // by the array that is shown: constant data is turned to pixels once

// A matrix as an image of one pixel a value; what is not finite is left clear.
export function bitmap(matrix, scale) {
  const before = kept.get(matrix);
  if (before?.key === scale.key) return before.canvas;
  const [height, width] = [matrix.length, matrix[0].length];
  const canvas = new OffscreenCanvas(width, height);
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  let at = 0;
  for (const row of matrix) {
    for (const value of row) {
      if (Number.isFinite(value)) pixels[at] = scale.pixels[scale.level(value)];
      at++;
    }
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
  kept.set(matrix, { key: scale.key, canvas });
  return canvas;
}
