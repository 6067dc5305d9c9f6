import { fixed, say, scientific } from "../picture/words.js";
import { clip } from "./parts/maths.js";

const FLOOR = 1e-6; // of a loss as it is drawn

const amount = (loss) => (loss >= 0.001 && loss < 1000 ? fixed(loss, 3) : scientific(loss, 1));

export function arrays(state, data) {
  const last = data.stride * (data.loss[0][0].length - 1);
  const runs = data.names.map((name, k) => runOf(state, data, { name, k }));
  const shown = runs.filter(({ line }) => line.length);
  const found = { head: `learning rate ${state.rate}` };
  for (const { name, line } of runs) {
    found[`line_${name}`] = line;
    found[`end_${name}`] = line.slice(-1);
    found[`at_${name}`] = [];
    found[`tag_${name}`] = [];
  }
  // Names at the ends of the lines, the highest loss on top.
  const order = shown.toSorted((a, b) => (b.loss === a.loss ? 0 : b.loss - a.loss));
  spread(
    order.map(({ line }) => line.at(-1)[1]),
    data.limits,
  ).forEach((y, k) => {
    const { name, loss, step } = order[k];
    found[`at_${name}`] = [[step + 0.02 * last, y]];
    found[`tag_${name}`] = [`${name} ${loss === Infinity ? "diverged" : amount(loss)}`];
  });
  const head = say(data.sentences.head, { step: state.step, last, rate: state.rate });
  return { ...found, text: head + words(shown, data.sentences) };
}

// A run up to the step: its line, its last loss (infinite if it has diverged) and that one's step.
function runOf(state, { stride, limits, loss, ends, rates }, { name, k }) {
  const rate = rates.indexOf(state.rate);
  const [at, end] = [Math.floor(state.step / stride), ends[k][rate]];
  const here = state[name] ? Math.min(at, end) : -1;
  const losses = loss[k][rate].slice(0, here + 1);
  const line = losses.map((v, n) => [n * stride, Math.log10(Math.max(v, FLOOR))]);
  const lost = here >= 0 && here === end && end < at;
  if (lost) line.push([here * stride, limits[1]]);
  return { name, line, loss: lost ? Infinity : losses.at(-1), step: here * stride };
}

// Labels from the top down, pushed so far apart that each can be read.
function spread(places, [low, high]) {
  const gap = 0.058 * (high - low);
  const found = [];
  for (const place of places) {
    const y = clip(place, low + gap / 2, high - gap / 2);
    found.push(found.length ? Math.min(y, found.at(-1) - gap) : y);
  }
  let floor = low + gap / 2;
  for (let k = found.length - 1; k >= 0; k--) {
    found[k] = Math.max(found[k], floor);
    floor = found[k] + gap;
  }
  return found;
}

// Who leads, who is last, and who diverged.
function words(runs, sentences) {
  if (!runs.length) return sentences.none;
  const ranked = runs.filter((run) => run.loss < Infinity).toSorted((a, b) => a.loss - b.loss);
  const lost = runs.filter((run) => run.loss === Infinity);
  const said = [
    ...standing(ranked, sentences),
    ...lost.map(({ name, step }) => say(sentences.lost, { name, step })),
  ];
  return `${said.join(", ")}.`;
}

function standing(ranked, sentences) {
  const [first, second, ...rest] = ranked;
  const place = (kind, run) =>
    run ? [say(sentences[kind], { name: run.name, loss: amount(run.loss) })] : [];
  if (second && ranked.at(-1).loss - first.loss < 1e-6) return place("same", first);
  return [...place("first", first), ...place("second", second), ...place("last", rest.at(-1))];
}
