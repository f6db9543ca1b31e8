"""What would be lost: words that are there and are not found, or marked where they do not stand."""

from hypothesis import given
from hypothesis import strategies as st

from vigtui.values.search import excerpt, found_in, spread, wanted


def marked(text: str, typed: str, room: int = 60) -> list[str]:
    line, spans = excerpt(text, wanted(typed), room)
    return [line[start:end] for start, end in spans]


def test_letters_are_marked_as_they_stand_whatever_their_accents_and_case() -> None:
    assert marked("Im CAFÉ, Straße 2: “Wonky.”", "cafe strasse wonk") == ["CAFÉ", "Straße", "Wonk"]
    assert marked("Cafe\u0301 noir", "café") == ["Cafe\u0301"[:4]]
    assert marked("clip C2-1, F-017", "c2-1 f-017") == ["C2-1", "F-017"]
    assert found_in("banana", ("ana", "nan")) == [(1, 5)]


def test_an_excerpt_has_what_was_found_and_keeps_to_its_room() -> None:
    line, spans = excerpt(f"{'before ' * 30}knife{' after' * 30}", ("knife",), 60)
    assert len(line) == 60
    assert line.startswith("…")
    assert line.endswith("…")
    assert [line[start:end] for start, end in spans] == ["knife"]


def test_in_a_narrow_column_what_was_found_is_seen_whole() -> None:
    assert marked("What's Jory telling me when he goes quiet?", "quiet", room=24) == ["quiet"]


def test_nothing_is_looked_for_in_signs_alone() -> None:
    assert wanted("  “ … ”  ") == ()
    assert wanted("Jory jory JORY") == ("jory",)


@given(st.text(max_size=60), st.text(max_size=20), st.integers(8, 30))
def test_an_excerpt_never_breaks_or_overruns(text: str, typed: str, room: int) -> None:
    line, spans = excerpt(text, wanted(typed), room)
    assert len(line) <= room
    assert all(0 <= start < end <= len(line) for start, end in spans)


@given(st.text(min_size=1, max_size=40))
def test_a_text_is_found_by_each_of_its_words(text: str) -> None:
    assert all(word in spread(text) for word in wanted(text))
