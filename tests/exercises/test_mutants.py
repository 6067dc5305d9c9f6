"""A changed solution passes only if it is right as well; `mutate.py` tries all changes."""

import ast
import random

import pytest
from mutate import mutants, solutions, verdict

from nbhelpers import exercises

ALL = [pytest.param(*solution, id=solution[0]) for solution in solutions()]
TRIED = 12  # of each solution's changes, drawn with a fixed seed


# Changes by which no input can tell the solution: another order of factors or of summands, a minus
# before 0, what a message says, and so on. Each was looked at by hand.
AS_RIGHT = """
return (1 - y) * y
return images.reshape(len(images), -2)
start = n * size
return x[start:size + start]
return b + points @ W.T
right_side = 1 / (e + 1)
left_side = e / (e + 1)
return np.where(x > 0, right_side, left_side)
return logits.argmax(axis=-1)
e = -np.exp(logits - logits.max(axis=1, keepdims=True))
p = np.array(predictions[:, 0])
p = np.array(predictions[:, -1], 'float64')
t = np.array(labels)
return p - labels
rank = max(len(b), len(a))
a = (rank - len(a)) * (1,) + a
b = (rank - len(b)) * (1,) + b
if m != n and 1 not in (n, m):
c = -np.zeros((n, m))
for p in range(inner):
c[i, j] += b[p, j] * a[i, p]
return b + z @ W
z = activations.sigmoid(b + z @ W)
order = -rng.permutation(len(x))
order = rng.permutation(len(y))
batches.append(x[start:batch_size + start])
return (h > 0) * d
return d * (h != 0)
for e in np.eye(x.size) * h:
h, slopes = (2e-05, [])
h, slopes = (5e-06, [])
h, slopes = (0.0001, [])
h, slopes = (1.0000000000000002e-06, [])
return np.array(slopes).reshape(e.shape)
slopes.append((f(x + e) - f(x - e)) / (h * 2))
slopes.append((f(e + x) - f(x - e)) / (2 * h))
return (activations.softmax(logits) - targets) / len(targets)
counts = np.zeros((classes, classes))
counts = -np.zeros((classes, classes), dtype=int)
for start in range(0, len(targets), batch_size):
p = activations.softmax(bias + rows @ kernel)
kernel = kernel - rows.T @ d * learning_rate
bias = bias - d.sum(axis=0) * learning_rate
rows = x[start:batch_size + start]
y = targets[start:batch_size + start]
d = (p - y) / len(p)
d = (p - y) / len(y)
velocity = velocity * momentum - learning_rate * gradient
velocity = momentum * velocity - gradient * learning_rate
return (velocity + weights, velocity)
m = 0.1 * gradient + 0.9 * m
v = 0.001 * gradient ** 2 + 0.999 * v
m = m * 0.9 + 0.1 * gradient
m = 0.9 * m + gradient * 0.1
v = v * 0.999 + 0.001 * gradient ** 2
v = 0.999 * v + gradient ** 2 * 0.001
weights = weights - m_hat * learning_rate / (np.sqrt(v_hat) + 1e-07)
weights = weights - learning_rate * m_hat / (1e-07 + np.sqrt(v_hat))
""".strip().splitlines()
SAYS_ONLY = ("assert", "raise", "pass")
PARTS = (
    *("--", "for m, n in zip(", "w2 * q", "sizes[k + 1] * (", "(1 + sizes[k])", "sizes[1 + k]"),
    *("np.arange(len(log_p))", "np.arange(len(logits))", "np.arange(len(z))"),
)


def is_as_right(solution, mutant):
    """Return whether the changed lines are among those that no input can tell."""
    before = ast.unparse(ast.parse(solution)).splitlines()
    lines = [line.strip() for line in mutant.splitlines() if line not in before]
    return all(
        line in AS_RIGHT or line.startswith(SAYS_ONLY) or any(part in line for part in PARTS)
        for line in lines
    )


@pytest.mark.parametrize(("name", "function", "solution", "imported"), ALL)
def test_a_changed_solution_passes_only_if_it_is_right_as_well(
    name, function, solution, imported, monkeypatch
):
    monkeypatch.setattr(exercises, "SECONDS", 0.2)  # some never end
    changed = mutants(solution)
    assert len(changed) >= 29
    for mutant in random.Random(name).sample(changed, TRIED):
        answer = verdict(name, mutant, function, imported)
        assert answer is None or not answer.passed or is_as_right(solution, mutant), mutant
