import { fixed, say, scientific } from "../picture/words.js";

const STEPS = 100;
const EDGES = [10, 5]; // of the picture
const FAR = 10; // times as far away it counts as diverged, and the walk is over
const FLOOR = 1e-6; // of the loss as it is drawn

const height = ([x, y], [a1, a2, a4, b2, b4, c]) =>
  a1 * x + a2 * x * x + a4 * x * x * x * x + b2 * y * y + b4 * y * y * y * y + c;

const slope = ([x, y], [a1, a2, a4, b2, b4]) => [
  a1 + 2 * a2 * x + 4 * a4 * x * x * x,
  2 * b2 * y + 4 * b4 * y * y * y,
];

// The rules of optimizers.py for one weight w: its gradient g, what it remembers, and of the step
// the learning rate, the momentum and the number t. In the same order to the last bit: a walk may
// be chaotic.
const RULES = {
  sgd: (w, g, _, { rate }) => w - g * rate,
  momentum(w, g, kept, { rate, momentum }) {
    kept.m = (kept.m ?? 0) * momentum - g * rate;
    return w + kept.m;
  },
  nesterov(w, g, kept, { rate, momentum }) {
    kept.m = (kept.m ?? 0) * momentum - g * rate;
    return w - g * rate + kept.m * momentum;
  },
  adagrad(w, g, kept, { rate }) {
    kept.s = (kept.s ?? 0.1) + g * g;
    return w - (g / Math.sqrt(kept.s + 1e-7)) * rate;
  },
  rmsprop(w, g, kept, { rate }) {
    kept.s = (kept.s ?? 0) * 0.9 + g * g;
    return w - (g / Math.sqrt(kept.s + 1e-7 / (1 - 0.9))) * (rate / Math.sqrt(1 - 0.9));
  },
  adam(w, g, kept, { rate, t }) {
    kept.m = (kept.m ?? 0) + (g - (kept.m ?? 0)) * (1 - 0.9);
    kept.v = (kept.v ?? 0) + (g * g - (kept.v ?? 0)) * (1 - 0.999);
    const corrected = (rate * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t);
    return w - (kept.m / (Math.sqrt(kept.v) + 1e-7)) * corrected;
  },
};

export function arrays(state, data) {
  const k = data.names.indexOf(state.surface);
  const numbers = data[`numbers${k}`];
  const path = walk(state, data[`start${k}`], numbers);
  const losses = path.map((point) => height(point, numbers));
  const at = Math.min(state.step, path.length - 1);
  const whole = losses.map((loss, step) => [step, Math.log10(Math.max(loss, FLOOR))]);
  const steepness = Math.hypot(...slope(path[at], numbers));
  return {
    height: data[`height${k}`],
    contours: data[`contours${k}`],
    bottoms: data[`bottoms${k}`],
    path: path.slice(0, at + 1),
    start: [path[0]],
    now: [path[at]],
    losses,
    whole,
    curve: whole.slice(0, at + 1),
    here: [whole[at]],
    head: `${state.optimizer}, learning rate ${state.rate}`,
    text: words({ at, point: path[at], steepness, losses }, data.sentences) + idle(state, data),
  };
}

// The points of all steps; fewer if it gets too far away.
function walk(state, start, numbers) {
  const [rate, momentum, rule] = [Number(state.rate), state.momentum, RULES[state.optimizer]];
  const kept = [{}, {}];
  const path = [start];
  let point = start;
  while (path.length <= STEPS && point.every((v, k) => Math.abs(v) <= FAR * EDGES[k])) {
    const [g, t] = [slope(point, numbers), path.length];
    point = point.map((w, k) => rule(w, g[k], kept[k], { rate, momentum, t }));
    path.push(point);
  }
  return path;
}

function words(found, sentences) {
  const { at, point, losses } = found;
  const over = at === losses.length - 1 && at < STEPS;
  const template = over ? sentences.diverges : sentences.on + sentences[progress(found)];
  const [first, last] = [amount(losses[0]), amount(losses[at])];
  return say(template, { at, x: point[0], y: point[1], first, last });
}

// That the momentum does nothing, where that is so.
function idle({ optimizer }, { moved, sentences }) {
  return moved.includes(optimizer) ? "" : say(sentences.idle, { optimizer });
}

// Which sentence says how the walk goes.
function progress({ at, point, steepness, losses }) {
  if (losses[at] < 0.001) return "lowest";
  if (point.some((v, k) => Math.abs(v) > EDGES[k])) return "outside";
  if (at && losses[at] > losses[0]) return "climbs";
  return steepness < 0.05 ? "rests" : "walks";
}

function amount(loss) {
  if (loss < 0.001) return "under 0.001";
  return loss < 10000 ? fixed(loss, 3) : scientific(loss);
}
