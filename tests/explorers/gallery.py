"""An explorer with every mark and every control, for the tests of both painters."""

import numpy as np

from nbhelpers import explorers
from nbhelpers.explorers import Explorer
from nbhelpers.explorers.controls import choice, clock, hidden, slider, switch
from nbhelpers.explorers.picture import marks
from nbhelpers.explorers.picture.words import fixed

NAMES = (*explorers.NAMES, "gallery")
SCRIPT = """
import { fixed } from "../picture/words.js";

export function arrays(state, data) {
  const level = state.level, spot = state.spot.split(",").map(Number);
  const names = { a: 0, b: 1, c: 2 };
  return {
    curve: data.x.map((x) => [x, Math.sin(x + level)]),
    dots: [[-2, level / 3], [0, 0], [2, -level / 3]],
    spot: [spot],
    values: [level / 3, -0.5, state.flip ? 0.2 : NaN],
    chosen: names[state.pick],
    matrix: data.matrix.map((row) => row.map((v) => v * level)),
    weights: [level, -1, 0.5, 2],
    shades: [0, 0.5, level / 3, 1],
    shown: [0, 0.5, level / 3, 1].map((v) => fixed(v, 1)),
    head: `${fixed(level, 1)}, ${state.speed}, ${state.rate}`,
    limits: [-1, 1],
    stamps_xy: [[0.5, state.beat / 8], [0.5, -0.3]],
    python: `level = ${fixed(level, 1)}`,
    text: `Level ${fixed(level, 1)}, ${state.pick}, ${state.speed}, at ${state.spot}.`,
  };
}
export function pointer(state, data, event) {
  if (event.type === "key") return { level: 3 };
  if (event.type === "up" || event.panel !== 0) return {};
  return { spot: `${event.x.toFixed(2)},${event.y.toFixed(2)}` };
}
"""


def arrays(state, data):
    level = state["level"]
    shades = np.array([0, 0.5, level / 3, 1])
    return {
        "curve": np.stack([data["x"], np.sin(data["x"] + level)], axis=1),
        "dots": np.array([[-2, level / 3], [0, 0], [2, -level / 3]]),
        "spot": np.array([[float(v) for v in state["spot"].split(",")]]),
        "values": np.array([level / 3, -0.5, 0.2 if state["flip"] else np.nan]),
        "chosen": "abc".index(state["pick"]),
        "matrix": data["matrix"] * level,
        "weights": np.array([level, -1, 0.5, 2]),
        "shades": shades,
        "shown": [fixed(v, 1) for v in shades],
        "head": f"{fixed(level, 1)}, {state['speed']}, {state['rate']}",
        "limits": [-1, 1],
        "stamps_xy": np.array([[0.5, state["beat"] / 8], [0.5, -0.3]]),
        "python": f"level = {fixed(level, 1)}",
        "text": f"Level {fixed(level, 1)}, {state['pick']}, {state['speed']}, at {state['spot']}.",
    }


def gallery(**start):
    """Make it; ``level`` moves most marks, a click in the first panel moves the diamond."""
    ramp = np.linspace(0, 1, 16).reshape(4, 4)
    curve = marks.Panel(
        "curve at {head}",
        [
            marks.Lines("curve", "blue", label="sine"),
            marks.Points("dots", "green", marker="^", size=10, label="dots"),
            marks.Points("dots", "ink", marker="x", size=8),
            marks.Points("spot", "red", marker="D", size=12),
            marks.Polygons("area", "pink", dash="--", label="area"),
            marks.Arrows("arrow", "orange", label="arrow"),
            marks.Text("dots", ["left", "middle", "right"], "muted", align="left"),
        ],
        x=(-3, 3),
        y=(-1.2, 1.2),
        xlabel="x",
        ylabel="sin(x)",
        legend=True,
    )
    upright = marks.Panel(
        "bars",
        [marks.Bars("values", labels=["a", "b", "c"], texts="labels", highlight="chosen")],
        x=(-0.6, 2.6),
        y="limits",
        xticks=[],
    )
    flat = marks.Panel(
        "flat bars",
        [marks.Bars("values", "sky", labels="labels", texts="labels", horizontal=True)],
        x="limits",
        y=(2.6, -0.6),
        yticks=[],
        left=56,
    )
    numbers = {"x": (-0.5, 3.5), "y": (2.5, -0.5), "grid": False}
    matrix = marks.Panel(
        "heat", [marks.Heat("matrix", "RdBu", low=-3, high=3, digits=1)], **numbers
    )
    tiles = [marks.Heat("tiles", "gray_r", low=0, high=1, columns=3)]
    images = marks.Panel("tiles", tiles, x=(0, 3), y=(2, 0), axes=False, equal=True)
    net = marks.Network(
        "nodes", "edges", weights="weights", values="shades", texts="shown", labels="letters"
    )
    stamps = marks.Pictures("stamps", "stamps_xy", "classes", side=0.2, low=0, high=5)
    network = marks.Panel("network", [net, stamps], x=(-0.3, 1.3), y=(-0.4, 1.3), axes=False)
    return Explorer(
        "gallery",
        about="Every mark once.",
        controls={
            "level": slider("level", 0, 3, 0.5, 1),
            "pick": choice("pick", ["a", "b", "c"]),
            "speed": choice("speed", ["slow", "fast"], look="buttons"),
            "rate": choice("rate", ["0.001", "0.01", "0.1"], "0.01", look="steps"),
            "flip": switch("flip"),
            "beat": clock("beat", 8, paces=(1, 2)),
            "spot": hidden("1.00,0.50"),
        },
        presets={"full": {"level": 3, "pick": "c", "flip": True}},
        scene=marks.Scene([[curve, upright, flat], [matrix, images, network]], ratio=0.6),
        arrays=arrays,
        data={
            "x": np.linspace(-3, 3, 61),
            "matrix": np.linspace(-1, 1, 12).reshape(3, 4).astype(np.float32),
            "tiles": np.stack([ramp, ramp.T, 1 - ramp, ramp > 0.5, ramp < 0.2]).astype(np.float32),
            "area": np.array([[-2.5, -1], [-1, -1], [-1, -0.6]]),
            "arrow": np.array([[[0.5, -1.0], [2.5, -0.5]]]),
            "nodes": np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.int16),
            "edges": np.array([[0, 2], [0, 3], [1, 2], [1, 3]], dtype=np.uint8),
            "stamps": np.stack([5 * ramp, 5 * ramp.T]),
            "letters": ["p", "q", "r", "s"],
            "labels": ["one", "two", "three"],
        },
        start=start,
        module=SCRIPT,
    )


def make(name, **start):
    """Make the explorer of this name."""
    return gallery(**start) if name == "gallery" else getattr(explorers, name)(**start)
