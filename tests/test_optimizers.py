"""Optimizers alone, without a model: rules by hand, in place, block by block, clear errors."""

import tracemalloc

import numpy as np
import pytest

from nbhelpers import optimizers
from nbhelpers.layers import Dense
from nbhelpers.models import Sequential

ALL = [
    optimizers.SGD(),
    optimizers.SGD(momentum=0.9),
    optimizers.SGD(momentum=0.9, nesterov=True),
    optimizers.Adagrad(),
    optimizers.RMSprop(),
    optimizers.Adam(),
]
IDS = ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]


@pytest.mark.parametrize(
    ("optimizer", "expected"),
    [
        # w = 1, gradients 1 then 2, two steps; every number below worked out with a calculator.
        (optimizers.SGD(learning_rate=0.1), 0.7),
        (optimizers.SGD(learning_rate=0.1, momentum=0.9), 0.61),
        (optimizers.SGD(learning_rate=0.1, momentum=0.9, nesterov=True), 0.349),
        # 1 - 0.1 / sqrt(0.1 + 1) - 0.2 / sqrt(0.1 + 1 + 4)
        (optimizers.Adagrad(learning_rate=0.1), 0.816093),
        # v = 0.1, then 0.49: 1 - 0.1 / sqrt(0.1) - 0.2 / sqrt(0.49)
        (optimizers.RMSprop(learning_rate=0.1), 0.398058),
        # m / (sqrt v) corrected: 1, then (0.29 / 0.19) / sqrt(0.004999 / 0.001999)
        (optimizers.Adam(learning_rate=0.1), 0.803482),
    ],
    ids=IDS,
)
def test_two_steps_by_hand(optimizer, expected):
    w = np.array([1.0])
    optimizer.build([w])
    optimizer.step([w], [np.array([1.0])])
    optimizer.step([w], [np.array([2.0])])
    assert w[0] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("optimizer", ALL, ids=IDS)
def test_every_element_is_updated_as_if_it_were_alone(optimizer):
    rng = np.random.default_rng(0)
    start, grads = rng.normal(size=(3, 2)), rng.normal(size=(4, 3, 2))
    w = start.copy()
    optimizer.build([w])
    for g in grads:
        optimizer.step([w], [g])
    alone = [start[i, j : j + 1].copy() for i, j in np.ndindex(3, 2)]
    optimizer.build(alone)
    for g in grads:
        optimizer.step(alone, [g[i, j : j + 1] for i, j in np.ndindex(3, 2)])
    np.testing.assert_allclose(w.ravel(), np.concatenate(alone), rtol=1e-14)
    assert (w != start).all()


@pytest.mark.parametrize("optimizer", ALL, ids=IDS)
def test_float32_stays_and_nothing_is_allocated_and_gradients_are_left_alone(optimizer):
    w, g = np.ones((300, 400), np.float32), np.full((300, 400), 0.5, np.float32)
    optimizer.build([w])
    optimizer.step([w], [g])
    tracemalloc.start()
    for _ in range(3):
        optimizer.step([w], [g])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000  # Python's own small objects; w alone has 480,000 bytes
    assert w.dtype == np.float32
    assert (g == 0.5).all()
    assert all(slot.dtype == np.float32 for slots in optimizer.memory for slot in slots)


@pytest.mark.parametrize("optimizer", ALL, ids=IDS)
def test_each_finds_the_bottom_of_a_bowl(optimizer):
    w = np.array([1.0, -1.0])
    optimizer = type(optimizer)(**{**vars_of(optimizer), "learning_rate": 0.05})
    optimizer.build([w])
    for _ in range(3000):
        optimizer.step([w], [w * [1.0, 10.0]])
    assert np.abs(w).max() < 0.05


def vars_of(optimizer):
    config = optimizer.config()
    config.pop("name")
    return config


def test_errors():
    with pytest.raises(ValueError, match=r"SGD: learning_rate must be greater than 0.*-1"):
        optimizers.SGD(learning_rate=-1)
    with pytest.raises(ValueError, match=r"momentum must lie in 0\.\.1.*2"):
        optimizers.SGD(momentum=2)
    with pytest.raises(ValueError, match="optimizer must be one of sgd, adagrad, rmsprop, adam"):
        optimizers.get("adamw")
    with pytest.raises(RuntimeError, match="build"):
        optimizers.Adam().step([np.ones(1)], [np.ones(1)])
    with pytest.raises(ValueError, match=r"rho must lie in 0\.\.1, below 1.*1"):
        optimizers.RMSprop(rho=1)
    with pytest.raises(ValueError, match=r"arrays of floats.*int64"):
        optimizers.SGD().build([np.ones(3, dtype="int64")])


def test_two_optimizers_of_the_same_name_share_nothing():
    first, second = optimizers.get("adam"), optimizers.get("adam")
    assert first is not second
    first.learning_rate = 1.0
    assert second.learning_rate == 0.001


HYPER = {
    optimizers.SGD: ["learning_rate", "momentum", "nesterov"],
    optimizers.Adagrad: ["learning_rate", "initial_accumulator_value", "epsilon"],
    optimizers.RMSprop: ["learning_rate", "rho", "momentum", "epsilon"],
    optimizers.Adam: ["learning_rate", "beta_1", "beta_2", "epsilon"],
}


