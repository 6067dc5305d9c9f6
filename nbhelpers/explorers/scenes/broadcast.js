const tuple = (shape) => `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
const rectangle = (x, y, w, h) => [[x - w, y - h], [x + w, y - h], [x + w, y + h], [x - w, y + h]];
const indices = (shape) => shape.reduce((all, n) => all.flatMap((at) => range(n).map((k) => [...at, k])), [[]]);

function arrays(state) {
  const shapes = ["a", "b"].map((name) => [1, 2, 3].map((k) => state[name + k]).filter((v) => v !== "none").map(Number));
  const [a, b] = shapes, axes = range(Math.max(a.length, b.length)).map((k, _, all) => axisAt(shapes, k - all.length));
  const fits = axes.every((axis) => axis.size !== null), shape = axes.map((axis) => axis.size);
  const entry = (own, index) => own.reduce((flat, n, k) => flat * n + (n === 1 ? 0 : index.at(k - own.length)), 0) + 1;
  const values = shapes.map((own, side) => indices(fits ? shape : own).map((index) => (side ? 1 : 10) * entry(own, index)));
  const total = fits ? values[0].map((v, k) => v + values[1][k]) : [], drawn = boxes("sum", fits ? shape : [0], total, []);
  shapes.forEach((own, side) => {
    const loose = axes.filter((axis) => fits && axis.roles[side] !== "same");
    Object.assign(drawn, boxes("ab"[side], fits ? shape : own, values[side], loose));
  });
  const [wide, high] = [0, 1].map((k) => 0.55 + Math.max(3.5, ...[...drawn.a_xy, ...drawn.b_xy].map((at) => at[k])));
  return {
    ...drawn, ...table(axes), frame_x: [-0.1, wide], frame_y: [high, -0.1], a_shape: tuple(a), b_shape: tuple(b),
    shape: fits ? tuple(shape) : "they clash", text: words(a, b, axes, total.length),
  };
}

function axisAt(shapes, place) {
  const [m, n] = shapes.map((shape) => shape.at(place) ?? 0); // 0: there is no such axis
  const size = m === n || n < 2 ? Math.max(m, n) : m < 2 ? n : null;
  const roles = [m, n].map((v) => (v === 0 ? "added" : v === size || size === null ? "same" : "repeated"));
  return { place, sizes: [m, n], size, roles };
}

function boxes(name, shape, values, loose) {
  const index = indices(shape), stored = index.map((at) => loose.every((axis) => at.at(axis.place) === 0));
  const [rows, columns] = [1, 1, ...shape].slice(-2).map((n) => n + 0.7);
  const middles = index.map((at) => [0, 0, 0, ...at].slice(-3)).map(([g, r, c]) => [c + 0.5 + (g % 2) * columns, r + 0.5 + (g >> 1) * rows]);
  const cells = (wanted) => middles.filter((_, k) => stored[k] === wanted).map(([x, y]) => rectangle(x, y, 0.45, 0.45));
  return { [name + "_cells"]: cells(true), [name + "_ghosts"]: cells(false), [name + "_xy"]: middles, [name + "_numbers"]: values.map(String) };
}

function table(axes) {
  const drawn = { boxes: [], ghosts: [], clashes: [], size_xy: [], sizes: [] };
  for (const { place, sizes, size, roles } of axes) {
    const word = (row) => ({ same: sizes[row], repeated: `1 → ${size}`, added: `new → ${size}` })[roles[row]];
    drawn.sizes.push(...[word(0), word(1), size ?? "clash"].map(String));
    [...roles, "same"].forEach((role, row) => {
      const [x, y] = [2 * place + 7, 0.8 + 0.95 * row], kind = size === null ? "clashes" : role === "same" ? "boxes" : "ghosts";
      drawn[kind].push(rectangle(x, y, 0.7, 0.35));
      drawn.size_xy.push([x, y]);
    });
  }
  const heads = axes.map((axis) => `axis ${axis.place}`), head_xy = axes.map((axis) => [2 * axis.place + 7, 0.1]);
  return { ...drawn, heads, head_xy };
}

function words(a, b, axes, total) {
  const clash = axes.filter((axis) => axis.size === null).map(({ place, sizes: [m, n] }) => `axis ${place} (${m} and ${n})`);
  const [first, second] = [a, b].map((own) => total / indices(own).length), often = (k) => (k === 1 ? "once" : `${k} times`);
  if (!total) return `${tuple(a)} and ${tuple(b)} cannot meet: they clash on ${clash.join(" and ")}. NumPy raises a ValueError.`;
  return `${tuple(a)} and ${tuple(b)} give ${tuple(axes.map((axis) => axis.size))}: each number of a is used ${often(first)}, ` +
    `of b ${often(second)}, with no copy.` + (first > 1 && second > 1 ? ` Careful: ${total} numbers, more than in a or in b.` : "");
}
