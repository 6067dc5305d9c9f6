"""Optimizers: what to do with a gradient. Arrays in, the same arrays updated in place.

    optimizer.build([w])          # once: room for what the optimizer remembers
    optimizer.step([w], [grad])   # one update; nothing is allocated

No model is in sight, so that an optimizer can run alone on a bowl in two dimensions. Each class
says its rule as code; t counts the updates from 1.
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np

from nbhelpers import _out, threads
from nbhelpers._types import Array
from nbhelpers.utils import (
    choose,
    flag,
    must_define,
    number,
    numbers,
    positive,
    share,
    shown,
    whole,
)

# What each hyperparameter must be, whenever it is set.
RULES: dict[str, Callable[[str, str, Any], Any]] = {
    "learning_rate": positive,
    "momentum": share,
    "rho": share,
    "beta_1": share,
    "beta_2": share,
    "nesterov": flag,
    "iterations": functools.partial(whole, least=0),
}


class Optimizer:
    """What all optimizers share: memory for every parameter, and room to compute in.

    Hyperparameters can be set at any time, before training or in the midst of it; they are
    checked whenever they are set.
    """

    learning_rate: float
    iterations: int = 0
    memory: list[list[Array]]
    owner: object = None  # the mark of the model that it serves

    def __init__(self) -> None:
        self.__post_init__()

    def __post_init__(self) -> None:
        self.iterations, self.memory = 0, []

    def __setattr__(self, name: str, value: Any) -> None:
        kind = type(self).__name__
        self._know(name)
        if name in RULES:
            value = RULES[name](kind, name, value)
        if name in ("epsilon", "initial_accumulator_value"):
            value = number(kind, name, value)
            if value < 0:
                raise ValueError(f"{kind}: {name} must be 0 or greater. Received: {value!r}")
        if name == "initial_accumulator_value" and getattr(self, "memory", []):
            raise ValueError(f"{kind}: {name} counts at the start only. Received: {value!r}")
        # Momentum is remembered from the first step on, or never.
        if (
            name == "momentum"
            and getattr(self, "memory", [])
            and bool(value) != bool(vars(self)[name])
        ):
            raise ValueError(
                f"{kind}: momentum cannot be switched on or off during training. "
                f"Received: {value!r}. Call compile with a new {kind}"
            )
        super().__setattr__(name, value)

    def _know(self, name: str) -> None:
        """Raise AttributeError for a hyperparameter that this kind has not, such as ``lr``.

        One of somebody's own has what it likes.
        """
        ours = hasattr(type(self), name) or name in ("memory", "_scratch")
        if not ours and type(self) in OPTIMIZERS.values():
            known = ", ".join(field.name for field in fields(self))  # type: ignore[arg-type]
            raise AttributeError(f"{type(self).__name__}: there is no {name} to set, only {known}")

    def starts(self) -> list[float]:
        """Return the first value of each thing that the optimizer remembers of a parameter."""
        raise NotImplementedError(f"{type(self).__name__}: an optimizer must have starts")

    def config(self) -> dict[str, Any]:
        """Return the name and the hyperparameters, enough to make such an optimizer again."""
        return {"name": type(self).__name__.lower(), **asdict(self)}  # type: ignore[call-overload]

    def build(self, params: Sequence[Array]) -> None:
        """Make the memory for these parameters, and start counting from zero.

        Parameters
        ----------
        params : sequence of float arrays

        Raises
        ------
        ValueError
            If one of them does not hold floats.
        """
        kind = type(self).__name__
        listed = isinstance(params, list | tuple)
        if not listed or not all(isinstance(p, np.ndarray) for p in params):
            raise ValueError(f"{kind}: params must be a list of arrays. Received: {shown(params)}")
        for p in params:
            if p.dtype.kind != "f":
                raise ValueError(f"{kind}: params must be arrays of floats. Received: {p.dtype}")
            if not p.flags.writeable:
                raise ValueError(f"{kind}: params must not be read-only, for they are updated")
        self.iterations = 0
        self.memory = [[np.full_like(p, start) for start in self.starts()] for p in params]
        self._scratch = [np.empty_like(p) for p in params]

    def reset(self) -> None:
        """Forget everything; ``build`` starts afresh."""
        self.iterations, self.memory = 0, []

    def step(self, params: Sequence[Array], grads: Sequence[Array]) -> None:
        """Update every parameter in place by its gradient.

        Parameters
        ----------
        params, grads : sequences of float arrays
            Of the shapes given to ``build``; the gradients are not changed.

        Raises
        ------
        RuntimeError
            If ``build`` was not called for these parameters.
        ValueError
            If a gradient has another shape than its parameter.
        """
        if not isinstance(params, list | tuple) or not isinstance(grads, list | tuple):
            wrong = grads if isinstance(params, list | tuple) else params
            raise ValueError(
                f"{type(self).__name__}: params and grads must be lists of arrays. "
                f"Received: {shown(wrong)}"
            )
        if len(self.memory) != len(params):
            raise RuntimeError(
                f"{type(self).__name__}: call build(params) before step. "
                f"Built for {len(self.memory)} arrays, received {len(params)}"
            )
        grads = [numbers(type(self).__name__, "grads", g) for g in grads]
        self._check(params, grads)
        vars(self)["iterations"] += 1  # ours: nothing to check
        for arrays in zip(params, grads, self.memory, self._scratch, strict=True):
            self._update(*arrays)

    def _update(self, w: Array, g: Array, memory: Sequence[Array], a: Array) -> None:
        """Apply the rule in blocks, if it is one of those here: they go number by number.

        A rule of somebody's own may need the whole gradient.
        """
        parts = threads.passes(w)
        if len(parts) == 1 or type(self) not in OPTIMIZERS.values():
            self.update(w, g, memory, a)
            return
        threads.share(
            lambda part: self.update(w[part], g[part], [m[part] for m in memory], a[part]), parts
        )

    def _check(self, params: Sequence[Array], grads: Sequence[Array]) -> None:
        """Raise unless parameters and gradients are what ``build`` has made room for."""
        shapes, kind = [a.shape for a in self._scratch], type(self).__name__
        if [np.shape(p) for p in params] != shapes:
            raise RuntimeError(
                f"{kind}: call build(params) before step. Built for shapes {shapes}, "
                f"received {[np.shape(p) for p in params]}"
            )
        if [g.shape for g in grads] != shapes:
            raise ValueError(
                f"{kind}: grads must have the shapes of params, {shapes}. "
                f"Received: {shown([g.shape for g in grads])}"
            )

    def update(self, w: Array, g: Array, memory: Sequence[Array], a: Array) -> None:
        """Apply the rule to one parameter, with a to work in."""
        raise NotImplementedError(f"{type(self).__name__}: an optimizer must have update")


@_out.constructor("SGD")
@dataclass(eq=False)
class SGD(Optimizer):
    """Stochastic gradient descent, with momentum if wanted.

    - plain: ``w -= learning_rate * g``
    - momentum: ``m = momentum * m - learning_rate * g; w += m``
    - Nesterov: the same m, then ``w += momentum * m - learning_rate * g``

    Source: Sutskever et al., 2013; defaults and rule as in Keras 3.

    Examples
    --------
    >>> w = np.array([1.0])
    >>> sgd = SGD(learning_rate=0.5)
    >>> sgd.build([w])
    >>> sgd.step([w], [np.array([1.0])])
    >>> w
    array([0.5])
    """

    learning_rate: float = 0.01
    momentum: float = 0.0
    nesterov: bool = False

    def starts(self) -> list[float]:
        """Return [m] if there is momentum, else nothing."""
        return [0.0] if self.momentum else []

    def update(self, w: Array, g: Array, memory: Sequence[Array], a: Array) -> None:
        """Apply the rule to one parameter."""
        np.multiply(g, self.learning_rate, out=a)
        if not self.momentum:
            w -= a
            return
        (m,) = memory
        m *= self.momentum
        m -= a
        if not self.nesterov:
            w += m
            return
        w -= a
        np.multiply(m, self.momentum, out=a)
        w += a


@_out.constructor("Adagrad")
@dataclass(eq=False)
class Adagrad(Optimizer):
    """Smaller steps for the parameters that have already moved much.

    ``s += g**2; w -= learning_rate * g / sqrt(s + epsilon)``,
    s from ``initial_accumulator_value``

    Source: Duchi et al., 2011; defaults and rule as in Keras 3.
    """

    learning_rate: float = 0.001
    initial_accumulator_value: float = 0.1
    epsilon: float = 1e-7

    def starts(self) -> list[float]:
        """Return [s]."""
        return [self.initial_accumulator_value]

    def update(self, w: Array, g: Array, memory: Sequence[Array], a: Array) -> None:
        """Apply the rule to one parameter."""
        (s,) = memory
        np.multiply(g, g, out=a)
        s += a
        np.add(s, self.epsilon, out=a)
        np.sqrt(a, out=a)
        np.divide(g, a, out=a)
        a *= self.learning_rate
        w -= a


@_out.constructor("RMSprop")
@dataclass(eq=False)
class RMSprop(Optimizer):
    """Each parameter's step is divided by the recent size of its gradient.

    - ``v = rho * v + (1 - rho) * g**2; step = learning_rate * g / sqrt(v + epsilon); w -= step``
    - with momentum: ``m = momentum * m + step; w -= m``

    Source: Tieleman and Hinton, 2012; defaults and rule (epsilon inside the root) as in Keras 3.
    """

    learning_rate: float = 0.001
    rho: float = 0.9
    momentum: float = 0.0
    epsilon: float = 1e-7

    def starts(self) -> list[float]:
        """Return [s], and [s, m] if there is momentum; s is v / (1 - rho)."""
        return [0.0, 0.0] if self.momentum else [0.0]

    def update(self, w: Array, g: Array, memory: Sequence[Array], a: Array) -> None:
        """Apply the rule to one parameter."""
        # With s = v / (1 - rho), s = rho * s + g**2: one pass less over a long array.
        s, *momentum = memory
        s *= self.rho
        np.multiply(g, g, out=a)
        s += a
        np.add(s, self.epsilon / (1 - self.rho), out=a)
        np.sqrt(a, out=a)
        np.divide(g, a, out=a)
        a *= self.learning_rate / (1 - self.rho) ** 0.5
        for m in momentum:
            m *= self.momentum
            m += a
            a = m
        w -= a


@_out.constructor("Adam")
@dataclass(eq=False)
class Adam(Optimizer):
    """Momentum and RMSprop together, with both averages corrected for their start at zero.

    ::

        m += (1 - beta_1) * (g - m);  v += (1 - beta_2) * (g**2 - v)
        rate = learning_rate * sqrt(1 - beta_2**t) / (1 - beta_1**t)
        w -= rate * m / (sqrt(v) + epsilon)

    Source: Kingma and Ba, 2014; defaults and rule (their "epsilon hat") as in Keras 3.
    """

    learning_rate: float = 0.001
    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-7

    def starts(self) -> list[float]:
        """Return [m, v]."""
        return [0.0, 0.0]

    def update(self, w: Array, g: Array, memory: Sequence[Array], a: Array) -> None:
        """Apply the rule to one parameter."""
        m, v = memory
        np.subtract(g, m, out=a)
        a *= 1 - self.beta_1
        m += a
        np.multiply(g, g, out=a)
        a -= v
        a *= 1 - self.beta_2
        v += a
        np.sqrt(v, out=a)
        a += self.epsilon
        np.divide(m, a, out=a)
        t = self.iterations
        a *= self.learning_rate * (1 - self.beta_2**t) ** 0.5 / (1 - self.beta_1**t)
        w -= a


OPTIMIZERS = {"sgd": SGD, "adagrad": Adagrad, "rmsprop": RMSprop, "adam": Adam}


def get(optimizer: Any) -> Optimizer:
    """Return a new optimizer of that name or class; an optimizer is returned as it is.

    Raises
    ------
    ValueError
        If there is none of that name; the message lists the names.
    NotImplementedError
        If it is somebody's own and lacks ``starts`` or ``update``.
    """
    if isinstance(optimizer, type) and issubclass(optimizer, Optimizer):
        optimizer = optimizer()
    if not isinstance(optimizer, Optimizer):
        return choose("optimizer", optimizer, OPTIMIZERS)()
    if type(optimizer).step is Optimizer.step:
        must_define(
            type(optimizer).__name__, "an optimizer", optimizer, Optimizer, "starts", "update"
        )
    return optimizer


__getattr__ = _out.missing(__name__)
