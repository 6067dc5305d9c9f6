"""Whole files: a file takes its name only when it is complete, and nothing else is touched."""

import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

PART = re.compile(r"\.nbhelpers-[0-9a-f]{16}\.part")
LEFT_BEHIND = 24 * 3600.0  # seconds without a write, after which nobody is at work on a part


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Open a new file for writing bytes; when the block ends without an error, it is ``path``.

    Until then an older file at ``path`` stays as it is; after an error it still is. Who reads
    meanwhile, or writes from another process, always finds one whole file. The new one keeps the
    permissions of the old one; a symbolic link stays, and what it points to is replaced.

    Parameters
    ----------
    path : str or Path
        Its folder must exist.

    Raises
    ------
    OSError
        If there is no such folder, ``path`` is a folder or a device, it may not be written, or
        the disk is full.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with whole_file(Path(folder) / "three.bin") as file:
    ...         _ = file.write(b"abc")
    ...     (Path(folder) / "three.bin").read_bytes()
    b'abc'
    """
    target = writable(path)
    sweep(target.parent)
    # Beside the target, so that the last step is a rename and not a copy.
    part = target.with_name(f".nbhelpers-{secrets.token_hex(8)}.part")
    try:
        with open(part, "xb", opener=_opener(target)) as file:
            yield file
            file.flush()
            # Else a computer that loses its power may keep the new name and not what it names.
            os.fsync(file.fileno())
        os.replace(part, target)
    except BaseException as error:
        part.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename == str(part):
            error.filename = str(path)  # the name that was asked for
        raise


def writable(path: str | os.PathLike[str]) -> Path:
    """Return where a file of that name really lies, if a file may be written there.

    Raises
    ------
    OSError
        If not.
    """
    target = Path(os.path.realpath(named(path)))
    if not target.parent.is_dir():
        raise FileNotFoundError(f"{path} lies in a folder that does not exist. Make it first.")
    if target.is_dir():
        raise IsADirectoryError(f"{path} is a folder; a file is to be written. Add a file name.")
    if target.is_symlink() or (target.exists() and not target.is_file()):
        raise OSError(f"{path} is no plain file; another name is needed")
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(f"{path} may not be written: it is read-only")
    return target


def named(path: str | os.PathLike[str]) -> Path:
    """Return the name of a file as a Path.

    Raises
    ------
    TypeError
        If it is neither text nor a Path.
    """
    if not isinstance(path, str | os.PathLike) or isinstance(os.fspath(path), bytes):
        raise TypeError(f"A file name must be a str or Path. Received: {path!r:.80}")
    return Path(path)


def sweep(folder: Path) -> None:
    """Remove what processes that were killed have left in a folder, a day after they wrote it."""
    with suppress(OSError):
        for entry in folder.iterdir():
            if PART.fullmatch(entry.name):
                with suppress(OSError):
                    if time.time() - entry.stat().st_mtime > LEFT_BEHIND:
                        entry.unlink()


def _opener(target: Path) -> "os._Opener":
    """Return what opens a new file with the owner and the permissions of the target, if it is."""
    old = target.stat() if target.exists() else None

    def opener(name: str, flags: int) -> int:
        # A private file must not be readable by others even while it is written.
        number = os.open(name, flags, 0o666 if old is None else old.st_mode & 0o600)
        if old is not None:
            with suppress(OSError):
                if hasattr(os, "chown"):
                    os.chown(name, old.st_uid, old.st_gid)
            os.chmod(name, old.st_mode & 0o7777)
        return number

    return opener
