import { rectangle } from "../picture/shapes.js";
import { say } from "../picture/words.js";
import { photoOf } from "./parts/draw_digit_file.js";
import { forward, hiddenArrays } from "./parts/draw_digit_network.js";
import {
  lineWidth,
  rasterize,
  readPoint,
  readStroke,
  strokesOf,
  writePoint,
} from "./parts/draw_digit_pen.js";
import { faultOf, readPhoto } from "./parts/draw_digit_photo.js";
import { prepare } from "./parts/ink.js";
import { deepMap, range } from "./parts/maths.js";

const SIDE = 28; // length of the paper

export function arrays(state, data) {
  const paper = paperOf(state, data);
  const [found, cropped, placed] = prepare(paper);
  const seen = shownPhoto(state) ? full(found) : found;
  const layers = forward(seen, data);
  const outputs = layers.at(-1);
  const order = range(10).sort((a, b) => outputs[b] - outputs[a]);
  const pen = penOf(state.cursor);
  const scale = SIDE / paper.length;
  const inked = cropped[2] > 0;
  return {
    ...hiddenArrays(layers.slice(1, -1), data.rows),
    drawing: paper,
    seen,
    crop: frameOf(cropped.map((v) => scale * v)),
    box: frameOf(placed),
    outputs: inked ? outputs : outputs.map(() => 0),
    width: state.width,
    percent: outputs.map((p) => (inked ? percent(p, data.sentences) : "")),
    answer: inked ? order[0] : -1,
    says: inked ? String(order[0]) : "none yet",
    pen_up: pen.down ? [] : pen.at,
    pen_down: pen.down ? pen.at : [],
    text: words(state, data, { inked, outputs, order, pen }),
  };
}

// The test image if there is one, else the photo if there is one, else what was drawn.
function paperOf(state, data) {
  if (state.sample) return deepMap(data.samples[state.sample - 1], (v) => v / 255);
  const strokes = strokesOf(state.ink).map(readStroke);
  return shownPhoto(state) ?? rasterize(strokes, lineWidth(strokes, state.width));
}

const shownPhoto = ({ sample, photo }) => (sample ? null : readPhoto(photo));

// With the most ink at 1, as read_digit does.
function full(picture) {
  const most = Math.max(...picture.flat()) || 1;
  return deepMap(picture, (v) => v / most);
}

const penOf = (cursor) => ({
  at: cursor ? [readPoint(cursor)] : [],
  down: cursor.endsWith("+"),
});

const frameOf = ([left, top, w, h]) => rectangle(left, top, left + w, top + h);

const percent = (p, sentences) => say(sentences.percent, { p: 100 * p });

function words(state, { labels, sentences }, { inked, outputs, order, pen }) {
  if (faultOf(state.photo) && !state.sample) return sentences[faultOf(state.photo)];
  const a = (digit) => say(sentences[digit === 8 ? "an" : "a"], { digit });
  const [sure, less] = order.slice(0, 2).map((digit) => percent(outputs[digit], sentences));
  const where = pen.at.map(([x, y]) =>
    say(sentences[pen.down ? "down" : "up"], { x: Math.floor(x), y: Math.floor(y) }),
  );
  const at = where.join("");
  if (!inked) return sentences.empty + (at.trim() || sentences.how);
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
const EMPTY = { ink: "", cursor: "", sample: 0, photo: "" };

// A picture file: the digit in it, or why there is none.
export async function take(files) {
  const photo = await photoOf(files);
  return faultOf(photo) ? { photo } : { ...EMPTY, photo };
}

export function pointer(state, _, event) {
  const { key } = event;
  if (event.type === "down" && event.panel === 0) return { ...begin(state, event), cursor: "" };
  if (event.type === "move" && event.panel === 0) return draw(state, [event.x, event.y]);
  if (key === "Backspace") return { ...undo(state), cursor: state.cursor.slice(0, 4) };
  if (key === "Delete") return EMPTY;
  if (key === " ") return lowerOrLift(state);
  return key in STEPS ? movePen(state, STEPS[key]) : {};
}

// A new stroke. Ink never lands on a test image or a photo: they make room for empty paper.
function begin(state, { x, y }) {
  const strokes = isDrawn(state) ? strokesOf(state.ink) : [];
  return { ink: [...strokes, writePoint([x, y])].join(" "), sample: 0, photo: "" };
}

const isDrawn = (state) => !state.sample && !shownPhoto(state);

// The last stroke, continued.
function draw(state, point) {
  const next = writePoint(point);
  return isDrawn(state) && state.ink && !state.ink.endsWith(next) ? { ink: state.ink + next } : {};
}

function undo(state) {
  if (state.sample) return {};
  const ink = strokesOf(state.ink).slice(0, -1).join(" ");
  return shownPhoto(state) ? { photo: "" } : { ink, photo: "" };
}

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
