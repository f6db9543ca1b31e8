"""The running clock of a session: begun once, shown while it runs, its minutes proposed at the end."""

import datetime as dt

from vigtui.values import clocks
from vigtui.workspace.places import Places

LONGEST = 5 * 60
"""Minutes after which nobody has thought of ending it: they are not proposed."""


class SessionClock:
    """The clock of one session. It is kept among the places of this machine, by the moment it was begun, so
    it goes on while another screen is in front, and after the program was closed; beginning it again while
    it runs changes nothing."""

    def __init__(self, places: Places, session: str) -> None:
        self._places, self._key = places, f"clock:{session}"

    @property
    def since(self) -> dt.datetime | None:
        """When it was begun; None while it does not run."""
        kept = self._places.get(self._key)
        try:
            return dt.datetime.fromtimestamp(kept, dt.UTC) if isinstance(kept, int) else None
        except (OverflowError, OSError, ValueError):
            return None

    @property
    def minutes(self) -> int | None:
        """How many minutes it has run, a begun one for a whole one; None while it does not run."""
        since = self.since
        if since is None:
            return None
        return max(1, -(-int((clocks.now() - since).total_seconds()) // 60))

    def begin(self) -> None:
        """Let it run from now on, unless it runs."""
        if self.since is None:
            self._places.set(self._key, int(clocks.now().timestamp()))

    def end(self) -> None:
        """Stop it."""
        self._places.set(self._key, None)
