"""One explorer on a page: find it, move it, look at it, watch it paint."""

import math
import runpy
import time
from pathlib import Path

from nbhelpers import explorers

EXPLORERS = Path(__file__).parents[1] / "explorers"
GALLERY = EXPLORERS / "gallery.py"
NAMES, make = (runpy.run_path(str(GALLERY))[key] for key in ("NAMES", "make"))
twins = runpy.run_path(str(EXPLORERS / "twins.py"))
states_of, differences = twins["states_of"], twins["differences"]
browsing = runpy.run_path(str(EXPLORERS / "browsing.py"))
FLAGS, OnAnyPage = browsing["FLAGS"], browsing["OnAnyPage"]
ARTEFACTS = Path(__file__).parent / "artefacts"
NOTEBOOK = "explorers.ipynb"
READY = "jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
SESSION = "jupyterapp.shell.currentWidget.sessionContext.session"


def notebook() -> dict:
    setup = "from nbhelpers import explorers"
    made = [f"{name} = explorers.{name}()\n{name}" for name in explorers.NAMES]
    made += [f"import runpy\nrunpy.run_path({str(GALLERY)!r})['gallery']()"]
    cells = [setup, *made]
    return {
        "cells": [
            {
                "cell_type": "code",
                "id": f"cell-{k}",
                "metadata": {},
                "source": source,
                "outputs": [],
                "execution_count": None,
            }
            for k, source in enumerate(cells)
        ],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


class OnPage(OnAnyPage):
    """One explorer as a learner has it on the page."""

    def __init__(self, page, name):
        self.page, self.name = page, name
        self.model = make(name)
        self.cell = 1 + NAMES.index(name)
        page.evaluate(
            """(k) => { const notebook = jupyterapp.shell.currentWidget.content;
            notebook.activeCellIndex = k; notebook.mode = 'command';
            notebook.scrollToItem(k, 'start'); }""",
            self.cell,
        )
        find = "(k) => jupyterapp.shell.currentWidget.content.widgets[k].node.querySelector('.nbx')"
        page.wait_for_function(
            f"(k) => ({find})(k)?.querySelector('.nbx-scene')?.nbx?.painted.count > 0",
            arg=self.cell,
        )
        self.box = page.evaluate_handle(find, self.cell).as_element()
        self.scene = self.box.query_selector(".nbx-scene")
        self.canvas = self.box.query_selector("canvas")
        self.canvas.scroll_into_view_if_needed()

    def set(self, values):
        self.scene.evaluate("(el, values) => el.nbx.set(values)", values)
        self.settle()

    def reset(self):
        self.box.query_selector(".nbx-reset").click()
        self.settle()

    def pixels(self):
        """A number that stands for every pixel of the picture."""
        self.settle()
        return self.canvas.evaluate(
            """(c) => { const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
            let h = 0; for (const v of d) h = (h * 31 + v) | 0; return h; }"""
        )

    def control(self, name):
        """The element of a control on the page, by its place among the shown ones."""
        shown = [key for key, control in self.model.controls.items() if control.kind != "hidden"]
        return self.box.query_selector_all(".widget-vbox > *")[shown.index(name)]

    def at(self, panel, x, y):
        """Where a point of a panel, in its units, is on the page."""
        return self.canvas.evaluate(
            """(c, [panel, x, y]) => {
            const { left, top } = c.getBoundingClientRect();
            const { X, Y } = c.closest('.nbx-scene').nbx.paper.placed[panel];
            return [left + X(x), top + Y(y)]; }""",
            [panel, x, y],
        )

    def cut_labels(self):
        """The labels of controls that are longer than their place."""
        return self.box.evaluate(
            """(box) => [...box.querySelectorAll('.widget-label, button, .widget-readout')]
            .filter((el) => el.offsetParent && el.scrollWidth > el.clientWidth + 1)
            .map((el) => el.textContent)"""
        )

    def screenshot(self, suffix=""):
        ARTEFACTS.mkdir(exist_ok=True)
        self.box.screenshot(path=str(ARTEFACTS / f"{self.name}{suffix}.png"))

    def drag(self, key, moves=60, seconds=2.0):
        """Drag a slider over most of its track on a clock; return what was painted, and when."""
        element, mouse = self.control(key), self.page.mouse
        handle = element.query_selector(".noUi-handle").bounding_box()
        track = element.query_selector(".noUi-target").bounding_box()
        x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
        right = x < track["x"] + track["width"] / 2
        target = track["x"] + (track["width"] - 10 if right else 10)
        mouse.move(x, y)
        mouse.down()
        seen = self._watch(
            lambda k: mouse.move(x + (target - x) * k / moves, y), moves, seconds, "pointermove"
        )
        mouse.up()
        return {"control": key, **seen}

    def hold(self, key, presses=60, seconds=2.0):
        """Hold an arrow key on a slider; return what was painted, and when."""
        handle, keyboard = self.control(key).query_selector(".noUi-handle"), self.page.keyboard
        handle.focus()
        values = self.model.controls[key].values()
        arrow = "ArrowRight" if values.index(self.state()[key]) < len(values) / 2 else "ArrowLeft"
        seen = self._watch(lambda _: keyboard.down(arrow), presses, seconds, "keydown")
        keyboard.up(arrow)
        return {"control": key, **seen}

    def _watch(self, do, times, seconds, event):
        self.scene.evaluate(PROBE, event)
        start = time.perf_counter()
        for k in range(1, times + 1):
            time.sleep(max(0, start + seconds * k / times - time.perf_counter()))
            do(k)
        took = time.perf_counter() - start
        self.page.wait_for_timeout(400)
        log = self.page.evaluate("() => { __log.on = false; return __log; }")
        waits = sorted(painted - asked for painted, asked in log["frames"]) or [math.nan]
        after = [painted - log["inputs"][-1] for painted, _ in log["frames"]]
        return {
            "inputs_per_s": round(times / took, 1),
            "offered": log["changes"],
            "painted": len(log["frames"]),
            "median_ms": round(waits[len(waits) // 2], 1),
            "p95_ms": round(waits[math.ceil(0.95 * len(waits)) - 1], 1),
            "lag_ms": round(max(0.0, *after, 0.0), 1),
            "late": sum(wait > 250 for wait in after),
            "blank": log["blank"],
            "jumps": log["jumps"],
        }


# In each animation frame: has a frame been painted, for which event, is it blank, did it move?
# `changes` counts the events after which a control had another value: the frames on offer.
PROBE = """
(el, kind) => {
  const log = { event: 0, inputs: [], frames: [], changes: 0, blank: 0, jumps: 0, on: true };
  const canvas = el.querySelector('canvas'), small = new OffscreenCanvas(64, 64);
  const g = small.getContext('2d', { willReadFrequently: true });
  const place = () => JSON.stringify(canvas.getBoundingClientRect());
  const values = () => JSON.stringify(el.nbx.state());
  const first = place();
  let last = el.nbx.painted.count, before = values();
  const heard = (event) => { log.event = event.timeStamp; log.inputs.push(event.timeStamp); };
  const moved = () => { if (values() !== before) { before = values(); log.changes++; } };
  const after = (event) => { heard(event); setTimeout(moved); };
  addEventListener(kind, after, true);
  (function tick() {
    if (!log.on) return removeEventListener(kind, after, true);
    g.clearRect(0, 0, 64, 64);
    g.drawImage(canvas, 0, 0, 64, 64);
    if (!g.getImageData(0, 0, 64, 64).data.some((v) => v)) log.blank++;
    if (place() !== first) log.jumps++;
    if (el.nbx.painted.count !== last) {
      last = el.nbx.painted.count;
      if (log.event) log.frames.push([performance.now(), log.event]);
    }
    requestAnimationFrame(tick);
  })();
  window.__log = log;
}"""
