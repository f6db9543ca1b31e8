"""Makes the demo's film while its caseload is at work: the list is there at once, film follows."""

import threading
from collections.abc import Callable

from vigtui.demo.making import draw_films, drawing_words, films_to_draw, note_film, without_film
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError


class _StoppedError(Exception):
    """Nobody needs the film any more."""


class FilmFollows:
    """Draws what film the open demo still misses, on a thread of its own, from `start` to `stop`.

    `told` is called on that thread whenever `words` or `trouble` have changed; what is known of a recording
    is in the caseload by then.
    """

    def __init__(self, caseload: Caseload, told: Callable[[], None]) -> None:
        self._caseload, self._told = caseload, told
        self._wanted = films_to_draw(caseload)
        self._there: frozenset[str] = frozenset()
        self._lock = threading.Lock()
        self._stopped = not self._wanted
        self.trouble = ""

    @property
    def words(self) -> str:
        """What is being made, "" when nothing is."""
        return "" if self._stopped else drawing_words(len(self._there), len(self._wanted))

    def is_coming(self, path: str) -> bool:
        """Whether this film, as its recording names it, is still to be drawn."""
        return not self._stopped and path in self._wanted and path not in self._there

    def start(self) -> None:
        """Begin, if any film is missing."""
        if not self._stopped:
            threading.Thread(target=self._draw, name="demo films", daemon=True).start()

    def stop(self) -> None:
        """Leave the caseload alone from now on, and begin no further film."""
        with self._lock:
            self._stopped = True

    def _draw(self) -> None:
        try:
            trouble = draw_films(self._caseload.folder, self._wanted, self._note)
        except _StoppedError:
            return
        except (CaseloadError, OSError) as error:
            trouble = str(error)
        with self._lock:
            if self._stopped:
                return
            self._stopped, self.trouble = True, without_film(trouble) if trouble else ""
        self._told()

    def _note(self, film: str, _done: int) -> None:
        with self._lock:
            if self._stopped:
                raise _StoppedError
            self._there |= {film}
            note_film(self._caseload, self._wanted[film], film)
        self._told()
