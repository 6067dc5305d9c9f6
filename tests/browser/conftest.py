"""A real JupyterLab on this machine and a headless Chromium, for all browser tests together.

One notebook with every explorer is run once. Everything that JupyterLab and Chromium write goes
into a folder of its own, and both are stopped at the end. Without Chromium the tests are skipped.
"""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time

import pytest
from driver import FLAGS, NOTEBOOK, READY, SESSION, OnPage, notebook


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
    quiet = home / "settings" / "@jupyterlab" / "apputils-extension"
    quiet.mkdir(parents=True)
    news = {"fetchNews": "false", "checkForUpdates": False}
    (quiet / "notification.jupyterlab-settings").write_text(json.dumps(news), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    folders = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1"]
    command += [f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"]
    command += ["--LabApp.expose_app_in_browser=True", f"--ServerApp.root_dir={home / 'work'}"]
    environment = os.environ | {name: str(home / folder) for name, folder in folders.items()}
    with (home / "lab.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(port, server, home / "lab.log")
            yield f"http://127.0.0.1:{port}/lab/tree/{NOTEBOOK}?token={token}&reset"
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(10)


def _wait_for(port, server, log):
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 0.3).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def page(lab, chromium, tmp_path_factory):
    """The notebook, all cells run; ``page.errors`` collects what the console complains about."""
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
        page = context.pages[0]
        page.errors = []
        page.on("console", lambda m: page.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.set_default_timeout(60_000)
        try:
            page.goto(lab, wait_until="domcontentloaded")
            page.wait_for_function(f"window.jupyterapp && {READY}")
            page.evaluate("() => jupyterapp.commands.execute('application:toggle-left-area')")
            page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
            yield page
            page.evaluate(f"() => {SESSION}?.shutdown()")
        finally:
            context.close()


@pytest.fixture
def on_page(page):
    """Return a function that gives an explorer on the page, reset."""

    def give(name):
        made = OnPage(page, name)
        made.reset()
        return made

    return give
