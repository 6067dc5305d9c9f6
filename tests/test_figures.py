"""Figures: axes out, no global state, alternative text, and what they say is computed."""

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.axes import Axes

from nbhelpers import figures


def test_show_gives_a_picture_with_its_text_and_leaves_matplotlib_alone():
    before = dict(mpl.rcParams)
    axes = figures.training_curves({"loss": [1.0, 0.5], "val_loss": [1.1, 0.6]})
    picture = figures.show(axes, alt="Two   falling\ncurves.")
    data, metadata = picture._repr_mimebundle_()
    assert data["image/png"].startswith(b"\x89PNG")
    assert data["text/plain"] == repr(picture) == "Two falling curves."
    assert metadata["image/png"]["alt"] == "Two falling curves."
    assert dict(mpl.rcParams) == before
    assert figures.show(axes, alt="x").png() == picture.png()
    with pytest.raises(ValueError, match="alt"):
        figures.show(axes, alt=" ")


def test_training_curves_draw_what_is_in_the_history():
    history = {"loss": [1.0, 0.5], "accuracy": [0.5, 0.75], "val_loss": [1.5, 0.7]}
    loss, accuracy = figures.training_curves(history)
    assert [line.get_ydata().tolist() for line in loss.lines] == [[1.0, 0.5], [1.5, 0.7]]
    assert len({line.get_linestyle() for line in loss.lines}) == 2  # a cue beside the colour
    assert len({line.get_marker() for line in loss.lines}) == 2
    assert loss.get_title(loc="left") == "Loss: from 1.000 to 0.500"
    assert [text.get_text() for text in accuracy.get_legend().get_texts()] == ["training"]
    with pytest.raises(ValueError, match="at least one epoch"):
        figures.training_curves({})


def test_image_grid():
    axes = figures.image_grid(np.arange(3 * 4).reshape(3, 2, 2), titles="abc", columns=2)
    assert axes.shape == (2, 2)
    assert [ax.get_title() for ax in axes.flat] == ["a", "b", "c", ""]
    assert len(axes[1, 1].images) == 0
    weights = figures.image_grid(np.array([[[-1.0, 3.0]]]), cmap="RdBu")
    assert weights[0, 0].images[0].get_clim() == (-3.0, 3.0)  # zero is white
    with pytest.raises(ValueError, match=r"\(n, height, width\).*\(2, 2\)"):
        figures.image_grid(np.ones((2, 2)))


def test_confusion_counts_its_mistakes():
    ax = figures.confusion(np.array([[5, 1], [2, 4]]), ["cat", "dog"])
    assert isinstance(ax, Axes)
    assert ax.get_title(loc="left") == "3 of 12 wrong"
    assert [t.get_text() for t in ax.texts] == ["5", "1", "2", "4"]
