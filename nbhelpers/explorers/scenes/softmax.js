function arrays(state) {
  const keep = (value) => rounded(value, state.dtype), T = keep(state.temperature);
  const z = [state.z1, state.z2, state.z3].map((value) => keep(keep(keep(value) + state.shift) / T));
  const probabilities = (logits) => {
    const e = logits.map((value) => keep(Math.exp(value))), total = keep(sum(e));
    return [e, e.map((value) => keep(value / total))];
  };
  const [e, naive] = probabilities(z), [, stable] = probabilities(z.map((value) => keep(value - Math.max(...z))));
  return {
    exp: e, naive, stable,
    naive_texts: naive.map((p) => fixed(p, 4)), stable_texts: stable.map((p) => fixed(p, 4)),
    labels: z.map((value) => fixed(value, 1)), text: words(e, naive, stable, state.dtype),
  };
}

function words(e, naive, stable, dtype) {
  let first = `In ${dtype} the naive way holds: its sum is ${fixed(sum(naive), 4)}.`;
  if (!Number.isFinite(sum(e))) first = `Overflow: in ${dtype} exp(z) is infinite, and infinity / infinity is nan.`;
  else if (naive.every((p) => p === 0)) first = `Overflow: in ${dtype} the sum of exp(z) is infinite, and divided by it all is 0.`;
  else if (naive.some(Number.isNaN)) first = `Underflow: in ${dtype} every exp(z) is 0, and 0 / 0 is nan.`;
  const shown = stable.map((p) => (p > 0 && p < 1e-4 ? scientific(p, 4) : fixed(p, 4))).join(", ");
  return `${first} Stable: [${shown}], sum ${fixed(sum(stable), 4)}.`;
}
