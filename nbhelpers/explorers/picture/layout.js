// Where a scene's panels and ticks go, in CSS pixels; layout.py in JavaScript.

const total = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

// Each panel with the box of its cell: rows by height, then panels by weight.
export function layout(scene, { left, top, width, height }) {
  const cells = [];
  let down = top;
  scene.rows.forEach((row, r) => {
    const high = (height * scene.heights[r]) / total(scene.heights);
    let along = left;
    for (const panel of row) {
      const wide = (width * panel.weight) / total(row.map(({ weight }) => weight));
      cells.push({ panel, cell: { left: along, top: down, width: wide, height: high } });
      along += wide;
    }
    down += high;
  });
  return cells;
}

// The box inside a cell that holds the marks: what titles and labels leave.
export function plotBox(panel, cell, x, y) {
  const above = (panel.title ? 30 : 8) + (panel.legend ? 22 : 0);
  const below = panel.axes ? 22 + (panel.xlabel ? 18 : 0) : 8;
  const before = (panel.left || (panel.axes ? 40 : 8)) + (panel.axes && panel.ylabel ? 18 : 0);
  let width = cell.width - before - 12;
  let height = cell.height - above - below;
  if (panel.equal) {
    const [wide, high] = [x, y].map(([first, last]) => Math.abs(last - first));
    const scale = Math.min(width / wide, height / high);
    [width, height] = [scale * wide, scale * high];
  }
  return { left: cell.left + before, top: cell.top + above, width, height };
}

const minus = (text) => text.replace("-", "−");

// Pairs [number, text]: those given, or round numbers about 50 pixels apart.
export function ticks(given, limits, pixels) {
  if (given) return given.map((t) => (Array.isArray(t) ? t : [t, minus(String(t))]));
  const [low, high] = [Math.min(...limits), Math.max(...limits)];
  const rough = (high - low) / Math.max(2, pixels / 50);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((m) => m * power >= rough) ?? 10);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const shown = [];
  for (let k = Math.ceil(low / step - 1e-9); k <= high / step + 1e-9; k++) {
    shown.push([k * step, minus((k * step).toFixed(digits))]);
  }
  return shown;
}
