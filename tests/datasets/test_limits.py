"""A download ends, in time and in size, whatever a server does; and nothing is left of it."""

import gzip
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import types

import pytest

from nbhelpers import datasets
from nbhelpers.datasets import download, fetch, sources

FILE = sources.TRAIN_IMAGES  # 16 kB in the tiny data set


@pytest.fixture
def body(tiny_files):
    return tiny_files[FILE]


@pytest.fixture
def get(server, make_source, cache, tiny_plain):
    """Fetch the labels from the server, with so many seconds left."""

    def run(seconds=60.0, mirrors=("",)):
        source = make_source(*(server.url + mirror for mirror in mirrors))
        content = fetch.fetch_file(source, FILE, None, cache, time.monotonic() + seconds)
        assert content == tiny_plain[FILE]

    return run


@pytest.fixture
def no_threads(monkeypatch, server):
    """No thread can be started by the package, as in a browser; the server's still can."""
    start = threading.Thread.start

    def refuse(thread):
        if "process_request_thread" not in repr(getattr(thread, "_target", "")):
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", refuse)


class Trickle:
    """Send one byte at a time for ever, and count them."""

    def __init__(self, start=b"HTTP/1.1 200 OK\r\nContent-Length: 15000\r\n\r\n", byte=b"x"):
        self.start, self.byte, self.sent, self.ended = start, byte, 0, threading.Event()

    def __call__(self, handler):
        try:
            handler.wfile.write(self.start)
            while not handler.server.closing.wait(0.01):
                handler.wfile.write(self.byte)
                self.sent += 1
        except OSError:
            pass
        self.ended.set()


SLOW = {
    "body": Trickle,
    "body in chunks": lambda: Trickle(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"
    ),
    "header": lambda: Trickle(b"HTTP/1.1 200 OK\r\nX-Long: "),
    "status line": lambda: Trickle(b"HTTP"),
    "nothing": lambda: Trickle(b"", b""),
}


@pytest.mark.parametrize("kind", SLOW)
def test_the_time_for_all_downloads_ends(server, get, kind, cache, monkeypatch):
    monkeypatch.setattr(download, "QUIET_SECONDS", 3600)
    server.answers[f"/{FILE}"] = trickle = SLOW[kind]()
    with pytest.raises(fetch.DownloadError, match=f"{FILE}: the time for all downloads"):
        get(seconds=0.5)
    assert list(cache.rglob("*")) == [cache / "mnist"]
    if trickle.byte and kind.startswith("body"):
        assert trickle.ended.wait(30), "it is not read on in the background"


@pytest.mark.parametrize("kind", SLOW)
def test_a_mirror_that_is_too_slow_leads_to_the_next(server, get, body, kind, monkeypatch):
    monkeypatch.setattr(download, "QUIET_SECONDS", 0.3)
    server.answers |= {f"/a/{FILE}": SLOW[kind](), f"/b/{FILE}": body}
    get(mirrors=("/a", "/b"))
    assert server.hits == [f"/a/{FILE}", f"/b/{FILE}"]


@pytest.fixture
def watched(monkeypatch):
    """Watch a transfer that gets so many bytes every 10 s of a clock that stands still between."""

    def run(pieces, deadline=1000.0):
        transfer = download.Transfer("http://x/file", 2**20, deadline)
        clock, left = [0.0], list(pieces)

        class Worker:
            error = None

            def __init__(self, work):
                pass

            def is_done(self, seconds):
                clock[0] += 10
                transfer.body += bytes(left.pop(0))
                return not left

        monkeypatch.setattr(download, "_Worker", Worker)
        monkeypatch.setattr(download, "monotonic", lambda: clock[0])
        download._watch(transfer)
        return clock[0]

    return run


def test_a_slow_but_steady_server_is_waited_for(watched):
    assert watched([4096] * 50) == 500
    assert watched([0, 4096, 0, 8192, 0, 4096, 0]) == 70, "15 s without enough are allowed"
    assert watched([2048, 2048] * 5 + [1]) == 110, "counted since the last time it was enough"


@pytest.mark.parametrize("pieces", [[0] * 9, [4095, 0, 0], [4096, 4095, 0, 4096], [4096, 1, 1, 1]])
def test_a_server_that_sends_too_little_is_given_up(watched, pieces):
    with pytest.raises(TimeoutError, match=r"fewer than 4,096 bytes in 15 s"):
        watched([*pieces, 0])


