"""Reads the demo's caseload from its files: `families/`, a file for each family, and `service/`.

They are written to be edited by people who know the work and not the program; families/heron.toml says how.
"""

import datetime as dt
from pathlib import Path

from msgspec import Struct

from vigtui.demo.days import Days
from vigtui.demo.entries import read
from vigtui.demo.family_reader import DemoFamily, read_family
from vigtui.demo.supervision_reader import (
    Service,
    read_enrolments,
    read_people,
    read_portfolios,
    read_programme,
    read_sessions,
)
from vigtui.domain.film.codes import code_meaning_id
from vigtui.domain.records import Clip, CodeMeaning, Record, Voice

_HERE = Path(__file__).parent


class DemoCaseload(Struct, frozen=True):
    """The name of the invented service, and its records. Film is missing at first."""

    service: str
    records: list[Record]


def load_demo(today: dt.date, folder: Path = _HERE) -> DemoCaseload:
    """Return the demo, its days placed around `today`. Raises DemoDataError, which names file and entry."""
    days, people = Days(today), dict[str, str]()
    told = Service()
    people_file = read(folder / "service" / "people.toml", days, people)
    people_file.check_keys(("service", "people", "voices", "code_meanings"))
    read_people(told, people_file, people)
    for path in sorted((folder / "service" / "programmes").glob("*.toml")):
        read_programme(told, read(path, days, people))
    read_enrolments(told, read(folder / "service" / "programmes.toml", days, people))
    clips: dict[str, Clip] = {}
    for family in _families(folder / "families", days, people):
        told.records.extend(family.records)
        clips |= {f"{family.family.code} {code}": clip for code, clip in family.clips.items()}
    read_sessions(told, read(folder / "service" / "sessions.toml", days, people), clips)
    read_portfolios(told, read(folder / "service" / "portfolios.toml", days, people), clips)
    for each in people_file.entries("voices", "voice"):
        told.add(each.struct(Voice, ("speaker",), speaker=each.text("speaker")))
    for each in people_file.entries("code_meanings", "meaning of a code", "code"):
        told.add(each.struct(CodeMeaning, id=code_meaning_id(each.text("code"))))
    return DemoCaseload(people_file.text("service"), told.records)


def _families(folder: Path, days: Days, people: dict[str, str]) -> list[DemoFamily]:
    """Return the families in the order of their codes."""
    found: dict[str, DemoFamily] = {}
    for path in sorted(folder.glob("*.toml")):
        file = read(path, days, people)
        family = read_family(file)
        if family.family.code in found:
            raise file.wrong(f"another family has the code {family.family.code}")
        found[family.family.code] = family
    return [found[code] for code in sorted(found)]
