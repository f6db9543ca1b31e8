"""Identities that sort by the time they were made."""

import secrets
import time
import uuid


def new_id() -> str:
    """Return a fresh UUIDv7 as text (RFC 9562, section 5.7): 48 bits of Unix milliseconds, the rest random.

    Two records made on different machines never share an id, and ids made later sort later.
    """
    milliseconds = time.time_ns() // 1_000_000 & (1 << 48) - 1
    random_a = secrets.randbits(12)
    random_b = secrets.randbits(62)
    number = milliseconds << 80 | 0x7 << 76 | random_a << 64 | 0b10 << 62 | random_b
    return str(uuid.UUID(int=number))