def test_a_server_that_is_steady_but_late_is_given_up(watched):
    assert watched([4096] * 5, deadline=40) == 50
    with pytest.raises(TimeoutError, match="the time for all downloads together is up"):
        watched([4096] * 6, deadline=40)


def test_the_time_counts_for_all_mirrors_and_files_together(server, get, monkeypatch, make_source):
    server.answers[f"/a/{FILE}"] = server.answers[f"/b/{FILE}"] = Trickle()
    monkeypatch.setattr(fetch, "SECONDS", 0.4)
    monkeypatch.delenv("NBHELPERS_DATA", raising=False)
    source = make_source(f"{server.url}/a", f"{server.url}/b")
    first = next(iter(source.files))
    server.answers[f"/a/{first}"] = Trickle()
    monkeypatch.setitem(sources.SOURCES, "mnist", source)
    with pytest.raises(fetch.DownloadError) as caught:
        datasets.load("mnist")
    assert str(caught.value).count("the time for all downloads together is up") == 2
    assert server.hits == [f"/a/{first}"], "no time is left for the second"
    assert datasets.load("mnist", fallback="digits").is_fallback


def test_all_limits_together_are_below_90_seconds():
    # The worst: a connection is begun at the last moment, and the transfer is looked at once more.
    assert fetch.SECONDS + download.REACH_SECONDS + 1 < 90
    assert download.QUIET_SECONDS <= 15


@pytest.mark.parametrize("claimed", [True, False])
def test_nothing_beyond_the_size_of_the_file_is_read(server, get, body, cache, claimed):
    sent, ended = [0], threading.Event()

    def flood(handler):
        handler.send_response(200)
        if claimed:
            handler.send_header("Content-Length", str(10**12))
        handler.end_headers()
        try:
            while sent[0] < 2**28:
                handler.wfile.write(b"<html>" * 10_000)
                sent[0] += 60_000
        except OSError:
            pass
        ended.set()

    server.answers[f"/{FILE}"] = flood
    says = rf"more than the {len(body):,} bytes of the file: a web page \(HTML\)"
    with pytest.raises(fetch.DownloadError, match=says):
        get()
    assert ended.wait(30)
    assert sent[0] < 2**25, "what was under way in the sockets' buffers"
    assert list(cache.rglob("*")) == [cache / "mnist"]


def test_a_file_of_exactly_its_size_is_taken_and_one_byte_more_is_not(server, get, body):
    server.answers[f"/{FILE}"] = body + b"\0"
    with pytest.raises(fetch.DownloadError, match=f"more than the {len(body):,} bytes"):
        get()
    server.answers[f"/{FILE}"] = body
    get()


def encoded(body):
    def answer(handler):
        handler.send_response(200)
        handler.send_header("Content-Encoding", "gzip")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def test_a_server_that_calls_the_packed_file_packed_is_understood(server, get, body, cache):
    server.answers[f"/{FILE}"] = encoded(body)
    get()
    assert (cache / "mnist" / FILE).read_bytes() == body
    get()


def test_a_server_that_packs_once_more_is_explained(server, get, body):
    server.answers[f"/{FILE}"] = encoded(gzip.compress(body, 0))
    says = r"Received \(Content-Encoding: gzip\): more than .* a gzip file"
    with pytest.raises(fetch.DownloadError, match=says):
        get()


def test_a_server_is_asked_to_send_the_file_as_it_is(server, get, body):
    def answer(handler):
        asked.append(handler.headers["Accept-Encoding"])
        handler.send(body)

    asked = []
    server.answers[f"/{FILE}"] = answer
    get()
    assert asked == ["identity"]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (b"<html>Sign in", r"expected the original file\. Received: a web page \(HTML\)"),
        (b"", "Received: an empty file"),
        (b'{"e": 1}', "Received: JSON text, "),
    ],
)
def test_what_came_instead_is_described(server, get, answer, says):
    server.answers[f"/{FILE}"] = answer
    with pytest.raises(fetch.DownloadError, match=f"{FILE}: .*{says}"):
        get()


