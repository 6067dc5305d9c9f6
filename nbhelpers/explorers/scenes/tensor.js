function arrays(state, data) {
  const { axes, shape, places, numbers, ...drawing } = data[state.tensor], rank = shape.length;
  const itemsize = { uint8: 1, float32: 4, float64: 8 }[state.dtype];
  const strides = shape.map((_, k) => shape.slice(k + 1).reduce((a, b) => a * b, itemsize));
  const index = shape.map((_, k) => state[`axis_${k}`]);
  const name = rank ? `x[${index.join(", ")}]` : "x";
  const wrong = index.findIndex((entry, k) => entry !== ":" && Number(entry) >= shape[k]);
  const inside = (place) => wrong < 0 && index.every((entry, k) => entry === ":" || Number(entry) === place[k]);
  const lit = drawing.cells.filter((_, k) => inside(places[k]));
  const kept = shape.filter((_, k) => index[k] === ":"), all = drawing.cells.length, empty = Array(5 - rank).fill("");
  let text = `${name} is an IndexError: index ${index[wrong]} is out of bounds for axis ${wrong} ` +
    `with size ${shape[wrong]}. Numbers count from 0.`;
  if (wrong < 0) text = `${name} has rank ${kept.length} and shape ${tuple(kept)}: ${lit.length} of ${all} numbers, ` +
    `${lit.length * itemsize} of ${all * itemsize} bytes as ${state.dtype}. A view, no copy.`;
  const middle = (cell) => [0, 1].map((k) => sum(cell.map((corner) => corner[k])) / 4);
  return {
    ...drawing, lit, numbers, number_xy: drawing.cells.slice(0, numbers.length).map(middle),
    table: [range(rank), axes, shape, strides].flatMap((row) => [...row, ...empty]).map(String), index: [...index, ...empty],
    title: `${name} of x, shape ${tuple(shape)}${numbers.length ? ", numbered by place in memory" : ""}`, text,
  };
}

const tuple = (sizes) => `(${sizes.join(", ")}${sizes.length === 1 ? "," : ""})`;
