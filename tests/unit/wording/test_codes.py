"""Words without names: whoever reads the paper knows no family by it."""

from hypothesis import given
from hypothesis import strategies as st

from vigtui.domain.records import Family, Member
from vigtui.wording.training.codes import Codes

HERON = Family(
    code="F-017",
    pseudonym="Heron",
    members=(Member(label="Dana", relation="parent"), Member(label="Jory", relation="child, 4")),
)
WREN = Family(
    code="F-021",
    pseudonym="Wren",
    members=(
        Member(label="Mira", relation="parent"),
        Member(label="Milo", relation="5"),
        Member(label="Rosa", relation="child, 7"),
        Member(label="Dana", relation="gran"),
    ),
)
CODES = Codes([HERON, WREN])


def test_members_of_the_family_go_by_who_they_are_and_others_by_their_code() -> None:
    assert CODES.words("Dana waits. Jory's hand; DANA nods.", HERON) == (
        "[adult] waits. [child]'s hand; [adult] nods."
    )
    assert CODES.words("Heron, as with Milo of Wren", HERON) == "F-017, as with [child 1 of F-021] of F-021"
    assert CODES.words("Dana and Rosa") == "[somebody] and [child 2 of F-021]"
    assert CODES.words("Danas Danae", HERON) == "Danas Danae"


@given(st.text(max_size=30), st.sampled_from(["Dana", "jory", "HERON", "Milo"]), st.text(max_size=30))
def test_no_name_is_left_wherever_it_stands(before: str, name: str, after: str) -> None:
    words = CODES.words(f"{before} {name} {after}", HERON)
    assert f" {name} " not in words


def test_without_families_words_stay_as_they_are() -> None:
    assert Codes([]).words("Dana waits.") == "Dana waits."
