"""The lesson goes on with the bundled digits whatever is out of order, but for a wrong file."""

import os
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from nbhelpers import checkup, datasets
from nbhelpers.datasets import fetch, sources

CACHE_FOLDER = fetch.cache_folder  # the real one, before the fixture takes its place


@pytest.fixture(autouse=True)
def offline(monkeypatch, make_source, closed_url):
    monkeypatch.delenv("NBHELPERS_DATA", raising=False)
    monkeypatch.setitem(sources.SOURCES, "mnist", make_source(closed_url))


def may_do_anything():
    return not hasattr(os, "geteuid") or os.geteuid() == 0


def forbid(monkeypatch, *names):
    """Refuse these files and folders, as the system does for everybody but the superuser."""

    def refusing(call):
        def wrapped(path, *args, **kwargs):
            if isinstance(path, str | os.PathLike) and any(n in str(path) for n in names):
                raise PermissionError(13, "Permission denied", str(path))
            return call(path, *args, **kwargs)

        return wrapped

    for module, name in ((os, "stat"), (os, "open"), (os, "mkdir")):
        monkeypatch.setattr(module, name, refusing(getattr(module, name)))
    monkeypatch.setattr("io.open", refusing(open))


def no_home(monkeypatch, tmp_path):
    import pwd

    def nobody(*_):
        raise KeyError("getpwuid(): uid not found: 12345")

    for name in ("HOME", "XDG_CACHE_HOME", "USERPROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    monkeypatch.setattr(pwd, "getpwnam", nobody)
    monkeypatch.setattr(fetch, "cache_folder", CACHE_FOLDER)
    monkeypatch.chdir(tmp_path)


def no_home_but_a_variable(monkeypatch, tmp_path):
    no_home(monkeypatch, tmp_path)
    monkeypatch.setenv("NBHELPERS_DATA", "~/data")


def a_home_of_nobody(monkeypatch, tmp_path):
    monkeypatch.setenv("NBHELPERS_DATA", "~nobody-of-that-name/data")


def working_folder_gone(monkeypatch, tmp_path):
    monkeypatch.setenv("NBHELPERS_DATA", "data")
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()


def unreadable_data(monkeypatch, tmp_path):
    monkeypatch.setenv("NBHELPERS_DATA", str(tmp_path / "locked"))
    forbid(monkeypatch, "locked")


def unreadable_cache(monkeypatch, tmp_path):
    forbid(monkeypatch, "cache")


def cached_file_unreadable(monkeypatch, tmp_path):
    folder = tmp_path / "cache" / "mnist"
    folder.mkdir(parents=True)
    for file in sources.MEMBERS:
        (folder / file).write_bytes(b"x")
    forbid(monkeypatch, "ubyte")


def cache_is_a_file(monkeypatch, tmp_path):
    (tmp_path / "cache").write_text("no folder")


def data_is_a_file(monkeypatch, tmp_path):
    (tmp_path / "data").write_text("no folder")
    monkeypatch.setenv("NBHELPERS_DATA", str(tmp_path / "data"))


def a_name_that_is_too_long(monkeypatch, tmp_path):
    monkeypatch.setenv("NBHELPERS_DATA", str(tmp_path / ("long" * 2000)))


def a_link_to_itself(monkeypatch, tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    monkeypatch.setenv("NBHELPERS_DATA", str(tmp_path / "loop"))


def no_threads(monkeypatch, tmp_path):
    def refuse(_):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)


def no_network_code(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "requests", None)
    monkeypatch.setitem(sys.modules, "requests.utils", None)


def a_strange_error(monkeypatch, tmp_path):
    def fail(*_, **__):
        raise NotImplementedError("no sockets here")

    monkeypatch.setattr("socket.create_connection", fail)


def a_proxy_that_is_none(monkeypatch, tmp_path):
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.setenv("http_proxy", "no proxy at all://")


def a_damaged_cache(monkeypatch, tmp_path):
    folder = tmp_path / "cache" / "mnist"
    folder.mkdir(parents=True)
    for file in sources.MEMBERS:
        (folder / file).write_bytes(b"x")


FAULTS = [
    *(no_home, no_home_but_a_variable, a_home_of_nobody, working_folder_gone, unreadable_data),
    *(unreadable_cache, cached_file_unreadable, cache_is_a_file, data_is_a_file),
    *(a_name_that_is_too_long, a_link_to_itself, no_threads, no_network_code, a_strange_error),
    *(a_proxy_that_is_none, a_damaged_cache),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_the_lesson_goes_on(fault, monkeypatch, tmp_path, capfd):
    fault(monkeypatch, tmp_path)
    data = datasets.load("mnist", fallback="digits")
    assert (data.name, data.is_fallback, len(data.x_train)) == ("digits", True, 1437)
    (x, _), _ = datasets.load_mnist(fallback="digits")
    assert x.shape == (1437, 784)
    assert capfd.readouterr() == ((data.note + "\n") * 2, "")
    with pytest.raises(datasets.DownloadError, match="To put the files in place by hand"):
        datasets.load("mnist")
    assert checkup.data_set("mnist").fine
    assert not fetch.is_here("mnist")


def test_what_stood_in_the_way_is_told(monkeypatch, tmp_path):
    unreadable_data(monkeypatch, tmp_path)
    with pytest.raises(datasets.DownloadError) as caught:
        datasets.load("mnist")
    assert f"NBHELPERS_DATA: {tmp_path / 'locked'}" in str(caught.value)
    assert "cannot be read: Permission denied" in str(caught.value)


def test_without_a_home_nothing_is_made_anywhere(monkeypatch, tmp_path):
    no_home(monkeypatch, tmp_path)
    assert fetch.cache_folder() is None
    with pytest.raises(datasets.DownloadError, match="cache: no home folder") as caught:
        datasets.load("mnist")
    assert "/\ninto a folder named 'mnist', and set NBHELPERS_DATA" in str(caught.value)
    assert "into the folder" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_home_that_is_given_back_unknown_is_no_folder(monkeypatch):
    """As older versions of platformdirs do."""
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: Path("~/.cache") / name)
    assert CACHE_FOLDER() is None


@pytest.mark.skipif(may_do_anything(), reason="the superuser may read and write everything")
def test_a_folder_that_is_locked(monkeypatch, tmp_path):
    (tmp_path / "cache").mkdir(mode=0)
    assert datasets.load("mnist", fallback="digits").is_fallback


def test_a_cache_that_may_not_be_written_costs_no_download(
    monkeypatch, server, make_source, tiny_files, tmp_path
):
    monkeypatch.setitem(sources.SOURCES, "mnist", make_source(server.url))
    server.answers |= {f"/{name}": data for name, data in tiny_files.items()}
    access = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: "cache" not in str(path) and access(path, mode)
    )
    with pytest.raises(datasets.DownloadError, match="may not be written"):
        datasets.load("mnist")
    assert server.hits == []
    assert datasets.load("mnist", fallback="digits").is_fallback


