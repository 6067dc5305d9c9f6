import { say } from "../picture/words.js";
import { boxAbout, tuple } from "./parts/boxes.js";
import { range } from "./parts/maths.js";

export function arrays(state, data) {
  const shapes = ["a", "b"].map((name) => shapeOf(state, name));
  const axes = align(shapes);
  const fits = axes.every((axis) => axis.size !== null);
  const shape = axes.map((axis) => axis.size);
  const values = shapes.map((own, side) =>
    indices(fits ? shape : own).map((index) => (side ? 1 : 10) * entry(own, index)),
  );
  const total = fits ? values[0].map((value, k) => value + values[1][k]) : [];
  const drawn = boxes("sum", { shape: fits ? shape : [0], values: total, loose: [] });
  shapes.forEach((own, side) => {
    const loose = axes.filter(({ roles }) => fits && roles[side] !== "same");
    const stretched = { shape: fits ? shape : own, values: values[side], loose };
    Object.assign(drawn, boxes("ab"[side], stretched));
  });
  const places = [[3.5, 3.5], ...drawn.a_xy, ...drawn.b_xy];
  const [wide, high] = [0, 1].map((k) => 0.55 + Math.max(...places.map((at) => at[k])));
  const [a, b] = shapes.map(tuple);
  return {
    ...drawn,
    ...table(axes),
    frame_x: [-0.1, wide],
    frame_y: [high, -0.1],
    a_shape: a,
    b_shape: b,
    shape: fits ? tuple(shape) : "they clash",
    text: words({ a, b, axes, total: total.length }, data.sentences),
  };
}

function shapeOf(state, name) {
  const sizes = [1, 2, 3].map((k) => state[name + k]);
  return sizes.filter((size) => size !== "none").map(Number);
}

// What two shapes do on each axis, as tensors.broadcast says.
function align(shapes) {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return range(rank).map((k) => {
    const place = k - rank;
    const sizes = shapes.map((shape) => shape.at(place) ?? 0); // 0: there is no such axis
    const [m, n] = sizes;
    const clash = m !== n && m > 1 && n > 1;
    const size = clash ? null : Math.max(m, n);
    const roles = sizes.map((v) => (v === 0 ? "added" : v === 1 && size > 1 ? "repeated" : "same"));
    return { place, sizes, size, roles };
  });
}

// All indices of a shape, the last axis first to move.
function indices(shape) {
  const longer = (all, size) => all.flatMap((at) => range(size).map((k) => [...at, k]));
  return shape.reduce(longer, [[]]);
}

// The number, counted from 1, that stands at an index of the stretched tensor.
function entry(own, index) {
  const step = (flat, size, k) => flat * size + (size === 1 ? 0 : index.at(k - own.length));
  return own.reduce(step, 0) + 1;
}

// The boxes of a tensor; those that only repeat others, along the loose axes, are ghosts.
function boxes(name, { shape, values, loose }) {
  const index = indices(shape);
  const stored = index.map((at) => loose.every(({ place }) => at.at(place) === 0));
  const [rows, columns] = [1, 1, ...shape].slice(-2).map((size) => size + 0.7);
  const middles = index
    .map((at) => [0, 0, 0, ...at].slice(-3))
    .map(([grid, row, column]) => [
      column + 0.5 + (grid % 2) * columns,
      row + 0.5 + Math.floor(grid / 2) * rows,
    ]);
  const cells = (wanted) =>
    middles.filter((_, k) => stored[k] === wanted).map((middle) => boxAbout(middle, 0.9, 0.9));
  return {
    [`${name}_cells`]: cells(true),
    [`${name}_ghosts`]: cells(false),
    [`${name}_xy`]: middles,
    [`${name}_numbers`]: values.map(String),
  };
}

// The alignment: a row for a, b and the result, a column for each axis.
function table(axes) {
  const drawn = { boxes: [], ghosts: [], clashes: [], size_xy: [], sizes: [] };
  for (const { place, sizes, size, roles } of axes) {
    const said = sizes.map((own, side) => sizeInWords(roles[side], own, size));
    drawn.sizes.push(...said, String(size ?? "clash"));
    [...roles, "same"].forEach((role, row) => {
      const middle = [2 * place + 7, 0.8 + 0.95 * row];
      const kind = role === "same" ? "boxes" : "ghosts";
      drawn[size === null ? "clashes" : kind].push(boxAbout(middle, 1.4, 0.7));
      drawn.size_xy.push(middle);
    });
  }
  return {
    ...drawn,
    head_xy: axes.map(({ place }) => [2 * place + 7, 0.1]),
    heads: axes.map(({ place }) => `axis ${place}`),
  };
}

function sizeInWords(role, own, size) {
  if (role === "same") return String(own);
  return role === "added" ? `new → ${size}` : `1 → ${size}`;
}

function words({ a, b, axes, total }, sentences) {
  const clash = axes.filter(({ size }) => size === null);
  if (clash.length) {
    const place = ({ place, sizes: [m, n] }) => say(sentences.place, { place, m, n });
    return say(sentences.clash, { a, b, places: clash.map(place).join(" and ") });
  }
  const size = (side) => axes.reduce((product, { sizes }) => product * (sizes[side] || 1), 1);
  const used = [0, 1].map((side) => total / size(side));
  const [often_a, often_b] = used.map((times) =>
    say(sentences[times === 1 ? "once" : "often"], { times }),
  );
  const template = sentences.fit + (Math.min(...used) > 1 ? sentences.trap : "");
  return say(template, {
    a,
    b,
    shape: tuple(axes.map((axis) => axis.size)),
    total,
    often_a,
    often_b,
  });
}
