"""What goes out to the terminal: in the order in which it was put there, by whichever thread writes it."""

import os
import threading
from typing import Any, TextIO


class Output:
    """The terminal's file as Textual's thread writes to it, which whoever has drawn film may write to as well
    while that thread has nothing to write: waking it would take as long as the writing.

    What is put there for Textual's thread is announced by `expect`. `claim` and then `write_claimed` are of
    one thread.
    """

    def __init__(self, file: TextIO | None) -> None:
        self._file: Any = file
        self._descriptor = file.fileno() if file else -1
        self._counting, self._writing = threading.Lock(), threading.Lock()
        self._expected = 0
        self._texts: list[str] = []

    def expect(self) -> None:
        """Something more is on its way to Textual's thread."""
        with self._counting:
            self._expected += 1

    def claim(self) -> bool:
        """Whether this thread may write now, and must: everything else waits until it has."""
        with self._counting:
            return not self._expected and self._writing.acquire(blocking=False)

    def write_claimed(self, data: bytes) -> None:
        """Write what was claimed for."""
        try:
            self._send(data)
        finally:
            self._writing.release()

    def _send(self, data: bytes) -> None:
        """Write all of it, and by no file of Python's: without a buffer (PYTHONUNBUFFERED) one forgets what
        is left of a write that a signal has interrupted, such as that of another size."""
        while len(data) > (sent := os.write(self._descriptor, data)):
            data = data[sent:]

    # What Textual's thread calls

    def write(self, text: str) -> None:
        """Take a text that was expected."""
        self._texts.append(text)

    def flush(self) -> None:
        """Write what was taken."""
        texts, self._texts = self._texts, []
        with self._writing:
            self._send("".join(texts).encode(self._file.encoding, self._file.errors))
        with self._counting:
            self._expected -= len(texts)

    def fileno(self) -> int:
        """The terminal's file descriptor."""
        return self._descriptor
