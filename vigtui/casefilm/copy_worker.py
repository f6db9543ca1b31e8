"""Makes one working copy, in a process of its own: `python -m vigtui.casefilm.copy_worker FILM TARGET`.

It tells on its output how far it is, "part 0.42", and at the end "made", "light" for a film that needs no
copy, or "no" and why it can have none. "wait" and "go on" on its input hold it and let it go on. When its
input ends, so does it: whoever wanted the copy is gone. A process apart has the lowest priority, gives all
its memory back, and a film that brings libmpv down brings nobody else down.
"""

import contextlib
import os
import sys
import threading
from pathlib import Path

from vigtui.film.errors import FilmError
from vigtui.film.files import FileSource
from vigtui.film.making.working_copy import look, make_copy
from vigtui.values.text import one_line

_LOWEST = 19


def main(film: Path, target: Path) -> None:
    with contextlib.suppress(AttributeError, OSError):
        os.nice(_LOWEST)
    waits = threading.Event()
    threading.Thread(target=_obey, args=(waits,), daemon=True).start()
    source = FileSource(film)
    try:
        looked = look(source)
        if not looked.why_heavy:
            _tell("light")
        elif looked.why_none:
            _tell(f"no {looked.why_none}")
        else:
            make_copy(source, looked, target, lambda part: _tell(f"part {part:.3f}"), waits.is_set)
            _tell("made")
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
    print(words, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
