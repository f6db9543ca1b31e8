"""The words of a recovery key: chance, written in twelve words that can be read aloud and typed again.

Fifteen random bytes and a check of twelve bits are 132 bits: twelve words of the 2048 of BIP-39's English
list, whose first four letters tell each from all others. Of mistyped words that are in the list, the check
finds all but one in 4096.
"""

import difflib
import functools
import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path

WORDS = 12
_RANDOM_BYTES = 15
_CHECK_BITS = 12
_BITS_A_WORD = 11
_SHORTEST = 4
_LIST = Path(__file__).parent / "words" / "english.txt"


class MistypedError(Exception):
    """These are not the words of a recovery key. The message is a sentence that says which is not."""


def new_words() -> tuple[str, ...]:
    """Return the words of a recovery key that nobody ever had."""
    secret = os.urandom(_RANDOM_BYTES)
    number = int.from_bytes(secret) << _CHECK_BITS | _check(secret)
    words = _words()
    places = range(_BITS_A_WORD * (WORDS - 1), -1, -_BITS_A_WORD)
    return tuple(words[number >> place & (1 << _BITS_A_WORD) - 1] for place in places)


def read(typed: str) -> str:
    """Return the words of a recovery key as they are tried, one space between each. Capitals, numbers and
    signs do not count, and the first four letters of a word are enough. Raises MistypedError."""
    found = re.findall(r"[^\W\d_]+", typed.casefold())
    words = [_word(number, each) for number, each in enumerate(found, start=1)]
    if len(words) != WORDS:
        raise MistypedError(f"A recovery key has {WORDS} words; here are {len(words)}.")
    number = 0
    for word in words:
        number = number << _BITS_A_WORD | _words().index(word)
    secret, check = number >> _CHECK_BITS, number & (1 << _CHECK_BITS) - 1
    if check != _check(secret.to_bytes(_RANDOM_BYTES)):
        raise MistypedError("One of these words, or their order, is not as it was printed.")
    return " ".join(words)


def _word(number: int, typed: str) -> str:
    words = _words()
    if typed in words:
        return typed
    begun = [word for word in words if len(typed) >= _SHORTEST and word.startswith(typed)]
    if len(begun) == 1:
        return begun[0]
    near = difflib.get_close_matches(typed, words, n=1)
    hint = f" Is it “{near[0]}”?" if near else ""
    raise MistypedError(f"Word {number}, “{typed[:20]}”, is in no recovery key.{hint}")


def _check(secret: bytes) -> int:
    return int.from_bytes(hashlib.sha256(secret).digest()[:2]) >> 16 - _CHECK_BITS


@functools.cache
def _words() -> Sequence[str]:
    return _LIST.read_text(encoding="ascii").split()


def spelled(digest: bytes, number: int) -> tuple[str, ...]:
    """Return the first bits of a digest in so many words of the list, to be read aloud."""
    bits = int.from_bytes(digest) >> 8 * len(digest) - _BITS_A_WORD * number
    places = range(_BITS_A_WORD * (number - 1), -1, -_BITS_A_WORD)
    return tuple(_words()[bits >> place & (1 << _BITS_A_WORD) - 1] for place in places)


def first_letters(typed: str) -> list[str]:
    """Return of each word typed the letters that tell it from all others in the list."""
    return [word[:_SHORTEST] for word in re.findall(r"[^\W\d_]+", typed.casefold())]
