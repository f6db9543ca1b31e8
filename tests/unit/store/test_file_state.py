"""Whether a file has changed since it was seen: what the system tells of it is asked first, and not believed
where it cannot know."""

import os
import time
from pathlib import Path

from msgspec.structs import replace

from vigtui.store.disk.file_state import Seen, look


def test_what_a_disk_that_counts_in_seconds_tells_of_a_moment_ago_is_not_believed(tmp_path: Path) -> None:
    """On a stick two saves within two seconds may look the same: the other one's would be overwritten."""
    path = tmp_path / "a"
    path.write_bytes(b"theirs")
    state = look(path)
    ours = Seen(state, b"our-s.")
    assert ours.is_still(path, state)
    now = time.time_ns() // 1_000_000_000 * 1_000_000_000
    coarse = replace(state, modified_ns=now)
    assert not replace(ours, state=coarse).is_still(path, coarse)
    long_ago = replace(state, modified_ns=now - 60_000_000_000)
    assert replace(ours, state=long_ago).is_still(path, long_ago)


def test_another_file_with_the_size_and_date_of_the_one_before_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"1234")
    before = path.stat()
    seen = Seen(look(path), b"1234").summed()
    path.unlink()
    path.write_bytes(b"4321")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not seen.is_still(path, look(path))
    path.write_bytes(b"1234")
    assert seen.is_still(path, look(path))
