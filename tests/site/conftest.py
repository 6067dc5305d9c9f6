"""The site in a browser: a page of all explorers, and the ten lessons as they are without data."""

import functools
import http.server
import os
import runpy
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SITE = TESTS.parents[1] / "assets" / "site"
sys.path.insert(0, str(SITE))

FLAGS = runpy.run_path(str(TESTS.parent / "explorers" / "browsing.py"))["FLAGS"]
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(scope="session")
def sites(tmp_path_factory):
    """Two sites: of all explorers, and of the lessons. Without data and network, for speed."""
    home = tmp_path_factory.mktemp("site")
    environment = os.environ | {"XDG_CACHE_HOME": str(home), "PYTHONPATH": str(SITE)}
    environment |= dict.fromkeys(("http_proxy", "https_proxy"), NOWHERE)
    environment |= dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY"), NOWHERE)
    environment.pop("NBHELPERS_DATA", None)

    def start(*command):
        with (home / f"{command[-1]}.log").open("w") as log:
            return subprocess.Popen(
                [sys.executable, *command], env=environment, stdout=log, stderr=log, cwd=home
            )

    both = [start(SITE / "build.py", "course"), start(TESTS / "parts.py", "all")]
    for process in both:
        assert process.wait(600) == 0, "".join(log.read_text() for log in home.glob("*.log"))
    assert start(SITE / "build.py", "again").wait(600) == 0
    return home


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if not path:
        pytest.skip("no Chromium on PATH (Debian: apt-get install chromium)")
    with playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """Return a function: a page of its own, which keeps what the console and the network say."""
    contexts = []

    def open_(address, width=1366, height=900, **how):
        context = browser.new_context(viewport={"width": width, "height": height}, **how)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.errors, page.requests = [], []
        page.on("console", lambda m: page.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("request", lambda request: page.requests.append(request.url))
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def served(sites):
    """The address of a server of the lessons."""
    handler = functools.partial(Quiet, directory=sites / "course")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def axe(tmp_path_factory):
    """The text of axe-core, which finds what some readers cannot reach."""
    npm = shutil.which("npm")
    if not npm:
        pytest.skip("Node is not installed: axe-core comes with npm")
    folder = tmp_path_factory.mktemp("axe")
    wanted = [npm, "install", "--silent", "--prefix", str(folder), "axe-core@4.14.1"]
    done = subprocess.run(wanted, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"axe-core cannot be had: {done.stderr[-200:]}")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
