import { say } from "../picture/words.js";
import { clip } from "./parts/maths.js";
import {
  border,
  chances,
  chosen,
  cross,
  diagram,
  EDGE,
  GRID,
  outputPictures,
  readCursor,
  readPoints,
  regions,
  unitPictures,
  writePoint,
} from "./parts/playground_plane.js";
import {
  advance,
  blindPoints,
  deadUnits,
  kernelsAt,
  newTraining,
  outputsAt,
} from "./parts/playground_training.js";
import { code, words } from "./parts/playground_words.js";

const OWN = "points of my own";

export function arrays(state, data) {
  const points = pointsOf(state, data);
  const setting = settingOf(state, points);
  const run = trainingOf(setting, points, data.draws[state.seed]);
  const step = advance(run, state.step);
  const atPoints = outputsAt(run, step, run.x);
  const answers = chances(atPoints.at(-1), setting.sizes.at(-1));
  const good = points.map(([, , kind], k) => chosen(answers, k)[0] === kind);
  const found = {
    points,
    setting,
    run,
    step,
    atPoints,
    good,
    losses: run.losses.slice(0, step + 1),
  };
  return {
    ...picturesOf(found),
    ...placesOf(points, good),
    ...curveOf(found.losses),
    right: good.filter(Boolean).length,
    losses: found.losses,
    cross: cross(readCursor(state.cursor)),
    pen: state.pen,
    how: `${state.optimizer} ${state.rate}`,
    head: `${setting.sizes.join(" – ")}, ${state.activation}`,
    python: pythonOf(state, found, data.sentences),
    text: textOf(state, found, data.sentences),
  };
}

// What every unit makes of the plane, the weights between them, regions and border.
function picturesOf({ setting, run, step, atPoints }) {
  const { sizes } = setting;
  const seen = outputsAt(run, step, GRID);
  const p = chances(seen.at(-1), sizes.at(-1));
  const drawn = diagram(sizes);
  const inner = drawn.nodes.length - sizes.at(-1);
  return {
    ...drawn,
    weights: kernelsAt(run, step),
    units: sizes.slice(0, -1).flatMap((count, layer) => unitPictures(seen[layer], count)),
    units_xy: drawn.nodes.slice(0, inner),
    outputs: outputPictures(p, sizes.at(-1)),
    outputs_xy: drawn.nodes.slice(inner),
    dead: deadUnits(run, atPoints).map((unit) => drawn.nodes[2 + unit]),
    regions: regions(p),
    border: border(p),
  };
}

function placesOf(points, good) {
  const where = (wanted) =>
    points.filter(([, , kind], k) => wanted(kind, k)).map(([x1, x2]) => [x1, x2]);
  return {
    class0: where((kind) => kind === 0),
    class1: where((kind) => kind === 1),
    class2: where((kind) => kind === 2),
    wrong: where((_, k) => !good[k]),
  };
}

function curveOf(losses) {
  const curve = losses.map((loss, k) => [k, Math.log10(Math.max(loss, 1e-4))]);
  return { curve, here: curve.slice(-1) };
}

function pythonOf(state, { points, setting, step }, sentences) {
  const data = state.data === OWN ? "" : state.data;
  return points.length ? code({ setting, points, step, data }, sentences) : "";
}

function textOf(state, { points, setting, run, step, atPoints, good, losses }, sentences) {
  const said = words(
    {
      losses,
      over: step < state.step,
      right: good.filter(Boolean).length,
      count: points.length,
      dead: deadUnits(run, atPoints),
      units: setting.sizes.slice(1, -1),
      blind: blindPoints(run, atPoints),
    },
    sentences,
  );
  const where = readCursor(state.cursor).map(([x1, x2]) => say(sentences.cursor, { x1, x2 }));
  return said + where.join("");
}

const pointsOf = (state, data) =>
  state.data === OWN ? readPoints(state.points) : data[`points${data.names.indexOf(state.data)}`];

function settingOf(state, points) {
  const outputs = points.some(([, , kind]) => kind === 2) ? 3 : 1;
  const units = [state.units_1, state.units_2].filter((count) => count > 0);
  const { activation, optimizer, seed } = state;
  return { sizes: [2, ...units, outputs], activation, optimizer, rate: Number(state.rate), seed };
}

// The last few trainings, by all that they depend on: to go back to a step costs nothing.
const kept = new Map();

function trainingOf(setting, points, draws) {
  const key = JSON.stringify([setting, points]);
  if (!kept.has(key)) {
    if (kept.size === 4) kept.delete(kept.keys().next().value);
    kept.set(key, newTraining(setting, points, draws));
  }
  return kept.get(key);
}

// --- points of one's own: by a click, or by keys ---

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
const MOST = 200;
const NEAR = 0.08; // what is clicked at this distance is meant

export function pointer(state, data, { type, panel, x, y, key }) {
  const points = pointsOf(state, data);
  if (type === "down" && panel === 1) return { ...changed(points, [x, y], state.pen), cursor: "" };
  if (type !== "key") return {};
  const [here = [0, 0]] = readCursor(state.cursor);
  if (key in ARROWS) {
    const moved = here.map((v, k) => clip(v + 0.05 * ARROWS[key][k], -EDGE, EDGE));
    return { cursor: writePoint(moved) };
  }
  const shown = { cursor: writePoint(here) };
  if (key === " " || key === "Enter") return { ...changed(points, here, state.pen), ...shown };
  if (["0", "1", "2"].includes(key)) return { ...changed(points, here, `class ${key}`), ...shown };
  if (key === "Backspace") return { ...changed(points, here, ""), ...shown };
  return key === "Delete" ? { data: OWN, points: "", cursor: "" } : {};
}

// All points, which are one's own now, with one more, or one of another class, or one less.
function changed(points, at, pen) {
  const away = points.map((point) => Math.hypot(point[0] - at[0], point[1] - at[1]));
  const nearest = away.indexOf(Math.min(...away));
  const kind = pen.match(/^class (\d)/)?.[1];
  const found = points.map(writePoint);
  if (away[nearest] <= NEAR) {
    found.splice(nearest, 1, ...(kind ? [writePoint([...points[nearest].slice(0, 2), kind])] : []));
  } else if (kind && points.length < MOST) {
    found.push(writePoint([...at, kind]));
  }
  return { data: OWN, points: found.join(" ") };
}
