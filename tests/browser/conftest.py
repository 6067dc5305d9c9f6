"""A real JupyterLab on this machine and a headless Chromium, for all browser tests together.

One notebook with every explorer is run once. Everything that JupyterLab and Chromium write goes
into a folder of its own, and both are stopped at the end. Without Chromium the tests are skipped.
"""

import json
import shutil

import pytest
from driver import FLAGS, NOTEBOOK, READY, SESSION, OnPage, notebook
from server import serving


@pytest.fixture(scope="session")
def chromium():
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.skip("no Chromium on PATH (Debian: apt-get install chromium)")


@pytest.fixture(scope="session")
def lab(chromium, tmp_path_factory):
    """The address of a JupyterLab of our own, with its token."""
    home = tmp_path_factory.mktemp("lab")
    (home / "work").mkdir()
    (home / "work" / NOTEBOOK).write_text(json.dumps(notebook()), encoding="utf-8")
    with serving(home, "jupyterlab", "--LabApp.expose_app_in_browser=True") as (host, token):
        yield f"{host}/lab/tree/{NOTEBOOK}?token={token}&reset"


@pytest.fixture(scope="session")
def context(chromium, tmp_path_factory):
    """Return a browser with an empty profile."""
    from playwright.sync_api import sync_playwright

    profile = str(tmp_path_factory.mktemp("profile"))
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=chromium,
            headless=True,
            args=FLAGS,
            viewport={"width": 1400, "height": 1000},
        )
        context.set_default_timeout(60_000)
        yield context
        context.close()


@pytest.fixture(scope="session")
def page(lab, context):
    """The notebook, all cells run; ``page.errors`` collects what the console complains about."""
    page = context.pages[0]
    page.errors = []
    page.on("console", lambda m: page.errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(lab, wait_until="domcontentloaded")
    page.wait_for_function(f"window.jupyterapp && {READY}")
    page.evaluate("() => jupyterapp.commands.execute('application:toggle-left-area')")
    page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
    yield page
    page.evaluate(f"() => {SESSION}?.shutdown()")


@pytest.fixture
def on_page(page):
    """Return a function that gives an explorer on the page, reset."""

    def give(name):
        made = OnPage(page, name)
        made.reset()
        return made

    return give
