"""Every explorer, by its name in ``explorers.NAMES``: states, errors, pictures, words.

The browser's half is tested in ``tests/browser``. Warnings are errors here, so a state that
overflows by accident fails by itself.
"""

import copy
import json
import math
import re
import sys
import types

import numpy as np
import pytest
from gallery import NAMES, make
from twins import how_many

from nbhelpers import explorers
from nbhelpers.explorers.controls import choice, clock, slider, switch
from nbhelpers.explorers.picture import words
from nbhelpers.explorers.picture.data import pack
from nbhelpers.explorers.picture.marks import Bars, Lines, Panel, Scene

VIEW = "application/vnd.jupyter.widget-view+json"
MAY_BE_NAN = {"softmax": {"naive", "exp"}, "gallery": {"values"}}  # what is shown to overflow


@pytest.fixture(scope="module", params=NAMES)
def explorer(request):
    return make(request.param)


def ends(explorer):
    """All states with one control at an end, and with all of them there."""
    values = {name: control.values() for name, control in explorer.controls.items()}
    yield {name: every[0] for name, every in values.items()}
    yield {name: every[-1] for name, every in values.items()}
    for name, every in values.items():
        for value in (every[0], every[-1], *(every if len(every) < 12 else ())):
            yield {name: value}
    yield from explorer.presets.values()


def some(explorer, count, seed=0):
    rng = np.random.default_rng(seed)
    values = {name: control.values() for name, control in explorer.controls.items()}
    for _ in range(count):
        yield {name: every[rng.integers(len(every))] for name, every in values.items()}


def test_no_state_raises_warns_or_hides_a_nan(explorer):
    allowed = MAY_BE_NAN.get(explorer.name, set())
    for state in [*ends(explorer), *some(explorer, how_many(explorer))]:
        arrays = explorer.arrays(state)
        assert arrays["text"].strip(), state
        assert allowed or not re.search(r"\b(nan|inf|∞)\b", arrays["text"]), state
        for name in arrays.keys() - allowed:
            values = np.asarray(arrays[name])
            if values.dtype.kind in "fc":
                assert np.isfinite(values).all(), (name, state)


def test_arrays_are_pure(explorer):
    before = copy.deepcopy(explorer.data)
    state = next(some(explorer, 1, seed=1))
    first, second = explorer.arrays(state), explorer.arrays(dict(state))
    assert first.keys() == second.keys()
    for name in first:
        np.testing.assert_array_equal(first[name], second[name])
    np.testing.assert_equal(explorer.data, before)


def test_both_ends_and_the_presets_can_be_drawn(explorer):
    for state in [*list(ends(explorer))[:2], *explorer.presets.values()]:
        assert explorer.twin([state]).png()[:4] == b"\x89PNG"


def test_state_is_read_and_set(explorer):
    name = explorer.name
    fresh = make(name)
    assert fresh.state == fresh.start
    for state in [*some(explorer, 20), *explorer.presets.values()]:
        fresh.state = state
        assert fresh.state == fresh.state | state
        assert make(name, **state).state == fresh.start | state
    assert fresh.alt.endswith(fresh.arrays()["text"])


def test_a_wrong_value_is_named_and_nothing_is_half_set(explorer):
    good = next(some(explorer, 1, seed=3))
    before = explorer.state
    for name, control in explorer.controls.items():
        wrong = [None, math.nan, [1], b""]
        if control.kind == "slider":
            wrong += [control.low - control.step, control.high + control.step, "1", True]
            wrong += [control.low + 0.37 * control.step, math.inf, -math.inf, np.array([1.0, 2.0])]
        elif control.kind != "hidden":
            wrong += ["no such choice", 7]
        for value in wrong:
            with pytest.raises(ValueError, match=f"{explorer.name}: {name} must be .*Received"):
                explorer.state = good | {name: value}
            with pytest.raises(ValueError, match=name):
                make(explorer.name, **{name: value})
            assert explorer.state == before
    with pytest.raises(ValueError, match=r"a control must be one of .* Received: 'no_such'"):
        explorer.state = {"no_such": 1}
    with pytest.raises(ValueError, match="must be a dict"):
        explorer.state = 3


