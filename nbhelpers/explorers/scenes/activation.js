function arrays(state, data) {
  const name = state.function, x = state.x, kept = data[name], k = Math.round(10 * x) + 80;
  const y = kept.h[k], m = kept.slope[k], top = kept.greatest, flat = name === "step";
  return {
    curve: kept.curve, slopes: kept.slopes, saturated: kept.saturated, heights: kept.heights, name,
    at: [[x, y]],
    at_slope: flat ? [] : [[x, m]],
    tangent: flat ? [] : [[[x - 3, y - 3 * m], [x + 3, y + 3 * m]]],
    top: flat ? [] : [[[-8, top], [8, top]]],
    note: [flat ? "no slope to follow" : `at most ${fixed(top)}`],
    note_at: [[-7.7, flat ? 0.55 : top + 0.07]],
    text: words(name, x, y, m, top),
  };
}

function words(name, x, y, m, top) {
  const start = `${name}(${fixed(x, 1)}) = ${fixed(y, 4)}`;
  if (name === "step") return `${start}. A step is flat on both sides of its jump: it has no slope to learn from.`;
  const slope = `${start}, and its slope there is ${fixed(m, 4)}`;
  if (m < 0.05 * top) return `${slope}, ${fixed((100 * m) / top, 1)}% of the greatest: saturated, almost nothing gets through.`;
  return `${slope}; the greatest slope is ${fixed(top)}.`;
}
