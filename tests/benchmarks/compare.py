"""Time nbhelpers beside PyTorch, Keras and scikit-learn, and write a table and pictures.

    pip install -r tests/benchmarks/requirements.txt
    python tests/benchmarks/compare.py [ROUNDS]

The peers (peers.py) take turns, each in a process of its own: alone, and in company (loads.py). The
results go to assets/benchmark.md, benchmark.png, benchmark_loads.png and benchmark_sizes.png. Let
nothing else run: the company is a part of the measurement.
"""

import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import loads
import peers
from matplotlib.ticker import NullLocator

from nbhelpers import figures
from nbhelpers.figures.base import styled

ASSETS = Path(__file__).parents[2] / "assets"
SCRIPT = Path(peers.__file__)
PAUSE = 0.5  # seconds; threads of the peer before spin for a while when their work is done
LIMIT, OURS, ALONE = "matrix products", "nbhelpers", "nbhelpers, one thread"
QUIET, BUSY, TWICE, QUOTA = "alone", "one busy process", "two at once", "a quota of 1 CPU"
USUAL = {"units": 512, "batch": 128, "samples": 60_000}
SWEEPS = {
    "batch": [1, 4, 16, 64, 128, 256, 1024, 4096],
    "units": [16, 64, 256, 512, 1024, 4096],
    "samples": [1000, 4000, 16_000, 60_000],
}
PACKAGES = ("numpy", "torch", "keras", "tensorflow-cpu", "scikit-learn")


