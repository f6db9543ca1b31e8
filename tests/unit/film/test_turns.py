"""What would be lost: the answer to a key, where film needs all that the processor has."""

import os
import sys
import threading

import pytest

from vigtui.film.turns import FILM, SOUND_LINE, give_way, giving_way


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows it of a thread")
def test_what_film_starts_gives_way_and_the_screen_does_not() -> None:
    before = niceness()
    found: list[int] = []

    def start_another() -> int:
        thread = threading.Thread(target=lambda: found.append(niceness()))
        thread.start()
        thread.join()
        return niceness()

    assert giving_way(start_another, FILM) == max(FILM, before)
    assert found == [max(FILM, before)]
    assert niceness() == before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows it of a thread")
def test_whoever_gives_more_way_goes_on_doing_so() -> None:
    def give_both() -> int:
        give_way(FILM)
        return niceness()

    assert giving_way(give_both, SOUND_LINE) >= SOUND_LINE


def test_what_fails_there_fails_here() -> None:
    with pytest.raises(ZeroDivisionError):
        giving_way(lambda: 1 // 0, FILM)
