"""Every way in which a file is found, or a download goes wrong, on a real server."""

import socket
import struct
import subprocess
import sys
import threading
import time
import tracemalloc

import pytest

from nbhelpers.datasets import download, fetch, sources

FILE = sources.TEST_LABELS


@pytest.fixture
def body(tiny_files):
    return tiny_files[FILE]


@pytest.fixture
def plain(tiny_plain):
    return tiny_plain[FILE]


def send_half(body):
    return lambda handler: handler.send(body[: len(body) // 2], claimed=len(body))


def files_in(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def folders_in(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_dir())


def get(source, by_hand, cache, seconds=60.0):
    return fetch.fetch_file(source, FILE, by_hand, cache, time.monotonic() + seconds)


@pytest.mark.parametrize(
    ("by_hand", "cached", "action"),
    [
        ("good", None, "by hand"),
        ("good", "bad", "by hand"),
        ("good", "good", "by hand"),
        ("bad", None, "refuse"),
        ("bad", "good", "refuse"),
        (None, "good", "cached"),
        (None, "bad", "download"),
        (None, None, "download"),
    ],
)
def test_the_decision(
    server, make_source, cache, tmp_path, body, plain, put, by_hand, cached, action
):
    contents = {"good": body, "bad": b"half of it"}
    for folder, state in ((tmp_path / "mine", by_hand), (cache, cached)):
        if state:
            put(folder / "mnist", {FILE: contents[state]})
    server.answers[f"/{FILE}"] = body
    if action == "refuse":
        with pytest.raises(ValueError, match="half of it"):
            get(make_source(server.url), tmp_path / "mine", cache)
    else:
        assert get(make_source(server.url), tmp_path / "mine", cache) == plain
    assert server.hits == [f"/{FILE}"] * (action == "download")


def test_the_mirrors_are_safe_and_the_hashes_complete():
    assert set(sources.SOURCES) == {"mnist", "fashion_mnist"}
    originals = [file for source in sources.SOURCES.values() for file in source.files.values()]
    assert len({file.sha256 for file in originals}) == 8
    assert all(len(bytes.fromhex(file.sha256)) == 32 for file in originals)
    for source in sources.SOURCES.values():
        assert len(source.mirrors) >= 2
        for mirror in source.mirrors:
            assert mirror.startswith("https://")
            assert mirror.endswith("/")
            assert "yann.lecun.com" not in mirror


def test_downloads_once_and_then_uses_the_cache(server, make_source, cache, body, capfd, plain):
    server.answers[f"/{FILE}"] = body
    source = make_source(server.url)
    first = get(source, None, cache)
    again = get(source, None, cache)
    assert first == again == plain
    assert (cache / "mnist" / FILE).read_bytes() == body
    assert server.hits == [f"/{FILE}"]
    assert files_in(cache) == [FILE]
    assert folders_in(cache) == ["mnist"]
    assert capfd.readouterr().out == ""


def test_only_the_progress_bar_is_shown(server, make_source, cache, body, capfd):
    def slowly(handler):
        handler.send(body[:20], claimed=len(body))
        time.sleep(0.6)
        handler.wfile.write(body[20:])

    server.answers[f"/{FILE}"] = slowly
    get(make_source(server.url), None, cache)
    shown = capfd.readouterr()
    assert shown.out == ""
    assert FILE in shown.err
    assert server.url not in shown.err
    assert "B/s" in shown.err, "in bytes"
    assert shown.err.endswith("\r"), "wiped out at the end"


def test_404_on_the_first_mirror_leads_to_the_second(server, make_source, cache, body, plain):
    server.answers[f"/second/{FILE}"] = body
    source = make_source(f"{server.url}/first", f"{server.url}/second", f"{server.url}/third")
    assert get(source, None, cache) == plain
    assert server.hits == [f"/first/{FILE}", f"/second/{FILE}"]


def test_a_mirror_out_of_reach_leads_to_the_second(
    server, closed_url, make_source, cache, body, plain
):
    server.answers[f"/{FILE}"] = body
    source = make_source(closed_url, server.url)
    assert get(source, None, cache) == plain


def test_a_wrong_hash_is_an_error_and_leaves_nothing(server, make_source, cache, body):
    server.answers[f"/{FILE}"] = body[:-1] + b"?"
    with pytest.raises(fetch.DownloadError, match=r"Received: a damaged gzip file"):
        get(make_source(server.url), None, cache)
    assert files_in(cache) == []
    assert folders_in(cache) == ["mnist"]


def test_a_wrong_hash_on_the_first_mirror_leads_to_the_second(
    server, make_source, cache, body, plain
):
    server.answers |= {f"/a/{FILE}": b"<html>log in first</html>", f"/b/{FILE}": body}
    source = make_source(f"{server.url}/a", f"{server.url}/b")
    assert get(source, None, cache) == plain


def test_a_download_cut_in_half_leaves_nothing(server, make_source, cache, body):
    server.answers[f"/{FILE}"] = send_half(body)
    with pytest.raises(fetch.DownloadError) as caught:
        get(make_source(server.url), None, cache)
    assert f"{server.url}/{FILE}: " in str(caught.value)
    assert server.hits == [f"/{FILE}"] * 2
    assert files_in(cache) == []
    assert folders_in(cache) == ["mnist"]


@pytest.mark.parametrize("fault", ["cut", "500", "503"])
def test_a_fault_that_passes_is_tried_once_more(server, make_source, cache, body, fault, plain):
    def once(handler):
        server.answers[f"/{FILE}"] = body
        send_half(body)(handler) if fault == "cut" else handler.send_error(int(fault))

    server.answers[f"/{FILE}"] = once
    assert get(make_source(server.url), None, cache) == plain
    assert server.hits == [f"/{FILE}"] * 2


@pytest.mark.parametrize(
    ("status", "says"), [(403, "403 Forbidden"), (404, "404 Not Found"), (499, "499 ")]
)
def test_a_fault_that_stays_is_not_tried_again(server, make_source, cache, status, says):
    server.answers[f"/{FILE}"] = status
    with pytest.raises(fetch.DownloadError, match=f"the server answered {says}"):
        get(make_source(server.url), None, cache)
    assert server.hits == [f"/{FILE}"]


def test_no_network_says_what_was_tried_and_what_to_do(closed_url, make_source, cache, tmp_path):
    source = make_source(f"{closed_url}/a", f"{closed_url}/b")
    with pytest.raises(fetch.DownloadError) as caught:
        get(source, tmp_path / "nowhere", cache)
    message = str(caught.value)
    for part in (
        f"MNIST: {FILE} is not on this computer and could not be downloaded",
        f"NBHELPERS_DATA: no file {tmp_path / 'nowhere' / 'mnist' / FILE}",
        f"cache: no file {cache / 'mnist' / FILE}",
        f"{closed_url}/a/{FILE}: ",
        f"{closed_url}/b/{FILE}: ",
        "To put the files in place by hand",
        f"into the folder {cache / 'mnist'}",
        "or into a folder named 'mnist', and set NBHELPERS_DATA",
        *source.files,
    ):
        assert part in message


def test_the_error_is_one_of_the_operating_system_with_no_other_behind(closed_url, make_source):
    with pytest.raises(OSError, match="NBHELPERS_DATA is not set") as caught:
        get(make_source(closed_url), None, fetch.cache_folder())
    assert type(caught.value) is fetch.DownloadError
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_name_that_is_not_known_is_quick(make_source, cache):
    with pytest.raises(fetch.DownloadError, match=r"nowhere\.invalid"):
        get(make_source("http://nowhere.invalid"), None, cache)


@pytest.mark.skipif(sys.platform != "linux", reason="fills a connection queue the way Linux does")
def test_a_firewall_that_swallows_packets_is_quick(make_source, cache, monkeypatch):
    monkeypatch.setattr(download, "REACH_SECONDS", 0.6)
    # A full queue drops what comes next, as such a firewall does.
    with socket.create_server(("127.0.0.1", 0), backlog=0) as silent:
        address = silent.getsockname()
        queue = [socket.socket() for _ in range(3)]
        for waiting in queue:
            waiting.setblocking(False)
            waiting.connect_ex(address)
        with pytest.raises(fetch.DownloadError, match=r"timed out|no connection within"):
            get(make_source(f"http://127.0.0.1:{address[1]}"), None, cache)
        for waiting in queue:
            waiting.close()


def test_a_name_server_that_stays_silent_is_quick(make_source, cache, monkeypatch):
    # No such server can be had on localhost, hence the one function that is replaced.
    answer = threading.Event()

    def look_up(*_):
        answer.wait(5)
        raise socket.gaierror("no such name")

    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)  # or the proxy would be asked, which is there
    monkeypatch.setattr(download, "REACH_SECONDS", 0.2)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(fetch.DownloadError, match=r"no connection within 0\.2 s"):
        get(make_source("http://somewhere.invalid"), None, cache)
    answer.set()


def test_a_server_that_stays_silent_is_given_up(server, make_source, cache, monkeypatch):
    monkeypatch.setattr(download, "QUIET_SECONDS", 0.3)
    server.answers[f"/{FILE}"] = lambda handler: time.sleep(1)
    with pytest.raises(fetch.DownloadError, match=r"fewer than 4,096 bytes|[Tt]imed out"):
        get(make_source(server.url), None, cache)
    assert server.hits == [f"/{FILE}"]
    assert files_in(cache) == []


def test_a_cache_that_cannot_be_written_is_told(server, make_source, tmp_path, body):
    server.answers[f"/{FILE}"] = body
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(fetch.DownloadError, match=rf"{FILE}: \[.*Err.*\] .*file"):
        get(make_source(server.url), None, tmp_path / "file")


@pytest.mark.parametrize("damage", [b"", b"half of it"])
def test_a_damaged_cache_is_replaced(server, make_source, cache, body, put, damage, plain):
    put(cache / "mnist", {FILE: damage})
    server.answers[f"/{FILE}"] = body
    assert get(make_source(server.url), None, cache) == plain
    assert files_in(cache) == [FILE]


def test_a_damaged_cache_is_named_when_there_is_no_network(closed_url, make_source, cache, put):
    put(cache / "mnist", {FILE: b"half of it"})
    with pytest.raises(
        fetch.DownloadError, match=r"cache: .*expected the original .* 'half of it'"
    ):
        get(make_source(closed_url), None, cache)


def test_the_folder_of_the_user_comes_before_the_cache(
    closed_url, make_source, cache, tmp_path, body, put, plain
):
    put(cache / "mnist", {FILE: body})
    put(tmp_path / "mine" / "mnist", {FILE: body})
    source = make_source(closed_url)
    for folder in (tmp_path / "mine", tmp_path / "other", None):
        assert get(source, folder, cache) == plain


def test_a_wrong_file_of_the_user_is_an_error(server, make_source, cache, tmp_path, body, put):
    put(cache / "mnist", {FILE: body})
    put(tmp_path / "mnist", {FILE: body + b"more"})
    server.answers[f"/{FILE}"] = body
    with pytest.raises(ValueError, match="expected the original file of MNIST") as caught:
        get(make_source(server.url), tmp_path, cache)
    assert str(tmp_path / "mnist" / FILE) in str(caught.value)
    assert server.hits == []
    assert (tmp_path / "mnist" / FILE).read_bytes() == body + b"more"


def test_the_variable_may_be_relative_or_start_at_home(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    for value, folder in [
        ("data", tmp_path / "data"),
        ("~/data", tmp_path / "home" / "data"),
        (str(tmp_path), tmp_path),
        ("", None),
    ]:
        monkeypatch.setenv("NBHELPERS_DATA", value)
        assert fetch.data_folder() == folder
    monkeypatch.delenv("NBHELPERS_DATA")
    assert fetch.data_folder() is None


def test_importing_loads_no_network_code():
    code = (
        "import sys, nbhelpers.datasets; "
        "heavy = {'pooch', 'tqdm', 'requests', 'urllib3', 'matplotlib', 'ipywidgets'}; "
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (run.returncode, run.stderr.strip()) == (0, "")


@pytest.mark.parametrize(
    ("url", "port"), [("https://x.y/z", 443), ("http://x.y/z", 80), ("http://x.y:8080/z", 8080)]
)
def test_the_connection_that_is_tried_is_the_one_that_is_made(monkeypatch, url, port):
    class Connection:
        def close(self):
            tried.append("closed")

    def connect(address, timeout):
        tried.append((address, timeout))
        return Connection()

    tried = []
    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.delenv("NO_PROXY")
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    download._check_reachable(url, time.monotonic() + 60)
    assert tried == [(("x.y", port), download.REACH_SECONDS / 2), "closed"]
    # A proxy is another computer: whether this one can be reached says nothing.
    monkeypatch.setenv("all_proxy", "http://proxy.invalid")
    download._check_reachable(url, time.monotonic() + 60)
    assert len(tried) == 2


def test_bytes_are_let_go_once_they_are_arrays(monkeypatch):
    images = struct.pack(">4B3I", 0, 0, 8, 3, 5000, 28, 28)
    labels = struct.pack(">4B1I", 0, 0, 8, 1, 5000)

    def files(name):
        names = sources.SOURCES[name].files
        content = {f: labels + bytes(5000) for f in names if "labels" in f}
        content |= {f: images + bytes(5000 * 784) for f in names if "images" in f}
        tracemalloc.reset_peak()
        return content

    monkeypatch.setattr(fetch, "fetch", files)
    tracemalloc.start()
    (x, _), (x_test, _) = fetch.load_arrays("mnist")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert x.shape == x_test.shape == (5000, 28, 28)
    assert peak < 3.5 * x.nbytes  # two files and an array, or a file and two; not two of each
