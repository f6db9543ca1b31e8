"""What would be lost: a shared review held in a real terminal, from the family to the ratings."""

import datetime as dt

from tests.caseloads import at_the_keyboard, read, write
from tests.pty.emulator import emulator
from tests.pty.test_journey import leave, press, shows_film
from tests.ui.conftest import Heron
from vigtui.domain.records import Clip, Cycle, HelpingQuestion, Rating, Voice
from vigtui.store.caseload import Caseload

DAY = dt.date(2025, 2, 4)
NAMES = ("Ewelina", "Tomasz")


def test_a_review_is_planned_held_and_ended_in_a_real_terminal(heron: Heron) -> None:
    """R a enter; enter and the names; the film; what is said; the end. Nothing is left on the terminal."""
    clip = read(heron.path, Clip, heron.clips["C2-1"])
    write(
        heron.path,
        HelpingQuestion(family=heron.family, owner=heron.dana, words="What's Jory telling me?", agreed=DAY),
    )
    at_the_keyboard(heron.path, heron.trainee)
    with emulator(str(heron.path), columns=80, rows=24) as terminal:
        press(terminal, "", "F-017 Heron")
        press(terminal, "\r", "1 Timeline", "Dana, Jory")
        press(terminal, "R", "Nothing is planned yet.")
        press(terminal, "a", "All 2 clips")
        press(terminal, "\r", "C2-1", "C2-2", "Begin")
        press(terminal, "\r", "Names for this sitting")
        terminal.type("Ewelina\tTomasz\x13")
        leave(terminal, "", "Names for this sitting")
        terminal.until(lambda text: "space play" in text and shows_film(terminal))
        assert not [each for each in ("F-017", "Dana", "Jory", "C2-") if each in terminal.text]
        leave(terminal, " ", "space play")
        press(terminal, "w", "Ewelina 00:0")
        press(terminal, "Tomasz waits.", "Tomasz waits.")
        leave(terminal, "\r", "Tomasz waits.")
        terminal.type("\x1b[C\x1b[C")
        press(terminal, "", "That was the last moment.", "r ratings")
        press(terminal, "r", "At the end", "What's Tomasz telling me?")
        terminal.type("8\rHe looked at me.\r\r\r")
        press(terminal, "", "Shared review 2", "Dana 00:0", "“Jory waits.”")
        assert not [each for each in NAMES if each in terminal.text]
        terminal.type("\x11")
        assert terminal.wait() == 0
    caseload = Caseload.open(heron.path)
    caseload.close()
    [rating] = caseload.all(Rating)
    assert (rating.value, rating.rater) == (8, heron.dana)
    assert [each.words for each in caseload.all(Voice)] == ["Jory waits.", "He looked at me."]
    assert caseload.all(Voice)[0].clip == clip.id
    assert [each.reviewed is not None for each in caseload.all(Cycle)] == [True]
    for path in heron.path.parent.parent.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert not [each for each in NAMES if each.encode() in content], path