def test_bundle_holds_view_words_and_picture(explorer):
    data, metadata = explorer._repr_mimebundle_()
    assert data.keys() == {VIEW, "text/plain", "image/png"}
    assert data["image/png"][:4] == b"\x89PNG" and len(data["image/png"]) < 300_000
    assert data["text/plain"] == repr(explorer) == explorer.alt
    assert metadata == {"image/png": {"alt": explorer.alt}}
    again, _ = make(explorer.name, **explorer.state)._repr_mimebundle_()
    del data[VIEW], again[VIEW]
    assert data == again, "two runs must store the same bytes"


def test_colab_is_told_where_its_widgets_come_from(monkeypatch):
    colab = types.ModuleType("google.colab.output")
    colab.enable_custom_widget_manager = lambda: None
    colab._widgets = types.SimpleNamespace(_installed_url="https://example.com/manager")
    monkeypatch.setitem(sys.modules, "google.colab.output", colab)
    _, metadata = explorers.softmax()._repr_mimebundle_()
    assert metadata[VIEW]["colab"]["custom_widget_manager"]["url"] == colab._widgets._installed_url
    assert metadata["image/png"]["alt"]


def test_twin_shows_all_states_and_says_so(explorer):
    states = list(some(explorer, 3, seed=4))
    picture = explorer.twin(states, titles=["one", "two", "three"])
    for title, state in zip(["one", "two", "three"], states, strict=True):
        assert f"{title}: {explorer.arrays(state)['text']}" in picture.alt
    with pytest.raises(ValueError, match="at least one"):
        explorer.twin([])
    with pytest.raises(ValueError, match="titles must hold 3 texts"):
        explorer.twin(states, titles=["one"])


def sent(value):
    """Count the bytes on the wire: arrays as they are, the rest as JSON."""
    if isinstance(value, dict):
        return sum(len(key) + sent(entry) for key, entry in value.items())
    if isinstance(value, bytes | memoryview):
        return memoryview(value).nbytes
    return len(json.dumps(value, default=list))


def test_payload_is_small(explorer):
    widget = explorer.widget.children[-1]
    size = sent(pack(explorer.data)) + sent(explorer.scene.described())
    assert len(widget._esm) + len(widget._css) + size < 300_000


# --- the base ---


def explorer_of(*marks, **arrays):
    return explorers.Explorer(
        "affine",
        about="A test.",
        controls={"angle": slider("angle", 0, 1, 0.5, 0)},
        scene=Scene([[Panel("", marks)]]),
        arrays=lambda state, data: {"text": "Words.", **arrays},
    )


def test_a_mark_that_names_nothing_is_an_error_at_once():
    with pytest.raises(ValueError, match=r"do not exist: \['gone'\]"):
        explorer_of(Lines("gone"))
    with pytest.raises(ValueError, match="color must be one of"):
        Lines("xy", "mauve")


def test_bars_that_are_not_finite_are_drawn():
    mark = Bars("values", texts=["nan", "inf"], labels=["a", "b"])
    made = explorer_of(mark, values=np.array([np.nan, np.inf]))
    assert made.twin([{}]).png()


@pytest.mark.parametrize(
    "make",
    [
        lambda: slider("x", 0, 1, 0.1, 2),
        lambda: choice("x", ["a", "b"], "c"),
        lambda: choice("x", ["a"], look="wheel"),
        lambda: switch("x", start=3),
    ],
)
def test_a_control_with_a_wrong_start_is_an_error(make):
    with pytest.raises(ValueError, match="must be"):
        make()


def test_a_clock_counts_steps_and_there_is_one():
    beat = clock("beat", 3, paces=(1, 2))
    assert beat.values() == [0, 1, 2, 3] and beat.paces == (1, 2)
    with pytest.raises(ValueError, match="there may be one clock"):
        explorers.Explorer(
            "affine",
            about="A test.",
            controls={"a": beat, "b": beat},
            scene=Scene([[Panel("", [])]]),
            arrays=lambda state, data: {"text": "Words."},
        )


