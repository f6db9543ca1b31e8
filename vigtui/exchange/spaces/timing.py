"""When a writer's file is written into the space. Pure: the times are given, in seconds of a clock that
only goes forward."""

from msgspec import Struct

REST_SECONDS = 3.0
LONGEST_SECONDS = 30.0
BYTES_A_SECOND = 50_000
TAKEN_IN_SECONDS = 3600.0
ERASED_SECONDS = 60.0
RETRY_SECONDS = 5.0


class Waiting(Struct, frozen=True):
    """Since when something is not in the own file: the `first` and `last` own change, and the first of
    what was taken in from others. `erased` is the moment, chosen by chance, by which an erasure has to be
    out."""

    first: float | None = None
    last: float | None = None
    taken_in: float | None = None
    erased: float | None = None

    @property
    def nothing(self) -> bool:
        """Whether all that is here is in the own file."""
        return self == NOTHING

    def changed(self, now: float) -> "Waiting":
        """Return what waits after an own change."""
        return Waiting(now if self.first is None else self.first, now, self.taken_in, self.erased)

    def took_in(self, now: float) -> "Waiting":
        """Return what waits after something of others was taken in."""
        return Waiting(self.first, self.last, now if self.taken_in is None else self.taken_in, self.erased)

    def erases(self, now: float, chance: float) -> "Waiting":
        """Return what waits after something was erased; `chance` is from 0 to 1."""
        moment = now + ERASED_SECONDS * chance
        return Waiting(self.first, self.last, self.taken_in, min(moment, self.erased or moment))

    def also(self, earlier: "Waiting") -> "Waiting":
        """Return what waits when what waited `earlier` could not be written."""
        firsts = [each for each in (earlier.first, self.first) if each is not None]
        lasts = [each for each in (earlier.last, self.last) if each is not None]
        taken = [each for each in (earlier.taken_in, self.taken_in) if each is not None]
        erased = [each for each in (earlier.erased, self.erased) if each is not None]
        return Waiting(
            min(firsts, default=None),
            max(lasts, default=None),
            min(taken, default=None),
            min(erased, default=None),
        )


NOTHING = Waiting()


class Written(Struct, frozen=True):
    """When the own file was written last, and its size; when writing failed last. `broken`: the own file is
    missing, unreadable, older or another's."""

    at: float | None = None
    size: int = 0
    failed: float | None = None
    broken: bool = False


def due(waiting: Waiting, written: Written) -> float | None:
    """Return from when on the own file is to be written; None while there is no need.

    One that is broken is written at once, but no more than every three seconds: somebody may delete it
    again and again.

    After an own change it rests for three seconds, or half a minute while somebody goes on, and a large
    file is written less often. What others changed has an hour, since they have it. What was erased is out
    within a minute, at a moment that nobody can foretell: else all would write at once.
    """
    moments = []
    if written.broken:
        moments.append(0.0 if written.at is None else written.at + REST_SECONDS)
    if waiting.first is not None and waiting.last is not None:
        rested = min(waiting.last + REST_SECONDS, waiting.first + LONGEST_SECONDS)
        pace = max(REST_SECONDS, written.size / BYTES_A_SECOND)
        moments.append(rested if written.at is None else max(rested, written.at + pace))
    if waiting.taken_in is not None:
        moments.append(waiting.taken_in + TAKEN_IN_SECONDS)
    if waiting.erased is not None:
        moments.append(waiting.erased)
    if not moments:
        return None
    return min(moments) if written.failed is None else max(min(moments), written.failed + RETRY_SECONDS)
