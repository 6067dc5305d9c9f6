// Constant data comes as {shape, dtype, bytes}; here it becomes nested lists.

const KINDS = {
  bool: Uint8Array,
  uint8: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
};

export function unpack(value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  if ("bytes" in value) return nested(value);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, unpack(part)]));
}

function nested({ shape, dtype, bytes }) {
  const { buffer, byteOffset, byteLength } = bytes;
  const kind = KINDS[dtype];
  const flat = Array.from(new kind(buffer.slice(byteOffset, byteOffset + byteLength)));
  return shape.length ? fold(flat, shape) : flat[0];
}

function fold(flat, [length, ...shape]) {
  if (!shape.length) return flat;
  const size = flat.length / length;
  const part = (_, k) => fold(flat.slice(k * size, (k + 1) * size), shape);
  return Array.from({ length }, part);
}
