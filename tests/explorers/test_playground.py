"""The playground: Node and `Sequential` train alike; points of one's own; what the words say."""

import numpy as np
import pytest
from twins import in_node, run

from nbhelpers import explorers, layers
from nbhelpers.datasets import plane
from nbhelpers.explorers.picture import script
from nbhelpers.explorers.scenes.parts.playground_plane import (
    GRID,
    MOST,
    border,
    read_points,
    regions,
    write_points,
)
from nbhelpers.explorers.scenes.parts.playground_training import Setting, training
from nbhelpers.explorers.scenes.playground import OWN, PRESETS

FOUR = write_points([(-1, -1, 0), (-1, 1, 1), (1, -1, 1), (1, 1, 0)])
XOR = {"data": "XOR", "units_2": 0, "step": 1000}
WAYS = [(h, how) for h in ("tanh", "relu", "sigmoid") for how in ("sgd", "momentum", "adam")]


@pytest.fixture(scope="module")
def playground():
    return explorers.playground()


# --- the numbers are those of Sequential ---


@pytest.mark.parametrize("data", ["XOR", "two moons", "circles", "spiral", "three classes"])
def test_a_thousand_steps_are_those_of_sequential(playground, data, tmp_path):
    """For every optimizer and activation: the loss of every step, and the weights at its end."""
    rooms = [{"units_1": 3, "units_2": 2, "rate": "0.1"}, {"units_1": 8, "units_2": 8}]
    states = [
        playground.start | room | {"data": data, "activation": h, "optimizer": how, "step": 1000}
        for h, how in WAYS
        for room in rooms
    ]
    for state, theirs in zip(states, in_node(playground, states, tmp_path), strict=True):
        ours = playground.arrays(state)
        assert len(ours["losses"]) == 1001
        np.testing.assert_allclose(theirs["losses"], ours["losses"], rtol=0, atol=1e-5)
        np.testing.assert_allclose(theirs["weights"], ours["weights"], rtol=0, atol=1e-5)


def test_every_seed_starts_at_the_weights_of_sequential(playground, tmp_path):
    states = [playground.start | {"units_1": 8, "units_2": 8, "seed": seed} for seed in range(50)]
    for state, theirs in zip(states, in_node(playground, states, tmp_path), strict=True):
        assert theirs["weights"] == playground.arrays(state)["weights"].tolist(), "to the last bit"


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"data": "two moons", "optimizer": "adam", "activation": "relu", "seed": 7, "step": 120},
        {"data": "three classes", "units_1": 5, "units_2": 3, "optimizer": "sgd", "step": 60},
        {"data": OWN, "points": FOUR, "activation": "sigmoid", "step": 30},
        {"data": OWN, "points": FOUR + " 7d7d2", "step": 9},
    ],
)
def test_the_copied_lines_train_the_same_network(playground, state, capsys):
    found = playground.arrays(state)
    space = {}
    exec(found["python"], space)
    loss, accuracy = map(float, capsys.readouterr().out.strip("[]\n ").split(","))
    assert loss == pytest.approx(found["losses"][-1], abs=1e-12)
    assert accuracy == pytest.approx(found["right"] / len(space["x"]))
    kernels = np.concatenate([layer.params["kernel"].ravel() for layer in space["model"].layers])
    np.testing.assert_array_equal(kernels, found["weights"])


def test_without_points_there_is_nothing_to_copy(playground):
    found = playground.arrays({"data": OWN, "step": 5})
    assert found["python"] == "" and found["text"].startswith("No points yet")
    assert len(found["curve"]) == 0 and len(found["border"]) > 0


def test_going_back_trains_nothing(playground, monkeypatch):
    early = playground.arrays({"data": "circles", "step": 40})
    playground.arrays({"data": "circles", "step": 400})
    monkeypatch.setattr(layers.Dense, "backward", None)
    again = playground.arrays({"data": "circles", "step": 40})
    np.testing.assert_array_equal(again["weights"], early["weights"])
    assert again["text"] == early["text"] and len(again["curve"]) == 41


def test_a_training_that_has_ended_says_so():
    far = Setting((4,), "relu", 2, "sgd", 1e300, 0)
    with np.errstate(all="ignore"):
        made = training(far, ((1.0, 1.0, 0), (-1.0, 0.5, 1)))
        reached = made.to(10)
    assert reached < 10 and made.over and np.isfinite(made.losses).all()


