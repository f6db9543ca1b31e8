"""What a new day, or a decision about film, means for an open caseload."""

import contextlib
import datetime as dt
from collections.abc import Collection
from functools import partial

from textual.app import App

from vigtui.store.format.layout import VERSIONS
from vigtui.ui.app.saving import Saving
from vigtui.values.text import clean
from vigtui.workspace.places import FOLDER_OF_COUNTS

_DECIDE_ABOUT_FILM = {"consents", "families", "cycles", "recordings", "meta", VERSIONS}


class Days:
    """Consents end on days: when another one begins, also while a film plays, everything is decided again.

    Who speaks when in a film is deleted from the disk as soon as somebody in it no longer agrees to filming.
    """

    SECONDS_BETWEEN_LOOKS = 2.0
    """A machine that slept wakes up on another day: no timer can be set to midnight."""

    def __init__(self, app: App[None], saving: Saving) -> None:
        self._app, self._saving = app, saving
        self._day = dt.date.min
        self._looked = False

    def begin(self) -> None:
        """A caseload was opened, and shows what holds today."""
        self._day, self._looked = self._saving.workspace.today(), False

    def look(self) -> None:
        """See which day it is."""
        if not self._saving.is_open:
            return
        before, self._day = self._day, self._saving.workspace.today()
        if before != self._day:
            self._saving.show_changes()
        if before != self._day or not self._looked:
            if not self._looked:
                self._settle_keys()
            self._looked = True
            self._forget_sound()
            self._put_counts()

    def records_changed(self, tables: Collection[str]) -> None:
        """Records of these tables have changed."""
        if self._saving.is_open and not _DECIDE_ABOUT_FILM.isdisjoint(tables):
            self._forget_sound()

    def _put_counts(self) -> None:
        """Put the week's counts where the service collects them, if a week is over and the person said so."""
        workspace = self._saving.workspace

        def put() -> None:
            from vigtui.values import clocks
            from vigtui.workspace.counts.weekly import put_weekly  # Lazy: most have them put nowhere.

            if words := put_weekly(workspace, clocks.now()):
                tell = partial(self._app.notify, clean(words), title="Counts", markup=False, timeout=10)
                self._app.call_from_thread(tell)

        if workspace.places.get(FOLDER_OF_COUNTS):
            self._app.run_worker(put, group="counts", exclusive=True, thread=True)

    def _settle_keys(self) -> None:
        """A change of passphrase that was broken off may have left film open to two."""
        caseload = self._saving.workspace.caseload
        if not caseload.encrypted or caseload.read_only:
            return

        def settle() -> None:
            from vigtui.store.encrypting import settle_broken_off  # Lazy: the first screen does without it.

            with contextlib.suppress(OSError):
                settle_broken_off(caseload.path, caseload.key)

        self._app.run_worker(settle, group="keys", thread=True)

    def _forget_sound(self) -> None:
        workspace = self._saving.workspace

        def forget() -> None:
            # The first screen does without these.
            from vigtui.casefilm.deleting import remove_unfinished
            from vigtui.casefilm.home import film_key
            from vigtui.casefilm.listening import forget_without_consent
            from vigtui.casefilm.working_copies import forget_copies_without_consent
            from vigtui.film.errors import FilmError

            caseload = workspace.caseload
            with contextlib.suppress(OSError):
                forget_without_consent(caseload, caseload, workspace.today())
            with contextlib.suppress(OSError):
                forget_copies_without_consent(
                    caseload.folder, caseload, workspace.today(), workspace.settings.working_copy_bytes
                )
            with contextlib.suppress(OSError):
                remove_unfinished(caseload.folder)
            if film_key(caseload):
                from vigtui.casefilm.encrypted.left_over import remove_abandoned, remove_there_twice

                remove_abandoned(caseload.folder)
                with contextlib.suppress(FilmError, OSError):
                    remove_there_twice(caseload, caseload)

        self._app.run_worker(forget, group="sound", exclusive=True, thread=True)
