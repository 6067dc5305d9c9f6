// Tensors as boxes; boxes.py in JavaScript, and how Python writes a shape.

import { rectangle } from "../../picture/shapes.js";

export const tuple = (shape) => `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;

// A rectangle about its middle.
export const boxAbout = ([x, y], wide, high) =>
  rectangle(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2);
