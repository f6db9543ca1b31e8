"""Skill scales as files that a service makes: read, bounded."""

import tomllib
from pathlib import Path

from vigtui.domain.records import Instrument
from vigtui.domain.sessions.skills import parse_instrument
from vigtui.foreign.files import read_file, reason
from vigtui.foreign.text import decode_text
from vigtui.store.errors import CaseloadError
from vigtui.values.text import one_line

ENDING = ".toml"
_MOST_BYTES = 1 << 16


def read_skill_scale(path: Path) -> Instrument:
    """Return the skill scale in a file. Raises CaseloadError, whose sentence says what is wrong in it."""
    try:
        return parse_instrument(tomllib.loads(decode_text(read_file(path, _MOST_BYTES))))
    except RecursionError:
        why = "it is nested too deeply"
    except (OSError, ValueError) as error:
        why = one_line(reason(error)).rstrip(".")[:200]
    raise CaseloadError(f"{one_line(path.name)} cannot be taken as a skill scale: {why}.")
