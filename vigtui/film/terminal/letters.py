"""Whether the terminal reads UTF-8: asked, for a locale may claim what the terminal does not do.

It is sent a letter of two bytes, and asked where its cursor is: one column on, or two where it takes each
byte for a letter. Both bytes are letters in every 8-bit encoding, so nothing else can happen.
"""

import re

PATIENCE = 0.3
"""How long to wait for the answer, in seconds."""

# The film asks from row 2 too, from the columns before this one.
_ROW, _COLUMN = 2, 28
_REPORT = rb"\x1b\[\d{1,4};([23])R"  # not compiled at every start

QUESTION = f"\x1b[{_ROW};{_COLUMN}H\xe9\x1b[6n\x1b[{_ROW};{_COLUMN}H\x1b[K"
QUESTION_ON_A_LINE = "\r\xe9\x1b[6n\r\x1b[K"
"""The same where no screen is: it takes the beginning of the line that the cursor is on."""


def reads_utf8(column: int, row: int) -> bool | None:
    """What a cursor at this column and row (both from 0) tells after `QUESTION`; None: it answers another."""
    if row != _ROW - 1 or column not in (_COLUMN, _COLUMN + 1):
        return None
    return column == _COLUMN


def take_answer(heard: bytes) -> tuple[bool | None, bytes]:
    """What was answered to `QUESTION` among what the terminal sent, and the rest of it; None and all of it
    while the answer is not complete."""
    for more, utf8 in ((1, True), (2, False)):
        answer = b"\x1b[%d;%dR" % (_ROW, _COLUMN + more)
        if answer in heard:
            return utf8, heard.replace(answer, b"", 1)
    return None, heard


def reads_utf8_on_a_line(answer: bytes) -> bool | None:
    """What was answered to `QUESTION_ON_A_LINE`; None while it is not complete."""
    report = re.search(_REPORT, answer)
    return report[1] == b"2" if report else None
