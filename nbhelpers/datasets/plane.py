"""Points in the plane, in two or three classes: what a small network can learn in a second.

They are made, not loaded: by a formula, with noise from a fixed seed, rounded to two decimals. But
for XOR, no two classes have as many points: were they alike, a network whose hidden units are all
0 would have a gradient of nothing but rounding, and Adam would make large steps of it.
"""

from collections.abc import Callable

import numpy as np

from nbhelpers.utils import choose

Array = np.ndarray
Points = tuple[Array, Array]


def load_data(name: str) -> Points:
    """Return the points and their classes.

    Parameters
    ----------
    name : {"xor", "two moons", "circles", "spiral", "three classes"}

    Returns
    -------
    x : float64 array, shape (n, 2)
        Within -1.2..1.2, n at most 120.
    y : int64 array, shape (n,)
        0 and 1; of "three classes" 0, 1, 2.

    Raises
    ------
    ValueError
        If there is none of that name; the message lists the names.

    Examples
    --------
    >>> x, y = load_data("xor")
    >>> x.tolist(), y.tolist()
    ([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]], [0, 1, 1, 0])
    """
    return choose("name", name, DATA)()


def _xor() -> Points:
    """Return the four corners, with -1 in place of 0: class 1 where the two differ."""
    return np.array([[-1.0, -1], [-1, 1], [1, -1], [1, 1]]), np.array([0, 1, 1, 0])


def _two_moons() -> Points:
    t = np.linspace(0, np.pi, 30)
    upper = np.stack([np.cos(t) - 0.5, np.sin(t) - 0.25], axis=1)
    return _noisy([upper, -upper[:-2]], 0.1, scale=0.7)


def _circles() -> Points:
    return _noisy([0.4 * _ring(42), _ring(54)], 0.06)


def _ring(count: int) -> Array:
    t = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.stack([np.cos(t), np.sin(t)], axis=1)


def _spiral() -> Points:
    return _noisy(_arms(2, 50, turn=0.8), 0.04)


def _three_classes() -> Points:
    return _noisy(_arms(3, 40, turn=0.3), 0.06)


def _arms(count: int, each: int, turn: float) -> list[Array]:
    """Return the arms of a spiral, each of so many turns, from near the middle outwards."""
    r, turned = np.linspace(0.12, 1, each), np.arange(count)[:, None] / count
    angle = 2 * np.pi * (turn * r + turned)
    arms = r[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=2)
    return [arm[3 * k :] for k, arm in enumerate(arms)]


def _noisy(groups: list[Array], noise: float, scale: float = 1.0) -> Points:
    """Join the groups, class by class, and push every point a little."""
    x = scale * np.concatenate(groups)
    x += noise * np.random.default_rng(0).standard_normal(x.shape)
    return x.round(2), np.repeat(np.arange(len(groups)), [len(group) for group in groups])


DATA: dict[str, Callable[[], Points]] = {
    "xor": _xor,
    "two moons": _two_moons,
    "circles": _circles,
    "spiral": _spiral,
    "three classes": _three_classes,
}
