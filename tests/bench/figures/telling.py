"""A figure as a line for somebody who waits for it."""

from tests.bench.figures.figure import Figure

_NAME = 34


def told(figure: Figure) -> str:
    """Return one line: the value, the peer's, their ratio, the goal."""
    words = f"  {figure.name:{_NAME}} {_measured(figure.value, figure.unit)}"
    if figure.ratio is not None and figure.theirs is not None:
        words += f"; {figure.peer} {_measured(figure.theirs, figure.unit)}; {number(figure.ratio)} times"
    if figure.noise:
        words += f" ± {number(figure.noise)}"
    if figure.goal is not None:
        words += f"   (goal {number(figure.goal)}{'' if figure.reached else ', not reached'})"
    return words


def number(value: float) -> str:
    """Return a number with the digits that mean something."""
    size = abs(value)
    if size >= 100 or value == 0:
        return f"{value:,.0f}"
    return f"{value:.1f}" if size >= 10 else f"{value:.2f}" if size >= 1 else f"{value:.3f}"


def _measured(value: float, unit: str) -> str:
    return f"{number(value)} {unit}"


class Teller:
    """Prints figures as they come, those about one thing under one heading."""

    def __init__(self) -> None:
        self._about = ""

    def tell(self, figure: Figure) -> None:
        """Print a figure."""
        if figure.about != self._about:
            print(f"\n{figure.about}" if self._about else figure.about)
            self._about = figure.about
        print(told(figure), flush=True)
