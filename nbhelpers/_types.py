"""The words that signatures use: arrays, shapes, data, and what one room may know of another.

A protocol says what a room needs of an object, without the room that makes it: callbacks and the
training loop see a ``ModelLike``, and never import ``Sequential``.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]
Shape: TypeAlias = tuple[int, ...]
# With the batch axis first, which may have any length: (None, 784).
BatchShape: TypeAlias = tuple[int | None, ...]
Data: TypeAlias = tuple[Array, Array]
Logs: TypeAlias = dict[str, float]
# A metric takes y_true and y_pred, and returns one number, or one a sample.
Metric: TypeAlias = Callable[[Array, Array], Any]


class LayerLike(Protocol):
    """What others may know of a layer."""

    name: str

    @property
    def params(self) -> Mapping[str, Array]:
        """The parameters by name; writing into them changes the layer."""

    @property
    def grads(self) -> Mapping[str, Array]:
        """The gradients, under the same names."""

    @property
    def output_shape(self) -> BatchShape | None:
        """The shape of a batch of outputs."""

    def config(self) -> dict[str, Any]:
        """Return what it takes to make such a layer again."""

    def forward(self, x: Array, training: bool = False) -> Array:
        """Return the output for a batch."""

    def backward(self, grad: Array, input_gradient: bool = True) -> Array | None:
        """Fill ``grads``; return the gradient for the layer below, if somebody wants it."""

    def count_params(self) -> int:
        """Return the number of parameters."""


class OptimizerLike(Protocol):
    """What others may know of an optimizer."""

    iterations: int
    memory: list[list[Array]]

    @property
    def learning_rate(self) -> float:
        """The size of its steps."""

    def config(self) -> dict[str, Any]:
        """Return the name and the hyperparameters."""

    def build(self, params: Sequence[Array]) -> None:
        """Make the memory for these parameters."""

    def step(self, params: Sequence[Array], grads: Sequence[Array]) -> None:
        """Update every parameter in place."""


class LossLike(Protocol):
    """What others may know of a loss."""

    @property
    def from_logits(self) -> bool:
        """Whether it is taken of logits."""

    @property
    def name(self) -> str:
        """Its name in Keras."""


class HistoryLike(Protocol):
    """What others may know of a history."""

    epoch: list[int]
    history: dict[str, list[float]]


class ModelLike(Protocol):
    """What a model is to the loop, to callbacks, to saving and to the gradient check."""

    name: str
    stop_training: bool

    @property
    def layers(self) -> Sequence[LayerLike]:
        """All layers, from the input to the output."""

    @property
    def rng(self) -> np.random.Generator:
        """What draws its weights, its shuffles and its dropouts."""

    @property
    def built(self) -> bool:
        """Whether its shape is known, and so its weights are there."""

    @property
    def dtype(self) -> np.dtype[Any]:
        """float32 or float64."""

    @property
    def input_shape(self) -> BatchShape | None:
        """The shape of a batch of inputs, (None, ...); None while it is not known."""

    @property
    def output_shape(self) -> BatchShape | None:
        """The shape of a batch of outputs."""

    @property
    def params(self) -> Array:
        """All parameters, one vector."""

    @property
    def grads(self) -> Array:
        """All gradients, one vector."""

    @property
    def optimizer(self) -> OptimizerLike | None:
        """Its optimizer, if it is compiled."""

    @property
    def loss(self) -> LossLike | None:
        """Its loss, if it is compiled with one."""

    @property
    def metrics(self) -> Mapping[str, Metric]:
        """Its metrics, by the name under which each is shown."""

    @property
    def history(self) -> HistoryLike | None:
        """What the last ``fit`` returned."""

    def build(self, input_shape: Sequence[int | None] | None = None) -> None:
        """Make the weights for batches of this shape."""

    def get_weights(self) -> list[Array]:
        """Return copies of all parameters."""

    def set_weights(self, weights: Sequence[npt.ArrayLike]) -> None:
        """Copy values into all parameters."""

    def predict(self, x: npt.ArrayLike) -> Array:
        """Return the output for each sample."""

    def gradients(self, x: npt.ArrayLike, y: npt.ArrayLike) -> list[Array]:
        """Return the gradient of the mean loss for each parameter."""

    def evaluate(
        self, x: npt.ArrayLike, y: npt.ArrayLike, *, return_dict: bool
    ) -> float | list[float] | dict[str, float]:
        """Return loss and metrics."""

    def save(self, filepath: str | Path) -> None:
        """Write the model to one file."""
