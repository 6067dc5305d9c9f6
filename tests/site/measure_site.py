"""Measure a built site: ``python tests/site/measure_site.py OUT`` (two minutes, a quiet machine).

Sizes; then, in Chromium, from a folder and from a server, the first paint and the time until the
first explorer has been painted; then a slider of every explorer, moved 60 times a second: from the
event to the frame that shows it. The last two once more with the processor slowed four times.
"""

import functools
import gzip
import http.server
import os
import shutil
import statistics
import sys
import threading
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))
from driver import FLAGS, PROBE

PAGES = ("index", "02_tensor_operations_and_geometry", "08_training_mnist")
READY = """() => new Promise((done) => (function look() {
    document.querySelector('.explorer')?.scrollIntoView();
    if (document.querySelector('.explorer .nbx-scene')?.nbx?.painted.count) {
        const [paint] = performance.getEntriesByName('first-contentful-paint');
        if (paint) return done([paint.startTime, performance.now()]);
    }
    requestAnimationFrame(look);
})())"""


def sizes(out):
    """Print how many kB there are of each kind, plain and packed."""
    kinds = {"pages": "*.html", "shared scripts": "site/*.js", "style": "site/*.css"}
    kinds |= {"scenes": "site/scenes/*.js", "data": "site/settings/*.js"}
    kinds |= {"pictures": "site/pictures/*", "notebooks": "notebooks/*", "all": "**/*.*"}
    for kind, pattern in kinds.items():
        files = [path.read_bytes() for path in out.glob(pattern) if path.is_file()]
        plain, packed = (sum(map(len, each)) for each in (files, map(gzip.compress, files)))
        print(f"{kind}: {len(files)} files, {plain / 1e3:.0f} kB, packed {packed / 1e3:.0f} kB")


def serve(out):
    """Return the address of a server of the folder."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=out)
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def slowed(page, times):
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": times})


def opening(browser, roots, times):
    for way, root in roots.items():
        for name in PAGES:
            seen = []
            for _ in range(5):
                context = browser.new_context(viewport={"width": 1366, "height": 900})
                page = context.new_page()
                slowed(page, times)
                page.goto(f"{root}/{name}.html", wait_until="commit")
                seen.append(page.evaluate(READY))
                context.close()
            paint, ready = (statistics.median(each) for each in zip(*seen, strict=True))
            print(f"{way} x{times} {name}: first paint {paint:.0f} ms, explorer {ready:.0f} ms")


def sliders(browser, root, times):
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    page = context.new_page()
    slowed(page, times)
    for path in sorted(root.glob("[0-9]*.html")):
        page.goto(path.as_uri())
        for figure in page.locator(".explorer").all():
            figure.scroll_into_view_if_needed()
            figure.locator(".nbx-text").filter(has_text=" ").wait_for()
            if not (found := figure.locator("input[type=range]").all()):
                continue
            box = found[0].bounding_box()
            scene = figure.locator(".nbx-scene").element_handle()
            scene.evaluate(PROBE, "pointermove")
            y, left, wide = box["y"] + box["height"] / 2, box["x"] + 8, box["width"] - 16
            page.mouse.move(left, y)
            page.mouse.down()
            start = time.perf_counter()
            for k in range(1, 121):
                time.sleep(max(0, start + k / 60 - time.perf_counter()))
                page.mouse.move(left + wide * k / 120, y)
            page.mouse.up()
            page.wait_for_timeout(300)
            log = page.evaluate("() => { __log.on = false; return __log; }")
            waits = sorted(painted - asked for painted, asked in log["frames"]) or [float("nan")]
            print(
                f"x{times} {path.stem[:2]} {figure.get_attribute('id')}: "
                f"median {waits[len(waits) // 2]:.1f} ms, p95 {waits[int(0.95 * len(waits))]:.1f}, "
                f"{len(waits)} frames of {log['changes']} changes, {log['blank']} blank"
            )
    context.close()


def main(out):
    print("load", os.getloadavg())
    sizes(out)
    roots = {"file": out.as_uri(), "http": serve(out)}
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for times in (1, 4):
            opening(browser, roots, times)
            sliders(browser, out, times)
        browser.close()
    print("load", os.getloadavg())


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
