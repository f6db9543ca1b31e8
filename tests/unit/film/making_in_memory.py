"""Cuts a film that is in no file into memory, and says which files it can write to meanwhile.

`python -m tests.unit.film.making_in_memory FILM OUT`: what is made comes out in reverse.
"""

import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO

from tests.unit.film.elsewhere import Elsewhere
from vigtui.film.making.cutting import cut

_WRITING = os.O_WRONLY | os.O_RDWR


def main(film: Path, out: Path) -> None:
    def told(_: float) -> None:
        print(*sorted(written()), flush=True)

    def taken(file: BinaryIO, ending: str) -> None:
        told(1.0)
        out.with_suffix(ending).write_bytes(file.read()[::-1])

    cut(Elsewhere(film), taken, 500, 2900, told)


def written() -> set[str]:
    """The ordinary files that this process has open to write to."""
    found = set()
    for entry in Path("/proc/self/fd").iterdir():
        try:
            flags = (Path("/proc/self/fdinfo") / entry.name).read_text().split("flags:")[1].split()[0]
            if int(flags, 8) & _WRITING and stat.S_ISREG(entry.stat().st_mode):
                found.add(str(entry.readlink()).split(" ")[0])
        except OSError:  # closed meanwhile
            continue
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
