const STEPS = 100, FAR = [100, 50], FLOOR = 1e-6;
const height = ([x, y], [a1, a2, a4, b2, b4, c]) => a1 * x + a2 * x * x + a4 * x * x * x * x + b2 * y * y + b4 * y * y * y * y + c;
const slope = ([x, y], [a1, a2, a4, b2, b4]) => [a1 + 2 * a2 * x + 4 * a4 * x * x * x, 2 * b2 * y + 4 * b4 * y * y * y];

// The rules of optimizers.py for one weight: its gradient g, what it remembers, the step's number t.
const RULES = {
  sgd: (g, kept, rate) => -(g * rate),
  momentum: (g, kept, rate, t, momentum) => (kept.m = (kept.m ?? 0) * momentum - g * rate),
  nesterov(g, kept, rate, t, momentum) {
    kept.m = (kept.m ?? 0) * momentum - g * rate;
    return kept.m * momentum - g * rate;
  },
  adagrad(g, kept, rate) {
    kept.s = (kept.s ?? 0.1) + g * g;
    return -((g / Math.sqrt(kept.s + 1e-7)) * rate);
  },
  rmsprop(g, kept, rate) {
    kept.v = (kept.v ?? 0) * 0.9 + g * g * (1 - 0.9);
    return -((g / Math.sqrt(kept.v + 1e-7)) * rate);
  },
  adam(g, kept, rate, t) {
    kept.m = (kept.m ?? 0) + (g - (kept.m ?? 0)) * (1 - 0.9);
    kept.v = (kept.v ?? 0) + (g * g - (kept.v ?? 0)) * (1 - 0.999);
    return -((kept.m / (Math.sqrt(kept.v) + 1e-7)) * ((rate * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t)));
  },
};

function walk(rule, start, numbers, rate, momentum) {
  const path = [start], kept = [{}, {}];
  while (path.length <= STEPS && path.at(-1).every((v, k) => Math.abs(v) <= FAR[k])) {
    const g = slope(path.at(-1), numbers), t = path.length;
    path.push(path.at(-1).map((v, k) => v + rule(g[k], kept[k], rate, t, momentum)));
  }
  return path;
}

function arrays(state, data) {
  const k = data.names.indexOf(state.surface), numbers = data["numbers" + k];
  const path = walk(RULES[state.optimizer], data["start" + k], numbers, Number(state.rate), state.momentum);
  const losses = path.map((point) => height(point, numbers)), at = Math.min(state.step, path.length - 1);
  const whole = losses.map((loss, n) => [n, Math.log10(Math.max(loss, FLOOR))]);
  return {
    height: data["height" + k], contours: data["contours" + k], bottoms: data["bottoms" + k],
    path: path.slice(0, at + 1), start: [path[0]], now: [path[at]], losses, whole, curve: whole.slice(0, at + 1), here: [whole[at]],
    head: `${state.optimizer}, learning rate ${state.rate}`, text: words(at, path[at], slope(path[at], numbers), losses),
  };
}

function words(at, point, [gx, gy], loss) {
  const amount = (v) => (v < 0.001 ? "under 0.001" : v < 10000 ? fixed(v, 3) : scientific(v));
  const where = `(${fixed(point[0])}, ${fixed(point[1])})`, [first, last] = [amount(loss[0]), amount(loss[at])];
  if (at === loss.length - 1 && at < STEPS) return `It diverges: after ${at} steps it is at ${where}, and the loss grew from ${first} to ${last}. The learning rate is too large here.`;
  const text = `After ${at} steps at ${where}: loss ${last}, at the start ${first}.`;
  if (loss[at] < 0.001) return text + " It has reached the lowest point.";
  if (Math.abs(point[0]) > 10 || Math.abs(point[1]) > 5) return text + " It has left the picture.";
  if (at && loss[at] > loss[0]) return text + " It climbs instead of descending.";
  if (Math.sqrt(gx * gx + gy * gy) < 0.05) return text + " It hardly moves: the slope is nearly 0, but this is not the lowest point.";
  return text;
}
