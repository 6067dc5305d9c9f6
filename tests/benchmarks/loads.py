"""What else a machine may be doing while a network learns: contexts to measure in."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

CGROUPS = Path("/sys/fs/cgroup")
PERIOD = 100_000  # microseconds


@contextlib.contextmanager
def busy(processes=1):
    """Keep as many cores busy as there are processes, with something that is none of ours."""
    running = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(processes)
    ]
    try:
        yield
    finally:
        for process in running:
            process.kill()
            process.wait()


@contextlib.contextmanager
def quota(processes, cpus=1.0):
    """Let these processes have so many CPUs in all, however many cores there are, as hubs do.

    Raises OSError where no control group can be made: that takes Linux, and usually root.
    """
    above, limits = _controller(cpus)
    group = above / f"nbhelpers-{os.getpid()}"
    group.mkdir()
    try:
        for name, value in limits.items():
            (group / name).write_text(value)
        for process in processes:
            (group / "cgroup.procs").write_text(str(process))
        yield
    finally:
        for process in processes:
            with contextlib.suppress(OSError):  # it may have ended
                (above / "cgroup.procs").write_text(str(process))
        group.rmdir()


def _controller(cpus):
    """Return the folder to make a group in, and what to write there: version 2, else version 1."""
    share = int(cpus * PERIOD)
    if (CGROUPS / "cgroup.controllers").exists():
        (CGROUPS / "cgroup.subtree_control").write_text("+cpu")
        return CGROUPS, {"cpu.max": f"{share} {PERIOD}"}
    return CGROUPS / "cpu", {"cpu.cfs_period_us": str(PERIOD), "cpu.cfs_quota_us": str(share)}