class Peer:
    """A running process that answers with seconds."""

    def __init__(self, name):
        self.process = subprocess.Popen(
            [sys.executable, SCRIPT, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def time(self, what, **sizes):
        self.ask(what, **sizes)
        return self.answer()

    def ask(self, what, **sizes):
        request = {"what": what, **USUAL, **sizes}
        print(json.dumps(request), file=self.process.stdin, flush=True)

    def answer(self):
        for line in self.process.stdout:
            if line.startswith("seconds "):
                return float(line.split()[1])
        raise SystemExit(f"{self.process.args}: ended without an answer")

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def in_turn(running, rounds, what, **sizes):
    """Return the seconds of each peer in each round, A B C A B C ..."""
    seconds = {name: [] for name in running}
    for _ in range(rounds):
        for name, peer in running.items():
            time.sleep(PAUSE)
            seconds[name].append(peer.time(what, **sizes))
    return seconds


def whole(name):
    """Return seconds, peak memory in MB and test accuracy of a whole process."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, SCRIPT, name, "--whole"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    said = process.stdout.read().split()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{process.args}: ended without an answer")
    unit = 1e6 if sys.platform == "darwin" else 1e3  # macOS counts bytes, Linux kilobytes
    return time.perf_counter() - start, usage.ru_maxrss / unit, float(said[-1])


def together(pairs, rounds):
    """Return the seconds of an epoch for two processes of each peer that train at the same time."""
    seconds = {name: [] for name in pairs}
    for _ in range(rounds):
        for name, pair in pairs.items():
            time.sleep(PAUSE)
            for peer in pair:
                peer.ask("epoch")
            seconds[name].append(max(peer.answer() for peer in pair))
    return seconds


def in_company(running, rounds):
    """Return the seconds of an epoch of each peer under each load, or why one cannot be made."""
    found = {QUIET: in_turn(running, rounds, "epoch")}
    with loads.busy():
        found[BUSY] = in_turn(running, rounds, "epoch")
    twins = {name: Peer(name) for name in running}
    for twin in twins.values():
        twin.time("epoch")
    found[TWICE] = together({name: (peer, twins[name]) for name, peer in running.items()}, rounds)
    for twin in twins.values():
        twin.close()
    try:
        with loads.quota([peer.process.pid for peer in running.values()]):
            found[QUOTA] = in_turn(running, rounds, "epoch")
    except OSError as error:
        print(f"skipped: {QUOTA}: no control group can be made here. {error}")
    return found


def sweep(running, name):
    """Return microseconds a sample for each value of one size; small batches see fewer samples."""
    curves = {peer: [] for peer in running}
    for value in SWEEPS[name]:
        sizes = {name: value}
        if name != "samples":
            sizes["samples"] = min(12_800, 256 * sizes.get("batch", 128))
        seconds = in_turn(running, 3, "epoch", **sizes)
        for peer, times in seconds.items():
            curves[peer].append(min(times) / {**USUAL, **sizes}["samples"] * 1e6)
        print(
            name, value, {peer: round(curve[-1], 1) for peer, curve in curves.items()}, flush=True
        )
    return curves


def machine():
    """Describe this computer in one line."""
    cpu = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        cpu = next((x.split(":")[1].strip() for x in lines if x.startswith("model name")), cpu)
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    return f"{cpu}, {os.cpu_count()} cores, Python {platform.python_version()}, {versions}"


def table(epochs, evaluations, wholes):
    """Return the results as Markdown."""
    rows = [
        "| | epoch, best s | epoch, median s | nbhelpers / this: best | in pairs, median "
        "| evaluation, ms | five epochs, whole process, best s | peak memory, MB | test accuracy |",
        "|" + " --- |" * 9,
    ]
    for name, times in epochs.items():
        paired = median(a / b for a, b in zip(epochs[OURS], times, strict=True))
        process = "| | | |"
        if name in wholes:
            seconds, memory, accuracy = wholes[name]
            process = f"| {seconds:.1f} | {memory:.0f} | {accuracy:.4f} |"
        rows.append(
            f"| {name} | {min(times):.2f} | {median(times):.2f} "
            f"| {min(epochs[OURS]) / min(times):.2f} | {paired:.2f} "
            f"| {median(evaluations[name]) * 1e3:.0f} {process}"
        )
    return "\n".join(rows)


def load_table(found):
    """Return the seconds of an epoch under each load as Markdown, the median of the rounds."""
    rows = ["| epoch, median s | " + " | ".join(found) + " |", "|" + " --- |" * (len(found) + 1)]
    for name in found[QUIET]:
        times = [f"{median(found[load][name]):.2f}" for load in found]
        rows.append(f"| {name} | " + " | ".join(times) + " |")
    return "\n".join(rows)


@styled
def in_company_picture(found):
    """Draw the seconds of an epoch under each load, one line a peer."""
    figure, axes = figures.new(width=8, height=4.2)
    for k, name in enumerate(found[QUIET]):
        cue = {"marker": figures.MARKERS[k], "color": figures.COLORS[k], "label": name}
        axes.semilogy(list(found), [median(found[load][name]) for load in found], **cue)
    axes.set(title=f"One epoch of MNIST on {os.cpu_count()} cores, in company", ylabel="seconds")
    axes.yaxis.set_major_formatter("{x:g}")
    axes.legend()
    figure.savefig(ASSETS / "benchmark_loads.png", dpi=120)


@styled
def bars(epochs):
    """Draw the seconds of an epoch, one bar a peer. The best is what a quiet machine takes."""
    figure, axes = figures.new(width=8, height=3.2)
    names = list(epochs)[::-1]
    values = [min(epochs[name]) for name in names]
    medians = [median(epochs[name]) for name in names]
    colours = [figures.COLORS[5] if OURS in name else "#bbbbbb" for name in names]
    drawn = axes.barh(names, values, color=colours)
    axes.plot(medians, names, "k|", markersize=16)
    axes.bar_label(drawn, labels=[f"{v:.2f} s " for v in values], padding=-52, fontweight="bold")
    axes.set(title=f"One epoch of MNIST on {os.cpu_count()} cores")
    axes.set_xlabel("seconds; bar: best, line: median")
    axes.grid(visible=False)
    axes.margins(x=0.12)
    figure.savefig(ASSETS / "benchmark.png", dpi=120)


@styled
def curves(sweeps):
    """Draw the time of a sample against each size."""
    labels = {"batch": "batch size", "units": "hidden units", "samples": "samples in an epoch"}
    figure, panels = figures.new(1, 3, width=12, height=4.5)
    for axes, (name, lines) in zip(panels, sweeps.items(), strict=True):
        for k, (peer, line) in enumerate(lines.items()):
            cue = {"marker": figures.MARKERS[k], "color": figures.COLORS[k], "label": peer}
            axes.loglog(SWEEPS[name], line, **cue)
        axes.set_xticks(SWEEPS[name][::2], SWEEPS[name][::2])
        axes.xaxis.set_minor_locator(NullLocator())
        axes.yaxis.set_major_formatter("{x:g}")
        axes.set(xlabel=labels[name], ylim=(0.5, 6000))
    panels[0].set_ylabel("microseconds a sample")
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=5)
    figure.savefig(ASSETS / "benchmark_sizes.png", dpi=120)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    names = [name for name in peers.PEERS if name not in (LIMIT, ALONE)]
    tries = [{name: whole(name) for name in names} for _ in range(3)]
    wholes = {name: min(once[name] for once in tries) for name in names}
    running = {name: Peer(name) for name in peers.PEERS}
    epochs = in_turn(running, rounds, "epoch")
    evaluations = in_turn(running, rounds, "evaluate")
    print(table(epochs, evaluations, wholes), flush=True)
    measured = in_company({k: peer for k, peer in running.items() if k != LIMIT}, 3)
    print(load_table(measured), flush=True)
    left_out = ("nbhelpers (bytes)", ALONE)
    chosen = {name: peer for name, peer in running.items() if name not in left_out}
    sweeps = {name: sweep(chosen, name) for name in SWEEPS}
    for peer in running.values():
        peer.close()
    text = (
        f"{machine()}; {rounds} rounds in turn.\n\n{table(epochs, evaluations, wholes)}\n\n"
        f"{load_table(measured)}\n\n![An epoch in company.](benchmark_loads.png)\n\n"
        "![Time of a sample against batch size, hidden units and samples.](benchmark_sizes.png)\n"
    )
    print(text)
    (ASSETS / "benchmark.md").write_text(text, encoding="utf-8")
    bars(epochs)
    in_company_picture(measured)
    curves(sweeps)


if __name__ == "__main__":
    main()
