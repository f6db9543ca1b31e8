"""What would be lost: a key that one has learnt doing something else elsewhere, unannounced."""

from vigtui.ui.widgets.keys.all_keys import TABLE, Key

SAME = {
    "1": {"section", "view"},
    "2": {"section", "view"},
    "D": {"type_day", "days"},
    "I": {"take_in", "import_file"},
    "a": {"add", "to_agenda", "audit", "collected"},
    "c": {"caption"},
    "e": {"edit_family", "edit", "caption"},
    "f": {"lost_film", "again"},
    "k": {"next_sound", "hear_next"},
    "m": {"app.merge", "merge_file", "merge"},
    "P": {"own_passphrase", "ways"},
    "q": {"quit", "close"},
}
"""What a letter means wherever it does one of these."""
KNOWN = {"film.mute", "film.glyphs", "film.window", "confirm.no"}
"""As everywhere: m mutes a film, and its title says so; n is no. v changes how a film is drawn, w gives it a
window of its own."""


def letters() -> dict[str, list[Key]]:
    """The keys of the table by each letter or digit, in the table's order."""
    found: dict[str, list[Key]] = {}
    for key in (key for keys in TABLE.values() for key in keys):
        for name in key.keys.split(","):
            if len(name) == 1:
                found.setdefault(name, []).append(key)
    return found


def test_a_letter_means_one_thing_or_the_footer_tells() -> None:
    unannounced = [
        (letter, key.id)
        for letter, keys in letters().items()
        for key in keys[1:]
        if key.action.partition("(")[0] not in SAME.get(letter, {keys[0].action.partition("(")[0]})
        and not key.label
        and key.id not in KNOWN
    ]
    assert unannounced == []


def test_e_changes_what_is_under_the_cursor_wherever_something_can_be_changed() -> None:
    contexts = {context for context, keys in TABLE.items() for key in keys if "e" in key.keys.split(",")}
    expected = {"caseload", "family", "chart", "clip", "register", "filming", "review_plan", "collected"}
    assert contexts == expected | {"trainees", "way", "portfolio", "voices"}
