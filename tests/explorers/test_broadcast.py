"""The broadcast explorer: NumPy agrees with every box."""

import itertools

import numpy as np
import pytest

from nbhelpers import explorers

broadcast = explorers.broadcast()


def shape_of(text):
    return tuple(int(size) for size in text.strip("()").split(",") if size.strip())


def states(count, seed=0):
    rng = np.random.default_rng(seed)
    values = {name: control.values() for name, control in broadcast.controls.items()}
    for _ in range(count):
        yield {name: str(rng.choice(every)) for name, every in values.items()}


def test_the_result_or_the_clash_is_numpys():
    clashes = 0
    for state in states(400):
        arrays = broadcast.arrays(state)
        a, b = shape_of(arrays["a_shape"]), shape_of(arrays["b_shape"])
        try:
            expected = np.broadcast_shapes(a, b)
        except ValueError:
            clashes += 1
            assert "clash" in arrays["text"] and len(arrays["sum_cells"]) == 0
            places = {k for k in (-1, -2, -3) if f"axis {k} (" in arrays["text"]}
            wrong = [m != n and 1 not in (m, n) for m, n in zip(a[::-1], b[::-1], strict=False)]
            assert places == {-k for k, bad in enumerate(wrong, 1) if bad}
            assert len(arrays["clashes"]) == 3 * len(places)
            continue
        x = 10 * np.arange(1, np.prod(a, dtype=int) + 1).reshape(a)
        y = np.arange(1, np.prod(b, dtype=int) + 1).reshape(b)
        assert shape_of(arrays["shape"]) == expected
        assert arrays["sum_numbers"] == [str(value) for value in (x + y).flat]
        assert arrays["a_numbers"] == [str(value) for value in np.broadcast_to(x, expected).flat]
        assert len(arrays["a_cells"]) == x.size and len(arrays["b_cells"]) == y.size
        assert len(arrays["a_ghosts"]) == (x + y).size - x.size
        assert len(arrays["clashes"]) == 0
    assert 50 < clashes < 350


def test_stored_boxes_hold_each_number_once():
    for state in states(100, seed=1):
        arrays = broadcast.arrays(state)
        middles = [tuple(np.round(cell.mean(axis=0), 6)) for cell in arrays["b_cells"]]
        at = {tuple(np.round(xy, 6)): n for xy, n in zip(*both(arrays), strict=True)}
        assert sorted(int(at[middle]) for middle in middles) == list(range(1, len(middles) + 1))


def both(arrays):
    return arrays["b_xy"], arrays["b_numbers"]


def test_the_silent_trap_is_said():
    trap = broadcast.arrays({"a2": "4", "a3": "1", "b3": "4"})
    assert (trap["a_shape"], trap["b_shape"], trap["shape"]) == ("(4, 1)", "(4,)", "(4, 4)")
    assert trap["text"].endswith("Careful: 16 numbers, more than in a or in b.")
    bias = broadcast.arrays(broadcast.presets["a bias for each row"])
    assert "Careful" not in bias["text"] and "of b 3 times" in bias["text"]


@pytest.mark.parametrize("sizes", list(itertools.product(["none", "3"], repeat=3)))
def test_an_axis_that_is_left_out_is_left_out(sizes):
    state = {f"a{k}": size for k, size in enumerate(sizes, 1)}
    expected = tuple(3 for size in sizes if size == "3")
    assert broadcast.arrays(state)["a_shape"] == str(expected)


def test_boxes_do_not_overlap():
    arrays = broadcast.arrays(dict.fromkeys(broadcast.controls, "4"))
    places = arrays["sum_xy"]
    gaps = np.abs(places[:, None] - places).max(axis=-1) + 9 * np.eye(len(places))
    assert gaps.min() >= 0.999
    assert places.max() < arrays["frame_x"][1] and places.max() < arrays["frame_y"][0]
