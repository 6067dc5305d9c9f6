function arrays(state, data) {
  const W = planeMatrix((state.angle * Math.PI) / 180, state.scale_x, state.scale_y, state.shear);
  const map = (points) => affineMap(points, W, [state.shift_x, state.shift_y]);
  const relu = (points) => deepMap(points, ACTIVATIONS.relu);
  const low = (value) => value < -1e-9;
  const grid = map(data.grid), square = map(data.square), dots = map(data.dots);
  const moved = dots.filter(([x, y]) => low(x) || low(y)), kept = dots.filter(([x, y]) => !low(x) && !low(y));
  const count = (rule) => dots.filter(([x, y]) => rule(low(x), low(y))).length;
  const ends = [count((x, y) => !x && !y), count((x, y) => y && !x), count((x, y) => x && !y), count((x, y) => x && y)];
  return {
    grid_z: grid, grid_y: relu(grid), square_z: square, square_y: relu(square),
    moved_z: moved, moved_y: relu(moved), kept, text: words(ends),
  };
}

function words(counts) {
  const [kept, xAxis, yAxis, origin] = counts, all = sum(counts);
  return `relu keeps ${kept} of ${all} grid points (${fixed((100 * kept) / all, 0)}%) ` +
    `and folds the others onto the axes: ${xAxis} onto the x axis, ${yAxis} onto the y axis, ` +
    `${origin} into the origin.`;
}
