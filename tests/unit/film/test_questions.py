"""What would be lost: a key, or a note into which the terminal's answers are typed."""

import os
import pty
import re
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtui.film.terminal.questions import Conversation, Pixels, ask, ask_letters

FIRST = b"\x1b[?63;1;2;4;6;9;15;16;22;28c"
KITTY_SAYS = b"\x1b_Gi=4207;OK\x1b\\"
SECOND = (KITTY_SAYS, b"\x1b[?1;0;256S", b"\x1b[?2;0;720;456S", b"\x1b[6;19;9t", FIRST)
ALL = Pixels(kitty=True, sixel=True, cell=(9, 19), colours=256, largest=(720, 456))

ENDS = (
    b"[A",
    b"[1;5C",
    b"[6~",
    b"[6;5~",
    b"OP",
    b"[97;;97u",
    b"x",
    b"[2;5R",
    b"[?2026;2$y",
    b"[<35;10;5M",
    b"",
)
KEYS = st.sampled_from([b"a", b"5", b";", b"c", b"?", "é".encode(), b"\r", *(b"\x1b" + end for end in ENDS)])


@st.composite
def streams(draw: st.DrawFn, answers: tuple[bytes, ...]) -> tuple[list[bytes], bytes]:
    """What comes from a terminal, torn anywhere, and the keys in it."""
    parts = [(answer, False) for answer in answers]
    for key in draw(st.lists(KEYS, max_size=8)):
        parts.insert(draw(st.integers(0, len(parts))), (key, True))
    whole = b"".join(part for part, _ in parts)
    cuts = sorted(draw(st.sets(st.integers(1, max(1, len(whole) - 1)), max_size=10)))
    pieces = [whole[start:end] for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    return pieces, b"".join(part for part, key in parts if key)


def hear(conversation: Conversation, pieces: list[bytes]) -> bytes:
    heard = b"".join(conversation.hear(piece) for piece in pieces)
    return heard + conversation.give_up()


@given(streams((FIRST,)), streams(SECOND))
def test_every_key_arrives_and_no_answer_does(
    first: tuple[list[bytes], bytes], second: tuple[list[bytes], bytes]
) -> None:
    conversation = Conversation()
    assert conversation.hear(FIRST) == FIRST, "nothing was asked"
    assert conversation.question() == b"\x1b[c"
    assert not conversation.question()
    assert hear(conversation, first[0]) == first[1]
    question = conversation.question()
    assert b"\x1b_G" in question
    assert question.endswith(b"\x1b[c")
    assert hear(conversation, second[0]) == second[1]
    assert conversation.finished
    assert conversation.pixels == ALL
    assert not conversation.question()


@given(st.lists(st.lists(KEYS, max_size=4).map(b"".join), max_size=4), st.booleans())
def test_a_terminal_that_never_answers_loses_no_key(typed: list[bytes], asked: bool) -> None:
    conversation = Conversation()
    if asked:
        conversation.question()
    passed = b"".join(conversation.hear(keys) + conversation.give_up() for keys in typed)
    assert passed == b"".join(typed)
    assert not conversation.finished


@pytest.mark.parametrize("held", [b"\x1b", b"\x1b[", b"\x1b_", b"\x1b[6"])
def test_what_may_be_a_key_waits_a_moment_only(held: bytes) -> None:
    conversation = Conversation()
    assert conversation.patience is None
    conversation.question()
    assert conversation.hear(held) == b""
    assert conversation.patience is not None
    assert conversation.patience < 0.1
    assert conversation.give_up() == held


def test_an_answer_that_begins_now_and_ends_much_later_is_still_an_answer() -> None:
    conversation = Conversation()
    conversation.question()
    assert conversation.hear(b"a\x1b[?62;") == b"a"
    assert conversation.patience is None
    assert conversation.hear(b"4c") == b""
    assert conversation.answered
    assert conversation.pixels.sixel


@pytest.mark.parametrize("attributes", [b"\x1b[?1;2c", b"\x1b[?6c", b"\x1b[?1;2;4c"])
def test_only_terminals_of_some_level_are_asked_what_others_would_print(attributes: bytes) -> None:
    """tmux makes the question for kitty's graphics the title of its pane."""
    conversation = Conversation()
    conversation.question()
    conversation.hear(attributes)
    assert b"\x1b_G" not in conversation.question()
    assert conversation.pixels.sixel == (b";4" in attributes)
    assert conversation.finished == (b";4" not in attributes)


@pytest.mark.parametrize("answer", [b"\x1b_Gi=4207;ENOTSUP:no\x1b\\", b"\x1b_Gi=9;OK\x1b\\", b"\x1b[?1;3;0S"])
def test_a_refusal_is_no_yes(answer: bytes) -> None:
    conversation = Conversation()
    conversation.question()
    conversation.hear(b"\x1b[?62;c")
    conversation.question()
    assert conversation.hear(answer + b"\x1b[?62;c") == b""
    assert conversation.finished
    assert conversation.pixels == Pixels()


def terminal(answers: bool) -> tuple[int, int]:
    """Both ends of a terminal that answers as one with everything, or not at all."""
    master, slave = pty.openpty()

    def answer() -> None:
        for pattern, words in ((rb"\x1b\[c", FIRST), (rb"\x1b_G.*\x1b\[c", b"".join(SECOND))):
            heard = b""
            while not re.search(pattern, heard):
                heard += os.read(master, 100)
            os.write(master, words)

    if answers:
        threading.Thread(target=answer, daemon=True).start()
    return master, slave


def test_without_a_screen_the_terminal_is_asked_directly() -> None:
    ends = terminal(answers=True)
    assert ask(ends[1], 10) == ALL
    for end in ends:
        os.close(end)


def test_a_terminal_that_does_not_answer_is_not_waited_for() -> None:
    ends = terminal(answers=False)
    assert ask(ends[1], 0.01) is None
    for end in ends:
        os.close(end)
    reading, writing = os.pipe()
    with pytest.raises(OSError, match="ioctl"):
        ask(reading, 0.01)
    os.close(reading)
    os.close(writing)


@pytest.mark.parametrize(("column", "utf8"), [(2, True), (3, False)])
def test_the_cursor_tells_whether_a_letter_of_two_bytes_is_one_letter(column: int, utf8: bool) -> None:
    master, slave = pty.openpty()
    os.write(master, b"\x1b[24;%dR" % column)
    assert ask_letters(slave, 10) is utf8
    assert ask_letters(slave, 0.01) is None
    for end in (master, slave):
        os.close(end)
