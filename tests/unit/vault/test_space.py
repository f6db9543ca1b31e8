"""What would be lost: a code that a slip of the tongue spoils, a space that tells a stranger something."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtui.vault.space import file as space_file
from vigtui.vault.space.code import CODE_LETTERS, LETTERS, MistypedCodeError, new_code, read_code, shown_code
from vigtui.vault.space.file import NewerError, NotWholeError, OtherCodeError, decrypt, encrypt
from vigtui.vault.space.key import SpaceKey

CODE = new_code()
KEY = SpaceKey(CODE, "caseload")


def test_a_code_is_read_as_people_type_it() -> None:
    code = "0" * 26 + "0"
    assert read_code(shown_code(code)) == code
    assert read_code("ooo-OOO " * 4 + "ooo") == code
    assert len(new_code()) == CODE_LETTERS
    assert read_code(f" {shown_code(CODE).lower()}\n") == CODE


@given(st.integers(0, CODE_LETTERS - 1), st.sampled_from(LETTERS))
def test_every_wrong_letter_is_told(place: int, letter: str) -> None:
    typed = CODE[:place] + letter + CODE[place + 1 :]
    if typed != CODE:
        with pytest.raises(MistypedCodeError, match="mistyped"):
            read_code(typed)


def test_two_letters_that_changed_places_are_told() -> None:
    for place in range(CODE_LETTERS - 1):
        typed = CODE[:place] + CODE[place + 1] + CODE[place] + CODE[place + 2 :]
        if typed != CODE:
            with pytest.raises(MistypedCodeError, match="mistyped"):
                read_code(typed)


def test_what_is_wrong_with_a_code_is_said() -> None:
    with pytest.raises(MistypedCodeError, match="This has 26"):
        read_code(CODE[:-1])
    with pytest.raises(MistypedCodeError, match="“U” is in no code"):
        read_code("U" + CODE[1:])


def test_a_file_opens_with_its_code_and_for_its_caseload_alone() -> None:
    data = encrypt(KEY, b"Zaunk\xc3\xb6nig" * 9)
    assert decrypt(SpaceKey(CODE, "caseload"), data) == b"Zaunk\xc3\xb6nig" * 9
    assert data.startswith(b"vigspace1" + KEY.name)
    for other in (SpaceKey(new_code(), "caseload"), SpaceKey(CODE, "another")):
        with pytest.raises(OtherCodeError):
            decrypt(other, data)


def test_the_length_of_a_file_tells_no_word() -> None:
    assert len({len(encrypt(KEY, b"x" * size)) for size in (0, 1, 900, 9000)}) == 1


@given(st.data())
def test_no_changed_byte_and_no_piece_of_a_file_is_taken_for_it(data: st.DataObject) -> None:
    whole = encrypt(KEY, b"Heron")
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[place] ^= data.draw(st.integers(1, 255))
    for each in (bytes(changed), whole[:place], whole + b"\0"):
        with pytest.raises(space_file.SpaceFileError):
            decrypt(KEY, each)


def test_a_newer_file_is_told_from_a_torn_one() -> None:
    newer = b"vigspace2" + encrypt(KEY, b"x")[9:]
    with pytest.raises(NewerError):
        decrypt(KEY, newer)
    for torn in (b"", b"vigspace", b"vigspace2", b"vigspace1" + KEY.name, b"{}" * 99):
        with pytest.raises(NotWholeError):
            decrypt(KEY, torn)


def test_more_than_a_file_may_hold_is_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encrypt(KEY, bytes(5_000_000))
    monkeypatch.setattr(space_file, "MOST_UNPACKED", 100_000)
    asked: list[int] = []
    real = zlib.decompressobj

    class Watched:
        def __init__(self) -> None:
            self._real = real()

        def decompress(self, packed: bytes, most: int) -> bytes:
            asked.append(most)
            return self._real.decompress(packed, most)

        def __getattr__(self, name: str) -> object:
            return getattr(self._real, name)

    monkeypatch.setattr(zlib, "decompressobj", Watched)
    with pytest.raises(NotWholeError):
        decrypt(KEY, data)
    assert asked == [100_000]
    with pytest.raises(ValueError, match="larger than a space takes"):
        encrypt(KEY, bytes(100_001))


def test_no_file_is_written_that_nobody_would_read(monkeypatch: pytest.MonkeyPatch) -> None:
    length = len(encrypt(KEY, b"words"))
    monkeypatch.setattr(space_file, "MOST_BYTES", length)
    assert decrypt(KEY, encrypt(KEY, b"words")) == b"words"
    monkeypatch.setattr(space_file, "MOST_BYTES", length - 1)
    with pytest.raises(ValueError, match="larger than a space takes"):
        encrypt(KEY, b"words")
