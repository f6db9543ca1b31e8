"""What would be lost: a picture that is drawn after what stands over it, or a screen drawn in pieces."""

import os
import threading
from pathlib import Path

import pytest
from textual.drivers._writer_thread import WriterThread

from vigtui.film.pane.driver.output import Output

PIECES = 300
SYSTEM_WRITES = os.write


def test_two_threads_write_in_the_order_in_which_they_put_it_there() -> None:
    end, start = os.pipe()
    with os.fdopen(start, "w", encoding="utf-8") as file:
        output = Output(file)
        textual = WriterThread(output)
        textual.start()
        in_order, put = threading.Lock(), list[str]()

        def write(word: str, *, itself: bool) -> None:
            for number in range(PIECES):
                piece, claimed = f"<{word} {number}>", False
                with in_order:
                    put.append(piece)
                    claimed = itself and output.claim()
                    if not claimed:
                        output.expect()
                        textual.write(piece)
                if claimed:
                    output.write_claimed(piece.encode())

        writers = [threading.Thread(target=write, args=(word,), kwargs={"itself": word != "screen"})
                   for word in ("screen", "left film", "right film")]  # fmt: skip
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        textual.stop()
    with os.fdopen(end, "rb") as written:
        assert written.read().decode() == "".join(put)


def test_nobody_writes_before_what_waits() -> None:
    with Path(os.devnull).open("w", encoding="utf-8") as file:
        output = Output(file)
        output.expect()
        assert not output.claim()
        output.write("a dialog")
        assert not output.claim()
        output.flush()
        assert output.claim()
        assert not output.claim()
        output.write_claimed(b"film")
        assert output.claim()


def test_what_the_system_takes_in_pieces_arrives_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """It does so where a signal comes while it waits: the terminal would get half an escape."""
    monkeypatch.setattr(os, "write", lambda file, data: SYSTEM_WRITES(file, data[:7]))
    end, start = os.pipe()
    with os.fdopen(start, "w", encoding="utf-8") as file:
        output = Output(file)
        output.expect()
        output.write("\x1b[38;2;193;207;5m▌a dialog")
        output.flush()
        assert output.claim()
        output.write_claimed(b"\x1b[38;2;1;2;3mfilm")
    with os.fdopen(end, "rb") as written:
        assert written.read().decode() == "\x1b[38;2;193;207;5m▌a dialog\x1b[38;2;1;2;3mfilm"
