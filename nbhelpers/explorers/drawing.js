// drawing.py in JavaScript. Points are in pixels, ink is a string (write_ink).
const SIDE = 28, hexPoint = (text) => [0, 2].map((k) => parseInt(text.slice(k, k + 2), 16) / 4);
const strokesOf = ({ ink, sample }) => (ink.split(":")[0] === String(sample) ? ink.split(":")[1].split(" ").filter(Boolean) : []);

function rasterize(strokes, width) {
  const paper = range(SIDE).map(() => Array(SIDE).fill(0)), reach = width / 2 + 0.5;
  const near = (a, b) => range(SIDE).slice(Math.max(0, Math.floor(Math.min(a, b) - reach - 1)), Math.ceil(Math.max(a, b) + reach + 1));
  for (const stroke of strokes) stroke.forEach((a, k) => {
    if (k && k === stroke.length - 1) return; // a stroke of one point is a dot
    const b = stroke[k + 1] ?? a, dx = b[0] - a[0], dy = b[1] - a[1], length = dx * dx + dy * dy || 1;
    for (const row of near(a[1], b[1])) for (const column of near(a[0], b[0])) {
      const x = column + 0.5, y = row + 0.5, t = Math.min(Math.max(((x - a[0]) * dx + (y - a[1]) * dy) / length, 0), 1);
      const ex = x - (a[0] + t * dx), ey = y - (a[1] + t * dy);
      paper[row][column] = Math.max(paper[row][column], reach - Math.sqrt(ex * ex + ey * ey));
    }
  });
  return paper.map((row) => row.map((v) => Math.floor(255 * Math.min(v, 1) + 0.5) / 255));
}

function prepare(image) {
  const inked = [image, transpose(image)].map((x) => range(SIDE).filter((k) => x[k].some((v) => v > 0)));
  const seen = range(SIDE).map(() => Array(SIDE).fill(0)), none = [0, 0, 0, 0];
  if (!inked[0].length) return [seen, none, none];
  const [top, left] = inked.map((at) => at[0]), old = inked.map((at) => at.at(-1) - at[0] + 1), longest = Math.max(...old);
  const size = old.map((n) => Math.max(1, Math.floor((40 * n + longest) / (2 * longest))));
  const crop = image.slice(top, top + old[0]).map((row) => row.slice(left, left + old[1]));
  const small = matmul(matmul(resampling(old[0], size[0]), crop), transpose(resampling(old[1], size[1])));
  const [down, along] = [small, transpose(small)].map((x) => {
    const mass = x.map(sum), start = Math.floor(14 - dot(mass, range(mass.length)) / sum(mass) + 0.5 + 1e-6);
    return Math.min(Math.max(start, 0), SIDE - mass.length);
  });
  small.forEach((row, r) => row.forEach((v, c) => { seen[down + r][along + c] = v; }));
  return [seen, [left, top, old[1], old[0]], [along, down, size[1], size[0]]];
}

function resampling(n, m) {
  const weights = range(m).map((k) => range(n).map((j) => Math.max(0, 1 - Math.abs((k + 0.5) * (n / m) - 0.5 - j) / Math.max(1, n / m))));
  return weights.map((row) => row.map((v) => v / sum(row)));
}
