"""What would be lost: what somebody typed while the terminal answered."""

from vigtui.film.terminal.letters import take_answer


def test_the_answer_is_taken_out_of_what_is_typed_around_it() -> None:
    assert take_answer(b"/te\x1b[2;29Ral") == (True, b"/teal")


def test_an_answer_that_it_reads_no_utf8_is_taken_out_too() -> None:
    assert take_answer(b"q\x1b[2;30R") == (False, b"q")


def test_no_answer_and_half_of_one_are_kept_whole() -> None:
    for heard in (b"", b"\x1b", b"abc\x1b[2;2", b"\x1b[1;2R"):
        assert take_answer(heard) == (None, heard)
