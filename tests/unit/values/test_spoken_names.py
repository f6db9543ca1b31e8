"""What would be lost: a parent reads their own child's name, and no file ever has it."""

from hypothesis import given
from hypothesis import strategies as st

from vigtui.values.spoken_names import SpokenNames, with_names

NAMES = with_names({"Jory": "Tomasz", "Dana": "Ewa"})


def test_names_stand_for_the_labels_in_words_and_the_labels_for_the_names_in_what_is_kept() -> None:
    said = "Jory's quiet; Dana waits. (Jorys stays)"
    assert NAMES.spoken(said) == "Tomasz's quiet; Ewa waits. (Jorys stays)"
    assert NAMES.kept("Tomasz looked at Ewa!") == "Jory looked at Dana!"


def test_no_name_is_kept_however_its_letters_were_typed() -> None:
    """The guider types while looking at the picture; the file never has a name."""
    names = with_names({"Jory": "Zo\u00eb", "Dana": "Ewa Nowak", "Mo": "Łukasz"})
    for typed in ("zo\u00eb", "ZO\u00cb", "Zoe\u0308", "_Zo\u00eb_"):
        assert names.kept(f"Look, {typed}!") in ("Look, Jory!", "Look, _Jory_!")
    assert names.kept("ewa nowak and łukasz") == "Dana and Mo"
    assert names.kept("Zoey and zo\u00ebs") == "Zoey and zo\u00ebs"


def test_names_that_differ_by_their_case_alone_are_told_apart() -> None:
    names = with_names({"Jory": "Al", "Dana": "AL"})
    assert names.kept("Al and AL") == "Jory and Dana"


def test_words_about_somebody_without_a_name_are_not_shown() -> None:
    """A parent must not read "Jory" for their own child."""
    names = with_names({"Jory": "", "Dana": "Ewa"})
    assert names.spoken("Jory looks up.") is None
    assert names.spoken("Dana waits.") == "Ewa waits."
    assert names.kept("Ewa waits for Jory.") == "Dana waits for Jory."


def test_names_that_are_each_others_labels_are_not_confused() -> None:
    swapped = with_names({"Ann": "Ann Li", "Ann Li": "Ann"})
    assert swapped.spoken("Ann Li and Ann") == "Ann and Ann Li"
    assert swapped.kept("Ann and Ann Li") == "Ann Li and Ann"


def test_without_names_words_stay_as_they_are() -> None:
    assert SpokenNames().spoken("a [b] \\1 (c)") == "a [b] \\1 (c)"


def test_no_name_is_in_what_a_traceback_would_print() -> None:
    assert "Tomasz" not in repr(NAMES)


@given(st.lists(st.sampled_from(["Jory", "Dana", "looks", "at", "and", ", ", "“", "'s"])))
def test_what_is_said_and_kept_again_is_what_it_was(parts: list[str]) -> None:
    words = " ".join(parts)
    spoken = NAMES.spoken(words)
    assert spoken is not None
    assert not {"Jory", "Dana"} & set(spoken.replace("'", " ").split())
    assert NAMES.kept(spoken) == words


@given(st.text(max_size=3), st.text(max_size=8), st.text(max_size=12))
def test_any_name_can_be_typed(label: str, name: str, words: str) -> None:
    names = with_names({label: name})
    names.spoken(words)
    names.kept(words)