def test_slider_values_are_round_and_reach_both_ends():
    assert slider("x", -0.3, 0.3, 0.1, 0).values() == [-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3]
    assert slider("n", 1, 4, 1, 2).values() == [1, 2, 3, 4]


def test_unknown_names_are_attribute_errors():
    with pytest.raises(AttributeError, match="no_such"):
        _ = explorers.no_such
    assert set(explorers.NAMES) <= set(dir(explorers))


def test_numbers_as_words():
    assert words.fixed(-0.0) == "0.00" and words.fixed(2.675) == "2.68"
    assert words.scientific(1e-5, 1) == "1.0e−05" and words.fixed(float("-inf")) == "−∞"
    assert words.say("{x:.1f} {x:.0e}", x=[1, -2]) == "[1.0, −2.0] [1e+00, −2e+00]"


# --- what the three lessons say ---


PLAIN = {"angle": 0, "scale_x": 1, "scale_y": 1, "shift_x": 0, "shift_y": 0}
HALF = PLAIN | {"scale_x": 0.5, "scale_y": 0.5}


def test_affine_knows_area_and_singular_maps():
    affine = explorers.affine()
    assert affine.arrays(PLAIN | {"angle": 90})["W"].round(9).tolist() == [[0, -1], [1, 0]]
    assert "turned over" in affine.arrays(PLAIN | {"scale_x": -1})["text"]
    assert "information is lost" in affine.arrays(PLAIN | {"scale_y": 0})["text"]
    assert "one point" in affine.arrays({"scale_x": 0, "scale_y": 0})["text"]
    state = {"angle": 17, "scale_x": 2, "scale_y": -0.5, "shear": 1.2}
    assert affine.arrays(state)["area"] == pytest.approx(-1)


def test_relu_fold_counts_what_is_pressed():
    fold = explorers.relu_fold()
    kept = fold.arrays(PLAIN | {"shift_x": 3, "shift_y": 3})
    lost = fold.arrays(HALF | {"shift_x": -1.6, "shift_y": -1.6})
    assert len(kept["kept"]) == 49 and len(kept["moved_z"]) == 0
    assert len(lost["moved_z"]) == 49 and np.all(lost["moved_y"] == 0)
    assert "49 into the origin" in lost["text"]


def test_softmax_shows_the_numbers_of_the_lesson():
    softmax = explorers.softmax()
    far = softmax.arrays(softmax.presets["[1010, 1000, 990]"])
    assert np.isnan(far["naive"][0]) and far["text"].startswith("Overflow")
    expected = [9.999546e-01, 4.539787e-05, 2.061060e-09]
    np.testing.assert_allclose(far["stable"], expected, rtol=1e-6)
    near = softmax.arrays(softmax.presets["[0.3, 2.9, 4.0]"])
    np.testing.assert_allclose(near["stable"], [0.01821127, 0.24519181, 0.73659691], rtol=1e-6)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_softmax_is_that_of_numpy_in_each_format(dtype):
    softmax = explorers.softmax(dtype=dtype)
    tiny = np.finfo(dtype)
    for state in some(softmax, 200, seed=5):
        state["dtype"] = dtype
        ours = softmax.arrays(state)
        z = np.array([state["z1"], state["z2"], state["z3"]], dtype)
        with np.errstate(all="ignore"):
            z = (z + np.asarray(state["shift"], dtype)) / np.asarray(state["temperature"], dtype)
            naive = np.exp(z) / np.exp(z).sum()
            stable = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
        for name, real in (("naive", naive), ("stable", stable)):
            close = {"rtol": 8 * float(tiny.eps), "atol": 8 * float(tiny.smallest_subnormal)}
            np.testing.assert_allclose(ours[name], real.astype(float), **close)
