"""Figures of tensors say what NumPy computes."""

import numpy as np
import pytest

from nbhelpers import figures, tensors
from nbhelpers.figures.shapes import RANKS, _reach

X = np.arange(6).reshape(2, 3)


def words(ax):
    return [text.get_text() for text in ax.texts]


def bold(ax):
    return [text.get_text() for text in ax.texts if text.get_weight() == "bold"]


def test_boxes_hold_every_number_shape_title_and_sign():
    ax = figures.boxes([X, X.T], ["x", "x.T"], ["→"], finding="Turned")
    assert sorted(words(ax)) == sorted(
        [*map(str, X.flat), *map(str, X.flat), "shape (2, 3)", "shape (3, 2)", "x", "x.T", "→"]
    )
    assert ax.get_title(loc="center") == "Turned"
    assert len(ax.patches) == 12
    assert "six" in words(figures.boxes([X], notes=["six"]))
    assert not [w for w in words(figures.boxes([X], notes=["six"])) if "shape" in w]


def test_boxes_mark_entries_by_more_than_colour():
    ax = figures.boxes([X], marked=[X > 3])
    assert bold(ax) == ["4", "5"]
    assert len({patch.get_linewidth() for patch in ax.patches}) == 2


@pytest.mark.parametrize("x", [7, [1, 2, 3], [[1], [2]], [[0.25, -1.0]]])
def test_boxes_draw_one_arrow_for_each_axis(x):
    ax = figures.boxes([x], axes=True)
    rank = np.ndim(x)
    assert [word for word in words(ax) if word.startswith("axis")] == [
        f"axis {k}" for k in reversed(range(rank))
    ]
    assert f"shape {np.shape(x)}" in words(ax)


def test_boxes_refuse_what_they_cannot_draw():
    with pytest.raises(ValueError, match="rank 0 to 2"):
        figures.boxes([np.zeros((1, 1, 1))])
    with pytest.raises(ValueError, match="arrays must be a list"):
        figures.boxes([])


def test_ranks_draw_one_square_for_each_number_inside_its_panel():
    axes = figures.ranks()
    for ax, (_, shape, example) in zip(axes.flat, RANKS, strict=True):
        assert len(ax.patches) == tensors.size(shape)
        corners = np.array([patch.get_corners() for patch in ax.patches]).reshape(-1, 2)
        assert np.allclose(corners.min(axis=0), 0)
        assert np.allclose(corners.max(axis=0), _reach(shape))
        assert words(ax) == [example]
        assert ax.get_title() == f"{_name(ax)}, shape {shape}"


def _name(ax):
    return ax.get_title().split(",")[0]


def test_memory_bars_have_room_for_a_tensor_without_entries():
    ax = figures.memory_bars(
        {"none": tensors.plan((0, 3), "float32"), "some": tensors.plan((4,), "float64")}
    )
    assert words(ax) == ["0 bytes", "32 bytes"]
    assert ax.get_title(loc="left") == "From 0 bytes to 32 bytes"
    ax.figure.draw_without_rendering()


def test_memory_bars_are_as_long_as_the_tensors():
    named = {"small": tensors.plan((3, 4)), "large": tensors.plan((1000, 1000), "uint8")}
    ax = figures.memory_bars(named)
    assert [bar.get_width() for bar in ax.patches] == [48, 1_000_000]
    assert words(ax) == ["48 bytes", "976.6 KiB"]
    assert ax.get_title(loc="left") == "From 48 bytes to 976.6 KiB"
    assert ax.get_xlim()[0] < 48
    assert [label.get_text() for label in ax.get_yticklabels()][1] == "large  (1000, 1000)"


def test_pixels_write_the_numbers_of_the_frame():
    image = np.arange(100, dtype=np.uint8).reshape(10, 10)
    left, right = figures.pixels(image, slice(2, 4), slice(5, 8))
    assert words(right) == ["25", "26", "27", "35", "36", "37"]
    assert [text.get_position() for text in right.texts][:2] == [(5, 2), (6, 2)]
    (frame,) = left.patches
    assert (frame.get_xy(), frame.get_width(), frame.get_height()) == ((4.5, 1.5), 3, 2)


def test_product_shows_the_product_and_how_one_number_comes_about():
    A, B = np.array([[2, 3, 1], [0, 1, 4]]), np.array([[1, 2], [2, 1], [5, 4]])
    ax = figures.product(A, B, row=1, column=0)
    assert bold(ax)[:7] == ["0", "1", "4", "1", "2", "5", "22"]
    assert {"A (2, 3)", "B (3, 2)", "A @ B (2, 2)", "0·1 + 1·2 + 4·5\n= 22"} <= set(words(ax))
    for number in (A @ B).flat:
        assert str(number) in words(ax)
    with pytest.raises(ValueError, match=r"\(2, 3\) and \(2, 3\)"):
        figures.product(A, A)


def test_vector_sum_ends_where_the_sum_is():
    ax = figures.vector_sum([3, 1], [1, 2])
    ends = [(tuple(text.xyann), tuple(text.xy)) for text in ax.texts if not text.get_text()]
    assert ends == [((0, 0), (3, 1)), ((3, 1), (4, 3)), ((0, 0), (4, 3))]
    assert ax.get_title(loc="left") == "(3, 1) + (1, 2) = (4, 3)"
    assert {"a = (3, 1)", "b = (1, 2)", "a + b = (4, 3)"} <= set(words(ax))


def test_no_two_sizes_of_the_highest_rank_are_alike():
    assert len(set(RANKS[-1][1])) == 5
    assert all(shape == RANKS[-1][1][5 - k :] for k, (_, shape, _) in enumerate(RANKS))


def test_projection_ends_the_shadow_at_a_right_angle():
    w, p = np.array([4.0, 2.0]), np.array([1.0, 3.0])
    ax = figures.projection(w, p)
    light, shadow, across = (line.get_xydata() for line in ax.lines)
    assert np.allclose(light[0], p)
    assert np.isclose((light[1] - light[0]) @ w, 0)
    assert np.allclose(shadow, [[0, 0], [2, 1]])
    assert np.isclose((across[1] - across[0]) @ w, 0)
    assert "10" in ax.get_title(loc="left")
    figures.projection([0, 0], [1, 3])  # no direction, no shadow, no error


def test_every_figure_of_shapes_becomes_a_picture():
    for drawn in (
        figures.ranks(),
        figures.boxes([X]),
        figures.product(X, X.T),
        figures.pixels(np.zeros((5, 5), np.uint8), slice(1, 3), slice(1, 3)),
        figures.vector_sum([1, 0], [0, 1]),
    ):
        assert figures.show(drawn, alt="A drawing.").png().startswith(b"\x89PNG")
