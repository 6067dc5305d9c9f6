"""The toy, chains of gradients, clouds of noise, and sweeps: what is drawn is what was given."""

import numpy as np
import pytest

from nbhelpers import figures
from nbhelpers.figures.toy import PARTS


def words(ax):
    return [text.get_text() for text in ax.texts]


def test_the_toy_names_its_parts_and_is_drawn_alike_each_time():
    assert {title for title, *_ in PARTS} < set(words(figures.toy()))
    first, again = (figures.show(figures.toy(), alt="A toy.").png() for _ in range(2))
    assert first == again


def test_line_chart_has_a_second_cue_and_its_own_ticks():
    x = [1, 2, 4]
    ax = figures.line_chart(
        {"a": (x, [1, 2, 3]), "b": (x, [3, 2, 1])}, "t", "x", "y", xscale="log", xticks=x
    )
    assert [line.get_ydata().tolist() for line in ax.lines] == [[1, 2, 3], [3, 2, 1]]
    assert len({line.get_linestyle() for line in ax.lines}) == 2
    assert len({line.get_marker() for line in ax.lines}) == 2
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["1", "2", "4"]
    alone = figures.line_chart({"a": (range(31), range(31))}, "t", "x", "y")
    assert alone.lines[0].get_marker() in ("", "None")
    assert alone.get_legend() is None


def test_chain_says_each_value_and_each_gradient():
    ax = figures.chain(["x", "loss"], ["2", "4"], ["-3", "1"])
    assert words(ax)[:6] == ["x", "2", "-3", "loss", "4", "1"]
    with pytest.raises(ValueError, match="must hold 2 texts"):
        figures.chain(["x", "loss"], ["2"], ["1", "1"])


def test_gradient_clouds_share_their_axes():
    clouds = {1: np.array([[0.0, 0.0], [4.0, 1.0]]), 16: np.array([[1.5, 0.5], [2.5, 0.5]])}
    axes = figures.gradient_clouds(clouds, np.array([2.0, 0.5]))
    assert [ax.get_title(loc="left") for ax in axes] == ["batches of 1", "batches of 16"]
    assert axes[0].get_xlim() == axes[1].get_xlim()
    low, high = axes[0].get_xlim()
    assert low < 0 < 4 < high


def test_heat_table_frames_the_best_and_says_diverged():
    ax = figures.heat_table(np.array([[0.5, np.nan], [0.75, 0.25]]), "ab", "cd", "t", "x", "y")
    assert words(ax) == ["0.500", "diverged", "0.750", "0.250"]
    frame = ax.lines[0].get_xydata().mean(axis=0)
    assert np.round(frame).tolist() == [0, 1]
    with pytest.raises(ValueError, match="columns must hold 1 texts"):
        figures.heat_table(np.array([[1.0]]), "a", "cd", "t", "x", "y")
    with pytest.raises(ValueError, match="must hold a number"):
        figures.heat_table(np.array([[np.nan]]), "a", "c", "t", "x", "y")
