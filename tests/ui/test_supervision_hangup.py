"""The walk in a real terminal whose line drops in the middle of a sentence."""

import os
import signal

from tests.pty.emulator import emulator
from tests.ui.conftest import Heron
from vigtui.domain.records import SessionItem
from vigtui.store.caseload import Caseload


def test_a_sentence_survives_a_dropped_line(heron: Heron) -> None:
    """Half a sentence, the line drops, and the half sentence is there when the caseload is opened again."""
    with emulator(str(heron.path), columns=80, rows=24) as terminal:
        terminal.until(lambda text: "People: who is here?" in text and "Ros Tiverton" in text)
        terminal.type("\r")
        terminal.until(lambda text: "Ros Tiverton, supervisor" in text and "Who is" not in text)
        terminal.type("s")
        terminal.until(lambda text: "Plan a new session" in text)
        terminal.type("\r")
        terminal.until(lambda text: "Seen together" in text and "↻" in text)
        terminal.type("\x00")
        terminal.type("Dana speaks of the sulk")
        terminal.until(lambda text: "Dana speaks of the sulk" in text)
        terminal.type("ing, and Ellis")
        terminal.until(lambda text: "and Ellis " in text)
        os.kill(terminal.pid, signal.SIGHUP)
        terminal.wait()
        assert "Traceback" not in terminal.text
    caseload = Caseload.open(heron.path)
    [words] = [item.seen_together for item in caseload.all(SessionItem) if item.seen_together]
    assert words.startswith("[00:0")
    assert words.endswith("] Dana speaks of the sulking, and Ellis")
    caseload.close()
