function arrays(state, data) {
  const x = data.images, lengths = [24, 28, 28];
  const bounds = [["first", "last"], ["top", "bottom"], ["left", "right"]].map((pair) => pair.map((name) => state[name]));
  const place = (v, n) => (v < 0 ? Math.max(v + n, 0) : v);
  const [images, rows, columns] = bounds.map(([low, high], k) => [place(low, lengths[k]), place(high, lengths[k])]);
  const shape = [images, rows, columns].map(([low, high]) => Math.max(0, high - low)), [count, height, width] = shape;
  const some = count * height * width > 0, within = (k, [low, high]) => low <= k && k < high;
  const dimmed = x.map((image, k) => image.map((row, r) => {
    const lit = within(k, images) && within(r, rows);
    return row.map((v, c) => (lit && within(c, columns) ? v : v >> 2));
  }));
  const cut = (k, r, c) => (k < count && r < height && c < width ? x[images[0] + k][rows[0] + r][columns[0] + c] : 0);
  const result = range(8).map((k) => range(28).map((r) => range(28).map((c) => cut(k, r, c))));
  const parts = bounds.map(([low, high], k) => `${low || ""}:${high === lengths[k] ? "" : high}`);
  while (parts.length > 1 && parts.at(-1) === ":") parts.pop();
  const expression = `x[${parts.join(", ")}]`, shown = `(${shape.join(", ")})`;
  const kept = some ? range(count).map((k) => images[0] + k) : [];
  return {
    dimmed, kept: frames(kept, rows[0], columns[0], height, width),
    result, edges: frames(some ? range(Math.min(count, 8)) : [], 0, 0, height, width),
    note: [some ? "" : "nothing is left"], expression, shape: shown,
    text: `${expression} has shape ${shown}: ` + (some
      ? `${count} of 24 images, ${height} of 28 rows, ${width} of 28 columns.`
      : "an axis of size 0, so nothing is left. From must come before to."),
  };
}

function frames(images, top, left, height, width) {
  const [l, r, t, b] = [left, left + width, top, top + height].map((v) => 0.04 + (0.92 * v) / 28);
  return images.map((k) => [[l, t], [r, t], [r, b], [l, b]].map(([x, y]) => [x + (k % 8), y + Math.floor(k / 8)]));
}
