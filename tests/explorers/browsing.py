"""What the tests in a browser share, in JupyterLab and on the web site: its flags, and a scene."""

import json

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class OnAnyPage:
    """An explorer on a page; a subclass finds the page and the scene's element."""

    def settle(self):
        """Wait until what was asked for has been painted."""
        self.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def state(self):
        return self.scene.evaluate("(el) => el.nbx.state()")

    def painted(self):
        """The state that is on screen, and its words."""
        self.settle()
        return self.scene.evaluate(
            "(el) => ({ state: el.nbx.painted.state, text: el.nbx.painted.arrays.text })"
        )

    def compute(self, states):
        """What the browser computes for many states (as JSON: much faster than value by value)."""
        found = self.scene.evaluate(
            """(el, states) => JSON.stringify(
            states.map((state) => el.nbx.compute(state)),
            (_, v) => (typeof v === 'number' && !Number.isFinite(v) ? `#${v}#` : v))""",
            states,
        )
        return json.loads(found.replace('"#', "").replace('#"', ""))
