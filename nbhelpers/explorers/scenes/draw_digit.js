function readBy(seen, data) { // the outputs of every layer
  const apply = (x, name) => (name === "softmax" ? softmax(x) : x.map(ACTIVATIONS[name]));
  let x = seen.flat();
  return data.activations.map((names, k) => (x = names.split(" ").filter(Boolean).reduce(apply, k ? dense([x], data["W" + k], data["b" + k])[0] : x)));
}

const frameOf = ([left, top, w, h]) => [[left, top], [left + w, top], [left + w, top + h], [left, top + h]];
const anA = (digit) => `${digit === 8 ? "an" : "a"} ${digit}`;
const percent = (p) => `${fixed(100 * p, 1)} %`;

function arrays(state, data) {
  const drawn = rasterize(strokesOf(state).map((s) => s.match(/.{4}/g).map(hexPoint)), state.width), label = data.labels[state.sample - 1];
  const paper = label === undefined ? drawn : drawn.map((row, r) => row.map((v, c) => Math.max(v, data.samples[state.sample - 1][r][c] / 255)));
  const [seen, crop, box] = prepare(paper), layers = readBy(seen, data), outputs = layers.at(-1);
  const order = range(10).sort((a, b) => outputs[b] - outputs[a]), [first, second] = order, said = order.map((k) => percent(outputs[k]));
  const pen = state.cursor ? [hexPoint(state.cursor)] : [], down = state.cursor.endsWith("+");
  const found = {
    drawing: paper, seen, inverse: deepMap(seen, (v) => 1 - v), crop: frameOf(crop), box: frameOf(box), outputs,
    percent: outputs.map(percent), answer: first, head: `answer: ${first}`, pen: fixed(state.width), pen_up: down ? [] : pen, pen_down: down ? pen : [],
  };
  data.rows.forEach((rows, i) => {
    const h = layers[i + 1], high = Math.max(1, ...h.map(Math.abs)), columns = h.length / rows;
    Object.assign(found, { ["hidden" + (i + 1)]: range(rows).map((r) => h.slice(r * columns, (r + 1) * columns)), ["high" + (i + 1)]: high, ["low" + (i + 1)]: -high });
  });
  const where = pen.map(([x, y]) => ` The pen is ${down ? "down" : "up"} at column ${Math.floor(x)}, row ${Math.floor(y)}.`).join("");
  const how = "Draw with mouse, finger or pen. By keys: arrows move it, Space lowers or lifts it.";
  found.text = `The network reads ${anA(first)} (${said[0]}), then ${anA(second)} (${said[1]}).` +
    (label === undefined ? "" : ` Test image ${state.sample} is ${anA(label)}: ${first === label ? "right" : "wrong"}.`) + where;
  if (paper.flat().every((v) => v === 0)) found.text = `Empty paper, and still an answer: ${first}, with ${said[0]}. ${where.trim() || how}`;
  return found;
}

function pointer(state, data, event) {
  const strokes = strokesOf(state), code = (v) => Math.round(4 * Math.min(Math.max(v, 0), SIDE)).toString(16).padStart(2, "0");
  const ink = (list) => ({ ink: list.length ? `${state.sample}:${list.join(" ")}` : "" });
  const go = (at) => (strokes.at(-1)?.endsWith(at) ? {} : ink([...strokes.slice(0, -1), (strokes.at(-1) ?? "") + at]));
  const at = code(event.x) + code(event.y);
  if (event.type === "down" && event.panel === 0) return { ...ink([...strokes, at]), cursor: "" };
  if (event.type === "move" && event.panel === 0) return go(at);
  if (event.key === "Backspace") return { ...ink(strokes.slice(0, -1)), cursor: state.cursor.slice(0, 4) };
  if (event.key === "Delete") return { ink: "", cursor: "", sample: 0 };
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1], " ": [0, 0] };
  if (!(event.key in steps)) return {};
  const pen = (state.cursor || "3838").slice(0, 4), down = state.cursor.endsWith("+"), [x, y] = hexPoint(pen);
  if (event.key === " ") return down ? { cursor: pen } : { ...ink([...strokes, pen]), cursor: pen + "+" };
  const next = code(x + steps[event.key][0]) + code(y + steps[event.key][1]);
  return down ? { ...go(next), cursor: next + "+" } : { cursor: next };
}
