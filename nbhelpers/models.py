"""Sequential: layers in a row that can be compiled, trained, asked, saved and loaded again."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nbhelpers import _assets, losses, metrics, optimizers
from nbhelpers.batching import updates_per_epoch
from nbhelpers.callbacks import CallbackList, History, in_order
from nbhelpers.layers import Input, Layer
from nbhelpers.training import loop, saving
from nbhelpers.training.summary import summary_table
from nbhelpers.utils import generator

Array = np.ndarray


class Sequential:
    """A model in which each layer feeds the next.

    Parameters
    ----------
    layers : Layer or sequence of layers, optional
        More can follow with ``add``.
    name : str
    seed : int or Generator, optional
        Draws the weights and shuffles the batches; without it the package's own generator does
        (``utils.set_random_seed``).
    dtype : str
        ``"float32"``, or ``"float64"`` for gradient checks.

    Examples
    --------
    >>> from nbhelpers.layers import Dense
    >>> model = Sequential([Dense(3, activation="relu", input_shape=(4,)), Dense(2)], seed=0)
    >>> model.count_params()
    23
    >>> model.predict(np.zeros((5, 4))).shape
    (5, 2)
    """

    def __init__(
        self,
        layers: Layer | Sequence[Layer | Input] | None = None,
        name: str = "sequential",
        *,
        seed: int | np.random.Generator | None = None,
        dtype: str = "float32",
    ) -> None:
        self.name, self.dtype, self.rng = name, np.dtype(dtype), generator(seed)
        self.layers: list[Layer] = []
        self.input_shape: tuple[int, ...] | None = None
        self.built = self.stop_training = False
        self.loss: losses.Loss | None = None
        self.fused_loss: losses.Loss | None = None
        self.metrics: dict[str, Any] = {}
        self.optimizer: optimizers.Optimizer | None = None
        self.history: History | None = None
        for layer in [layers] if isinstance(layers, Layer) else layers or []:
            self.add(layer)

    def add(self, layer: Layer | Input) -> None:
        """Put one more layer on top.

        Raises
        ------
        TypeError
            If it is no layer.
        ValueError
            If it has weights already: it belongs to another model, or to this one.
        """
        if isinstance(layer, Input):
            self.input_shape = layer.shape
            return
        if not isinstance(layer, Layer):
            raise TypeError(f"add: layer must be a layer, such as Dense(10). Received: {layer!r}")
        if layer.built or layer in self.layers:
            raise ValueError(f"add: {layer.name} is in use already; make a new layer")
        taken = {other.name for other in self.layers}
        names = [layer.name, *(f"{layer.name}_{k}" for k in range(1, len(taken) + 1))]
        layer.name = next(name for name in names if name not in taken)
        self.layers.append(layer)
        self.input_shape = self.input_shape or layer.input_shape
        self.built = False

    # Parameters ---------------------------------------------------------------------------

    def build(self, input_shape: Sequence[int | None] | None = None) -> None:
        """Make all weights, in one long vector of which each layer holds views.

        One vector lets an optimizer walk over all parameters in one go.

        Parameters
        ----------
        input_shape : tuple, optional
            With the batch axis first, as in ``(None, 784)``; the first layer's if not given.

        Raises
        ------
        ValueError
            If the shape is not known, or a layer cannot take it.
        """
        if input_shape is not None:
            self.input_shape = tuple(input_shape[1:])
        if self.input_shape is None or not self.layers:
            raise ValueError(f"{self.name}: give the first layer an input_shape, or add a layer")
        shape = self.input_shape
        for layer in self.layers:
            if not layer.built:
                layer.build(shape, self.rng, self.dtype)
            shape = layer.output_shape(shape)
        self.output_shape = shape
        self.params = _join([layer.params for layer in self.layers], self.dtype)
        self.grads = _join([layer.grads for layer in self.layers], self.dtype)
        self.built = True

    def get_weights(self) -> list[Array]:
        """Return copies of all parameters: kernel, bias, kernel, bias, ..."""
        return [p.copy() for layer in self.layers for p in layer.params.values()]

    def set_weights(self, weights: Sequence[Array]) -> None:
        """Copy values into all parameters, in the order of ``get_weights``.

        Raises
        ------
        ValueError
            If their number or a shape does not fit; then nothing has been changed.
        """
        if not self.built:
            self.build()
        params = [p for layer in self.layers for p in layer.params.values()]
        shapes, given = [p.shape for p in params], [np.shape(w) for w in weights]
        if shapes != given:
            raise ValueError(f"set_weights: weights must have shapes {shapes}. Received: {given}")
        for p, w in zip(params, weights, strict=True):
            p[...] = w

    def count_params(self) -> int:
        """Return the number of parameters of all layers."""
        if not self.built:
            self.build()
        return self.params.size

    def summary(self) -> None:
        """Print each layer's output shape and number of parameters."""
        print(summary_table(self))  # noqa: T201

    # Learning -----------------------------------------------------------------------------

    def compile(
        self,
        optimizer: Any = "rmsprop",
        loss: Any = None,
        metrics: str | Sequence[Any] | None = None,
    ) -> None:
        """Choose how the model learns. Its weights stay; the optimizer starts afresh.

        Where the output is softmax (or sigmoid) and the loss its cross-entropy, ``losses.fuse``
        takes them together, from the logits. The loss is then never cut off at 16.1 (-log 1e-7),
        as Keras's can be.

        Parameters
        ----------
        optimizer : str or Optimizer
        loss : str or Loss
        metrics : str or list of str, optional

        Raises
        ------
        ValueError
            If a name is unknown (the message lists the choices), the optimizer serves another
            model, or there is no layer yet.
        """
        if not self.layers:
            raise ValueError("compile: add at least one layer first")
        optimizer = optimizers.get(optimizer)
        if optimizer.memory and optimizer is not self.optimizer:
            kind = type(optimizer).__name__
            raise ValueError(f"compile: this {kind} serves another model; make a new one")
        self.metrics, self.loss = _named(metrics), None if loss is None else losses.get(loss)
        self.optimizer, optimizer.memory = optimizer, []
        last = getattr(self.layers[-1], "activation", None)
        self.fused_loss = last and self.loss and losses.fuse(last, self.loss)

    def fit(
        self,
        x: ArrayLike,
        y: ArrayLike,
        batch_size: int | None = None,
        epochs: int = 1,
        verbose: str | int = "auto",
        callbacks: Any = None,
        validation_split: float = 0.0,
        validation_data: tuple[ArrayLike, ArrayLike] | None = None,
        shuffle: bool = True,
        initial_epoch: int = 0,
    ) -> History:
        """Train: for every batch of every epoch go forward, back, and one step downhill.

        Stop (Ctrl-C, or JupyterLab's ■) ends training after the batch at hand; weights and history
        are kept. When the loss is no longer a number, training ends before that batch's step.

        Parameters
        ----------
        x : array, shape (n, ...)
        y : array, shape (n,), (n, 1) or (n, k)
        batch_size : int, optional
            Samples in one update, 32 if not given; the last batch of an epoch may be shorter.
        epochs : int
            The number of the last epoch; with ``initial_epoch=3`` and 5, two are trained.
        verbose : "auto", 0, 1 or 2
            A progress bar ("auto", 1), nothing (0), one line an epoch (2).
        callbacks : Callback or list of Callback, optional
        validation_split : float
            The last share of the samples is not trained on, but evaluated after every epoch.
        validation_data : (x, y), optional
            Evaluated after every epoch; used instead of a split.
        shuffle : bool
            Whether each epoch has an order of its own.
        initial_epoch : int
            How many epochs this model has been trained before.

        Returns
        -------
        History
            ``.history`` has one list for the loss and each metric, one value an epoch: means over
            the samples, each taken before its batch's update.

        Raises
        ------
        RuntimeError, ValueError
            If the model is not compiled, or data do not fit.
        FloatingPointError
            If the loss becomes infinite or nan; the message names epoch, batch, likely causes.
        """
        loop.criterion(self)
        size = loop.batch_size_or(32, batch_size)
        data, validation = loop.arrays("fit", self, x, y), None
        if validation_data is not None:
            validation = loop.arrays("fit: validation_data", self, *validation_data)
        elif validation_split:
            data, validation = loop.split(*data, validation_split)
        if not self.optimizer.memory:
            self.optimizer.build([self.params])
        self.history, self.stop_training = History(), False
        steps = updates_per_epoch(len(data[0]), size)
        params = {"verbose": verbose, "epochs": epochs, "steps": steps}
        watchers = CallbackList(in_order(self.history, callbacks, verbose), self, params)
        loop.fit(self, data, validation, size, range(initial_epoch, epochs), watchers, shuffle)
        return self.history

    def gradients(self, x: ArrayLike, y: ArrayLike) -> list[Array]:
        """Return the gradient of the mean loss over a batch for each parameter.

        Returns
        -------
        list of arrays
            In the order of ``get_weights``. The weights are not changed.
        """
        x, y = loop.arrays("gradients", self, x, y)
        loop.forward_backward(self, loop.gather(x, slice(None), self.dtype), y)
        return [g.copy() for layer in self.layers for g in layer.grads.values()]

    def evaluate(
        self,
        x: ArrayLike,
        y: ArrayLike,
        batch_size: int | None = None,
        verbose: str | int = "auto",
        callbacks: Any = None,
        return_dict: bool = False,
    ) -> float | list[float] | dict[str, float]:
        """Return the loss, and the metrics if there are any, over all samples.

        Parameters
        ----------
        x, y : arrays
            As in ``fit``.
        batch_size : int, optional
            Samples at a time, 1000 if not given; it changes nothing but rounding.
        verbose : "auto", 0, 1 or 2
            Taken for Keras's sake; an evaluation is over before a bar could be read.
        callbacks : Callback or list of Callback, optional
            Told of the ``on_test_`` moments.
        return_dict : bool
            Return names with the values.

        Returns
        -------
        float, list ``[loss, metric, ...]``, or dict
        """
        x, y = loop.arrays("evaluate", self, x, y)
        watchers = loop.watchers_of("evaluate", callbacks, self, verbose, len(x), batch_size)
        values = loop.evaluate(self, x, y, watchers, batch_size)
        if return_dict:
            return values
        return list(values.values()) if len(values) > 1 else values["loss"]

    def predict(
        self,
        x: ArrayLike,
        batch_size: int | None = None,
        verbose: str | int = "auto",
        callbacks: Any = None,
    ) -> Array:
        """Return the output for each sample.

        Parameters
        ----------
        x : array, shape (n, ...)
        batch_size, verbose
            As in ``evaluate``.
        callbacks : Callback or list of Callback, optional
            Told of the ``on_predict_`` moments.

        Returns
        -------
        array of the model's dtype, shape (n, units of the last layer)
        """
        x = loop.inputs("predict", self, x)
        watchers = loop.watchers_of("predict", callbacks, self, verbose, len(x), batch_size)
        return loop.predict(self, x, watchers, batch_size)

    def __call__(self, x: ArrayLike) -> Array:
        """Return the output for each sample."""
        return self.predict(x)

    # Keeping ------------------------------------------------------------------------------

    def save(self, filepath: str | Path) -> None:
        """Write the model to one file: layers, weights, optimizer, history, random state.

        The file takes its name only when it is complete. Training goes on from it, with
        ``load_model``, bit for bit as if it had never stopped. It is a NumPy ``.npz`` archive
        whatever its name, and nothing in it is ever unpickled.
        """
        if not self.built:
            self.build()
        saving.save(filepath, self, Sequential)

    def describe(self) -> dict[str, Any]:
        """Return all of the model that is no array, as ``save`` keeps it.

        Raises
        ------
        ValueError
            If something in it is not the package's own, and so cannot be saved.
        """
        return saving.describe(self, Sequential)

    def save_weights(self, filepath: str | Path) -> None:
        """Write the weights to one file, and nothing else; so any model can be kept."""
        if not self.built:
            self.build()
        saving.save_weights(filepath, self)

    def load_weights(self, filepath: str | Path) -> None:
        """Copy the weights of a file of ``save_weights``, or of ``save``, into this model.

        Raises
        ------
        FileNotFoundError, ValueError
            If there is no such file, or its weights do not fit; then nothing has been changed.
        """
        if not self.built:
            self.build()
        saving.load_weights(filepath, self, Sequential)


