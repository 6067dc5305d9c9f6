"""Time one epoch of lesson 08's network beside its matrix products, which no loop can beat.

    python tests/benchmarks/epoch.py [ROUNDS]

Products and epochs take turns within one process, on MNIST. Let nothing else run: a busy core makes
the products, which are left to BLAS's own threads, many times slower.
"""

import sys
import time
from statistics import median

from peers import Nbhelpers, Products, mnist_pixels


def seconds(work, data):
    """Return how long some work takes, once the threads of BLAS wait asleep."""
    time.sleep(0.3)
    start = time.perf_counter()
    work(*data)
    return time.perf_counter() - start


if __name__ == "__main__":
    train, test = mnist_pixels(as_bytes=False)
    limit, ours = Products(units=512, batch=128), Nbhelpers(units=512, batch=128)
    ours.epoch(*train)
    ratios = []
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 5):
        products, epoch = seconds(limit.epoch, train), seconds(ours.epoch, train)
        least, evaluation = seconds(limit.accuracy, test), seconds(ours.accuracy, test)
        ratios.append((epoch / products, evaluation / least))
        print(
            f"products {products:.3f} s, epoch {epoch:.3f} s: {ratios[-1][0]:.2f} times;   "
            f"products {least * 1e3:.0f} ms, evaluation {evaluation * 1e3:.0f} ms: "
            f"{ratios[-1][1]:.2f} times"
        )
    medians = [median(ratio) for ratio in zip(*ratios, strict=True)]
    print("median ratios: epoch {:.2f}, evaluation {:.2f}".format(*medians))
