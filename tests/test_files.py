"""Whole files: nothing but the target changes, whatever goes wrong."""

import os
import stat
import subprocess
import sys
import time

import pytest

from nbhelpers._files import whole_file, writable

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def write(path, data=b"new"):
    with whole_file(path) as file:
        file.write(data)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path):
    (tmp_path / "plain").touch()
    write(tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == b"new"
    assert (tmp_path / "file").stat().st_mode == (tmp_path / "plain").stat().st_mode
    assert names(tmp_path) == ["file", "plain"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o755])
def test_permissions_stay_and_are_never_wider_while_the_file_is_written(tmp_path, mode):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(mode)
    with whole_file(path) as file:
        meanwhile = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        assert path.read_bytes() == b"old"
        file.write(b"new")
    assert meanwhile | mode == mode
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(not ROOT, reason="only root may give files away")
def test_the_owner_stays(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    os.chown(path, 1234, 1235)
    path.chmod(0o640)
    write(path)
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 1235)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_links_stay_links_wherever_they_lead(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("there/real")
    (tmp_path / "again").symlink_to("link")
    (tmp_path / "ahead").symlink_to("there/not yet")
    for name in ("link", "again", "ahead"):
        write(tmp_path / name, name.encode())
        assert (tmp_path / name).is_symlink()
        assert (tmp_path / name).read_bytes() == name.encode()
    assert (tmp_path / "there" / "real").read_bytes() == b"again"
    assert names(tmp_path / "there") == ["not yet", "real"]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt, ZeroDivisionError])
def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path, error):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises(error), whole_file(path) as file:
        file.write(b"half")
        raise error
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["file"]


def test_a_part_that_is_gone_does_not_hide_the_error(tmp_path):
    with pytest.raises(ZeroDivisionError), whole_file(tmp_path / "file"):
        for part in tmp_path.iterdir():
            part.unlink()
        raise ZeroDivisionError


def test_files_of_the_user_with_names_like_a_part_stay(tmp_path):
    kept = ["file.part", ".nbhelpers-mine.part", ".file.tmp", ".nbhelpers-0123456789abcdef.part~"]
    for name in kept:
        (tmp_path / name).write_text("mine")
        os.utime(tmp_path / name, (0, 0))
    write(tmp_path / "file")
    assert names(tmp_path) == sorted([*kept, "file"])
    assert {(tmp_path / name).read_text() for name in kept} == {"mine"}


def test_what_a_killed_process_left_goes_after_a_while(tmp_path):
    script = (
        "import os, sys; from nbhelpers._files import whole_file\n"
        "with whole_file(sys.argv[1]) as file:\n"
        "    file.write(b'half'); file.flush(); os.kill(os.getpid(), 9)\n"
    )
    run = subprocess.run([sys.executable, "-c", script, tmp_path / "file"], check=False)
    assert run.returncode != 0
    (left,) = tmp_path.iterdir()
    write(tmp_path / "file")
    assert len(names(tmp_path)) == 2  # its process could be at work still
    day = 24 * 60 * 60
    os.utime(left, (0, time.time() - day + 600))
    write(tmp_path / "file")
    assert len(names(tmp_path)) == 2
    os.utime(left, (0, time.time() - day - 5))
    write(tmp_path / "file")
    assert names(tmp_path) == ["file"]


def test_a_part_in_work_is_not_swept_by_another(tmp_path):
    with whole_file(tmp_path / "slow") as file:
        write(tmp_path / "fast", b"fast")
        file.write(b"slow")
    assert (tmp_path / "slow").read_bytes() == b"slow"
    assert names(tmp_path) == ["fast", "slow"]


def test_names_as_long_as_the_disk_allows(tmp_path):
    path = tmp_path / ("n" * 255)
    write(path)
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda folder: folder / "no" / "file", FileNotFoundError, "does not exist"),
        (lambda folder: folder, IsADirectoryError, "is a folder"),
        (lambda folder: folder / "loop", OSError, "no plain file"),
        (lambda folder: folder / "pipe", OSError, "no plain file"),
        (lambda folder: "/dev/null", OSError, "no plain file"),
    ],
)
def test_what_cannot_be_written_is_said_before_anything_is(tmp_path, make, error, words):
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    before = names(tmp_path)
    path = make(tmp_path)
    with pytest.raises(error, match=words) as caught:
        write(path)
    assert str(path) in str(caught.value)
    assert names(tmp_path) == before


@pytest.mark.parametrize("path", [3, None, b"name", ["name"], 0.5])
def test_what_is_no_name_is_refused(path):
    with pytest.raises(TypeError, match=r"A file name must be a str or Path\. Received: "):
        write(path)


def test_a_file_that_is_read_only_stays(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o444)
    if ROOT:  # who may write everything
        monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(PermissionError, match="read-only"):
        writable(path)
    with pytest.raises(PermissionError):
        write(path)
    assert path.read_bytes() == b"old"


def test_a_folder_that_takes_no_file_is_blamed_under_the_name_that_was_asked_for(
    monkeypatch, tmp_path
):
    path = tmp_path / "file"

    def refuse(name, *rest):
        raise PermissionError(13, "Permission denied", name)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(PermissionError) as caught:
        write(path)
    assert caught.value.filename == str(path) and ".part" not in str(caught.value)


def test_two_processes_leave_a_whole_file_of_one_of_them(tmp_path):
    script = (
        "import sys; from nbhelpers._files import whole_file\n"
        "for _ in range(200):\n"
        "    with whole_file(sys.argv[1]) as file:\n"
        "        for _ in range(50): file.write(sys.argv[2].encode() * 1000)\n"
    )
    path = tmp_path / "file"
    write(path, b"a" * 50_000)
    command = [sys.executable, "-c", script, str(path)]
    both = [subprocess.Popen([*command, letter], stderr=subprocess.PIPE) for letter in "ab"]
    seen = set()
    while any(process.poll() is None for process in both):
        data = path.read_bytes()
        assert len(data) == 50_000
        assert len(set(data)) == 1
        seen.add(data[:1])
    assert [process.communicate()[1] for process in both] == [b"", b""]
    assert [process.returncode for process in both] == [0, 0]
    assert names(tmp_path) == ["file"]