# --- XOR, unit by unit ---


def solved(units, activation, seeds=20):
    """From how many seeds all four points are right after 1000 steps."""
    corners = ((-1.0, -1.0, 0), (-1.0, 1.0, 1), (1.0, -1.0, 1), (1.0, 1.0, 0))
    good = 0
    for seed in range(seeds):
        made = training(Setting((units,), activation, 2, "momentum", 0.1, seed), corners)
        made.to(1000)
        good += bool(((made.outputs(made.x)[-1][:, 0] > 0.5) == made.y).all())
    return good


@pytest.mark.slow
def test_one_unit_never_solves_xor():
    for activation in ("tanh", "relu", "sigmoid"):
        assert solved(1, activation, seeds=15) == 0


@pytest.mark.slow
def test_more_units_solve_xor_from_more_seeds():
    tanh, relu = ([solved(units, h) for units in (2, 3, 4)] for h in ("tanh", "relu"))
    assert 5 < tanh[0] < tanh[1] and tanh[2] == 20, tanh
    assert relu[0] < 10 < min(relu[1:]), relu


@pytest.mark.slow
def test_where_a_seed_fails_it_is_seen_why(playground):
    kinds = dict.fromkeys(["Dead: ", "look alike", "hardly falls"], 0)
    for how, rate in (("adam", "0.1"), ("momentum", "0.1")):
        for seed in range(25):
            state = {"units_1": 2, "activation": "relu", "optimizer": how, "rate": rate}
            found = playground.arrays(XOR | state | {"seed": seed})
            if found["right"] < 4:
                said = [word for word in kinds if word in found["text"]]
                assert len(said) == 1, found["text"]
                kinds[said[0]] += 1
    assert kinds["Dead: "] and kinds["look alike"], kinds


def test_a_dead_unit_has_an_empty_picture_and_stays_as_it_is(playground):
    late, later = (playground.arrays(PRESETS["a unit dies"] | {"step": n}) for n in (600, 900))
    assert "Dead: unit 2 of layer 1; 0 at every point" in late["text"]
    assert late["dead"].tolist() == [late["nodes"][3].tolist()], "a cross on its picture"
    middle = late["units"][3][3:-3, 3:-3]
    assert np.abs(middle).max() == 0
    ours = [found["weights"][[1, 3]] for found in (late, later)]  # from both inputs to unit 2
    np.testing.assert_allclose(*ours, atol=1e-6)
    assert np.abs(late["weights"] - later["weights"]).max() > 0.01, "the others do move"


def test_no_preset_does_the_task(playground):
    for label, values in PRESETS.items():
        found = playground.arrays(values)
        assert values["step"] == 0 and "Solved" not in found["text"], label
        assert "Solved" not in playground.arrays(values | {"step": 1000})["text"], label


# --- the plane ---


def test_the_border_is_where_the_classes_are_alike():
    """Against circles, whose radius is known, and three sectors that meet in one point."""
    r = np.hypot(*GRID.T)
    inside = 1 / (1 + np.exp(8 * (r - 0.8)))
    lines = border(np.stack([1 - inside, inside], axis=1))
    np.testing.assert_allclose(np.hypot(lines[..., 0], lines[..., 1]), 0.8, atol=0.003)
    length = np.linalg.norm(lines[:, 1] - lines[:, 0], axis=1).sum()
    assert length == pytest.approx(2 * np.pi * 0.8, rel=0.01)
    same = np.full((len(GRID), 2), 0.5) + 1e-13 * np.sin(np.arange(2 * len(GRID))).reshape(-1, 2)
    assert len(border(same)) == 0, "rounding draws no border"
    assert (regions(same) < 1e-9).all()


