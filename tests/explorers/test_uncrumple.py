"""The explorer ``uncrumple``: a network that was really trained takes two sheets apart."""

import importlib.util
import itertools
from pathlib import Path

import numpy as np
import pytest

from nbhelpers import _assets, explorers
from nbhelpers.explorers.scenes.parts import uncrumple_sheets as sheets
from nbhelpers.explorers.scenes.uncrumple import view

SCRIPT = Path(__file__).parents[2] / "assets" / "make_uncrumple.py"
spec = importlib.util.spec_from_file_location("make_uncrumple", SCRIPT)
make = importlib.util.module_from_spec(spec)
spec.loader.exec_module(make)


@pytest.fixture(scope="module")
def uncrumple():
    return explorers.uncrumple()


@pytest.fixture(scope="module")
def kept():
    with np.load(_assets.path("uncrumple.npz"), allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def sides(cut, points):
    return points.reshape(-1, 3) @ cut[:3] + cut[3] > 0


def test_the_file_is_what_training_finds(kept):
    # Small, since float32 keeps 7 digits; not zero, since a processor may round differently.
    np.testing.assert_allclose(make.crumpled_sheets(), kept["sheets"], atol=1e-6)
    model = make.train(kept["sheets"].astype(float))
    np.testing.assert_allclose(model.params, kept["weights"], atol=1e-3)
    assert model.history.history["accuracy"][-1] > 0.99


def test_untrained_it_takes_nothing_apart(kept):
    model = sheets.network()
    model.build()
    model.set_weights(make.idle_weights(model))
    shown = sheets.spaces(model, kept["sheets"].astype(float))
    assert make.flat_cut(shown[-1])[1] < 0.7 * 1250


def test_it_learned_from_colours_alone(kept):
    model = sheets.trained(kept["weights"])
    says = model.predict(kept["sheets"].reshape(-1, 3))[:, 0] > 0.5
    assert (says == np.repeat([True, False], 625)).mean() > 0.99


def test_the_sheets_end_apart_and_start_mixed(uncrumple):
    right = [uncrumple.arrays({"depth": d})["right"] for d in range(7)]
    assert right[-1] == 1250 and max(right[:4]) < 0.65 * 1250
    assert "are apart" in uncrumple.arrays({"depth": 6})["text"]


def test_the_number_on_screen_is_that_of_the_cut_that_is_drawn(uncrumple):
    shown = uncrumple.data["shown"].astype(float)
    first = np.repeat([True, False], 625)
    for k in range(0, 121, 7):
        points = sheets.between(shown, k / 20)
        counted = int((sides(uncrumple.data["cuts"][k], points) == first).sum())
        assert abs(counted - uncrumple.arrays({"depth": k / 20})["right"]) <= 2
    last = sides(uncrumple.data["cuts"][-1], shown[-1])
    assert (last == first).all()


def test_no_flat_cut_is_much_better_at_the_start(uncrumple):
    points, first = uncrumple.data["shown"][0].reshape(-1, 3), np.repeat([True, False], 625)
    rng, best = np.random.default_rng(0), 0
    for way in rng.normal(size=(500, 3)):
        order = first[np.argsort(points @ way)]
        below = np.cumsum(np.where(order, 1, -1))  # all offsets of this direction at once
        best = max(best, 625 + np.abs(below).max())
    assert best < 0.72 * 1250


def test_pictures_are_what_the_layers_put_out_moved_and_scaled(uncrumple, kept):
    model = sheets.trained(kept["weights"])
    x = kept["sheets"].reshape(-1, 3).astype(float)
    for depth, picture in enumerate(uncrumple.data["shown"]):
        a, b = x - x.mean(axis=0), picture.reshape(-1, 3) - picture.reshape(-1, 3).mean(axis=0)
        scale = np.linalg.norm(b) / np.linalg.norm(a)
        np.testing.assert_allclose(scale * a, b, atol=1e-5)
        assert np.linalg.norm(picture, axis=-1).max() == pytest.approx(1, abs=1e-5)
        if depth < sheets.DEPTHS:
            for layer in model.layers[2 * depth : 2 * depth + 2]:
                x = layer.forward(x)


def test_points_move_without_a_jump(uncrumple):
    shown = uncrumple.data["shown"].astype(float)
    steps = [sheets.between(shown, k / 20) for k in range(121)]
    jumps = [np.abs(b - a).max() for a, b in itertools.pairwise(steps)]
    assert max(jumps) < 0.1


def test_the_curve_and_its_marker_say_the_same(uncrumple):
    for k in (0, 60, 97, 120):
        found = uncrumple.arrays({"depth": k / 20})
        np.testing.assert_allclose(found["here"][0], uncrumple.data["curve"][k])
        assert uncrumple.data["curve"][k, 1] == pytest.approx(found["right"] / 12.5)
    np.testing.assert_allclose(uncrumple.data["ends"], uncrumple.data["curve"][::20])


def test_nearer_faces_come_later_and_both_sheets_are_drawn(uncrumple):
    found = uncrumple.arrays({"depth": 2.5, "angle": 40})
    assert found["faces"].shape == (1152, 4, 2)
    assert found["groups"].sum() == 576
    assert (found["shades"] > 0.29).all() and (found["shades"] <= 1).all()
    right, up, towards = view(np.radians(40))
    np.testing.assert_allclose(np.cross(right, up), towards, atol=1e-12)
    points = sheets.between(uncrumple.data["shown"].astype(float), 2.5)
    near = {}
    for sheet in points:
        for i, j in np.ndindex(24, 24):
            corners = sheet[[i, i + 1, i + 1, i], [j, j, j + 1, j + 1]]
            near[tuple(np.round([*(corners @ right), *(corners @ up)], 9))] = (
                corners @ towards
            ).sum()
    keys = (tuple(np.round([*face[:, 0], *face[:, 1]], 9)) for face in found["faces"])
    order = [near[key] for key in keys]
    assert order == sorted(order)
