"""The film that was sent for an agenda, in place of a recording's own that is not on this machine."""

from typing import TYPE_CHECKING

from vigtui.casefilm.opening import FilmSource, open_film
from vigtui.domain.consent.access import Permission
from vigtui.domain.records import AgendaFilm
from vigtui.film.errors import FilmMissing
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.wording.film.agenda import CAN_BE_SENT

if TYPE_CHECKING:
    from vigtui.casefilm.encrypted.agenda_films import NotShown


class FilmOfSpace:
    """Opens a clip's film: the recording's own, where it is here, else what was sent for the `session` with
    this id, or another. What is shown to a family is the film `of_guider` alone. `shown` is the record of
    what is shown, if that was sent."""

    def __init__(self, screen: CaseScreen, session: str, *, of_guider: bool) -> None:
        self._screen, self._session, self._of_guider = screen, session, of_guider
        self.shown: AgendaFilm | None = None
        self._known = 0
        self._not_shown: dict[str, NotShown] = {}

    def open_film(self, allowed: Permission, clip: str) -> tuple[FilmSource, AgendaFilm | None]:
        """Return the film, and its record where it was sent. Blocks. Raises FilmError: FilmComing for what is
        on its way."""
        caseload, workspace = self._screen.caseload, self._screen.workspace
        self._known = self._number(clip)
        try:
            return open_film(caseload, allowed, clip), None
        except FilmMissing as error:
            if not clip or self._of_guider or workspace.space is None:
                raise
            # Lazy: most have their film.
            from vigtui.casefilm.encrypted.agenda_films import open_agenda_film

            day = workspace.today()
            folder = workspace.space_folder
            film = open_agenda_film(
                caseload, folder, clip, self._session, day, workspace.person, self._not_shown
            )
            if film is None:
                raise FilmMissing(f"{error} {CAN_BE_SENT}") from None
            return film, film.film

    def has_more(self, clip: str) -> bool:
        """Whether film was sent for the clip since it was looked for last."""
        return self._number(clip) != self._known

    def is_over(self) -> bool:
        """Whether the film that is shown may be seen no more: it was taken out, or its last day is past."""
        if self.shown is None:
            return False
        from vigtui.casefilm.encrypted.agenda_films import may_still_be_seen  # As above.

        workspace = self._screen.workspace
        return not may_still_be_seen(self._screen.caseload, self.shown, workspace.today(), workspace.person)

    def _number(self, clip: str) -> int:
        return len(self._screen.caseload.where(AgendaFilm, clip=clip)) if clip else 0
