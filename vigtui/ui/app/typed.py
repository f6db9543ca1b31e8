"""What is typed, in its order: no key acts before the ones typed earlier have arrived where they belong.

Textual gives a key to the widget in focus and goes on, so a key of the whole app (ctrl+s, ctrl+n) overtakes
letters that still wait there. Over SSH, where several keys arrive at once, and on a busy machine the last
letters were missing from what was saved, or stood in the next item's text.
"""

from collections import deque
from collections.abc import Awaitable, Callable

from textual.app import App
from textual.events import Event
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

PATIENCE = 0.5
"""How long, in seconds, a widget may take over a key before the next one is handled all the same."""


class KeyHandled(Message):
    """Follows a key through the same queues, from the widget in focus up to the app: once it is there, so has
    the key been."""


class Typed:
    """Passes on keys and pastes one by one. `handle` is what Textual does with one."""

    def __init__(self, app: App[None], handle: Callable[[Event], Awaitable[None]]) -> None:
        self._app = app
        self._handle = handle
        self._waiting: deque[Event] = deque()
        self._followed_by: KeyHandled | None = None
        self._target: Widget
        self._timer: Timer | None = None

    async def take(self, event: Event) -> None:
        """Handle a key or a paste, at once or when the one before it has been."""
        self._waiting.append(event)
        if self._followed_by is None or not self._target.is_attached:
            await self._go_on()
        elif self._timer is None:
            self._timer = self._app.set_timer(PATIENCE, self._go_on)

    async def handled(self, message: KeyHandled) -> None:
        """Go on with the next one."""
        if message is self._followed_by:
            await self._go_on()

    async def _go_on(self) -> None:
        self._followed_by = None
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        await self._hand_on()

    async def _hand_on(self) -> None:
        while self._waiting and self._followed_by is None:
            event = self._waiting.popleft()
            self._target = self._app.focused or self._app.screen
            await self._handle(event)
            # One that is not forwarded was a key of the whole app, and has acted.
            if event.is_forwarded and self._target.post_message(follower := KeyHandled()):
                self._followed_by = follower
        if self._waiting:
            self._timer = self._app.set_timer(PATIENCE, self._go_on)
