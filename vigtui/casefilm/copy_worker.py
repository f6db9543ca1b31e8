"""Makes one working copy, in a process of its own: `python -m vigtui.casefilm.copy_worker FILM TARGET`.

Where the film is encrypted the first line on its input is the key, and the copy is encrypted with that.

It tells on its output how far it is, "part 0.42", and at the end "made", "light" for a film that needs no
copy, "no" and why it can have none, or "later" where there is too little memory for one now. "wait" and "go
on" on its input hold it and let it go on. When its input ends, so does it: whoever wanted the copy is gone. A
process apart has the lowest priority, gives all its memory back, and a film that brings libmpv down brings
nobody else down.
"""

import contextlib
import os
import sys
import threading
from pathlib import Path
from typing import BinaryIO

from vigtui.casefilm.encrypted.files import encrypt_beside
from vigtui.casefilm.home import Folder, film_at
from vigtui.film.errors import FilmError, NoRoom
from vigtui.film.making.working_copy import look, make_copy
from vigtui.values.text import one_line
from vigtui.vault.data_key import DataKey
from vigtui.vault.film.layout import is_called_encrypted

_LOWEST = 19


def main(film: Path, target: Path) -> None:
    with contextlib.suppress(AttributeError, OSError):
        os.nice(_LOWEST)
    home = Folder(
        film.parent, DataKey.received(sys.stdin.readline()) if is_called_encrypted(film.name) else None
    )
    waits = threading.Event()
    threading.Thread(target=_obey, args=(waits,), daemon=True).start()
    source = film_at(home, film)

    def keep(made: BinaryIO, ending: str) -> None:
        encrypt_beside(home, film, made, ending, target)

    try:
        looked = look(source)
        if not looked.why_heavy:
            _tell("light")
        elif looked.why_none:
            _tell(f"no {looked.why_none}")
        else:
            make_copy(
                source,
                looked,
                keep if home.key else target,
                lambda part: _tell(f"part {part:.3f}"),
                waits.is_set,
            )
            _tell("made")
    except NoRoom:
        _tell("later")
    except (FilmError, OSError) as error:
        _tell(f"no {one_line(str(error))}")


def _obey(waits: threading.Event) -> None:
    for line in sys.stdin:
        if line.strip() == "wait":
            waits.set()
        else:
            waits.clear()
    os._exit(1)


def _tell(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
