// Points of simple shapes.

export const segment = (x0, y0, x1, y1) => [
  [x0, y0],
  [x1, y1],
];

export const rectangle = (left, top, right, bottom) => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
];
