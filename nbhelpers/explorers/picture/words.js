// Numbers and sentences; words.py in JavaScript.

export function fixed(value, digits = 2) {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (Math.abs(value) >= 1e15) return scientific(value, digits);
  const push = value < 0 || Object.is(value, -0) ? -1e-9 : 1e-9;
  const text = (value + push).toFixed(digits);
  return text.replace("-", Number(text) === 0 ? "" : "−");
}

export function scientific(value, digits = 2) {
  if (!Number.isFinite(value) || value === 0) return fixed(value, 0);
  const [number, power] = (value * (1 + 1e-12)).toExponential(digits).split("e");
  return `${number}e${power[0]}${power.slice(1).padStart(2, "0")}`.replaceAll("-", "−");
}

// Fill the fields of a sentence: {name} as it is, {name:.2f} by fixed, {name:.2e} by scientific.
export function say(template, values) {
  const written = (_, name, digits, kind) =>
    digits === undefined ? String(values[name]) : write(values[name], Number(digits), kind);
  return template.replace(/\{(\w+)(?::\.(\d)([fe]))?\}/g, written);
}

function write(value, digits, kind) {
  if (Array.isArray(value)) {
    return `[${value.map((part) => write(part, digits, kind)).join(", ")}]`;
  }
  return kind === "f" ? fixed(value, digits) : scientific(value, digits);
}
