"""A program that stops itself at a chosen moment of saving, as one does whose laptop is closed.

Run by test_stopped.py: `stopping.py FILE CODE MOMENT...` adds the family CODE to the caseload in FILE, and
stops (SIGSTOP) at each MOMENT: "before" the new file takes the caseload's place, and "after" it. An encrypted
one is opened with the passphrase WORDS.
"""

import signal
import sys
import threading
from pathlib import Path

from vigtui.domain.records import Family
from vigtui.store.caseload import Caseload
from vigtui.store.disk import rename
from vigtui.store.disk.file import unlock

WORDS = "open sesame"


def main(path: Path, code: str, *moments: str) -> None:
    caseload = Caseload.open(path, by=code, key=unlock(path, WORDS))
    waiting = list(moments)
    real = rename.exchange

    def stop_at(moment: str) -> None:
        if moment in waiting:
            waiting.remove(moment)
            # To this thread: another would let it go on for a moment while it stops the program.
            signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)

    def stopping(one: Path, other: Path) -> None:
        stop_at("before")
        real(one, other)
        stop_at("after")

    rename.exchange = stopping
    caseload.save(Family(code=code))
    caseload.close()
    print(caseload.status.words())


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
