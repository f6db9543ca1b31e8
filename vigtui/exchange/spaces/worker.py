"""The thread that keeps a caseload in step with its space."""

import contextlib
import datetime as dt
import threading
import time
from collections.abc import Callable

from vigtui.domain.consent.agenda_film import OTHERS_DAYS
from vigtui.exchange.agenda_films.keeping import FilmKeeper
from vigtui.exchange.agenda_films.place import Place
from vigtui.exchange.agenda_films.standing import FilmStanding
from vigtui.exchange.spaces.membership import Membership, load_membership
from vigtui.exchange.spaces.space import Space
from vigtui.exchange.spaces.standing import SILENT_DAYS, SpaceStanding
from vigtui.exchange.spaces.telling import title
from vigtui.store.caseload import Caseload

SECONDS = 1.0
_SECONDS_TO_STOP = 10.0
_SECONDS_FOR_A_SCREEN = 0.05
"""In which a screen shows what came. Of two threads that work at once each takes twice as long."""


class SpaceWorker:
    """Works in a thread of its own from `start` until `stop`. `changed` is called in that thread whenever the
    `standing`, that of the `films` for agendas, or the `words` about it in the title, change. None and "":
    nothing is known yet, as of `membership`, or the caseload is in no space."""

    def __init__(
        self,
        caseload: Caseload,
        changed: Callable[[], None] = lambda: None,
        *,
        silent_days: int = SILENT_DAYS,
        film_left_days: int = OTHERS_DAYS,
    ) -> None:
        self.membership: Membership | None = None
        self.standing: SpaceStanding | None = None
        self.films = FilmStanding()
        self.words = ""
        self._caseload, self._changed = caseload, changed
        self._silent_days, self._film_left_days = silent_days, film_left_days
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="space", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Write what is not sent yet, and look no more. A folder that does not answer holds nobody up for
        longer than ten seconds. Call it before the caseload is closed."""
        self._stopping.set()
        self._thread.join(_SECONDS_TO_STOP)

    def _run(self) -> None:
        membership = load_membership(self._caseload)
        if membership is None:
            return
        self.membership = membership
        space = Space(
            self._caseload,
            membership,
            give_way=lambda: time.sleep(_SECONDS_FOR_A_SCREEN),
            silent_days=self._silent_days,
        )
        place = Place(membership.path, membership.writer)
        films = FilmKeeper(self._caseload, place, others_days=self._film_left_days)
        while True:
            try:
                space.work()
                films.work()
                words = title(space.standing, dt.datetime.now().astimezone())
                self._tell(space.standing, films.standing, words)
            except Exception as error:  # Whatever is wrong with one look, there is a next one.
                self._tell(self.standing, self.films, f"not in step: {type(error).__name__}")
            if self._stopping.wait(SECONDS):
                break
        films.end()
        with contextlib.suppress(Exception):
            space.leave()

    def _tell(self, standing: SpaceStanding | None, films: FilmStanding, words: str) -> None:
        if (standing, films, words) != (self.standing, self.films, self.words):
            self.standing, self.films, self.words = standing, films, words
            self._changed()
