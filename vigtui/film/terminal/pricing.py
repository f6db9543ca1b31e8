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
_RELIEF = 0.85
_SHARPER, _NEARLY_EXACT = 0.35, 2.0


class Pricing:
    """The price of the next picture."""

    def __init__(self) -> None:
        self._good = _FIRST
        self._aim = GOOD
        self._pressed = 0.0
        self._still = _FIRST

    def link_has(self, plenty: float) -> None:
        """The link has so much to spare, from 0 to 1. A picture gets better little by little, and is at once
        no better than that."""
        wanted = GOOD * (BETTER / GOOD) ** plenty
        self._aim = max(wanted, self._aim * _SOONER_BETTER)

    def playing(self) -> float:
        """The least price for a picture of a film that plays."""
        return max(self._good, self._pressed * _RELIEF)

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

    def paid(self, asked: float, paid: float, error: float) -> None:
        """A picture of a film that plays cost this, and left this mean error."""
        if paid > asked:
            self._pressed = paid
        else:
            self._pressed *= _RELIEF
        if self._pressed * _RELIEF <= self._good:
            least, most = _STEP
            self._good *= min(most, max(least, (self._aim / max(error, 1e-3)) ** 0.5))
            self._good = min(_MOST * self._aim / GOOD, max(_LEAST, self._good))
