import { say } from "../picture/words.js";

export function arrays(state, data) {
  const { function: name, x } = state;
  const { h, slope, greatest, ...drawn } = data[name];
  const k = Math.round(10 * x) + 80;
  const flat = name === "step";
  const found = { name, x, y: h[k], slope: slope[k], greatest };
  const some = (points) => (flat ? [] : [points]);
  return {
    ...drawn,
    name,
    at: [[x, found.y]],
    at_slope: some([x, found.slope]),
    tangent: some([-3, 3].map((step) => [x + step, found.y + step * found.slope])),
    top: some([-8, 8].map((end) => [end, greatest])),
    note: [say(data.sentences[flat ? "no note" : "note"], { greatest })],
    note_at: [[-7.7, flat ? 0.55 : greatest + 0.07]],
    text: words(found, data),
  };
}

function words(found, { small, sentences }) {
  const { name, slope, greatest } = found;
  const weak = slope < small * greatest ? "saturated" : "steep";
  const share = (100 * slope) / greatest;
  return say(sentences[name === "step" ? "flat" : weak], { ...found, share });
}
