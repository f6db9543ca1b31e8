"""The next of the five steps through the demo, above the keys."""

from textual.widgets import Static

STEPPING = "-stepping"
"""A screen has this class while a step stands on it: in a small window it says less of other things then."""


class StepLine(Static):
    """Says what to do next, and how to do without."""

    DEFAULT_CSS = """
    StepLine {
        height: auto; max-height: 3; padding: 0 1; background: $panel; color: $foreground; text-style: bold;
    }
    """

    def __init__(self, words: str) -> None:
        super().__init__(words, markup=False)
