function arrays(state, data) {
  const radians = (degrees) => (degrees * Math.PI) / 180, h = ACTIVATIONS[state.between];
  const W1 = planeMatrix(radians(state.angle_1), state.scale_1, state.scale_1, 0), b1 = [state.shift_1, state.shift_1];
  const W2 = planeMatrix(radians(state.angle_2), 1, 1, state.shear_2), b2 = [state.shift_2, 0];
  const stages = (x) => {
    const y = deepMap(affineMap(x, W1, b1), h);
    return { _x: x, _1: y, _2: affineMap(y, W2, b2) };
  };
  const grid = stages(data.grid), dots = stages(data.dots), n = data.dots.length, result = {};
  const changed = affineMap(data.dots, W1, b1).map((z) => z.some((v) => Math.abs(h(v) - v) > 1e-9));
  for (const end of ["_x", "_1", "_2"]) {
    result["grid" + end] = grid[end];
    result["kept" + end] = dots[end].filter((_, k) => !changed[k]);
    result["changed" + end] = dots[end].filter((_, k) => changed[k]);
  }
  // Least squares: the dots are a square grid about the origin, so each entry is found by itself.
  const y = transpose(dots._2), x = transpose(data.dots);
  const W = y.map((row) => x.map((column) => dot(row, column) / dot(column, column))), b = y.map((row) => sum(row) / n);
  const gaps = affineMap(data.dots, W, b).map((p, k) => Math.hypot(p[0] - dots._2[k][0], p[1] - dots._2[k][1]));
  const miss = Math.max(...gaps), count = changed.filter(Boolean).length;
  const text = words(state.between, count, n, miss, matmul(W2, W1), affineMap(b1, W2, b2));
  return { ...result, one: affineMap(data.outline, W, b), miss, text };
}

function words(h, changed, count, miss, W, b) {
  if (miss < 1e-6 && changed) return `${h} changes ${changed} of ${count} points, and here all of them fall onto one line or ` +
    `into one point: that is one affine map (difference ${fixed(miss)}), and nearly everything is lost.`;
  if (miss < 1e-6) return `${h} changes nothing here: two layers, one affine map. W = W₂ W₁ = [${W.map((row) => vector(row)).join(", ")}], ` +
    `b = W₂ b₁ + b₂ = ${vector(b)}, difference ${fixed(miss)}.`;
  const end = h === "relu" ? "What is folded cannot be undone." : "It bends, and does not fold.";
  return `${h} changes ${changed} of ${count} points. No single affine map does this: the best one ` +
    `(dotted) still misses by up to ${fixed(miss)}. ${end}`;
}
