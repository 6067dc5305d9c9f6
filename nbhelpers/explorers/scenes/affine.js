import { say } from "../picture/words.js";
import { affineMap, planeMap } from "./parts/plane.js";

export function arrays(state, data) {
  const { W, b } = planeMap(state);
  const area = W[0][0] * W[1][1] - W[0][1] * W[1][0];
  const moved = ["grid", "square", "first", "second", "tips"].map((name) => [
    name,
    affineMap(data[`${name}_before`], { W, b }),
  ]);
  return { ...Object.fromEntries(moved), W, b, area, text: words(W, b, area, data.sentences) };
}

function words(W, b, area, sentences) {
  let kind = area < 0 ? "mirror" : "plain";
  if (Math.abs(area) < 1e-9) kind = "line";
  if (Math.max(...W.flat().map(Math.abs)) < 1e-9) kind = "point";
  return say(sentences.map + sentences[kind], { W, b, area, size: Math.abs(area) });
}
