"""Identities that sort by the time they were made."""

import threading
import time
import uuid

_NAMESPACE = uuid.UUID("5e0a4f3c-6f0e-5d0b-9c61-7b1f0f6f5a10")
_lock = threading.Lock()
_newest = 0


def new_id() -> str:
    """Return a fresh UUIDv7 as text (RFC 9562, section 5.7, with the clock's fraction in the first 12 bits).

    Two records made on different machines never share an id, and ids made later in this program sort later,
    also when they are made in the same moment or the clock is set back.
    """
    global _newest
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    ticks = (milliseconds & (1 << 48) - 1) << 12 | rest * 4096 // 1_000_000
    with _lock:
        _newest = ticks = max(ticks, _newest + 1)
    chance = uuid.uuid4().int & (1 << 62) - 1
    number = (ticks >> 12) << 80 | 0x7 << 76 | (ticks & 0xFFF) << 64 | 0b10 << 62 | chance
    return str(uuid.UUID(int=number))


def is_id(words: str) -> bool:
    """Whether this is an id as `new_id` and `id_of` make them, and not a name."""
    try:
        return str(uuid.UUID(words)) == words
    except ValueError:
        return False


def id_of(*parts: str) -> str:
    """Return the id of what there is only one of for these parts: two people who make it at the same time
    make the same record."""
    return str(uuid.uuid5(_NAMESPACE, "\0".join(parts)))
