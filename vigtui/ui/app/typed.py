"""What is typed, in its order: no key acts before the ones typed earlier have done what they were meant for.

Textual gives a key to the widget in focus and goes on, so a key of the whole app (ctrl+s, ctrl+n) overtakes
letters that still wait there, and what is typed for a dialog acts on the screen below while the dialog is
still being made. Where several keys arrive at once (over SSH, on a busy machine), the last letters were
missing from what was saved, a private note began in the field before it, and a name did what its letters do
in the list of families.
"""

from collections import deque
from collections.abc import Awaitable, Callable
from weakref import WeakSet, ref

from textual.app import App
from textual.events import Event, Key
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import Worker

_SECONDS_BETWEEN_LOOKS = 0.01
_PATIENCE = 50
"""Looks, half a second: so long a widget may take over a key, or a new screen over taking the focus."""
_PATIENCE_TO_ASK = 500
"""Looks, five seconds: so long a task may take until its dialog is there."""
_ROUNDS = 3
"""A key's message makes its screen send one, which makes the app show another screen."""
_ASKING = frozenset({"ask", "task", "leave", "undo", "default"})
"""The groups of workers that ask in dialogs. Those that open or look for film have groups of their own."""


class KeyHandled(Message):
    """Follows a key through the same queues, from the widget in focus up to the app: once it is there, so has
    the key been."""


class Typed:
    """Passes on keys and pastes one by one. `handle` is what Textual does with one.

    Time is counted in looks, not by the clock, which goes on while the program is stopped. A screen that is
    left is not held by the key that left it.
    """

    def __init__(self, app: App[None], handle: Callable[[Event], Awaitable[None]]) -> None:
        self._app = app
        self._handle = handle
        self._waiting: deque[Event] = deque()
        self._followed_by: KeyHandled | None = None
        self._rounds = 0
        self._target: ref[Widget] | None = None
        self._front: ref[Screen[object]] | None = None
        self._unheard: ref[Screen[object]] | None = None
        self._slow: WeakSet[Worker[object]] = WeakSet()
        self._timer: Timer | None = None
        self._looks = 0

    async def take(self, event: Event) -> None:
        """Handle a key or a paste, at once or when the one before it has done what it was meant for."""
        self._waiting.append(event)
        await self._hand_on()

    async def handled(self, message: KeyHandled) -> None:
        """Go on with the next one."""
        if message is self._followed_by:
            self._follow(self._rounds - 1)
            await self._hand_on()

    async def _look(self) -> None:
        self._timer = None
        self._looks += 1
        await self._hand_on()

    async def _hand_on(self) -> None:
        if not self._app.screen_stack:  # The app has just ended.
            self._waiting.clear()
        while self._waiting and self._is_done():
            event = self._waiting.popleft()
            self._looks = 0
            target = self._app.focused or self._app.screen
            self._target = ref(target)
            is_letter = isinstance(event, Key) and target.check_consume_key(event.key, event.character)
            await self._handle(event)
            self._follow(1 if is_letter else _ROUNDS)
        if self._waiting and self._timer is None:
            self._timer = self._app.set_timer(_SECONDS_BETWEEN_LOOKS, self._look)

    def _follow(self, rounds: int) -> None:
        """Send a message after the key, and so many in all, one after the other."""
        self._rounds, self._followed_by = rounds, None
        target = self._target_here
        if rounds and target is not None and target.post_message(message := KeyHandled()):
            self._followed_by = message

    @property
    def _target_here(self) -> Widget | None:
        """What the last key was for, while it is there."""
        target = self._target() if self._target else None
        return target if target is not None and target.is_attached else None

    def _is_done(self) -> bool:
        """Whether the last key has done what it was meant for, or has had its time."""
        if self._followed_by and self._target_here is not None and self._looks < _PATIENCE:
            return False
        screen = self._app.screen
        if not _is(self._front, screen) and not _has_focus(screen) and self._looks < _PATIENCE:
            return False
        if not _is(self._unheard, screen) and self._is_unheard(screen):
            if self._looks < _PATIENCE:
                return False
            self._unheard = ref(screen)
        self._front = ref(screen)
        about_to_ask = self._about_to_ask()
        if about_to_ask and self._looks < _PATIENCE_TO_ASK:
            return False
        self._slow.update(about_to_ask)
        return True

    def _is_unheard(self, screen: Screen[object]) -> bool:
        """Whether the next key is one that a dialog has nothing for: one that only tells how far a task is.
        It is for what comes behind it, and waits a moment for that: else the first letters of what is
        written there would be lost, and the rest be keys."""
        if not isinstance(screen, ModalScreen) or screen.focus_chain:
            return False
        event = self._waiting[0]
        return not (isinstance(event, Key) and event.key in screen.active_bindings)

    def _about_to_ask(self) -> list[Worker[object]]:
        """The tasks whose dialog, or next one, is still to come: none while one is open, below another screen
        too."""
        if any(isinstance(screen, ModalScreen) for screen in self._app.screen_stack):
            return []
        tasks = (each for each in self._app.workers if each.group in _ASKING and not each.is_finished)
        return [each for each in tasks if each not in self._slow]


def _has_focus(screen: Screen[object]) -> bool:
    """Whether a screen has taken the focus, if there is something to take it."""
    return screen.is_mounted and (screen.focused is not None or not screen.focus_chain)


def _is(kept: ref[Screen[object]] | None, screen: Screen[object]) -> bool:
    return kept is not None and kept() is screen
