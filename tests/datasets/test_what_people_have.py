"""Files as they lie on people's disks: the right bytes are found, a wrong file is named."""

import bz2
import dataclasses
import gzip
import hashlib
import io
import itertools
import json
import lzma
import os
import pickle
import shutil
import tarfile
import tracemalloc
import zipfile

import numpy as np
import pytest

from nbhelpers import datasets
from nbhelpers.datasets import fetch, packing, places, sources

FILES = tuple(sources.MEMBERS)
NAMES = [file.removesuffix(".gz") for file in FILES]
LINE = "MNIST was not found and could not be downloaded"


@pytest.fixture
def mine(tmp_path, make_source, closed_url, monkeypatch):
    """The folder of NBHELPERS_DATA; MNIST is tiny, and there is no network."""
    monkeypatch.setitem(sources.SOURCES, "mnist", make_source(closed_url))
    folder = tmp_path / "mine"
    folder.mkdir()
    monkeypatch.setenv("NBHELPERS_DATA", str(folder))
    return folder


@pytest.fixture
def check(tiny_arrays):
    """Load the tiny MNIST and compare every entry."""

    def load():
        pairs = datasets.mnist.load_data()
        for array, expected in zip(itertools.chain(*pairs), tiny_arrays.values(), strict=True):
            assert array.dtype == np.uint8
            assert array.flags.writeable
            np.testing.assert_array_equal(array, expected)

    return load


def dotted(name):
    return name.replace("-idx", ".idx")


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def npz(path, arrays, save=np.savez):
    path.parent.mkdir(parents=True, exist_ok=True)
    save(path, **{sources.MEMBERS[file]: array for file, array in arrays.items()})


SINGLE = {
    "as published": lambda name, packed, plain: (f"{name}.gz", packed),
    "unpacked": lambda name, packed, plain: (name, plain),
    "unpacked, with a dot": lambda name, packed, plain: (dotted(name), plain),
    "packed, with a dot": lambda name, packed, plain: (f"{dotted(name)}.gz", packed),
    "unpacked, still named .gz": lambda name, packed, plain: (f"{name}.gz", plain),
    "packed, no longer named .gz": lambda name, packed, plain: (name, packed),
    "packed twice": lambda name, packed, plain: (f"{name}.gz", gzip.compress(packed)),
    "packed by another program": lambda name, packed, plain: (
        f"{name}.gz",
        gzip.compress(plain[:5], 1) + gzip.compress(plain[5:], 9) + bytes(3),
    ),
    "in a folder of its name": lambda name, packed, plain: (f"{name}/{name}", plain),
    "in a folder of its name, with a dot": lambda name, packed, plain: (
        f"{name}/{dotted(name)}",
        plain,
    ),
    "in a folder with a dot": lambda name, packed, plain: (f"{dotted(name)}/{dotted(name)}", plain),
}
FOLDERS = ["mnist", "MNIST", "MNIST/raw", "mnist/raw", "MNIST_data", ".", "raw"]


@pytest.mark.parametrize("kind", SINGLE)
@pytest.mark.parametrize("folder", FOLDERS)
def test_files_are_welcome_as_they_are(mine, check, tiny_files, tiny_plain, folder, kind):
    for name, file in zip(NAMES, FILES, strict=True):
        place, data = SINGLE[kind](name, tiny_files[file], tiny_plain[file])
        write(mine / folder / place, data)
    check()


@pytest.mark.parametrize("place", ["mnist.npz", "mnist/mnist.npz", "MNIST/raw/mnist.npz"])
@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_the_file_of_keras_is_welcome(mine, check, tiny_arrays, place, save):
    npz(mine / place, tiny_arrays, save)
    check()


def test_an_archive_counts_by_its_numbers(mine, check, tiny_arrays):
    kinds = (np.int64, np.uint16, np.uint8, ">i4")
    npz(
        mine / "mnist.npz",
        {
            file: np.asfortranarray(array.astype(kind))
            for kind, (file, array) in zip(kinds, tiny_arrays.items(), strict=True)
        },
    )
    check()


def test_any_mixture_is_welcome(mine, check, tiny_files, tiny_plain, tiny_arrays):
    write(mine / "MNIST/raw" / NAMES[0], tiny_plain[FILES[0]])
    write(mine / "mnist" / f"{NAMES[1]}.gz", tiny_plain[FILES[1]])
    write(mine / dotted(NAMES[2]), tiny_plain[FILES[2]])
    npz(mine / "mnist.npz", {FILES[3]: tiny_arrays[FILES[3]]})
    check()


def test_packed_and_unpacked_side_by_side(mine, check, tiny_files, tiny_plain):
    for name, file in zip(NAMES, FILES, strict=True):
        write(mine / "MNIST/raw" / name, tiny_plain[file])
        write(mine / "MNIST/raw" / f"{name}.gz", tiny_files[file])
    check()


