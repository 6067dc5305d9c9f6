"""Figures of functions and of networks: what is drawn is what was given."""

import numpy as np
import pytest

from nbhelpers import figures


def test_function_curves_draw_each_function_with_a_second_cue():
    x = np.linspace(-1, 1, 5)
    ax = figures.function_curves(x, {"h": x, "double": 2 * x}, "Twice as steep", ylim=(-2, 2))
    assert [line.get_ydata().tolist() for line in ax.lines] == [x.tolist(), (2 * x).tolist()]
    assert len({line.get_linestyle() for line in ax.lines}) == 2
    assert len({line.get_color() for line in ax.lines}) == 2
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["h", "double"]
    assert ax.get_ylim() == (-2, 2)
    assert figures.function_curves(x, {"h": x}, "One").get_legend() is None


def test_bar_panels_write_every_number():
    axes = figures.bar_panels({"a": [1.0, 2.0], "b": [0.25, 0.75]}, ["x", "y"], ylim=(0, 3))
    assert [bar.get_height() for bar in axes[1].patches] == [0.25, 0.75]
    assert [text.get_text() for text in axes[1].texts] == ["0.25", "0.75"]
    assert [tick.get_text() for tick in axes[0].get_xticklabels()] == ["x", "y"]
    assert axes[0].get_ylim() == axes[1].get_ylim() == (0, 3)
    assert not figures.bar_panels({"a": [1.0]}, ["x"], digits=0)[0].texts


def test_neuron_diagram_names_its_parts():
    words = {text.get_text() for text in figures.neuron_diagram().texts}
    assert {"$x_1$", "$x_2$", "$w_1$", "$w_2$", "$b$", "$a$", "$h$", "$y$"} <= words


def test_planes_write_the_value_at_each_corner():
    x1, x2 = np.meshgrid(np.linspace(-0.5, 1.5, 5), np.linspace(-0.5, 1.5, 5))
    axes = figures.planes({"first": x1, "both": x1 * 2 + x2})
    assert [ax.get_title(loc="left") for ax in axes] == ["first", "both"]
    at = {text.get_position(): text.get_text() for text in axes[1].texts}
    assert at == {(0, 0): "0", (1, 0): "2", (0, 1): "1", (1, 1): "3"}
    assert len(figures.planes({"one": x1})) == 1


def test_network_diagram_has_a_line_for_every_weight():
    ax = figures.network_diagram((2, 3, 2), "xzy", ["in", "hidden", "out"], "Small")
    assert len(ax.lines) == 2 * 3 + 3 * 2
    assert [text.get_text() for text in ax.texts][:3] == ["$x_{1}$", "$x_{2}$", "in"]
    large = figures.network_diagram((784, 10), "xy")
    names = [text.get_text() for text in large.texts]
    assert names[:4] == ["$x_{1}$", "$x_{2}$", "$x_{783}$", "$x_{784}$"]
    assert len(large.lines) == 4 * 4 + 2 * 3  # four units of each layer, and three dots
    with pytest.raises(ValueError, match="at least two sizes"):
        figures.network_diagram((3,))


def test_signal_stages_number_the_last_cells():
    layers = {"hidden": np.linspace(0, 1, 6), "output": np.array([0.25, 0.75])}
    axes = figures.signal_stages(np.eye(4), layers)
    assert [ax.get_title(loc="left") for ax in axes] == ["", "hidden", "output"]
    assert axes[2].collections[0].get_array().ravel().tolist() == [0.25, 0.75]
    assert [tick.get_text() for tick in axes[2].get_xticklabels()] == ["0", "1"]
    assert len(axes[1].get_xticks()) == 0
