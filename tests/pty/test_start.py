"""What would be lost: a start that nobody waits for."""

from pathlib import Path

from tests.pty.emulator import emulator
from tests.ui.conftest import Heron


def test_the_list_of_families_waits_for_nothing_that_film_or_encryption_needs(
    heron: Heron, tmp_path: Path
) -> None:
    loaded = tmp_path / "loaded"
    with emulator(str(heron.path), module="tests.pty.loaded", columns=80, LOADED=str(loaded)) as terminal:
        terminal.until(lambda text: "People: who is here?" in text and "Ros Tiverton" in text)
        terminal.type("\r")
        terminal.until(lambda text: "who is here" not in text and "Heron" in text)
        terminal.type("\x11")
        assert terminal.wait() == 0
    heavy = {"numpy", "mpv", "cryptography", "hashlib", "tinydb"}
    heavy |= {"vigtui.ui.dialogs.passphrase", "jinja2", "vigtui.queries.search", "vigtui.workspace.searching"}
    assert heavy.isdisjoint(loaded.read_text(encoding="utf-8").split())
