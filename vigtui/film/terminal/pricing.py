"""What a byte may cost: so little that the picture is good, so much that it goes through the link.

Prices are the errors of `pen`. They follow the film slowly, so that quality does not flicker.
"""

GOOD = 46.5
"""The mean error that is aimed at while film plays: 36.2 dB."""
BETTER = 29.3
"""The one that is aimed at where the link has plenty: 38.2 dB, for 38 % more bytes."""

# Film with little in it, as drawn film, is not made worse than this saves: at 8 it has 40 dB in a kilobyte.
_LEAST, _MOST = 0.5, 8.0
_FIRST = 6.0
_STEP = (0.75, 1.35)
_SOONER_BETTER = 0.98
# How soon a price follows what pictures take of the room: slowly, so that each takes what it needs. Those of
# one size, some of them at twice the price of others, are worse by half a dB.
_FOLLOWING, _FULLNESS = 0.15, (0.4, 2.5)
# Where there is no room for a good picture: from 31.5 dB on there are more pictures rather than better ones,
# of which each may take so much of the room at least.
_FAIR, _LEAST_PART, _PART_STEP = 138.0, 0.32, 1.05
_SHARPER, _NEARLY_EXACT = 0.35, 2.0


class Pricing:
    """The price of the next picture."""

    def __init__(self) -> None:
        self._good = _FIRST
        self._aim = GOOD
        self._pressed = _FIRST
        self._part = _LEAST_PART
        self._still = _FIRST

    def link_has(self, plenty: float) -> None:
        """The link has so much to spare, from 0 to 1. A picture gets better little by little, and is at once
        no better than that."""
        wanted = GOOD * (BETTER / GOOD) ** plenty
        self._aim = max(wanted, self._aim * _SOONER_BETTER)

    def playing(self) -> float:
        """The least price for a picture of a film that plays."""
        return max(self._good, self._pressed)

    def stays(self) -> None:
        """Another picture is there, and stays."""
        self._still = self.playing()

    def still(self) -> float:
        """The least price for a picture that stays: each time less, until it is exact."""
        self._still = self._still * _SHARPER if self._still > _NEARLY_EXACT else 0.0
        return self._still

    def paid_still(self, paid: float) -> None:
        """A picture that stays cost this: there was no room for it at the price that was asked."""
        self._still = paid

    def drew(self, error: float, fullness: float) -> None:
        """A picture of a film that plays was drawn, left this mean error, and took so much of the room. The
        less they take, the sooner there is room for another."""
        least, most = _FULLNESS
        followed = self._pressed * min(most, max(least, fullness / self._part)) ** _FOLLOWING
        self._pressed = max(self._good / 2, followed)
        if self._pressed > self._good:
            step = _PART_STEP if error > _FAIR else 1 / _PART_STEP
            self._part = min(1.0, max(_LEAST_PART, self._part * step))
        else:
            self._part = _LEAST_PART
            least, most = _STEP
            self._good *= min(most, max(least, (self._aim / max(error, 1e-3)) ** 0.5))
            self._good = min(_MOST * self._aim / GOOD, max(_LEAST, self._good))
