"""Measure how fast every explorer paints, in ten minutes.

    pytest -p no:randomly tests/browser/measure.py -s

Not part of the test run. The table goes to ``artefacts/latency.md``: from the input event to the
next animation frame that has the picture on it, with the kernel idle, busy and, at last, dead.
"""

import os

from driver import ARTEFACTS, SESSION

from nbhelpers import explorers

COLUMNS = ("inputs_per_s", "offered", "painted", "median_ms", "p95_ms", "lag_ms", "blank")
WAYS = {
    "mouse, 30/s": lambda explorer, key: explorer.drag(key, 60),
    "mouse, 60/s": lambda explorer, key: explorer.drag(key, 120),
    "arrow key, 30/s": lambda explorer, key: explorer.hold(key, 60),
}


def test_measure(on_page, page):
    rows = [["kernel", "explorer", "control", "input", *COLUMNS, "load"]]
    rows.append(["---"] * len(rows[0]))
    for kernel in ("idle", "busy", "dead"):
        if kernel == "busy":
            code = "{ code: 'while True: pass', store_history: false }"
            page.evaluate(f"() => {{ {SESSION}.kernel.requestExecute({code}); }}")
        elif kernel == "dead":
            page.evaluate(f"() => {SESSION}.kernel.shutdown()")
        page.wait_for_timeout(500)
        for name in explorers.NAMES:
            explorer = on_page(name)
            sliders = (
                k for k, c in explorer.model.controls.items() if c.kind in ("slider", "steps")
            )
            if (key := next(sliders, None)) is None:
                continue
            for way, measure in WAYS.items():
                explorer.reset()
                seen = measure(explorer, key)
                row = [kernel, name, key, way, *(seen[column] for column in COLUMNS)]
                rows.append([*row, round(os.getloadavg()[0], 1)])
    ARTEFACTS.mkdir(exist_ok=True)
    table = "\n".join("| " + " | ".join(map(str, row)) + " |" for row in rows)
    (ARTEFACTS / "latency.md").write_text(table + "\n", encoding="utf-8")
    print(table)


RUN_AND_WAIT = """async (k) => {
    const notebook = jupyterapp.shell.currentWidget.content;
    const scene = () => notebook.widgets[k].node.querySelector('.nbx-scene');
    const before = scene(), start = performance.now();
    jupyterapp.commands.execute('notebook:run-cell');
    while (scene() === before || !(scene()?.nbx?.painted.count > 0)) {
        await new Promise((done) => requestAnimationFrame(done));
    }
    return performance.now() - start;
}"""


def test_first_paint(on_page, page):
    """From the moment a cell is run to the moment its explorer is on the screen."""
    for name in explorers.NAMES:
        explorer = on_page(name)
        seen = sorted(page.evaluate(RUN_AND_WAIT, explorer.cell) for _ in range(5))
        print(f"{name}: median {seen[2]:.0f} ms, slowest {seen[-1]:.0f} ms")


PLAY = """async ([el, start]) => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const times = [];
    el.nbx.set({ ...start, step: 0 });
    for (let step = 10; step <= 1000; step += 10) {
        await frame();
        await frame();
        const begin = performance.now(), before = el.nbx.painted.count;
        el.nbx.set({ step });
        while (el.nbx.painted.count === before) await null;
        times.push(performance.now() - begin);
    }
    return times.sort((a, b) => a - b);
}"""


def test_frames_of_the_playground(on_page, page):
    """How long one frame takes at ten steps a frame: to train, to compute, and to paint."""
    explorer = on_page("playground")
    page.set_viewport_size({"width": 1366, "height": 1000})
    for data, *units in (
        ("XOR", 2, 0),
        ("two moons", 8, 0),
        ("spiral", 8, 8),
        ("three classes", 8, 8),
    ):
        for activation in ("tanh", "relu", "sigmoid"):
            start = {"data": data, "units_1": units[0], "units_2": units[1], "optimizer": "adam"}
            seen = page.evaluate(PLAY, [explorer.scene, start | {"activation": activation}])
            load = round(os.getloadavg()[0], 1)
            print(
                f"{data}, {units}, {activation}: {seen[49]:.1f} ms, p95 {seen[94]:.1f}, load {load}"
            )