class TestWithoutThreads:
    def test_a_file_is_downloaded(self, server, get, body, no_threads, capfd):
        server.answers[f"/{FILE}"] = body
        get()
        assert server.hits == [f"/{FILE}"]

    def test_a_broken_connection_is_tried_again(self, server, get, body, no_threads):
        server.answers[f"/{FILE}"] = lambda handler: handler.send(body[:9], claimed=len(body))
        with pytest.raises(fetch.DownloadError):
            get()
        assert server.hits == [f"/{FILE}"] * 2

    def test_a_server_out_of_reach_is_told(self, make_source, cache, closed_url, no_threads):
        with pytest.raises(fetch.DownloadError, match="refused"):
            fetch.fetch_file(make_source(closed_url), FILE, None, cache, time.monotonic() + 60)

    def test_the_time_ends_all_the_same(self, server, get, no_threads):
        server.answers[f"/{FILE}"] = Trickle()
        with pytest.raises(fetch.DownloadError, match="the time for all downloads"):
            get(seconds=0.5)


def test_in_a_browser_no_socket_is_tried_first(server, get, body, no_threads, monkeypatch):
    def refuse(*_, **__):
        raise OSError("there are no sockets here")

    monkeypatch.setattr(socket, "create_connection", refuse)  # urllib3 has one of its own
    monkeypatch.setattr(download, "sys", types.SimpleNamespace(platform="emscripten"))
    server.answers[f"/{FILE}"] = body
    get()
    assert server.hits == [f"/{FILE}"]


def test_a_stream_that_can_only_be_read_whole_is_read(body):
    """In a browser all has come before anything can be read."""

    class Stream:
        def read1(self, *_, **__):
            raise NotImplementedError

        def read(self, size, decode_content):
            assert not decode_content
            return body[:size]

    assert download._next_piece(Stream()) == body


def test_old_leftovers_go_with_the_next_download(server, get, body, cache):
    server.answers[f"/{FILE}"] = body
    for name, age in (("download-old", 7200), ("download-new", 60), ("of-somebody-else", 7200)):
        (cache / "mnist" / name).mkdir(parents=True)
        (cache / "mnist" / name / "part").write_bytes(b"half")
        os.utime(cache / "mnist" / name, times=(time.time() - age,) * 2)
    get()
    left = sorted(path.name for path in (cache / "mnist").iterdir())
    assert left == sorted([FILE, "download-new", "of-somebody-else"])


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_a_download_that_is_killed_leaves_nothing(server, body, cache):
    server.answers[f"/{FILE}"] = Trickle()
    code = (
        "import dataclasses, sys, time; from pathlib import Path; "
        "from nbhelpers.datasets import fetch, sources; "
        f"m = dataclasses.replace(sources.SOURCES['mnist'], mirrors=({server.url + '/'!r},)); "
        f"fetch.fetch_file(m, {FILE!r}, None, Path({str(cache)!r}), time.monotonic() + 60)"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        while not server.answers[f"/{FILE}"].sent > 5:
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert list(cache.rglob("*")) == [cache / "mnist"]


def test_stop_leaves_nothing_and_ends_the_transfer(server, get, cache, monkeypatch):
    server.answers[f"/{FILE}"] = trickle = Trickle()

    def stop(*_):
        if trickle.sent > 5:
            raise KeyboardInterrupt
        return False

    monkeypatch.setattr(download._Worker, "is_done", stop)
    monkeypatch.setattr(download, "_check_reachable", lambda *_: None)
    with pytest.raises(KeyboardInterrupt):
        get()
    assert trickle.ended.wait(30)
    assert list(cache.rglob("*")) == [cache / "mnist"]


def test_a_full_disk_leaves_nothing(server, get, body, cache, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    server.answers[f"/{FILE}"] = body
    monkeypatch.setattr("os.replace", full)
    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(fetch.DownloadError, match="No space left"):
        get()
    assert list(cache.rglob("*")) == [cache / "mnist"]


def test_leftovers_of_another_kind_are_not_in_the_way(server, get, body, cache):
    (cache / "mnist").mkdir(parents=True)
    (cache / "mnist" / "download-file").write_bytes(b"a file, and no folder")
    os.utime(cache / "mnist" / "download-file", times=(0, 0))
    server.answers[f"/{FILE}"] = body
    get()
    shutil.rmtree(cache)
