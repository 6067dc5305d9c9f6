"""The crop explorer: its expression, evaluated, is what it shows."""

import numpy as np

from nbhelpers import explorers

crop = explorers.crop()
x = crop.data["images"]


def test_every_preset_is_called_by_its_expression():
    for label, state in crop.presets.items():
        shown = crop.arrays(state)["expression"]
        assert shown == {"x": "x[:]"}.get(label, label)


def test_the_expression_gives_what_is_framed_and_shown():
    rng = np.random.default_rng(0)
    values = {name: control.values() for name, control in crop.controls.items()}
    empty = 0
    for _ in range(300):
        arrays = crop.arrays({name: int(rng.choice(every)) for name, every in values.items()})
        part = eval(arrays["expression"], {"x": x})
        assert arrays["shape"] == str(part.shape)
        empty += not part.size
        assert len(arrays["kept"]) == (len(part) if part.size else 0)
        count, height, width = part[:8].shape
        np.testing.assert_array_equal(arrays["result"][:count, :height, :width], part[:8])
        assert arrays["result"].sum() == part[:8].sum()
        assert (arrays["note"] == ["nothing is left"]) == (part.size == 0)
        lit = eval(arrays["expression"], {"x": arrays["dimmed"]})
        np.testing.assert_array_equal(lit, part)
        assert arrays["dimmed"].sum() == part.sum() + (x // 4).sum() - (part // 4).sum()
    assert 0 < empty < 300


def test_the_frame_lies_on_the_pixels():
    state = {"first": 0, "last": 24, "top": 7, "bottom": -7, "left": 7, "right": -7}
    frame = crop.arrays(state)["kept"][9]  # the tenth image: second column of the second row
    middle, side = frame.mean(axis=0), np.ptp(frame, axis=0)
    np.testing.assert_allclose(middle, [1.5, 1.5])
    np.testing.assert_allclose(side, [0.46, 0.46])


def test_bounds_counted_from_the_end():
    same = [crop.arrays({"top": 7, "bottom": end})["result"] for end in (21, -7)]
    np.testing.assert_array_equal(*same)
    assert "nothing is left" in crop.arrays({"bottom": 0})["text"]