@pytest.mark.parametrize("right", ["gz", "plain"])
def test_a_right_file_beside_a_wrong_one_is_enough(mine, check, tiny_files, tiny_plain, right):
    for name, file in zip(NAMES, FILES, strict=True):
        write(mine / "mnist" / f"{name}.gz", tiny_files[file] if right == "gz" else b"half")
        write(mine / "mnist" / name, tiny_plain[file] if right == "plain" else b"half")
    check()


def test_the_cache_takes_the_same_files(mine, check, cache, tiny_plain):
    for name, file in zip(NAMES, FILES, strict=True):
        write(cache / "mnist" / name, tiny_plain[file])
    assert datasets.fetch.is_here("mnist")
    check()


def test_links_are_followed(mine, check, tmp_path, tiny_files):
    for file in FILES:
        write(tmp_path / "elsewhere" / file, tiny_files[file])
    (mine / "mnist").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    check()


def test_fashion_mnist_lies_as_others_lay_it_out(tmp_path, make_source, tiny_files, tiny_plain):
    fashion = dataclasses.replace(sources.SOURCES["fashion_mnist"], files=make_source().files)
    for folder in (
        *("fashion-mnist", "fashion_mnist", "FashionMNIST/raw", "fashion", "raw", "."),
        *("fashion-mnist/data/fashion", "data/fashion"),
    ):
        for file in FILES:
            write(tmp_path / folder / file, tiny_files[file])
            assert places.search(tmp_path, fashion, file).content == tiny_plain[file]
            shutil.rmtree(tmp_path / folder, ignore_errors=True)
            (tmp_path / folder / file).unlink(missing_ok=True)


def tar(data):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("x"), io.BytesIO(data))
    return stream.getvalue()


def zipped(data):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("x", data)
    return stream.getvalue()


WRONG = {
    "empty": (lambda packed, plain: b"", "an empty file"),
    "page": (lambda packed, plain: b"<!DOCTYPE html><html>Sign in", r"a web page \(HTML\)"),
    "page, late": (lambda packed, plain: b"\n \n <HTML><title>404", r"a web page \(HTML\)"),
    "page in UTF-16": (lambda packed, plain: "<html>é".encode("utf-16"), r"a web page \(HTML\)"),
    "packed page": (lambda packed, plain: gzip.compress(b"<html>"), r"a web page \(HTML\)"),
    "xml": (
        lambda packed, plain: b'<?xml version="1.0"?><Error><Code>AccessDenied</Code>',
        "XML text, '<.xml version",
    ),
    "json": (lambda packed, plain: json.dumps({"error": 404}).encode(), "JSON text, '{\"error"),
    "text": (lambda packed, plain: "Größe: später\n".encode(), "text, 'Größe: später'"),
    "text, long": (lambda packed, plain: b"a" * 1023 + "ß".encode() * 9, "text, 'a{60}'"),
    "pointer": (
        lambda packed, plain: b"version https://git-lfs.github.com/spec/v1\noid sha256:4d\n",
        "a pointer of Git LFS",
    ),
    "zip": (lambda packed, plain: zipped(plain), "a zip archive"),
    "tar": (lambda packed, plain: tar(plain), "a tar archive"),
    "tar.gz": (lambda packed, plain: gzip.compress(tar(plain)), "a tar archive"),
    "xz": (lambda packed, plain: lzma.compress(plain), "an xz file"),
    "bzip2": (lambda packed, plain: bz2.compress(plain), "a bzip2 file"),
    "pickle": (lambda packed, plain: pickle.dumps(plain), "a Python pickle, which is never"),
    "cut off": (
        lambda packed, plain: packed[:-1],
        r"a gzip file that is cut off after [\d,]+ bytes",
    ),
    "a few bytes": (lambda packed, plain: packed[:5], "a gzip file that is cut off after 5 bytes"),
    "damaged": (
        lambda packed, plain: packed[:-5] + bytes([packed[-5] ^ 1]) + packed[-4:],
        r"a damaged gzip file \(CRC check failed",
    ),
    "bad blocks": (
        lambda packed, plain: packed[:10] + b"\xff" * 20,
        r"a damaged gzip file \(Error -3",
    ),
    "more behind": (lambda packed, plain: packed + b"more", "a damaged gzip file"),
    "cut off inside": (
        lambda packed, plain: gzip.compress(plain[:-5]),
        "an IDX file that is cut off after 5 of 10 entries",
    ),
    "zeros": (lambda packed, plain: bytes(len(packed)), "[0-9,]+ bytes that are all zero"),
    "other numbers": (
        lambda packed, plain: plain[:-1] + b"\3",
        r"an IDX file of shape \(10,\) with other contents",
    ),
    "other type": (
        lambda packed, plain: b"\0\0\x0d\1" + bytes([0, 0, 0, 10]) + bytes(9),
        r"an IDX file of shape \(10,\) with other contents",
    ),
    "longer": (lambda packed, plain: plain + b"x", r"an IDX file of shape \(10,\) with other"),
    "half a header": (lambda packed, plain: plain[:6], "data that begin with 00 00 08 01 00 00"),
    "no axes": (
        lambda packed, plain: b"\0\0\x08\0",
        "an IDX file that is cut off after 0 of 1 entries",
    ),
    "three bytes": (lambda packed, plain: b"\0\0\1", "data that begin with 00 00 01[.]"),
    "other data": (
        lambda packed, plain: bytes([9, 8, 200, 201, 202, 3, 4, 5, 6]),
        "data that begin with 09 08 c8 c9 ca 03 04 05[.]",
    ),
}


