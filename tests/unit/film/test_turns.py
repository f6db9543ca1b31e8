"""What would be lost: the answer to a key, where film needs all that the processor has."""

import os
import sys
import threading

import pytest

from vigtui.film.turns import FILM, SOUND_LINE, give_way


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows it of a thread")
def test_a_thread_gives_way_and_the_screen_does_not() -> None:
    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    def give_more_and_less() -> None:
        for much in (SOUND_LINE, FILM):
            give_way(much)
            found.append(niceness())

    found: list[int] = []
    before = niceness()
    thread = threading.Thread(target=give_more_and_less)
    thread.start()
    thread.join()
    assert found == [max(SOUND_LINE, before)] * 2
    assert niceness() == before
