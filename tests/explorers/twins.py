"""What Python and JavaScript compute, side by side: the same states, and where they differ."""

import base64
import json
import shutil
import subprocess

import numpy as np
import pytest

from nbhelpers.explorers.picture.data import pack

# Read from the standard input what is asked for, and write the answers.
HARNESS = """
import { readFileSync } from "node:fs";
const written = (_, v) => (typeof v === "number" && !Number.isFinite(v) ? `#${v}#` : v);
const bytes = (_, v) => (v && v.base64 !== undefined ? Buffer.from(v.base64, "base64") : v);
const asked = JSON.parse(readFileSync(0, "utf-8"), bytes);
process.stdout.write(JSON.stringify(answer(asked), written));
"""


def run(script, asked, folder):
    """Give ``asked`` to the function ``answer`` of a script, and return what it returns."""
    node = shutil.which("node")
    if not node:
        pytest.skip("Node is not installed: the scripts are only tried in the browser")
    file = folder / "script.mjs"
    file.write_text(script + HARNESS, encoding="utf-8")
    given = json.dumps(asked, default=_as_json)
    done = subprocess.run([node, str(file)], input=given, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.replace('"#', "").replace('#"', ""))


def _as_json(value):
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(value).decode()}
    return np.asarray(value).tolist()


def in_node(explorer, states, folder):
    """What an explorer's script computes for these states, without a browser."""
    answer = "function answer({ data, states }) { const d = unpack(data); "
    answer += "return states.map((state) => arrays(state, d)); }"
    script = explorer.widget.children[-1]._esm + answer
    return run(script, {"data": pack(explorer.data), "states": states}, folder)


def how_many(model):
    """How many random states to try; where a state is a training, each costs one."""
    return 30 if model.name == "playground" else 200


def states_of(model, count=None, seed=7):
    """All at one end, one control at an end, every preset, and random states."""
    count = how_many(model) if count is None else count
    rng = np.random.default_rng(seed)
    every = {name: control.values() for name, control in model.controls.items()}
    made = [{name: values[end] for name, values in every.items()} for end in (0, -1)]
    made += [{name: values[end]} for name, values in every.items() for end in (0, -1)]
    made += list(model.presets.values())
    made += [
        {name: values[rng.integers(len(values))] for name, values in every.items()}
        for _ in range(count)
    ]
    return [model.start | state for state in made]


def differences(ours, theirs):
    """Where two results differ: names, shapes, words, or numbers by more than 1e-5."""
    found = sorted(ours.keys() ^ theirs.keys())
    for name in ours.keys() & theirs.keys():
        a, b = np.asarray(ours[name]), np.asarray(theirs[name])
        if a.dtype.kind in "US" or b.dtype.kind in "US":
            same = a.tolist() == b.tolist()
        else:
            a, b = a.astype(float), b.astype(float)
            same = a.size == b.size == 0 or (
                a.shape == b.shape and np.allclose(a, b, rtol=1e-5, atol=1e-5, equal_nan=True)
            )
        if not same:
            found.append(f"{name}: Python {ours[name]}, browser {theirs[name]}")
    return found
