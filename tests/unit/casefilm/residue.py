"""Looks for film and words of a family wherever a program may have left them in clear."""

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np

RUN = 64
"""Bytes of a film that nobody else has by chance."""
_NEAR, _APART = 512, 4096
_DIFFERENT = 40  # byte values in a run: what encoders write of themselves into every film has fewer
_LIKELY = 1 << 16
_MOST_BYTES = 512 << 20
_ELSEWHERE = ("/dev/shm", "/tmp", "/var/tmp")  # noqa: S108
_FILM = re.compile(rb"moov....mvhd|\x1aE\xdf\xa3.{4,40}matroska|\x00\x00\x00.ftypisom", re.DOTALL)


class Film:
    """A film to be looked for in what files hold."""

    def __init__(self, content: bytes) -> None:
        self._runs = runs_of(content)
        self._heads = np.array([int.from_bytes(run[:8], "little") for run in self._runs], np.uint64)
        self._likely = np.zeros(_LIKELY, bool)
        self._likely[self._heads % np.uint64(_LIKELY)] = True

    def is_in(self, content: bytes) -> bool:
        """Whether a run of it is anywhere in these bytes."""
        for start in range(8 if len(content) >= RUN else 0):
            words = np.frombuffer(content, "<u8", (len(content) - start) // 8, start)
            words = words[self._likely[words % np.uint64(_LIKELY)]]
            if np.isin(words, self._heads).any():
                return any(run in content for run in self._runs)
        return False


def runs_of(film: bytes) -> list[bytes]:
    """Return runs of a film by which it is known: close together at its start, then every four kilobytes."""
    places = [*range(0, 65536, _NEAR), *range(65536, len(film), _APART)]
    found = (film[place : place + RUN] for place in places)
    return [run for run in found if len(set(run)) >= _DIFFERENT]


class Residue:
    """What may lie nowhere in clear: these films, by their names, and these words. `root` is the folder in
    which all of the program's folders are."""

    def __init__(self, root: Path, films: Mapping[str, bytes], words: Collection[bytes]) -> None:
        self._root, self._words = root, words
        self._began = root.stat().st_mtime
        self._films = {name: Film(content) for name, content in films.items()}

    def found(self, known: Iterable[Path] = (), *, elsewhere: bool = False) -> list[str]:
        """Return what lies in clear, and where, in a sentence each: below the root; with `elsewhere` also in
        the folders in memory, and for what is temporary, that all programs share. Files that are `known` to
        be clear are left out."""
        left_out = {path.resolve() for path in known}
        said = []
        for path in self._files(elsewhere=elsewhere):
            if path.resolve() in left_out:
                continue
            try:
                content = path.read_bytes()
            except OSError:
                continue  # It went, or is another's.
            ours = path.is_relative_to(self._root)
            said += [f"{what} in {path}" for what in self._in(content, ours=ours)]
            named = os.fsencode(path.relative_to(self._root)) if ours else b""
            said += [f"{word.decode()} in the name {path}" for word in self._words if word in named]
        return said

    def _in(self, content: bytes, *, ours: bool) -> Iterator[str]:
        yield from (f"film {name}" for name, film in self._films.items() if film.is_in(content))
        if ours:  # Other programs have film and words of their own.
            yield from ("a film" for _ in _FILM.findall(content)[:1])
            yield from (f"“{word.decode()}”" for word in self._words if word in content)

    def _files(self, *, elsewhere: bool) -> Iterator[Path]:
        yield from (path for path in self._root.rglob("*") if path.is_file() and not path.is_symlink())
        for folder in _ELSEWHERE if elsewhere else ():
            for here, folders, names in os.walk(folder):
                folders[:] = [each for each in folders if Path(here, each) != self._root]
                yield from (path for name in names if self._may_be_ours(path := Path(here, name)))

    def _may_be_ours(self, path: Path) -> bool:
        try:
            status = path.lstat()
        except OSError:
            return False
        is_new = status.st_mtime >= self._began and status.st_uid == os.getuid()
        return path.is_file() and not path.is_symlink() and is_new and status.st_size < _MOST_BYTES


def open_files(pid: int) -> list[str]:
    """Return what a program has open that is in no folder any more, and in more than memory."""
    found = []
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = str(link.readlink())
        except OSError:
            continue
        if target.endswith("(deleted)") and not target.startswith("/memfd:"):
            found.append(target)
    return found
