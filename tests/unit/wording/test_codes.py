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


def test_a_code_is_known_however_it_is_typed() -> None:
    families = Codes([HERON, WREN], called=lambda family: f"Family {family.code[-1]}")
    assert families.words("f017, F 017 and F.021", HERON) == "Family 7, Family 7 and Family 1"
    assert families.words("F0171 and F-0", HERON) == "F0171 and F-0"


def test_a_name_of_several_words_is_found_across_lines() -> None:
    family = Family(
        code="F-030", pseudonym="Great Auk", members=(Member(label="Gran  Ida", relation="gran"),)
    )
    assert Codes([family]).words("great\nAuk, and Gran Ida", family) == "F-030, and [adult]"


@given(st.text(max_size=30), st.sampled_from(["Dana", "jory", "HERON", "Milo"]), st.text(max_size=30))
def test_no_name_is_left_wherever_it_stands(before: str, name: str, after: str) -> None:
    words = CODES.words(f"{before} {name} {after}", HERON)
    assert f" {name} " not in words


def test_without_families_words_stay_as_they_are() -> None:
    assert Codes([]).words("Dana waits.") == "Dana waits."


def test_a_name_is_found_however_its_letters_were_typed() -> None:
    odd = Family(
        code="F-1",
        members=(Member(label="Zoë"), Member(label="Milo"), Member(label="İdil"), Member(label="Groß")),
    )
    codes = Codes([odd])
    for typed in ("Zoë", "_Zoë_", "Zoe\u0308", "ZOË", "MILO", "mılo", "İdil", "Groß", "GROSS"):
        words = codes.words(f"and {typed} waits", odd)
        assert words.lstrip("and _").startswith("["), (typed, words)


@given(st.lists(st.text(min_size=1, max_size=5), max_size=4), st.text(max_size=30))
def test_any_names_and_any_text_make_a_text(labels: list[str], text: str) -> None:
    family = Family(code="F-1", members=tuple(Member(label=label) for label in labels))
    assert isinstance(Codes([family]).words(text, family), str)
    assert isinstance(Codes([family]).words(text), str)
