"""The head of a network: its last layer and the loss, which know prediction, value and gradient.

softmax followed by log loses everything below 1e-7, sigmoid likewise; taken together they lose
nothing: the loss is taken of the logits (what softmax is taken of), and its gradient there is just
(p - y) / n. So the two are one object here, made whenever it is needed from the layer and the loss
as they are then. Nobody else knows of this.
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from nbhelpers._types import Array
from nbhelpers.activations import ACTIVATIONS, Activation
from nbhelpers.layers import Layer
from nbhelpers.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Crossentropy,
    Loss,
    SparseCategoricalCrossentropy,
)

Answer: TypeAlias = tuple[float, Array]  # the mean loss, and the predictions

# Each cross-entropy as it is taken of the logits. A subclass of one is somebody's own, and may be
# anything; so is an activation that only bears the name.
OF_LOGITS: dict[type[Loss], Crossentropy] = {
    kind: kind(from_logits=True)
    for kind in (BinaryCrossentropy, CategoricalCrossentropy, SparseCategoricalCrossentropy)
}


class Head:
    """The last layer and the loss as one.

    Parameters
    ----------
    layer : Layer
        The last of the model.
    loss : Loss
    """

    def __init__(self, layer: Layer, loss: Loss) -> None:
        self.layer, self.loss = layer, loss
        # The loss of the logits, where last layer and loss belong together.
        together = not loss.from_logits and _are_partners(_activation(layer), loss)
        self._of_logits = OF_LOGITS.get(type(loss)) if together else None

    def evaluate(self, x: Array, y: Array) -> Answer:
        """Return the mean loss and the predictions for a batch.

        Parameters
        ----------
        x : array
            What the layer below puts out.
        y : array
            Targets, checked.
        """
        if self._of_logits is None:
            y_pred = self.layer.forward(x)
            values = self.loss._values(self.loss.rows(y, y_pred), y_pred)
            return float(np.mean(values)), y_pred
        logits = self.layer.pre_activation(x)
        values, y_pred = self._of_logits._and_probabilities(self._of_logits.rows(y, logits), logits)
        return _mean(values), y_pred

    def learn(self, x: Array, y: Array, input_gradient: bool) -> tuple[Answer, Array | None]:
        """Return what ``evaluate`` does, and the gradient for the layer below, if it is wanted.

        The layer's own gradients are filled.
        """
        if self._of_logits is None:
            y_pred = self.layer.forward(x, training=True)
            rows = self.loss.rows(y, y_pred)
            grad = self.loss._gradient(rows, y_pred)
            answer = float(np.mean(self.loss._values(rows, y_pred))), y_pred
            return answer, self.layer.backward(grad, input_gradient)
        logits = self.layer.pre_activation(x, training=True)
        rows = self._of_logits.rows(y, logits)
        values, y_pred = self._of_logits._and_probabilities(rows, logits)
        grad = self._of_logits._gradient_from(y_pred, rows)
        answer = _mean(values), y_pred
        return answer, self.layer.backward_pre_activation(grad, input_gradient)


def _mean(values: Array) -> float:
    return float(values.sum() / len(values))  # NumPy's mean takes much longer for a few


def _activation(layer: Layer) -> Activation | None:
    """Return the activation that a layer ends in, if it has one."""
    return getattr(layer, "activation", None)


def _are_partners(activation: Activation | None, loss: Loss) -> bool:
    """Return whether an activation is the one with which the loss is one stable step."""
    partner = ACTIVATIONS.get(loss.link or "")
    return activation is not None and (activation is partner or activation == partner)


def check_units(layer: Layer, loss: Loss, units: Sequence[int | None]) -> None:
    """Raise ValueError where the answer would be 1, and the loss 0, whatever the network did.

    Parameters
    ----------
    layer : Layer
        The last of the model.
    loss : Loss
    units : tuple of int
        The shape of one output; empty while it is not known.
    """
    softmax = _activation(layer) == ACTIVATIONS["softmax"]
    if softmax and isinstance(loss, Crossentropy) and units and units[-1] == 1:
        raise ValueError(
            f"{layer.name}: softmax over one unit is always 1, so that nothing can be learned. "
            "For yes or no use sigmoid and binary_crossentropy"
        )
