import { say } from "../picture/words.js";
import { dot, radians } from "./parts/maths.js";

const DEPTHS = 6;
const STEPS = 20; // of the slider, from one depth to the next
const TILT = radians(18); // the eye looks down a little

export function arrays(state, data) {
  const turn = view(radians(state.angle));
  const k = Math.round(state.depth * STEPS);
  const quads = facesOf(between(data.shown, state.depth), turn);
  quads.sort((a, b) => a.near - b.near);
  const [right, total] = [data.count[k], data.shown[0].flat(2).length];
  const found = { depth: state.depth, right, total, share: (100 * right) / total };
  return {
    faces: quads.map(({ corners }) => corners.map(([x, y]) => [x, y])),
    groups: quads.map(({ group }) => group),
    shades: quads.map(({ corners }) => 0.3 + 0.65 * lit(corners, data.light)),
    cut: square(data.cuts[k]).map((point) => turn(point).slice(0, 2)),
    here: [[state.depth, found.share]],
    right,
    head: head(state.depth, data.sentences),
    text: words(found, data.sentences),
  };
}

// What turns a point: to the right, up, and towards the eye.
function view(angle) {
  const [c, s, ct, st] = [Math.cos(angle), Math.sin(angle), Math.cos(TILT), Math.sin(TILT)];
  return ([x, y, z]) => [
    c * x - s * y,
    s * st * x + c * st * y + ct * z,
    -s * ct * x - c * ct * y + st * z,
  ];
}

// The sheets at any depth: every point goes straight from one picture to the next.
function between(shown, depth) {
  const low = Math.min(Math.floor(depth), DEPTHS - 1);
  const mix = (a, b) =>
    Array.isArray(a) ? a.map((part, k) => mix(part, b[k])) : a + (b - a) * (depth - low);
  return mix(shown[low], shown[low + 1]);
}

function facesOf(sheets, turn) {
  const quads = [];
  sheets.forEach((sheet, group) => {
    const p = sheet.map((row) => row.map(turn));
    for (let i = 0; i + 1 < p.length; i++) {
      for (let j = 0; j + 1 < p.length; j++) {
        const corners = [p[i][j], p[i + 1][j], p[i + 1][j + 1], p[i][j + 1]];
        const near = corners[0][2] + corners[1][2] + corners[2][2] + corners[3][2];
        quads.push({ corners, group, near });
      }
    }
  });
  return quads;
}

const cross = ([a, b, c], [x, y, z]) => [b * z - c * y, c * x - a * z, a * y - b * x];
const minus = (a, b) => a.map((v, k) => v - b[k]);

// How much light falls on a face.
function lit([a, b, c, d], light) {
  const normal = cross(minus(c, a), minus(d, b));
  return Math.abs(dot(normal, light)) / (Math.hypot(...normal) + 1e-12);
}

// The corners of a square in the plane of a cut.
function square([x, y, z, offset]) {
  const normal = [x, y, z];
  const along = [1 - x * x, -x * y, -x * z];
  const size = Math.hypot(...along) + 1e-12;
  const first = along.map((v) => v / size);
  const second = cross(normal, first);
  const corner = (a, b) =>
    normal.map((v, k) => -offset * v + 0.62 * (a * first[k] + b * second[k]));
  return [corner(1, 1), corner(1, -1), corner(-1, -1), corner(-1, 1)];
}

function head(depth, sentences) {
  const low = Math.floor(depth + 1e-9);
  const there = low ? "at" : "at 0";
  const kind = depth - low > 1e-9 ? "on the way" : there;
  return say(sentences[kind], { low, next: low + 1, depths: DEPTHS });
}

function words(found, sentences) {
  const some = found.right < 0.7 * found.total ? "guess" : "between";
  const kind = found.right === found.total ? "apart" : some;
  return say(sentences.all + sentences[kind], found);
}