def load_model(filepath: str | Path) -> Sequential:
    """Return the model that ``save`` wrote, ready to predict, or to be trained further.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is not a saved model, or is damaged.
    """
    return saving.load(filepath, Sequential)


def load_digits_network() -> Sequential:
    """Return the 784-50-100-10 network that ships with the course, trained on MNIST.

    Pixels from 0 to 1, ink high; ten probabilities. It reads 97 of 100 test images of MNIST.

    Examples
    --------
    >>> load_digits_network().count_params()
    45360
    """
    return load_model(_assets.path("digits_network.npz"))


def _join(tables: list[dict[str, Array]], dtype: np.dtype) -> Array:
    """Move arrays into one vector; each table then holds views of it."""
    arrays = [array.ravel() for table in tables for array in table.values()]
    vector = np.concatenate([np.empty(0, dtype), *arrays])
    start = 0
    for table in tables:
        for name, array in table.items():
            table[name] = vector[start : start + array.size].reshape(array.shape)
            start += array.size
    return vector


def _named(wanted: str | Sequence[Any] | None) -> dict[str, Any]:
    """Return the metrics by the name under which each is shown."""
    wanted = [wanted] if isinstance(wanted, str) or callable(wanted) else wanted or []
    return dict(metrics.get(metric) for metric in wanted)
