"""A real HTTP server on localhost, tiny IDX files, and a cache folder of one's own."""

import dataclasses
import gzip
import hashlib
import socket
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from nbhelpers.datasets import fetch, sources


class Handler(BaseHTTPRequestHandler):
    """Answer with bytes, a status, or what a function does with the handler."""

    def do_GET(self):
        self.server.hits.append(self.path)
        answer = self.server.answers.get(self.path, 404)
        if callable(answer):
            answer(self)
        elif isinstance(answer, int):
            self.send_error(answer)
        else:
            self.send(answer)

    def send(self, body, claimed=None):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body) if claimed is None else claimed))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.answers, running.hits, running.closing = {}, [], threading.Event()
        running.url = f"http://127.0.0.1:{running.server_port}"
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield running
        running.closing.set()
        running.shutdown()
        thread.join()


@pytest.fixture
def closed_url():
    """A port of this computer on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    return f"http://127.0.0.1:{port}"


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """An empty cache folder, and no setting of the user's that reaches the tests."""
    folder = tmp_path / "cache"
    monkeypatch.setattr(fetch, "cache_folder", lambda: folder)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return folder


def encode(array):
    """Write an array as IDX: the inverse of parse_idx."""
    sizes = struct.pack(f">{array.ndim}I", *array.shape)
    return bytes([0, 0, 0x08, array.ndim]) + sizes + array.tobytes()


@pytest.fixture(scope="session")
def encode_idx():
    return encode


@pytest.fixture(scope="session")
def tiny_arrays():
    """Four arrays of MNIST's names and form: 20 training and 10 test images."""
    rng = np.random.default_rng(0)
    arrays = {
        sources.TRAIN_IMAGES: rng.integers(0, 256, (20, 28, 28), dtype=np.uint8),
        sources.TRAIN_LABELS: np.arange(20, dtype=np.uint8) % 10,
        sources.TEST_IMAGES: rng.integers(0, 256, (10, 28, 28), dtype=np.uint8),
        sources.TEST_LABELS: np.arange(10, dtype=np.uint8)[::-1].copy(),
    }
    return arrays


@pytest.fixture(scope="session")
def tiny_plain(tiny_arrays):
    """The same as IDX files."""
    return {name: encode(array) for name, array in tiny_arrays.items()}


@pytest.fixture(scope="session")
def tiny_files(tiny_plain):
    """The same as they are published: packed."""
    return {name: gzip.compress(data, mtime=0) for name, data in tiny_plain.items()}


@pytest.fixture
def make_source(tiny_arrays, tiny_plain, tiny_files):
    """A data set of the tiny files, at the given mirrors."""

    def make(*mirrors):
        files = {
            name: sources.Original(
                len(packed), hashlib.sha256(tiny_plain[name]).hexdigest(), tiny_arrays[name].shape
            )
            for name, packed in tiny_files.items()
        }
        mirrors = tuple(f"{url}/" for url in mirrors)
        return dataclasses.replace(sources.SOURCES["mnist"], mirrors=mirrors, files=files)

    return make


@pytest.fixture
def put():
    """Write files into the folder of a data set."""

    def write(folder, files):
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)

    return write
