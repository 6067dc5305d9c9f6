const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const minus = (a, b) => a.map((v, k) => v - b[k]);
const DEPTHS = 6, TILT = (18 * Math.PI) / 180, LIGHT = [-0.4, 0.6, 0.7];

function arrays(state, data) {
  const { depth } = state, angle = (state.angle * Math.PI) / 180, k = Math.round(depth * 20);
  const c = Math.cos(angle), s = Math.sin(angle), ct = Math.cos(TILT), st = Math.sin(TILT);
  const turn = ([x, y, z]) => [c * x - s * y, s * st * x + c * st * y + ct * z, -s * ct * x - c * ct * y + st * z];
  const low = Math.min(Math.floor(depth), DEPTHS - 1), from = data.shown[low], to = data.shown[low + 1], t = depth - low;
  const quads = [];
  from.forEach((sheet, group) => {
    const p = sheet.map((row, i) => row.map((v, j) => {
      const w = to[group][i][j];
      return turn([v[0] + (w[0] - v[0]) * t, v[1] + (w[1] - v[1]) * t, v[2] + (w[2] - v[2]) * t]);
    }));
    for (let i = 0; i + 1 < p.length; i++) for (let j = 0; j + 1 < p.length; j++) {
      const q = [p[i][j], p[i + 1][j], p[i + 1][j + 1], p[i][j + 1]];
      quads.push({ q, group, near: q[0][2] + q[1][2] + q[2][2] + q[3][2] });
    }
  });
  quads.sort((a, b) => a.near - b.near);
  const lit = ({ q }) => {
    const n = cross(minus(q[2], q[0]), minus(q[3], q[1]));
    return Math.abs(dot(n, LIGHT)) / (Math.hypot(...n) + 1e-12);
  };
  const right = data.count[k], total = 2 * from[0].length ** 2;
  return {
    faces: quads.map(({ q }) => q.map(([x, y]) => [x, y])), groups: quads.map(({ group }) => group),
    shades: quads.map((quad) => 0.3 + 0.65 * lit(quad)),
    cut: square(data.cuts[k]).map((point) => turn(point).slice(0, 2)),
    here: [[depth, (100 * right) / total]], right, head: head(depth), text: words(depth, right, total),
  };
}

function square([x, y, z, offset]) {
  const normal = [x, y, z], raw = [1 - x * x, -x * y, -x * z], size = Math.hypot(...raw) + 1e-12;
  const first = raw.map((v) => v / size), second = cross(normal, first);
  const corner = (a, b) => normal.map((v, k) => -offset * v + 0.62 * (a * first[k] + b * second[k]));
  return [corner(1, 1), corner(1, -1), corner(-1, -1), corner(-1, 1)];
}

function head(depth) {
  if (Math.abs(depth - Math.round(depth)) < 1e-9) return depth ? `depth ${Math.round(depth)} of ${DEPTHS}` : "depth 0: the input";
  return `between depth ${Math.floor(depth)} and ${Math.floor(depth) + 1}`;
}

function words(depth, right, total) {
  const text = `Depth ${fixed(depth)}: a flat cut gets ${right} of ${total} points right (${fixed((100 * right) / total, 1)}%)`;
  if (right === total) return `${text}: the sheets are apart, one more unit tells them from each other.`;
  return text + (right < 0.7 * total ? "; guessing gets half." : ".");
}
