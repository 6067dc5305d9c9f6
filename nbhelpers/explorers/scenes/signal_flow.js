function arrays(state, data) {
  const sums = [], outputs = [];
  let x = [state.x1, state.x2];
  for (const [k, name] of [[1, state.activation], [2, state.activation], [3, "linear"]]) {
    const [a] = dense([x], data[`W${k}`], data[`b${k}`]).map((row) => row.map((v) => Math.round(v * 1e12) / 1e12));
    sums.push(a);
    outputs.push((x = a.map(ACTIVATIONS[name])));
  }
  if (state.output === "softmax") outputs[2] = softmax(outputs[2]);
  const [A1, A2, A3] = sums, [Z1, Z2, Y] = outputs, units = [state.x1, state.x2, ...outputs.flat()];
  return {
    A1, A2, A3, Z1, Z2, Y,
    shades: [...units.map((v) => 0.58 * Math.min(Math.abs(v), 1)), 0, 0, 0],
    shown: [...units.map((v) => fixed(v)), "1", "1", "1"],
    sums: ["x₁", "x₂", ...sums.flat().map((a) => `a = ${fixed(a)}`), "bias", "bias", "bias"],
    text: `After the hidden layers Z1 = ${vector(Z1, 4)} and Z2 = ${vector(Z2, 4)}; the answer Y = ${vector(Y, 4)}.`,
  };
}
