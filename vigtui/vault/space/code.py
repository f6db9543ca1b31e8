"""The code of a space: chance, as letters and digits that can be told by voice and typed once.

26 characters of Crockford's 32 (no I, L, O or U) are 130 random bits. The one after them is a check: a sum
in the field of 32 elements, in which the character at each place counts another number of times. So it
finds every single character that is wrong, and every two that changed places.
"""

import re
import secrets
from collections.abc import Iterable

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_LETTERS = 26
CODE_LETTERS = RANDOM_LETTERS + 1
_IN_A_GROUP = 3
_READ_AS = str.maketrans("ILO", "110")
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1: multiplying by x runs through all 31 elements but zero.


class MistypedCodeError(Exception):
    """This is not the code of a space. The message is a sentence that says what is wrong with it."""


def new_code() -> str:
    """Return a code that nobody ever had, as `read_code` returns it."""
    chosen = [secrets.randbelow(len(LETTERS)) for _ in range(RANDOM_LETTERS)]
    return "".join(LETTERS[each] for each in (*chosen, _check(chosen)))


def read_code(typed: str) -> str:
    """Return the code that somebody typed, without spaces and hyphens, in capitals. I and L are taken for
    1, and O for 0. Raises MistypedCodeError."""
    code = re.sub(r"[\s\-–]", "", typed).upper().translate(_READ_AS)
    wrong = next((each for each in code if each not in LETTERS), "")
    if wrong:
        shown = wrong if wrong.isprintable() else "?"
        raise MistypedCodeError(f"“{shown}” is in no code: it has digits, and the letters but I, L, O and U.")
    if len(code) != CODE_LETTERS:
        raise MistypedCodeError(f"A code has {CODE_LETTERS} letters and digits. This has {len(code)}.")
    values = [LETTERS.index(each) for each in code]
    if _check(values[:-1]) != values[-1]:
        raise MistypedCodeError("The code is mistyped: one of its letters or digits is another one.")
    return code


def shown_code(code: str) -> str:
    """Return a code in groups of three, as it is read aloud: "4QX 7ZP ..."."""
    return " ".join(code[start : start + _IN_A_GROUP] for start in range(0, len(code), _IN_A_GROUP))


def _check(values: Iterable[int]) -> int:
    found, times = 0, 1
    for value in values:
        times = _multiplied(times, 2)
        found ^= _multiplied(value, times)
    return found


def _multiplied(one: int, other: int) -> int:
    """Return the product of two elements of the field."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one & 0b100000:
            one ^= _POLYNOMIAL
        other >>= 1
    return product
