"""A zip from somebody else is looked at before anything in it is unpacked."""

import contextlib
import io
import os
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from vigtui.foreign.zips import open_zip

MOST = 1_000_000


def made(path: Path, *files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_files_are_listed_and_read(tmp_path: Path, method: int) -> None:
    words = os.urandom(3 << 20)
    with open_zip(made(tmp_path / "pack.zip", ("a/b.json", words), ("empty", b""), method=method)) as pack:
        assert pack.names == ["a/b.json", "empty"]
        assert pack.read("a/b.json", len(words)) == words
        assert pack.read("empty", 0) == b""


def test_what_claims_too_much_is_not_unpacked(tmp_path: Path) -> None:
    """A hundred kilobytes became 1.7 GB."""
    path = made(tmp_path / "bomb.zip", ("x.json", b" " * 50_000_000))
    tracemalloc.start()
    try:
        with open_zip(path) as pack, pytest.raises(ValueError, match="larger than 1 MB"):
            pack.read("x.json", MOST)
        assert tracemalloc.get_traced_memory()[1] < 2 * MOST
    finally:
        tracemalloc.stop()


def test_what_is_larger_than_it_claims_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "liar.zip", ("x.json", b" " * 50_000_000))
    path.write_bytes(path.read_bytes().replace(struct.pack("<L", 50_000_000), struct.pack("<L", 1000)))
    with open_zip(path) as pack, pytest.raises(ValueError, match="cannot be unpacked"):
        pack.read("x.json", MOST)


def test_a_list_of_contents_that_would_fill_the_memory_is_not_read(tmp_path: Path) -> None:
    path = made(tmp_path / "many.zip", *((f"{number:0200}", b"") for number in range(6000)))
    with pytest.raises(ValueError, match="list of contents is too long"), open_zip(path):
        pass


def test_every_torn_or_changed_zip_is_a_sentence(tmp_path: Path) -> None:
    whole = made(tmp_path / "pack.zip", ("x.json", b"words" * 9)).read_bytes()
    for place in range(len(whole)):
        for data in (whole[:place], whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :]):
            path = tmp_path / "torn.zip"
            path.write_bytes(data)
            with contextlib.suppress(ValueError), open_zip(path) as pack:
                for name in pack.names:
                    pack.read(name, MOST)


def test_what_cannot_be_read_is_not_offered(tmp_path: Path) -> None:
    path = made(tmp_path / "pack.zip", ("x.json", b"words"), method=zipfile.ZIP_BZIP2)
    with zipfile.ZipFile(path, "a") as archive:
        archive.mkdir("folder") if hasattr(archive, "mkdir") else archive.writestr("folder/", b"")
    with open_zip(path) as pack:
        assert pack.names == []


def test_bytes_before_the_zip_do_no_harm(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("x", b"words")
    path = tmp_path / "pack.zip"
    path.write_bytes(b"#!/bin/sh\n" + data.getvalue())
    with open_zip(path) as pack:
        assert pack.read("x", MOST) == b"words"
