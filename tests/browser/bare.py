"""An explorer alone on a bare page, without a kernel; its canvas tells what it writes."""

import base64
import json

import numpy as np

from nbhelpers.explorers.picture.data import pack

# The explorer's own script, with controls that are only remembered. What its canvas writes is kept
# in `written`: each text with the box of its ink, and the box it is clipped to, in CSS pixels.
SHOW = """async ({ esm, css, scene, data, controls }) => {
  window.leave?.();
  document.head.innerHTML = `<style>${css}</style>`;
  document.body.innerHTML = '<div class="nbx"><div></div></div>';
  const control = (value) => {
    const heard = new Set();
    return {
      get: (name) => (name === 'value' ? value : undefined),
      set: (name, next) => { value = next; for (const listener of heard) listener(); },
      on: (name, listener) => heard.add(listener),
      off: (name, listener) => heard.delete(listener),
      save_changes() {},
    };
  };
  const bytes = (_, v) => v?.base64 === undefined ? v
    : new DataView(Uint8Array.from(atob(v.base64), (c) => c.charCodeAt(0)).buffer);
  const models = Object.entries(controls).map(([name, value]) => [name, control(value)]);
  const ids = Object.fromEntries(models.map(([name]) => [name, `IPY_MODEL_${name}`]));
  const given = { scene, data: JSON.parse(data, bytes), controls: ids };
  const manager = { get_model: async (id) => Object.fromEntries(models)[id] };
  const model = { get: (name) => given[name], widget_manager: manager };
  const url = URL.createObjectURL(new Blob([esm], { type: 'text/javascript' }));
  const { default: { render } } = await import(url);
  const el = document.querySelector('.nbx > div');
  el.classList.add('widget');
  window.leave = await render({ model, el });
}"""
RECORD = """() => {
  const proto = CanvasRenderingContext2D.prototype;
  const own = {};
  for (const name of ['fillText', 'clearRect', 'rect', 'clip', 'save', 'restore']) {
    own[name] = proto[name];
  }
  let [clip, path, stack] = [null, null, []];
  window.written = [];
  const placed = (g, left, top, right, bottom) => {
    const m = g.getTransform(), ratio = g.canvas.width / g.canvas.clientWidth;
    const corners = [[left, top], [right, top], [left, bottom], [right, bottom]]
      .map(([x, y]) => [(m.a * x + m.c * y + m.e) / ratio, (m.b * x + m.d * y + m.f) / ratio]);
    const [xs, ys] = [0, 1].map((k) => corners.map((corner) => corner[k]));
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  };
  Object.assign(proto, {
    clearRect(...box) { [clip, stack] = [null, []]; window.written = [];
      return own.clearRect.apply(this, box); },
    rect(x, y, w, h) { path = placed(this, x, y, x + w, y + h);
      return own.rect.call(this, x, y, w, h); },
    clip() { clip = path; return own.clip.call(this); },
    save() { stack.push(clip); return own.save.call(this); },
    restore() { clip = stack.pop() ?? null; return own.restore.call(this); },
    fillText(text, x, y) {
      const m = this.measureText(text);
      const box = placed(this, x - m.actualBoundingBoxLeft, y - m.actualBoundingBoxAscent,
        x + m.actualBoundingBoxRight, y + m.actualBoundingBoxDescent);
      if (text.trim()) window.written.push({ text, box, clip });
      return own.fillText.call(this, text, x, y);
    },
  });
}"""
SIZE = """async ({ width, theme }) => {
  document.body.style = `margin: 0; width: ${width}px; ${theme}`;
  const box = document.querySelector('.nbx');
  box.style = 'padding: 0; max-width: none';
  const el = document.querySelector('.nbx-scene'), before = el.nbx.painted.count;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const canvas = el.querySelector('canvas');
  return [canvas.clientWidth, canvas.clientHeight];
}"""
ONE = """async (state) => {
  const { nbx } = document.querySelector('.nbx-scene');
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  nbx.set(state);
  await frame();
  await frame();
  return { written: window.written, missing: nbx.paper.missing };
}"""


class Bare:
    """A page that shows one explorer."""

    def __init__(self, page):
        self.page = page
        page.evaluate(RECORD)

    def show(self, explorer):
        scene = explorer.widget.children[-1]
        given = json.dumps(pack(explorer.data), default=_as_json)
        self.page.evaluate(
            SHOW,
            {
                "esm": scene._esm,
                "css": scene._css,
                "scene": json.loads(json.dumps(scene.scene, default=_as_json)),
                "data": given,
                "controls": explorer.start,
            },
        )

    def size(self, width, theme=""):
        """Make the picture this wide; return its width and height."""
        return self.page.evaluate(SIZE, {"width": width, "theme": theme})

    def written(self, state):
        """Return what is written in a state, and what had no room."""
        return self.page.evaluate(ONE, state)


def _as_json(value):
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(value).decode()}
    return np.asarray(value).tolist()