@pytest.mark.parametrize("value", [-1, np.nan, np.inf, "0.1", None, [0.1], 1j])
@pytest.mark.parametrize(("kind", "name"), [(k, n) for k, names in HYPER.items() for n in names])
def test_hyperparameters_are_checked_whenever_they_are_set(kind, name, value):
    optimizer, w = kind(), np.ones(2)
    before = optimizer.config()
    for _ in range(2):
        with pytest.raises(ValueError, match=f"{kind.__name__}: {name} must"):
            setattr(optimizer, name, value)
        assert optimizer.config() == before
        optimizer.build([w])
        optimizer.step([w], [w.copy()])
    with pytest.raises(ValueError, match=f"{kind.__name__}: {name} must"):
        kind(**{name: value})


@pytest.mark.parametrize("kind", [optimizers.SGD, optimizers.RMSprop])
def test_momentum_can_be_changed_in_training_but_not_switched(kind):
    w = np.ones(2)
    for momentum, other, good in ((0.9, 0.5, True), (0.9, 0.0, False), (0.0, 0.9, False)):
        optimizer = kind(momentum=momentum)
        optimizer.build([w])
        optimizer.step([w], [w.copy()])
        if good:
            optimizer.momentum = other
            optimizer.step([w], [w.copy()])
            continue
        with pytest.raises(ValueError, match=r"cannot be switched on or off.*compile"):
            optimizer.momentum = other
        assert optimizer.momentum == momentum
        optimizer.reset()
        optimizer.momentum = other
    adagrad = optimizers.Adagrad()
    adagrad.initial_accumulator_value = 0.5
    adagrad.build([w])
    with pytest.raises(ValueError, match="counts at the start only"):
        adagrad.initial_accumulator_value = 0.1


def test_a_learning_rate_that_is_set_counts_from_the_next_step_on():
    w, sgd = np.array([1.0]), optimizers.SGD(0.5)
    sgd.build([w])
    sgd.step([w], [np.array([1.0])])
    sgd.learning_rate = np.float32(0.25)
    sgd.step([w], [np.array([1.0])])
    assert w.tolist() == [0.25]
    assert type(sgd.learning_rate) is float


def test_step_refuses_other_shapes_than_those_it_was_built_for():
    sgd, w = optimizers.SGD(), np.ones(3)
    sgd.build([w])
    with pytest.raises(ValueError, match=r"grads must have the shapes of params.*\(3,\).*\(1,\)"):
        sgd.step([w], [np.ones(1)])
    with pytest.raises(RuntimeError, match="call build"):
        sgd.step([np.ones(4)], [np.ones(4)])
    assert sgd.iterations == 0


def test_what_an_optimizer_has_not_cannot_be_set_on_it():
    for kind, name in (
        (optimizers.SGD, "lr"),
        (optimizers.SGD, "epsilon"),
        (optimizers.Adam, "momentum"),
        (optimizers.RMSprop, "beta_1"),
    ):
        with pytest.raises(AttributeError, match=f"no {name} to set, only learning_rate, "):
            setattr(kind(), name, 0.5)
    for wrong in (-1, "a", 1.5, None):
        with pytest.raises(ValueError, match="iterations must be a whole number"):
            optimizers.Adam().iterations = wrong

    class Own(optimizers.SGD):
        def starts(self):
            self.lr = 3  # its own business
            return []

    class Bare(optimizers.Optimizer):
        learning_rate = 0.5

        def starts(self):
            return []

        def update(self, w, g, memory, a):
            w -= self.learning_rate * g

    bare, w = Bare(), np.ones(2)
    assert (bare.memory, bare.iterations) == ([], 0)
    bare.build([w])
    bare.step([w], [np.ones(2)])
    assert w.tolist() == [0.5, 0.5]

    own = Own()
    own.build([np.ones(2)])
    assert own.lr == 3


@pytest.mark.parametrize("kind", HYPER)
@pytest.mark.parametrize("wrong", ["abc", [1j, 1, 1], ["a", "b", "c"], None])
def test_gradients_that_are_no_numbers_are_refused(kind, wrong):
    optimizer, w = kind(), np.ones(3)
    optimizer.build([w])
    with pytest.raises(ValueError, match=f"{kind.__name__}: grads must"):
        optimizer.step([w], [wrong])
    assert optimizer.iterations == 0
    optimizer.step([w], [[1, 1, 1]])
    assert (w < 1).all()
    w.flags.writeable = False
    with pytest.raises(ValueError, match="params must not be read-only"):
        optimizer.build([w])


@pytest.mark.parametrize("params", [[[1.0, 2.0]], [1.0], [np.ones(2), None], np.ones(2), "ab"])
def test_build_wants_a_list_of_arrays(params):
    with pytest.raises(ValueError, match=r"^SGD: params must be a list of arrays"):
        optimizers.SGD().build(params)


def test_a_rule_of_ones_own_that_lacks_something_is_told_what():
    class Own(optimizers.Optimizer):
        learning_rate = 0.5

    lacks_starts, lacks_update = (f"Own: an optimizer must have {m}" for m in ("starts", "update"))
    with pytest.raises(NotImplementedError, match=lacks_starts):
        Own().build([np.ones(2)])
    with pytest.raises(NotImplementedError, match=lacks_starts):
        Sequential([Dense(1)]).compile(Own(), "mse")
    Own.starts = lambda self: []
    own = Own()
    own.build([np.ones(2)])
    with pytest.raises(NotImplementedError, match=lacks_update):
        own.step([np.ones(2)], [np.ones(2)])
    with pytest.raises(NotImplementedError, match=lacks_update):
        Sequential([Dense(1)]).compile(Own, "mse")
