const FLOOR = 1e-6, amount = (loss) => (loss >= 0.001 && loss < 1000 ? fixed(loss, 3) : scientific(loss, 1));

function spread(places, low, high) { // labels from the top down, pushed apart
  const gap = 0.058 * (high - low), found = [];
  for (const place of places) {
    const y = Math.min(Math.max(place, low + gap / 2), high - gap / 2);
    found.push(found.length ? Math.min(y, found.at(-1) - gap) : y);
  }
  let floor = low + gap / 2;
  for (let k = found.length - 1; k >= 0; k--) {
    found[k] = Math.max(found[k], floor);
    floor = found[k] + gap;
  }
  return found;
}

function arrays(state, data) {
  const { stride, names } = data, [low, high] = data.limits, last = stride * (data.loss[0][0].length - 1);
  const at = Math.floor(state.step / stride), rate = data.rates.indexOf(state.rate), found = {}, ends = {};
  names.forEach((name, k) => {
    const end = data.ends[k][rate], here = state[name] ? Math.min(at, end) : -1, loss = data.loss[k][rate].slice(0, here + 1);
    const line = loss.map((v, n) => [n * stride, Math.log10(Math.max(v, FLOOR))]), lost = here >= 0 && here === end && end < at;
    if (lost) line.push([here * stride, high]);
    if (here >= 0) ends[name] = [lost ? Infinity : loss.at(-1), line.at(-1)[1], here * stride];
    Object.assign(found, { ["line_" + name]: line, ["end_" + name]: line.slice(-1), ["at_" + name]: [], ["tag_" + name]: [] });
  });
  const order = Object.keys(ends).sort((a, b) => ends[b][0] - ends[a][0] || 0);
  spread(order.map((name) => ends[name][1]), low, high).forEach((y, k) => {
    const name = order[k], [value, , x] = ends[name];
    found["at_" + name] = [[x + 0.02 * last, y]];
    found["tag_" + name] = [`${name} ${value === Infinity ? "diverged" : amount(value)}`];
  });
  return { ...found, head: `learning rate ${state.rate}`, text: words(state, ends, last) };
}

function words(state, ends, last) {
  const head = `Step ${state.step} of ${last}, learning rate ${state.rate}:`, all = Object.keys(ends), value = (name) => ends[name][0];
  const ranked = all.filter((name) => value(name) < Infinity).sort((a, b) => value(a) - value(b));
  const lost = all.filter((name) => !ranked.includes(name)).map((name) => `${name} diverged after step ${ends[name][2]}`);
  if (!all.length) return `${head} nothing to show. Switch on an optimizer that was recorded at this rate.`;
  let said = ranked.slice(0, 1).map((name) => `${name} leads with loss ${amount(value(name))}`);
  said = said.concat(ranked.slice(1, 2).map((name) => `then ${name} ${amount(value(name))}`));
  said = said.concat(ranked.slice(2).slice(-1).map((name) => `last ${name} ${amount(value(name))}`));
  if (ranked.length > 1 && value(ranked.at(-1)) - value(ranked[0]) < 1e-6) said = [`all are at the same loss, ${amount(value(ranked[0]))}`];
  return `${head} ${[...said, ...lost].join(", ")}.`;
}
