import { rectangle } from "../picture/shapes.js";
import { say } from "../picture/words.js";
import { forward, hiddenArrays } from "./parts/draw_digit_network.js";
import {
  lineWidth,
  rasterize,
  readPoint,
  readStroke,
  strokesOf,
  writePoint,
} from "./parts/draw_digit_pen.js";
import { prepare } from "./parts/ink.js";
import { deepMap, range } from "./parts/maths.js";

const SIDE = 28; // length of the paper

export function arrays(state, data) {
  const paper = paperOf(state, data);
  const [seen, cropped, placed] = prepare(paper);
  const layers = forward(seen, data);
  const outputs = layers.at(-1);
  const order = range(10).sort((a, b) => outputs[b] - outputs[a]);
  const pen = penOf(state.cursor);
  const scale = SIDE / paper.length;
  return {
    ...hiddenArrays(layers.slice(1, -1), data.rows),
    drawing: paper,
    seen,
    inverse: deepMap(seen, (v) => 1 - v),
    crop: frameOf(cropped.map((v) => scale * v)),
    box: frameOf(placed),
    outputs,
    width: state.width,
    percent: outputs.map((p) => percent(p, data.sentences)),
    answer: order[0],
    pen_up: pen.down ? [] : pen.at,
    pen_down: pen.down ? pen.at : [],
    text: words(state, data, { inked: cropped[2] > 0, outputs, order, pen }),
  };
}

// The test image if there is one, else what was drawn.
function paperOf({ sample, ink, width }, data) {
  if (sample) return deepMap(data.samples[sample - 1], (v) => v / 255);
  const strokes = strokesOf(ink).map(readStroke);
  return rasterize(strokes, lineWidth(strokes, width));
}

const penOf = (cursor) => ({
  at: cursor ? [readPoint(cursor)] : [],
  down: cursor.endsWith("+"),
});

const frameOf = ([left, top, w, h]) => rectangle(left, top, left + w, top + h);

const percent = (p, sentences) => say(sentences.percent, { p: 100 * p });

function words(state, { labels, sentences }, { inked, outputs, order, pen }) {
  const a = (digit) => say(sentences[digit === 8 ? "an" : "a"], { digit });
  const [sure, less] = order.slice(0, 2).map((digit) => percent(outputs[digit], sentences));
  const where = pen.at.map(([x, y]) =>
    say(sentences[pen.down ? "down" : "up"], { x: Math.floor(x), y: Math.floor(y) }),
  );
  const at = where.join("");
  if (!inked) {
    return say(sentences.empty, { digit: order[0], sure }) + (at.trim() || sentences.how);
  }
  const text = say(sentences.reads, { first: a(order[0]), sure, second: a(order[1]), less });
  if (!state.sample) return text + at;
  const label = labels[state.sample - 1];
  const verdict = sentences[order[0] === label ? "right" : "wrong"];
  return text + say(verdict, { sample: state.sample, label: a(label) }) + at;
}

// --- the pen, moved by a pointer or by keys ---

const STEPS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const MIDDLE = "3838";

export function pointer(state, _, event) {
  const { key } = event;
  if (event.type === "down" && event.panel === 0) return { ...begin(state, event), cursor: "" };
  if (event.type === "move" && event.panel === 0) return draw(state, [event.x, event.y]);
  if (key === "Backspace") return { ...undo(state), cursor: state.cursor.slice(0, 4) };
  if (key === "Delete") return { ink: "", cursor: "", sample: 0 };
  if (key === " ") return lowerOrLift(state);
  return key in STEPS ? movePen(state, STEPS[key]) : {};
}

// A new stroke. Ink never lands on a test image: it makes room for empty paper.
function begin({ ink, sample }, { x, y }) {
  const strokes = sample ? [] : strokesOf(ink);
  return { ink: [...strokes, writePoint([x, y])].join(" "), sample: 0 };
}

// The last stroke, continued.
function draw({ ink, sample }, point) {
  const next = writePoint(point);
  return sample || !ink || ink.endsWith(next) ? {} : { ink: ink + next };
}

const undo = ({ ink, sample }) => (sample ? {} : { ink: strokesOf(ink).slice(0, -1).join(" ") });

function lowerOrLift(state) {
  const pen = (state.cursor || MIDDLE).slice(0, 4);
  if (state.cursor.endsWith("+")) return { cursor: pen };
  const [x, y] = readPoint(pen);
  return { ...begin(state, { x, y }), cursor: `${pen}+` };
}

function movePen(state, [dx, dy]) {
  const [x, y] = readPoint(state.cursor || MIDDLE);
  const pen = writePoint([x + dx, y + dy]);
  if (!state.cursor.endsWith("+")) return { cursor: pen };
  return { ...draw(state, readPoint(pen)), cursor: `${pen}+` };
}
