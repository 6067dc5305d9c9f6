import { say } from "../picture/words.js";
import { ACTIVATIONS, deepMap, dot, matmul, sum, transpose } from "./parts/maths.js";
import { affineMap, planeMatrix } from "./parts/plane.js";

export function arrays(state, data) {
  const h = ACTIVATIONS[state.between];
  const [first, second] = layers(state);
  const stages = (x) => {
    const y = deepMap(affineMap(x, first), h);
    return { _x: x, _1: y, _2: affineMap(y, second) };
  };
  const [grid, dots] = [stages(data.grid), stages(data.dots)];
  const bent = (z) => z.some((v) => Math.abs(h(v) - v) > 1e-9);
  const changed = affineMap(data.dots, first).map(bent);
  const best = bestMap(data.dots, dots._2);
  const gaps = affineMap(data.dots, best).map(([x, y], k) =>
    Math.hypot(x - dots._2[k][0], y - dots._2[k][1]),
  );
  const miss = Math.max(...gaps);
  const both = { W: matmul(second.W, first.W), b: affineMap(first.b, second) };
  const counts = { changed: changed.filter(Boolean).length, count: changed.length };
  const text = words({ h: state.between, miss, ...both, ...counts }, data.sentences);
  const result = { one: affineMap(data.outline, best), miss, text };
  for (const end of ["_x", "_1", "_2"]) {
    result[`grid${end}`] = grid[end];
    result[`kept${end}`] = dots[end].filter((_, k) => !changed[k]);
    result[`changed${end}`] = dots[end].filter((_, k) => changed[k]);
  }
  return result;
}

function layers(state) {
  const scale = [state.scale_1, state.scale_1];
  return [
    { W: planeMatrix(state.angle_1, scale, 0), b: [state.shift_1, state.shift_1] },
    { W: planeMatrix(state.angle_2, [1, 1], state.shear_2), b: [state.shift_2, 0] },
  ];
}

// Least squares: the dots are a square grid about the origin, so each entry is found by itself.
function bestMap(from, to) {
  const [x, y] = [transpose(from), transpose(to)];
  return {
    W: y.map((row) => x.map((column) => dot(row, column) / dot(column, column))),
    b: y.map((row) => sum(row) / from.length),
  };
}

function words(found, sentences) {
  if (found.miss < 1e-6) return say(sentences[found.changed ? "lost" : "one"], found);
  return say(sentences.none + sentences[found.h], found);
}
