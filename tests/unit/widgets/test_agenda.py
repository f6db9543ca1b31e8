"""The agenda's line: the item at hand is always there, and nothing is pushed off."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from vigtui.ui.widgets.agenda import Entry, place

ENTRIES = [
    Entry("a", "SR2-1", "Sulking…", "C2-2"),
    Entry("b", "SR2-2", "The last question"),
    Entry("c", "C1-1"),
]


def test_everything_is_shown_where_it_fits() -> None:
    shown = [each.words for each in place(ENTRIES, 1, 100)]
    assert shown == [" 1 SR2-1 Sulking… beside C2-2", "▸2 SR2-2 The last question", " 3 C1-1"]


def test_a_clip_that_may_not_be_shown_says_so_before_it_is_reached() -> None:
    closed = Entry("a", "SR2-1", "Sulking…", "C2-2", closed=True)
    assert closed.words(1) == "1 SR2-1 (closed) Sulking… beside C2-2"


def test_what_comes_next_is_shown_cut_short_rather_than_not() -> None:
    """Somebody in the middle of a walk must see that it goes on."""
    shown = [each.words for each in place(ENTRIES, 0, 46)]
    assert shown[0].startswith("▸1 SR2-1")
    assert shown[1] == " 2 SR2-2 The …"


def test_an_item_for_which_alone_there_is_room_says_of_how_many_it_is() -> None:
    for at, width, words in (
        (0, 35, "▸1 of 3 SR2-1 Sulking… beside C2-2"),
        (0, 32, "▸1 of 3 SR2-1 Sulki… beside C2-2"),
        (1, 35, "▸2 of 3 SR2-2 The last question"),
    ):
        assert [each.words for each in place(ENTRIES, at, width)] == [words]


@given(
    st.lists(st.tuples(st.text(max_size=20), st.text(max_size=40), st.text(max_size=9)), max_size=9),
    st.integers(min_value=0, max_value=8),
    st.integers(min_value=0, max_value=150),
)
def test_the_current_item_is_always_in_view(words: list[tuple[str, str, str]], at: int, width: int) -> None:
    entries = [Entry(str(number), *each) for number, each in enumerate(words)]
    placed = place(entries, min(at, max(len(entries) - 1, 0)), width)
    if entries and width >= 10:
        assert min(at, len(entries) - 1) in [each.index for each in placed]
    for each in placed:
        assert each.start + cell_len(each.words) <= width