@pytest.mark.parametrize("kind", WRONG)
@pytest.mark.parametrize("place", ["mnist/{}.gz", "MNIST/raw/{}", "{}"])
def test_a_wrong_file_is_named_and_described(mine, tiny_files, tiny_plain, kind, place, capfd):
    make, says = WRONG[kind]
    file, name = sources.TEST_LABELS, sources.TEST_LABELS.removesuffix(".gz")
    for other in set(FILES) - {file}:
        write(mine / "mnist" / other, tiny_files[other])
    path = mine / place.format(name)
    write(path, make(tiny_files[file], tiny_plain[file]))
    expected = (
        rf"{path}: expected the original file of MNIST, {file}\. Received: {says}(?!\w).*"
        r" Replace it or remove it from the folder in NBHELPERS_DATA\.$"
    )
    with pytest.raises(ValueError, match=expected):
        datasets.load("mnist", fallback="digits")
    assert not fetch.is_here("mnist")
    assert capfd.readouterr() == ("", "")


def test_a_file_of_another_name_is_recognised(mine, tiny_files):
    for file in FILES:
        write(mine / "mnist" / file, tiny_files[sources.TEST_LABELS])
    with pytest.raises(ValueError, match=f"Received: the file {sources.TEST_LABELS} of MNIST"):
        datasets.load("mnist")


@pytest.fixture
def two_sets(mine, make_source, tiny_files, tiny_arrays, monkeypatch, encode_idx, closed_url):
    """A tiny Fashion-MNIST, whose images are MNIST's upside down, and its packed files."""
    files, packed = {}, {}
    for file, array in tiny_arrays.items():
        data = encode_idx(array[::-1].copy())
        packed[file] = gzip.compress(data, mtime=0)
        files[file] = sources.Original(
            len(packed[file]), hashlib.sha256(data).hexdigest(), array.shape
        )
    fashion = dataclasses.replace(
        sources.SOURCES["fashion_mnist"], files=files, mirrors=(f"{closed_url}/",)
    )
    monkeypatch.setitem(sources.SOURCES, "fashion_mnist", fashion)
    return packed


def test_the_other_data_set_is_recognised(mine, two_sets):
    for file, data in two_sets.items():
        write(mine / "mnist" / file, data)
    with pytest.raises(ValueError, match=f"the file {FILES[0]} of Fashion-MNIST"):
        datasets.load("mnist", fallback="digits")


@pytest.mark.parametrize("folder", [".", "raw"])
def test_a_whole_other_data_set_in_a_shared_folder_is_no_fault(mine, two_sets, folder, check):
    for file, data in two_sets.items():
        write(mine / folder / file, data)
    assert datasets.load("fashion_mnist").name == "fashion_mnist"
    assert datasets.load("mnist", fallback="digits").is_fallback
    # As soon as one file is not the other data set's, somebody has mixed something up.
    write(mine / folder / FILES[2], b"<html>")
    with pytest.raises(ValueError, match="Fashion-MNIST"):
        datasets.load("mnist", fallback="digits")


