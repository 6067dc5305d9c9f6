// The plane that affine maps move; plane.py and geometry.py in JavaScript.

import { dot, matmul, radians } from "./maths.js";

// First scaled, then sheared, then turned, then shifted: W (2, 2) and b (2,).
export function planeMap(state) {
  const W = planeMatrix(state.angle, [state.scale_x, state.scale_y], state.shear);
  return { W, b: [state.shift_x, state.shift_y] };
}

export function planeMatrix(degrees, [scaleX, scaleY], shear) {
  const [c, s] = [Math.cos(radians(degrees)), Math.sin(radians(degrees))];
  // biome-ignore format: a matrix
  const turned = [[c, -s], [s, c]];
  // biome-ignore format: a matrix
  const sheared = [[scaleX, shear * scaleY], [0, scaleY]];
  return matmul(turned, sheared);
}

// W @ point + b for points nested to any depth: (..., 2) -> (..., 2).
export function affineMap(points, { W, b }) {
  if (Array.isArray(points[0])) return points.map((part) => affineMap(part, { W, b }));
  return points.length ? [dot(W[0], points) + b[0], dot(W[1], points) + b[1]] : points;
}
