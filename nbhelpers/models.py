"""Sequential: layers in a row that can be compiled, trained, asked, saved and loaded again."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike

from nbhelpers import _assets, _out, losses, optimizers, threads
from nbhelpers._stack import Stack
from nbhelpers._types import Array, Metric, Shape
from nbhelpers.batching import updates_per_epoch
from nbhelpers.callbacks import CallbackList, History, checked, in_order
from nbhelpers.layers import Input, Layer
from nbhelpers.metrics import named as metrics_named
from nbhelpers.metrics import try_out
from nbhelpers.training import checks, head, loop, saving
from nbhelpers.training.summary import summary_table
from nbhelpers.utils import flag


class Sequential(Stack):
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
        self.history: History | None = None
        self.stop_training = False
        self._loss: losses.Loss | None = None
        self._metrics: dict[str, Metric] = {}
        self._optimizer: optimizers.Optimizer | None = None
        super().__init__(layers, name, seed=seed, dtype=dtype)

    def add(self, layer: Layer | Input) -> None:
        """Put one more layer on top.

        Where the shape of the inputs is known, the layer has its weights at once. In a compiled
        model the optimizer then starts afresh.

        Raises
        ------
        TypeError
            If it is no layer.
        ValueError
            If it belongs to a model already, or cannot take what comes from below.
        """
        super().add(layer)
        if self._optimizer is not None:
            self._optimizer.reset()

    @_out.arguments("summary")
    def summary(self) -> None:
        """Print each layer's output shape and number of parameters."""
        print(summary_table(self))  # noqa: T201

    # Learning -----------------------------------------------------------------------------

    @_out.arguments("compile")
    def compile(
        self,
        optimizer: Any = "rmsprop",
        loss: Any = None,
        metrics: str | Sequence[Any] | None = None,
    ) -> None:
        """Choose how the model learns. Its weights stay; the optimizer starts afresh.

        Where the output is softmax (or sigmoid) and the loss its cross-entropy, the two are taken
        together, from the logits (``training.head``). The loss is then never cut off at 16.1
        (-log 1e-7), as Keras's can be.

        Parameters
        ----------
        optimizer : str or Optimizer
        loss : str or Loss
        metrics : str or list of str, optional

        Raises
        ------
        ValueError
            If a name is unknown (the message lists the choices), the optimizer serves another
            model, two metrics have one name, or there is no layer yet.
        """
        if not self._layers:
            raise ValueError("compile: add at least one layer first")
        chosen = self._free(optimizers.get(optimizer))
        wanted, goal = metrics_named(metrics), None if loss is None else losses.get(loss)
        if goal is not None:
            head.check_units(self._layers[-1], goal, (self.output_shape or (0,))[1:])
        self._loss, self._metrics, self.optimizer = goal, wanted, chosen

    def _free(self, optimizer: optimizers.Optimizer) -> optimizers.Optimizer:
        """Return an optimizer that serves no other model."""
        mine = optimizer.owner is self._mark
        if not mine and (optimizer.owner is not None or optimizer.memory):
            kind = type(optimizer).__name__
            raise ValueError(f"compile: this {kind} serves another model; make a new one")
        return optimizer

    @property
    def optimizer(self) -> optimizers.Optimizer | None:
        """The optimizer, which is this model's alone; another one starts afresh."""
        return self._optimizer

    @optimizer.setter
    def optimizer(self, optimizer: Any) -> None:
        chosen = self._free(optimizers.get(optimizer))
        chosen.reset()
        chosen.owner = self._mark
        self._optimizer = chosen

    @property
    def loss(self) -> losses.Loss | None:
        """The loss; a name will do to set it."""
        return self._loss

    @loss.setter
    def loss(self, loss: Any) -> None:
        self._loss = None if loss is None else losses.get(loss)

    @property
    def metrics(self) -> dict[str, Metric]:
        """The metrics, by the name under which each is shown; names will do to set them."""
        return dict(self._metrics)

    @metrics.setter
    def metrics(self, wanted: Any) -> None:
        self._metrics = metrics_named(wanted)

    @property
    def metrics_names(self) -> list[str]:
        """Names of what ``evaluate`` returns: ["loss", "accuracy"]."""
        return ["loss", *self._metrics]

    @_out.arguments("fit")
    def fit(
        self,
        x: ArrayLike,
        y: ArrayLike | None = None,
        batch_size: int | None = None,
        epochs: int = 1,
        verbose: str | int = "auto",
        callbacks: Any = None,
        validation_split: float | None = 0.0,
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
        loop.head(self)
        if self._optimizer is None:
            raise RuntimeError("Call compile before fit: there is no optimizer yet")
        size, span = checks.batch_size("fit", batch_size, 32), checks.epochs(initial_epoch, epochs)
        mixed = flag("fit", "shuffle", shuffle)
        checks.verbose("fit", verbose)
        data, held = checks.arrays("fit", x, y), None
        if validation_data is not None:
            pair = checks.pair("fit", "validation_data", validation_data)
            held = checks.arrays("fit: validation_data", *pair)
        elif not checks.is_none(validation_split):
            data, held = checks.split(*data, validation_split)
        train = self._samples("fit", *data)
        shape = train[0].shape[1:]
        validation = held and self._samples("fit: validation_data", *held, shape)
        history = History()
        watching = in_order(history, callbacks, verbose)
        self._know(shape)
        params = {
            "verbose": verbose,
            "epochs": span.stop,
            "steps": updates_per_epoch(len(train[0]), size),
        }
        watchers = CallbackList(watching, self, params)
        self.history, self.stop_training = history, False
        loop.start(self)
        loop.fit(self, train, validation, size, span, watchers, mixed)
        return history

    def _samples(
        self, where: str, x: Array, y: Array, expected: Shape | None = None
    ) -> checks.Samples:
        """Return data that this model and its loss can take; the model is left as it is.

        Raises
        ------
        RuntimeError, ValueError
            If there is no loss, or something does not fit.
        """
        goal = loop.head(self).loss
        x = self._inputs(where, x, expected)
        units = self._shapes(x.shape[1:])[-1]
        head.check_units(self._layers[-1], goal, units)
        targets = goal.check(y, (len(x), *units))
        # Metrics see labels of one unit as a column, too: else y - y_pred would be a table.
        given = targets if (*y.shape, 1) == (len(x), *units) else y
        try_out(self._metrics, given, units)
        return x, targets, given

    def _inputs(self, where: str, x: Array, expected: Shape | None = None) -> Array:
        """Return an array of samples that the model can take, which it need not know yet."""
        if not self._layers:
            raise ValueError(f"{self.name}: add a layer first")
        shape = self._shape or expected
        if x.ndim == 1 and shape in (None, (1,)):
            x = x[:, np.newaxis]
        if self._shape is not None:
            self._layers[0].check_input(x.shape)
        elif expected is not None and x.shape[1:] != expected:
            wanted = ", ".join(["n", *map(str, expected)])
            raise ValueError(f"{where}: x must have shape ({wanted}). Received: {x.shape}")
        return x

    @threads.calm()
    def gradients(self, x: ArrayLike, y: ArrayLike) -> list[Array]:
        """Return the gradient of the mean loss over a batch for each parameter.

        Returns
        -------
        list of arrays
            In the order of ``get_weights``. The weights are not changed.
        """
        rows, targets, _ = self._samples("gradients", *checks.arrays("gradients", x, y))
        self._know(rows.shape[1:])
        loop.forward_backward(self, loop.gather(rows, slice(None), self.dtype), targets)
        return [g.copy() for layer in self.layers for g in layer.grads.values()]

    @_out.arguments("evaluate")
    def evaluate(
        self,
        x: ArrayLike,
        y: ArrayLike | None = None,
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
        named = flag("evaluate", "return_dict", return_dict)
        data = self._samples("evaluate", *checks.arrays("evaluate", x, y))
        watchers = self._watchers("evaluate", callbacks, verbose, len(data[0]), batch_size)
        self._know(data[0].shape[1:])
        values = loop.evaluate(self, data, watchers, batch_size)
        if named:
            return values
        return list(values.values()) if len(values) > 1 else values["loss"]

    @_out.arguments("predict")
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
        rows = self._inputs("predict", checks.inputs("predict", x))
        watchers = self._watchers("predict", callbacks, verbose, len(rows), batch_size)
        self._know(rows.shape[1:])
        return loop.predict(self, rows, watchers, batch_size)

    def _watchers(
        self, where: str, given: Any, verbose: Any, samples: int, batch_size: int | None
    ) -> CallbackList:
        """Return the list of the callbacks of an evaluation or a prediction."""
        checks.verbose(where, verbose)
        steps = updates_per_epoch(samples, checks.batch_size(where, batch_size, 32))
        params = {"verbose": verbose, "epochs": 1, "steps": steps}
        return CallbackList(checked(where, given), self, params)

    @_out.arguments("call")
    def __call__(self, x: ArrayLike) -> Array:
        """Return the output for each sample."""
        return self.predict(x)

    def __getattr__(self, name: str) -> NoReturn:
        kind = type(self).__name__
        words = _out.sentence("Sequential", name) or f"{kind!r} object has no attribute {name!r}"
        raise AttributeError(words, name=name, obj=self)

    # Keeping ------------------------------------------------------------------------------

    @_out.arguments("save")
    def save(self, filepath: str | Path) -> None:
        """Write the model to one file: layers, weights, optimizer, history, random state.

        The file takes its name only when it is complete. Training goes on from it, with
        ``load_model``, bit for bit as if it had never stopped. It is a NumPy ``.npz`` archive
        whatever its name, and nothing in it is ever unpickled.
        """
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

    @_out.arguments("save")
    def save_weights(self, filepath: str | Path) -> None:
        """Write the weights to one file, and nothing else; so any model can be kept."""
        self.build()
        saving.save_weights(filepath, self)

    @_out.arguments("load_weights")
    def load_weights(self, filepath: str | Path) -> None:
        """Copy the weights of a file of ``save_weights``, or of ``save``, into this model.

        Raises
        ------
        FileNotFoundError, ValueError
            If there is no such file, or its weights do not fit; then nothing has been changed.
        """
        self.build()
        saving.load_weights(filepath, self, Sequential)


@_out.arguments("load_model")
def load_model(filepath: str | Path) -> Sequential:
    """Return the model that ``save`` wrote, ready to predict, or to be trained further.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is not a saved model, or is damaged.
    """
    model: Sequential = saving.load(filepath, Sequential)
    return model


def load_digits_network() -> Sequential:
    """Return the 784-50-100-10 network that ships with the course, trained on MNIST.

    Pixels from 0 to 1, ink high; ten probabilities. It reads 97 of 100 test images of MNIST.

    Examples
    --------
    >>> load_digits_network().count_params()
    45360
    """
    return load_model(_assets.path("digits_network.npz"))


__getattr__ = _out.missing(__name__)