class TestArchive:
    """Keras's file, when it is not what it should be."""

    @pytest.fixture
    def refuses(self, mine):
        def check(says):
            with pytest.raises(ValueError, match=rf"mnist\.npz: expected .* Received: {says}"):
                datasets.load("mnist", fallback="digits")

        return check

    def test_without_an_array(self, mine, refuses, tiny_arrays):
        npz(mine / "mnist.npz", {FILES[0]: tiny_arrays[FILES[0]]})
        refuses("an archive without the array y_train")

    def test_with_other_numbers(self, mine, refuses, tiny_arrays):
        npz(mine / "mnist.npz", tiny_arrays | {FILES[1]: np.zeros(20, np.uint8)})
        refuses(r"an IDX file of shape \(20,\) with other contents")

    @pytest.mark.parametrize("change", ["scaled", "beyond a byte", "flat"])
    def test_that_was_changed(self, mine, refuses, tiny_arrays, change):
        x = tiny_arrays[FILES[0]]
        changed = {
            "scaled": x / 255,
            "beyond a byte": x.astype(int) + 2,
            "flat": x.reshape(20, 784),
        }[change]
        npz(mine / "mnist.npz", tiny_arrays | {FILES[0]: changed})
        refuses("an (archive whose array x_train|IDX file of shape)")

    def test_with_objects_is_never_unpickled(self, mine, refuses, tiny_arrays, tmp_path):
        class Trap:
            def __reduce__(self):
                return os.mkdir, (str(tmp_path / "sprung"),)

        trap = np.array([Trap()] * 20, dtype=object)
        npz(mine / "mnist.npz", tiny_arrays | {FILES[0]: trap})
        refuses("an archive whose array x_train cannot be read")
        assert not (tmp_path / "sprung").exists()

    @pytest.mark.parametrize("part", [0.2, 0.5, 0.99])
    def test_cut_off(self, mine, refuses, tiny_arrays, part):
        npz(mine / "mnist.npz", tiny_arrays)
        whole = (mine / "mnist.npz").read_bytes()
        write(mine / "mnist.npz", whole[: int(part * len(whole))])
        refuses("an archive whose array x_train cannot be read: File is not a zip file")

    def test_that_is_none(self, mine, refuses):
        write(mine / "mnist.npz", b"<html>")
        refuses(r"a web page \(HTML\)")

    def test_any_damaged_byte_is_found_or_does_not_matter(self, mine, tiny_arrays, tiny_plain):
        npz(mine / "mnist.npz", tiny_arrays, np.savez_compressed)
        whole = (mine / "mnist.npz").read_bytes()
        file = sources.TEST_LABELS
        for k in range(0, len(whole), 211):
            write(mine / "mnist.npz", whole[:k] + bytes([whole[k] ^ 0x55]) + whole[k + 1 :])
            found = places.search(mine, sources.SOURCES["mnist"], file)
            assert found.content == tiny_plain[file] or found.wrong

    def test_that_unpacks_to_far_too_much(self, mine, refuses, tiny_arrays):
        with zipfile.ZipFile(mine / "mnist.npz", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("x_train.npy", bytes(60_000_000))
        tracemalloc.start()
        try:
            refuses("an archive whose array x_train cannot be read")
            assert tracemalloc.get_traced_memory()[1] < 5e6
        finally:
            tracemalloc.stop()

    def test_whose_header_claims_far_too_much(self, mine, refuses):
        header = io.BytesIO()
        np.lib.format.write_array_header_1_0(
            header, {"descr": "|u1", "fortran_order": False, "shape": (10**13,)}
        )
        with zipfile.ZipFile(mine / "mnist.npz", "w") as archive:
            archive.writestr("x_train.npy", header.getvalue())
        refuses(r"an archive whose array x_train cannot be read: its shape is \(10000000000000,\)")


def test_a_bomb_stops_at_the_size_of_the_original(mine, tiny_plain):
    write(mine / "mnist" / FILES[0], gzip.compress(bytes(80_000_000)))
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match="that are all zero"):
            datasets.load("mnist")
        assert tracemalloc.get_traced_memory()[1] < 1e6
    finally:
        tracemalloc.stop()


def test_a_vast_plain_file_is_not_read_whole(mine):
    path = mine / "mnist" / FILES[0]
    write(path, b"x")
    os.truncate(path, 10**10)
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match="data that begin with 78 00"):
            datasets.load("mnist")
        assert tracemalloc.get_traced_memory()[1] < 1e6
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("file", FILES)
def test_a_gzip_file_cut_at_any_place_is_refused(make_source, tiny_files, file):
    original, whole = make_source().files[file], tiny_files[file]
    for size in range(1, len(whole), 1 + len(whole) // 97):
        with pytest.raises(ValueError, match=r"cut off|data that begin with 1f"):
            packing.check_content(whole[:size], original)


def test_nothing_may_be_a_file(mine):
    """A folder or a broken link of that name is as good as nothing."""
    (mine / "mnist" / FILES[0]).mkdir(parents=True)
    (mine / "mnist" / FILES[1]).symlink_to(mine / "nowhere")
    assert datasets.load("mnist", fallback="digits").is_fallback


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such thing here")
def test_a_pipe_of_that_name_does_not_block(mine):
    (mine / "mnist").mkdir()
    os.mkfifo(mine / "mnist" / FILES[0])
    assert datasets.load("mnist", fallback="digits").is_fallback
    with pytest.raises(datasets.DownloadError, match="cannot be read: not a plain file"):
        datasets.load("mnist")
