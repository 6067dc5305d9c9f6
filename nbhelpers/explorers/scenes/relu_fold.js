import { say } from "../picture/words.js";
import { ACTIVATIONS, deepMap } from "./parts/maths.js";
import { affineMap, planeMap } from "./parts/plane.js";

const relu = (points) => deepMap(points, ACTIVATIONS.relu);
const low = (value) => value < -1e-9; // below zero, not by a rounding error

export function arrays(state, data) {
  const map = planeMap(state);
  const [grid, dots, square] = ["grid", "dots", "square"].map((name) => affineMap(data[name], map));
  const moved = dots.filter(([x, y]) => low(x) || low(y));
  const kept = dots.filter(([x, y]) => !low(x) && !low(y));
  return {
    grid_z: grid,
    grid_y: relu(grid),
    square_z: square,
    square_y: relu(square),
    moved_z: moved,
    moved_y: relu(moved),
    kept,
    text: say(data.sentence, counts(dots, kept.length)),
  };
}

// Where the dots end: kept, or pressed onto an axis or into the origin.
function counts(dots, kept) {
  const count = (rule) => dots.filter(([x, y]) => rule(low(x), low(y))).length;
  return {
    kept,
    all: dots.length,
    share: (100 * kept) / dots.length,
    x_axis: count((x, y) => y && !x),
    y_axis: count((x, y) => x && !y),
    origin: count((x, y) => x && y),
  };
}