def test_the_cache_folder_is_the_users(monkeypatch, tmp_path):
    if sys.platform != "linux":
        pytest.skip("other systems have other places")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert CACHE_FOLDER() == tmp_path / "nbhelpers"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert CACHE_FOLDER() == tmp_path / ".cache" / "nbhelpers"


NAMES = "mnist, fashion_mnist, digits"
ODD = [None, 3, b"mnist", ["mnist"], {"mnist"}, np.array(["mnist"]), "MNIST", "", "imdb", float]


@pytest.mark.parametrize("name", ODD, ids=repr)
def test_a_name_must_be_one_of_ours(name):
    with pytest.raises(ValueError, match=rf"^name must be one of {NAMES}\. Received: "):
        datasets.load(name)
    for call in (fetch.fetch, fetch.is_here, fetch.load_arrays, sources.find):
        with pytest.raises(ValueError, match=r"^name must be one of mnist, fashion_mnist\. Rec"):
            call(name)


@pytest.mark.parametrize("fallback", [False, True, 0, "mnist", "Digits", [], np.zeros(2)], ids=repr)
def test_a_fallback_must_be_none_or_the_digits(fallback):
    for call in (lambda f: datasets.load("digits", f), lambda f: datasets.load_mnist(fallback=f)):
        with pytest.raises(ValueError, match=r"^fallback must be None or 'digits'\. Received: "):
            call(fallback)


@pytest.mark.parametrize("flag", ["normalize", "flatten", "one_hot_label"])
@pytest.mark.parametrize("value", [None, 0, 1, "no", 1.0, [True], np.ones(1, bool)], ids=repr)
def test_a_flag_must_be_true_or_false(flag, value):
    with pytest.raises(ValueError, match=rf"^{flag} must be True or False\. Received: "):
        datasets.load_mnist(**{flag: value}, fallback="digits")
    datasets.load_mnist(**{flag: np.True_}, fallback="digits")


@pytest.mark.parametrize("path", [None, 3, "data/mnist.npz", "", ["mnist.npz"]], ids=repr)
def test_keras_path_is_known_and_nothing_else(path):
    with pytest.raises(ValueError, match=r"^path must be left out or 'mnist\.npz'\. Received: "):
        datasets.mnist.load_data(path)
    for call in (datasets.mnist.load_data, lambda: datasets.mnist.load_data(path="mnist.npz")):
        with pytest.raises(datasets.DownloadError):
            call()


def test_a_long_argument_is_not_repeated_whole():
    with pytest.raises(ValueError, match="Received: 'xxx") as caught:
        datasets.load("x" * 10_000)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("images", "says"),
    [
        (np.zeros((8, 8), int), r"int64 of shape \(8, 8\)"),
        (np.zeros((2, 8, 9), int), r"shape \(2, 8, 9\)"),
        (np.zeros((2, 9, 8), int), r"shape \(2, 9, 8\)"),
        (np.zeros((1, 2, 8, 8), int), r"shape \(1, 2, 8, 8\)"),
        (np.zeros((2, 8, 8)), "float64 of shape"),
        (np.full((1, 8, 8), 17), r"0\.\.16\. Received: 17\.\.17\."),
        (np.full((1, 8, 8), -1), r"0\.\.16\. Received: -1\.\.-1\."),
        ([], r"float64 of shape \(0,\)"),
        ("eight", "of shape"),
    ],
)
def test_only_small_digits_can_be_enlarged(images, says):
    with pytest.raises(ValueError, match=f"^images must be .*{says}"):
        datasets.digits.enlarge(images)


def test_any_whole_numbers_and_no_digits_at_all_can_be_enlarged():
    small = np.arange(128).reshape(2, 8, 8) % 17
    expected = datasets.digits.enlarge(small.astype(np.uint8))
    for kind in (np.int64, np.int8, ">u2"):
        np.testing.assert_array_equal(datasets.digits.enlarge(small.astype(kind)), expected)
    np.testing.assert_array_equal(datasets.digits.enlarge(np.asfortranarray(small)), expected)
    np.testing.assert_array_equal(datasets.digits.enlarge(small.tolist()), expected)
    assert datasets.digits.enlarge(small[:0].astype(np.uint8)).shape == (0, 28, 28)
