"""Programmes as files: the examples that ship, and a service's own."""

import tomllib
from importlib import resources
from pathlib import Path

from vigtui.domain.records import Programme
from vigtui.domain.training.files import parse_programme, write_programme
from vigtui.foreign.files import read_file, reason
from vigtui.foreign.text import decode_text
from vigtui.store.disk.atomic import create
from vigtui.store.errors import CaseloadError
from vigtui.values.text import one_line

ENDING = ".toml"
_MOST_BYTES = 1 << 16
_EXAMPLES = resources.files("vigtui.demo") / "service" / "programmes"


class ProgrammeFileError(CaseloadError):
    """A programme's file cannot be read or written. The text is a sentence: which file, what, what to do."""


def examples() -> list[Programme]:
    """Return the programmes that ship, by name."""
    texts = [each.read_text(encoding="utf-8") for each in _EXAMPLES.iterdir() if each.name.endswith(ENDING)]
    return sorted((parse_programme(tomllib.loads(text)) for text in texts), key=lambda each: each.name)


def read_programme(path: Path) -> Programme:
    """Return the programme in a file. Raises ProgrammeFileError."""
    try:
        return parse_programme(tomllib.loads(decode_text(read_file(path, _MOST_BYTES))))
    except RecursionError:
        why = "it is nested too deeply"
    except (OSError, ValueError) as error:
        why = reason(error)
    raise ProgrammeFileError(f"{one_line(path.name)}: {one_line(why).rstrip('.')}. Nothing was taken in.")


def write_programme_file(programme: Programme, path: Path) -> None:
    """Write a programme to a new file, to be changed. Raises ProgrammeFileError."""
    try:
        create(path, [write_programme(programme).encode("utf-8")])
    except FileExistsError:
        raise ProgrammeFileError(f"{one_line(path.name)} is already there. Choose another name.") from None
    except OSError as error:
        raise ProgrammeFileError(f"{one_line(path.name)} cannot be written: {reason(error)}.") from None
