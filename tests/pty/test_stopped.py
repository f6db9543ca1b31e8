"""What would be lost: words meant for oneself alone, and keys, when a program that stood still catches up.

A laptop that wakes, a line that hung: all that was typed meanwhile arrives at once.
"""

import os
import signal
from collections.abc import Callable

from tests.pty.emulator import Emulator, emulator
from tests.ui.conftest import Heron
from vigtui.domain.records import Note, Session, SessionItem
from vigtui.domain.vocabulary import Visibility
from vigtui.store.snapshot import read_snapshot

TIMES = 6


def type_while_stopped(terminal: Emulator, keys: str, seen: Callable[[str], bool]) -> None:
    """Type while the program stands still, and wait for what it shows when it goes on."""
    os.kill(terminal.pid, signal.SIGSTOP)
    terminal.type(keys)
    os.kill(terminal.pid, signal.SIGCONT)
    terminal.until(seen)


def enter(terminal: Emulator) -> None:
    """From the question who is here to the caseload."""
    terminal.until(lambda text: "People: who is here?" in text and "Ros Tiverton" in text)
    terminal.type("\r")
    terminal.until(lambda text: "who is here" not in text and "F-017 Heron" in text)


def test_a_private_note_typed_right_after_tab_is_never_read_by_others(heron: Heron) -> None:
    with emulator(str(heron.path), columns=120, rows=50) as terminal:
        enter(terminal)
        terminal.type("s")
        terminal.until(lambda text: "Plan a new session" in text)
        terminal.type("\r")
        terminal.until(lambda text: "▸1 SR2-1" in text and "Only you read this" in text)
        for time in range(TIMES):
            own = f"mine{time}"
            # From strengths, which both read, to the private note, and back.
            keys = "\t" * 3 if time == 0 else "\x1b[Z"
            type_while_stopped(terminal, f"{keys}ours{time} \t{own} ", lambda text, own=own: own in text)
        terminal.type("\x11")
        assert terminal.wait() == 0
    index = read_snapshot(heron.path).index
    [note] = index.where(Note, visibility=Visibility.AUTHOR)
    everybody = [str(each) for kind in (Session, SessionItem) for each in index.all(kind)]
    for time in range(TIMES):
        assert f"mine{time}" in note.body
        assert f"ours{time}" not in note.body
    assert not [words for words in everybody if "mine" in words]


def test_a_name_typed_right_after_the_key_of_a_dialog_is_typed_in_it(heron: Heron) -> None:
    """Each of these letters does something on the caseload: asks who is here, opens another file, merges."""
    with emulator(str(heron.path), columns=80, rows=24) as terminal:
        enter(terminal)
        for _ in range(TIMES):
            type_while_stopped(terminal, "spomp", lambda text: "pomp" in text and "Nothing matches" in text)
            assert "Which session?" in terminal.text
            terminal.type("\x1b")
            terminal.until(lambda text: "Which session" not in text and "F-017 Heron" in text)
        type_while_stopped(terminal, "nF-090\tsomp\x13", lambda text: "F-090 somp" in text)
        terminal.type("\x11")
        assert terminal.wait() == 0
