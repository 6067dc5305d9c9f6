import { say } from "../picture/words.js";
import { tuple } from "./parts/boxes.js";
import { range, sum } from "./parts/maths.js";

const BYTES = { uint8: 1, float32: 4, float64: 8 };
const AXES = 5;

export function arrays(state, data) {
  const { axes, shape, places, ...drawing } = data[state.tensor];
  const { cells, numbers } = drawing;
  const index = shape.map((_, k) => state[`axis_${k}`]);
  const wrong = index.findIndex((entry, k) => entry !== ":" && Number(entry) >= shape[k]);
  const chosen = (place) => index.every((entry, k) => entry === ":" || Number(entry) === place[k]);
  const lit = cells.filter((_, k) => wrong < 0 && chosen(places[k]));
  const name = shape.length ? `x[${index.join(", ")}]` : "x";
  const found = { name, index, shape, dtype: state.dtype, count: lit.length, all: cells.length };
  const title = data.sentences.title + (numbers.length ? data.sentences.numbered : "");
  return {
    ...drawing,
    number_xy: cells.slice(0, numbers.length).map(middle),
    lit,
    table: table(found, axes),
    index: row(index),
    title: say(title, { name, shape: tuple(shape) }),
    text: wrong < 0 ? sliceTaken(found, data.sentences) : outside(found, wrong, data.sentences),
  };
}

const middle = (cell) => [0, 1].map((k) => sum(cell.map((corner) => corner[k])) / cell.length);

const row = (entries) => range(AXES).map((k) => String(entries[k] ?? ""));

// The rows axis, counts, size and stride.
function table({ shape, dtype }, axes) {
  const behind = (k) => shape.slice(k + 1).reduce((product, size) => product * size, BYTES[dtype]);
  const rows = [range(shape.length), axes, shape, shape.map((_, k) => behind(k))];
  return rows.flatMap(row);
}

function sliceTaken({ name, index, shape, dtype, count, all }, sentences) {
  const kept = shape.filter((_, k) => index[k] === ":");
  const [part, whole] = [count * BYTES[dtype], all * BYTES[dtype]];
  const found = { name, rank: kept.length, kept: tuple(kept), count, all, part, whole, dtype };
  return say(sentences.slice, found);
}

function outside({ name, index, shape }, axis, sentences) {
  const error = say(sentences.outside, { index: index[axis], axis, size: shape[axis] });
  return say(sentences.error, { name, error });
}
