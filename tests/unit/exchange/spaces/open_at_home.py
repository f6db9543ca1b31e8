"""A caseload in a space, open as in the app, in a program and a home of its own; it does what it is told.

Run by `python -m tests.bench erased_family`: `open_at_home.py FILE NAME`. Each line that comes names an act;
when that is done a line with what it found goes out, as JSON.
"""

import contextlib
import json
import sys
from pathlib import Path
from typing import Any

from tests.unit.casefilm.filmed_case import CODE, TITLE, WORDS
from vigtui.casefilm.encrypted.agenda_films import film_in_space
from vigtui.domain.consent.agenda_film import seen_for
from vigtui.domain.records import Clip, Family, Note, Person
from vigtui.exchange.agenda_films.place import Place
from vigtui.exchange.agenda_films.sending import plan_sending, send_films
from vigtui.exchange.spaces.membership import load_membership
from vigtui.exchange.spaces.standing import SpaceStanding
from vigtui.film.errors import FilmError
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.values.days import today
from vigtui.workspace.places import Places
from vigtui.workspace.settings import Settings
from vigtui.workspace.workspace import Workspace


class Home:
    """An open caseload, and the acts by their names."""

    def __init__(self, path: Path, name: str) -> None:
        caseload = Caseload.open(path, by=name, key=unlock(path, WORDS))
        self._caseload, self._name = caseload, name
        self.workspace = Workspace(caseload, Settings(), Places())
        self.workspace.places.enter(caseload.meta.id, path)
        self.workspace.finish_erasing()
        self.workspace.join_in()

    def write(self) -> None:
        """Write about the clip, look for it, and go to the family."""
        clip = self._caseload.all(Clip)[0]
        self._caseload.save(Note(about=clip.id, body=f"{self._name} of {CODE}: {TITLE}"))
        self.workspace.last_search = TITLE
        self.workspace.places.set("caseload:family", self._caseload.all(Family)[0].id)
        self.workspace.places.save()
        self._caseload.flush()

    def send(self) -> int:
        """Send film for the agenda; return of how many clips."""
        membership = load_membership(self._caseload)
        assert membership is not None
        place = Place(membership.path, membership.writer)
        plan = plan_sending(self._caseload, place, "session", today())
        sent = send_films(self._caseload, place, plan, today(), today(), self._name, lambda _: None)
        return sent.clips

    def see(self) -> bool:
        """Whether that film is there, and can be seen whole."""
        membership = load_membership(self._caseload)
        assert membership is not None
        for film in seen_for(self._caseload, "clip-toast", "session", today(), None):
            with (
                contextlib.suppress(FilmError),
                film_in_space(self._caseload, membership.path, film).open() as file,
            ):
                return len(file.read()) > 0
        return False

    def notes(self) -> int:
        return len(self._caseload.all(Note))

    def people(self) -> int:
        return len(self._caseload.all(Person))

    def families(self) -> int:
        return len(self._caseload.all(Family))

    def standing(self) -> dict[str, Any]:
        space = self.workspace.space
        found: SpaceStanding | None = space.standing if space else None
        if found is None:
            return {"state": "", "free": 0, "files": 0, "keeps versions": False, "told": 0}
        return {
            "state": found.state,
            "free": found.free,
            "files": found.files,
            "keeps versions": found.keeps_versions,
            "told": len(found.families),
        }

    def close(self) -> None:
        self.workspace.close()


def main(path: str, name: str) -> None:
    home = Home(Path(path), name)
    for line in sys.stdin:
        try:
            answer = getattr(home, line.strip())()
        except Exception as error:
            answer = {"wrong": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
