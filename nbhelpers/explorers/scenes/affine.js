function arrays(state, data) {
  const W = planeMatrix((state.angle * Math.PI) / 180, state.scale_x, state.scale_y, state.shear);
  const b = [state.shift_x, state.shift_y];
  const area = W[0][0] * W[1][1] - W[0][1] * W[1][0];
  const moved = Object.entries(data).map(([name, points]) => [name.slice(0, -1), affineMap(points, W, b)]);
  return { ...Object.fromEntries(moved), W, b, area, text: words(W, b, area) };
}

function words(W, b, area) {
  let result = `areas become ${fixed(area)} times as large.`;
  if (Math.max(...W.flat().map(Math.abs)) < 1e-9) result = "the whole plane falls into one point: all information is lost.";
  else if (Math.abs(area) < 1e-9) result = "the plane is squashed to a line: information is lost, no way back.";
  else if (area < 0) result = `areas become ${fixed(-area)} times as large, and the plane is turned over.`;
  const rows = W.map((row) => vector(row)).join(", ");
  return `W = [${rows}], b = ${vector(b)}. Determinant ${fixed(area)}: ${result}`;
}