def test_three_classes_meet_in_one_point():
    angles = 2 * np.pi * np.arange(3) / 3
    z = GRID @ np.stack([np.cos(angles), np.sin(angles)])
    p = np.exp(3 * z) / np.exp(3 * z).sum(axis=1, keepdims=True)
    lines = border(p).reshape(-1, 2)
    turned = np.angle(lines[:, 0] + 1j * lines[:, 1])[np.hypot(*lines.T) > 0.1]
    nearest = np.abs(np.exp(1j * turned[:, None]) - np.exp(1j * (angles + np.pi))).min(axis=1)
    assert nearest.max() < 0.05, "each border is the middle between two directions"
    shown = regions(p)
    assert set((shown // 2).astype(int)) == {0, 1, 2} and shown.max() <= 5


def test_points_are_read_as_they_were_written():
    rng = np.random.default_rng(0)
    places, kinds = rng.integers(-125, 126, (MOST, 2)) / 100, rng.integers(0, 3, MOST)
    points = [(*xy, int(kind)) for xy, kind in zip(places.tolist(), kinds, strict=True)]
    assert read_points(write_points(points)) == tuple(points)
    for name in ("XOR", "spiral", "three classes"):
        x, y = plane.load_data(name)
        rows = [(a, b, int(k)) for (a, b), k in zip(x.tolist(), y, strict=True)]
        assert list(read_points(write_points(rows))) == rows, "a data set can be gone on with"


@pytest.mark.parametrize("wrong", ["x", "7d7d3", "7d7d", "7d7d1" + MOST * " 7d7d1"])
def test_a_string_of_points_that_is_none_is_named(wrong):
    with pytest.raises(ValueError, match=r"playground: points must be .*Received"):
        explorers.playground(data=OWN, points=wrong)


# --- a click, a key ---


@pytest.fixture
def after(playground, tmp_path):
    """Return a function: the state after some events on the picture."""

    def give(*events, **state):
        names = 'import { pointer } from "./playground.js";\n'
        text = script.joined(names, script.SCENES) + "function answer({ events, state, data }) {"
        text += "return events.reduce((s, e) => ({ ...s, ...pointer(s, data, e) }), state); }"
        points = {k: v for k, v in playground.data.items() if k.startswith("points")}
        data = {"names": playground.data["names"]} | points
        asked = {"events": events, "state": playground.start | state, "data": data}
        return run(text, asked, tmp_path)

    return give


def click(x, y, panel=1):
    return {"type": "down", "panel": panel, "x": x, "y": y}


def key(name):
    return {"type": "key", "panel": 0, "key": name}


def test_a_click_puts_a_point_beside_those_that_are_there(after):
    state = after(click(0.5, -0.25), pen="class 2 ▲")
    assert state["data"] == OWN
    xor = [(-1.0, -1.0, 0), (-1.0, 1.0, 1), (1.0, -1.0, 1), (1.0, 1.0, 0)]
    assert list(read_points(state["points"])) == [*xor, (0.5, -0.25, 2)]
    again = after(click(0.52, -0.25), click(0, 0, panel=0), click(0, 0, panel=2), **state)
    assert read_points(again["points"]) == read_points(state["points"]), "clicked on: no second one"
    other = after(click(0.52, -0.25), **(state | {"pen": "class 0 ●"}))
    assert read_points(other["points"])[-1] == (0.5, -0.25, 0), "another class"
    away = after(click(0.5, -0.25), click(0, 0), **(state | {"pen": "nothing: takes away"}))
    assert list(read_points(away["points"])) == xor


def test_keys_do_all_that_a_click_does(after):
    state = after(*[key("ArrowRight")] * 3, key("ArrowUp"), key(" "), pen="class 1 ■")
    assert read_points(state["points"])[-1] == (0.15, 0.05, 1)
    state = after(key("2"), **state)
    assert read_points(state["points"])[-1] == (0.15, 0.05, 2)
    state = after(key("Backspace"), **state)
    assert len(read_points(state["points"])) == 4 and state["cursor"] != ""
    far = after(*[key("ArrowLeft")] * 60, key("Enter"), **state)
    assert read_points(far["points"])[-1][0] == -1.25, "it stays on the plane"
    empty = after(key("Delete"), **far)
    assert (empty["data"], empty["points"], empty["cursor"]) == (OWN, "", "")
    assert after(key("Backspace"), key("x"), **empty)["points"] == ""


def test_there_are_never_more_points_than_can_be_read(after):
    full = write_points([(k / 100, 0.5, 0) for k in range(-125, 75)])
    assert len(read_points(full)) == MOST
    assert after(click(0, -1), data=OWN, points=full)["points"] == full


def test_the_words_say_where_the_cross_is(playground):
    found = playground.arrays({"cursor": "7d00"})
    assert "The cross is at (0.00, −1.25)." in found["text"]
    assert found["cross"].shape == (2, 2, 2)
