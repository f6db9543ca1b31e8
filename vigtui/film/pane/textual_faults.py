"""What Textual holds on to of screens, widgets and sizes that are gone, timers of its that never ring, and
what it does again and again. Each changes nothing where a version of it no longer does so."""

import gc
from collections.abc import Iterable
from functools import cache, lru_cache, partial
from typing import Any
from weakref import WeakSet

from rich import cells
from textual._styles_cache import StylesCache
from textual.cache import LRUCache
from textual.css.scalar import Scalar
from textual.css.stylesheet import Stylesheet
from textual.events import ScreenResume
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.timer import Timer

from vigtui.values.memory import give_memory_back

_PIECES = 1024
_MIXING = "get_inner_outer"
_LENGTHS, _FOUND = "cached_cell_len", "_query_one_cache"
_SENTENCES, _SENTENCE = "ToastRack", "ToastHolder"


class ReadOnce(Stylesheet):
    """Reads each piece of CSS once, until the colours are others.

    Textual's reads all of it anew when a screen with CSS of its own is first opened (`reparse` begins with
    nothing); and with each kind of widget, once there are more pieces than the 64 that it remembers.
    """

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(_PIECES)

    def reparse(self) -> None:
        """Take in the variables, and what was added. Raises `StylesheetError`, and changes nothing then."""
        self.parse()


@cache
def let_late_timers_ring() -> None:
    """Have a timer that rings once do so, however late, and one of no time at all.

    Textual leaves out the moments of a timer that pass before it comes to wait for them, as they do on a busy
    machine. Here that is the only one: what is written would wait to be kept, keys to be handled, and the
    screen to be covered, for ever.
    """
    run = Timer._run

    async def run_late(timer: Timer) -> None:
        if timer._repeat == 0:
            timer._skip = False
        await run(timer)

    Timer._run = run_late  # type: ignore[assignment, method-assign]


@cache
def style_new_screens_once() -> None:
    """Have what is on a new screen styled once, which is a quarter of what its opening takes.

    Textual works out the styles of a widget when it is put there, of all once more when the screen comes to
    the front, and again when it then hears its size and takes the classes for that (`HORIZONTAL_BREAKPOINTS`,
    `VERTICAL_BREAKPOINTS`). Here it takes them before it has anything on it, and is not looked through again
    the first time that it is in front.
    """
    if not {"_compose", "_on_screen_resume"} <= vars(Screen).keys():
        return
    compose, resume = Screen._compose, Screen._on_screen_resume
    new: WeakSet[Screen[Any]] = WeakSet()

    async def compose_at_size(screen: Screen[Any]) -> None:
        screen.update_classes(_classes_of_size(screen), update=False)
        screen.update_node_styles(animate=False)  # It was styled before its own CSS was read.
        new.add(screen)
        await compose(screen)

    def resume_as_made(screen: Screen[Any], event: ScreenResume) -> None:
        if screen in new:
            new.discard(screen)
            event.refresh_styles = False
        resume(screen, event)

    Screen._compose = compose_at_size  # type: ignore[assignment, method-assign]
    Screen._on_screen_resume = resume_as_made  # type: ignore[assignment, method-assign]


def _classes_of_size(screen: Screen[Any]) -> dict[str, bool]:
    """The classes that a screen has in a window of the present size, and those that it has not."""
    classes: dict[str, bool] = {}
    across, down = screen.HORIZONTAL_BREAKPOINTS, screen.VERTICAL_BREAKPOINTS
    for length, steps in zip(screen.app.size, (across, down), strict=True):
        reached = max((step for step in steps or () if step[0] <= length), default=None)
        classes |= {step[1]: step == reached for step in steps or ()}
    return classes


def let_go_of_gone_widgets() -> None:
    """Have Textual let go of the lines of the last thousand widgets, many megabytes after some dialogs: it
    remembers two colours and their mixture by the lines that they are for."""
    remembered: Any = vars(StylesCache).get(_MIXING)
    if hasattr(remembered, "cache_info"):
        mixing = partial(remembered.__wrapped__, None)
        setattr(StylesCache, _MIXING, staticmethod(lru_cache(1024)(mixing)))


def let_go_of_closed_screens(still_open: Iterable[Screen[Any]]) -> None:
    """Give back what closed screens were made of, in about 50 ms of a processor. It is garbage that refers to
    itself, and Python lets up to eight megabytes of it come together before it looks."""
    forget_answers(still_open)
    if gc.isenabled():
        gc.collect()
        give_memory_back()


def forget_places() -> None:
    """Have Textual forget which places it worked out on the screen: once its size is another, they are of no
    use, and would be kept until thousands of others came, ten megabytes in all."""
    _forget(*vars(Region).values(), Scalar.resolve, Strip.blank)


def forget_answers(screens: Iterable[Screen[Any]]) -> None:
    """Have Textual forget what it found on these screens before something was added to them or taken away,
    which it never looks up again, and rich how long the lines were that nobody sees any more: they would be
    kept until a thousand answers and four thousand lines came, in hours, each in the way of what is free."""
    _forget(getattr(cells, _LENGTHS, None))
    for screen in screens:
        found: Any = getattr(screen, _FOUND, None)
        if hasattr(found, "clear"):
            found.clear()


def _forget(*worked_out: object) -> None:
    for each in worked_out:
        remembered: Any = getattr(each, "__func__", each)
        if hasattr(remembered, "cache_clear"):
            remembered.cache_clear()


def remove_empty_frames(screens: Iterable[Screen[Any]]) -> None:
    """Remove the frames of sentences in the corner that were taken away before their time: Textual takes away
    the sentence, and its frame stays, with 40 KB, as long as the screen."""
    for screen in screens:
        for rack in screen.query_children(_SENTENCES):
            for frame in rack.query_children(_SENTENCE):
                if not frame.children:
                    frame.remove()
