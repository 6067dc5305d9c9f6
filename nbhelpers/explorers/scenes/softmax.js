import { fixed, say, scientific } from "../picture/words.js";
import { rounded, sum } from "./parts/maths.js";

export function arrays(state, { sentences }) {
  const { dtype } = state;
  const keep = (value) => rounded(value, dtype);
  const T = keep(state.temperature);
  const z = [state.z1, state.z2, state.z3].map((v) => keep(keep(keep(v) + state.shift) / T));
  const [e, naive] = probabilities(z, keep);
  const top = Math.max(...z);
  const shifted = z.map((value) => keep(value - top));
  const [, stable] = probabilities(shifted, keep);
  return {
    exp: e,
    naive,
    stable,
    naive_texts: naive.map((p) => fixed(p, 4)),
    stable_texts: stable.map((p) => fixed(p, 4)),
    labels: z.map((value) => fixed(value, 1)),
    text: words({ e, naive, stable }, state, sentences),
  };
}

// exp(z), and its share of the sum, each step rounded to the number format.
function probabilities(z, keep) {
  const e = z.map((value) => keep(Math.exp(value)));
  const total = keep(sum(e));
  return [e, e.map((value) => keep(value / total))];
}

function words({ e, naive, stable }, { dtype, temperature }, sentences) {
  const shown = stable.map((p) => (p > 0 && p < 1e-4 ? scientific(p, 4) : fixed(p, 4))).join(", ");
  const template = sentences[outcome(e, naive)] + sentences.stable;
  const sums = { naive: sum(naive), stable: sum(stable), top: Math.max(...stable) };
  return say(template, { ...sums, shown, dtype, T: temperature });
}

// Which sentence says what became of the naive way.
function outcome(e, naive) {
  if (!Number.isFinite(sum(e))) return "inf";
  if (naive.every((p) => p === 0)) return "zero";
  return naive.some(Number.isNaN) ? "nan" : "fine";
}
