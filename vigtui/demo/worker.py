"""Makes films for `filming`, in a process of its own: `python -m vigtui.demo.worker FOLDER`.

Reads a film's name on each line of its input, and answers each with a line: empty when the film is made, else
what went wrong. A process apart uses a second processor, and keeps what the encoder's libraries print away
from the screen.
"""

import contextlib
import os
import sys
from pathlib import Path

from vigtui.demo.films import make_film
from vigtui.film.errors import FilmError
from vigtui.values.text import one_line

_NICE = 10


def main(folder: Path) -> None:
    with contextlib.suppress(AttributeError, OSError):
        os.nice(_NICE)  # The screens are at work meanwhile, and go first.
    for line in sys.stdin:
        try:
            make_film(folder, line.strip())
        except (FilmError, OSError) as error:
            print(one_line(str(error)), flush=True)
        else:
            print(flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
