// playground_words.py in JavaScript; the sentences come from there.

import { say } from "../../picture/words.js";

const AGO = 50;

export function words({ losses, over, right, count, dead, units, blind }, sentences) {
  if (!count) return sentences.empty;
  const step = losses.length - 1;
  const solved = right === count;
  let text = say(sentences.step, { step, loss: losses[step], right, count });
  if (over) return text + sentences.over;
  if (solved) text += sentences.solved;
  if (dead.length) return text + say(sentences.dead, { dead: named(dead, units, sentences) });
  if (solved || step < AGO || losses[step - AGO] - losses[step] > 0.0005) return text;
  return text + say(blind > 1 ? sentences.blind : sentences.stuck, { blind });
}

function named(dead, units, sentences) {
  if (dead.length > 2) return say(sentences.many, { count: dead.length });
  const place = (k) =>
    k < units[0] ? { layer: 1, unit: k + 1 } : { layer: 2, unit: k - units[0] + 1 };
  return dead.map((k) => say(sentences.unit, place(k))).join(", ");
}

export function code({ setting, points, step, data }, sentences) {
  const { sizes, activation, optimizer, rate, seed } = setting;
  const binary = sizes.at(-1) === 1;
  const parts = sizes.slice(1, -1).map((units, k) => {
    const shape = k === 0 ? ", input_shape=(2,)" : "";
    return say(sentences.hidden, { units, activation, shape });
  });
  parts.push(binary ? 'Dense(1, "sigmoid")' : 'Dense(3, "softmax")');
  return say(sentences.code, {
    origin: data ? "from nbhelpers.datasets import plane" : "import numpy as np",
    kind: optimizer === "adam" ? "Adam" : "SGD",
    points: data ? say(sentences.data, { data }) : ownPoints(points, sentences),
    layers: parts.join(", "),
    seed,
    rate: `${rate}${optimizer === "momentum" ? ", momentum=0.9" : ""}`,
    loss: binary ? "binary_crossentropy" : "sparse_categorical_crossentropy",
    step,
  });
}

function ownPoints(points, sentences) {
  const [x, y] = [
    points.map(([x1, x2]) => say(sentences.point, { x1: x1.toFixed(2), x2: x2.toFixed(2) })),
    points.map(([, , kind]) => kind),
  ];
  return say(sentences.own, { x: x.join(", "), y: y.join(", ") });
}
