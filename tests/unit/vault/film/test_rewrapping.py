"""Another data key for a film: whenever that is broken off, the film opens with the key that is needed."""

import os
from pathlib import Path

import pytest

from tests.unit.vault.film.tampering import CHEAP, KEY, OTHER_KEY, encrypted
from vigtui.vault.data_key import DataKey
from vigtui.vault.envelope import DamagedError
from vigtui.vault.film import header
from vigtui.vault.film.layout import BLOCK_BYTES, HEADER_BYTES, place_of_slot
from vigtui.vault.film.reading import open_encrypted
from vigtui.vault.film.rewrapping import opens, rewrap, settle
from vigtui.vault.key import WrongKeyError
from vigtui.vault.unlocking import new_key

THIRD_KEY = new_key("toast", CHEAP)


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A film that KEY opens."""
    return encrypted(tmp_path / "a1.vigfilm", b"faces")


def is_read(path: Path, key: DataKey) -> bool:
    try:
        with open_encrypted(path, key) as film:
            return film.read() == b"faces"
    except (WrongKeyError, DamagedError):
        return False


def test_a_film_goes_over_to_another_key_and_only_its_header_is_written(film: Path) -> None:
    before = film.read_bytes()
    rewrap(film, KEY, OTHER_KEY)
    assert is_read(film, KEY)
    assert is_read(film, OTHER_KEY)
    settle(film, OTHER_KEY)
    assert not is_read(film, KEY)
    assert is_read(film, OTHER_KEY)
    assert film.read_bytes()[HEADER_BYTES:] == before[HEADER_BYTES:]


def test_again_and_again_it_changes_nothing_more(film: Path) -> None:
    """A change of passphrase that was broken off is done again from its start."""
    for act in (lambda: rewrap(film, KEY, OTHER_KEY), lambda: settle(film, OTHER_KEY)):
        act()
        once = film.read_bytes()
        act()
        assert film.read_bytes() == once
    rewrap(film, KEY, OTHER_KEY)
    assert film.read_bytes() == once


def test_of_a_change_that_was_given_up_nothing_is_left_after_the_next(film: Path) -> None:
    rewrap(film, KEY, OTHER_KEY)
    rewrap(film, KEY, THIRD_KEY)
    assert [is_read(film, key) for key in (KEY, OTHER_KEY, THIRD_KEY)] == [True, False, True]
    settle(film, THIRD_KEY)
    assert [is_read(film, key) for key in (KEY, OTHER_KEY, THIRD_KEY)] == [False, False, True]


def test_a_key_that_does_not_open_it_changes_nothing(film: Path) -> None:
    before = film.read_bytes()
    with pytest.raises(WrongKeyError):
        rewrap(film, OTHER_KEY, THIRD_KEY)
    with pytest.raises(WrongKeyError):
        settle(film, OTHER_KEY)
    assert film.read_bytes() == before


def test_a_film_of_which_a_part_is_missing_goes_over_too(film: Path) -> None:
    """A syncing folder may bring the rest only after the passphrase was changed."""
    whole = film.read_bytes()
    os.truncate(film, len(whole) // 2)
    assert opens(film, KEY)
    assert not opens(film, OTHER_KEY)
    rewrap(film, KEY, OTHER_KEY)
    settle(film, OTHER_KEY)
    film.write_bytes(film.read_bytes() + whole[len(whole) // 2 :])
    assert is_read(film, OTHER_KEY)


def test_a_wiped_key_says_of_no_film_that_it_is_anothers(film: Path) -> None:
    """Else a film would be left with the old key, and be lost with it."""
    key = new_key("toast", CHEAP)
    key.wipe()
    with pytest.raises(WrongKeyError):
        opens(film, key)


def test_what_a_newer_program_says_of_a_film_goes_along(film: Path) -> None:
    with film.open("r+b") as file:
        before = header.read(file.fileno())
        (inside,) = before.opened_by(KEY).values()
        more = inside.strip()[:-1] + b',"sound":"two people"}'
        file.seek(place_of_slot(0))
        file.write(before.slot_for(0, more, KEY))
    rewrap(film, KEY, OTHER_KEY)
    settle(film, OTHER_KEY)
    with film.open("rb") as file:
        assert b"two people" in header.read(file.fileno()).opened_by(OTHER_KEY)[1]
    assert is_read(film, OTHER_KEY)


def _torn(before: bytes, after: bytes) -> list[bytes]:
    """Return the headers that a power cut may leave of a slot's writing: stopped at each byte, and each
    piece of 512 bytes that a disk writes at once missing, or there alone."""
    stopped = [after[:place] + before[place:] for place in range(BLOCK_BYTES, HEADER_BYTES + 1)]
    for start in range(BLOCK_BYTES, HEADER_BYTES, 512):
        end = start + 512
        stopped.append(before[:start] + after[start:end] + before[end:])
        stopped.append(after[:start] + before[start:end] + after[end:])
    return list(dict.fromkeys(stopped))


@pytest.mark.parametrize("first", [0, 1])
def test_stopped_at_any_byte_it_opens_and_goes_on(film: Path, first: int) -> None:
    """Of rewrapping with the old key, which the caseload still has; of settling with the new one."""
    if first:  # The slots the other way round, and one that is not empty before.
        rewrap(film, KEY, THIRD_KEY)
        settle(film, THIRD_KEY)
    old = THIRD_KEY if first else KEY
    start = film.read_bytes()[:HEADER_BYTES]
    rewrap(film, old, OTHER_KEY)
    both = film.read_bytes()[:HEADER_BYTES]
    settle(film, OTHER_KEY)
    end = film.read_bytes()[:HEADER_BYTES]
    slots = [(place_of_slot(0), place_of_slot(1)), (place_of_slot(1), HEADER_BYTES)]
    changed = [[a != b for a, b in ((start[s:e], both[s:e]), (both[s:e], end[s:e]))] for s, e in slots]
    assert changed in ([[False, True], [True, False]], [[True, False], [False, True]])
    with film.open("r+b", buffering=0) as file:
        for key, states in ((old, _torn(start, both)), (OTHER_KEY, _torn(both, end))):
            for number, state in enumerate(states):
                file.seek(0)
                file.write(state)
                assert is_read(film, key), number
                if number % 256 == 0:
                    rewrap(film, key, OTHER_KEY)
                    settle(film, OTHER_KEY)
                    assert [is_read(film, each) for each in (old, OTHER_KEY)] == [False, True]
