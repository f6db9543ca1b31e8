"""What is no file, or too large a one, costs a sentence: nothing waits for it or is filled with it."""

import os
import socket
from pathlib import Path

import pytest

from vigtui.foreign.files import (
    NotAnOrdinaryFileError,
    TooLargeError,
    entries,
    open_file,
    read_file,
    read_own,
    resolved,
    size_words,
)

HUGE = 1 << 40


def test_an_ordinary_file_is_read_whole_and_through_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "words", tmp_path / "link"
    path.write_bytes(b"heron\r\n")
    link.symlink_to(path)
    assert read_file(path, 7) == read_file(link, 7) == b"heron\r\n"
    with pytest.raises(NotAnOrdinaryFileError, match="it is a link, not an ordinary file"):
        read_file(link, 7, follow_links=False)


def test_what_is_no_file_is_told_at_once(tmp_path: Path) -> None:
    """A pipe in a shared folder must not hold up whoever opens the caseload there."""
    pipe, folder, beside = tmp_path / "pipe", tmp_path / "folder", tmp_path / "socket"
    os.mkfifo(pipe)
    folder.mkdir()
    (tmp_path / "link").symlink_to(pipe)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(beside))
        for path, what in (
            (pipe, "a pipe"),
            (tmp_path / "link", "a pipe"),
            (folder, "a folder"),
            (beside, "a socket"),
            (Path("/dev/zero"), "a device"),
        ):
            with pytest.raises(NotAnOrdinaryFileError) as refused:
                read_file(path, 10)
            assert refused.value.strerror == f"it is {what}, not an ordinary file"


def test_nothing_larger_than_asked_for_is_read(tmp_path: Path) -> None:
    """A file with a hole claims a terabyte and holds nothing."""
    path = tmp_path / "large"
    path.write_bytes(b"12345678")
    os.truncate(path, HUGE)
    with pytest.raises(TooLargeError, match="larger than 4 MB"):
        read_file(path, 4_000_000)


def test_a_file_that_grows_while_it_is_read_is_not_followed() -> None:
    """The system's own files say that they are empty."""
    with pytest.raises(TooLargeError):
        read_file(Path("/proc/self/status"), 10)


def test_of_a_caseload_with_a_hole_no_more_is_read_than_stands_before_it(tmp_path: Path) -> None:
    path = tmp_path / "fenland.vig.json"
    path.write_bytes(b'{"meta": {' + b" " * 8192)
    os.truncate(path, HUGE)
    with open_file(path) as file:
        data = read_own(file)
    assert data.startswith(b'{"meta"')
    assert data.endswith(b"\0")
    assert len(data) < 100_000


def test_of_a_large_file_that_is_no_json_only_the_beginning_is_read(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"\0\0\0 ftyp")
    os.truncate(path, HUGE)
    with open_file(path) as file:
        assert len(read_own(file)) <= 1 << 20


def test_of_a_full_folder_some_names_are_returned(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / str(number)).touch()
    assert len(entries(tmp_path, 3)) == 3
    assert {path.name for path in entries(tmp_path)} == set("01234")


def test_a_link_to_itself_is_a_sentence(tmp_path: Path) -> None:
    link, path = tmp_path / "link", tmp_path / "file"
    link.symlink_to(link)
    with pytest.raises(OSError, match="a symbolic link to itself"):
        resolved(link)
    link.unlink()
    link.symlink_to(path)
    assert resolved(link) == path


def test_sizes_are_said_as_people_say_them() -> None:
    assert [size_words(size) for size in (400, 12_900_000, 64_000_000)] == ["0 KB", "12.9 MB", "64 MB"]
