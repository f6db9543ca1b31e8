"""A pack in the hands of the other person: the same walk, the same moments, with the clips' film alone."""

from dataclasses import replace

import pytest

from tests.ui.conftest import Heron
from tests.ui.driving import told, until
from tests.ui.walking import at, item_of, loops, walk
from vigtui.exchange.packs.gathering import for_session
from vigtui.exchange.packs.packing import pack
from vigtui.store.snapshot import read_snapshot
from vigtui.values.days import today


@pytest.fixture
def away(heron: Heron) -> Heron:
    """The pack of the family's supervision session."""
    source, choose = read_snapshot(heron.path), for_session(heron.session)
    out = heron.path.parent.parent / "away"
    pack(source, choose, choose(source, today()), out, None, lambda *_: None)
    return replace(heron, path=out / "away.vig.json")


async def test_the_walk_shows_and_notes_the_moments_of_the_whole_recording(away: Heron) -> None:
    """What is written in the pack must mean the same moment when it comes home."""
    async with walk(away) as (app, pilot, screen):
        await until(pilot, loops(screen, (4000, 7000)))
        assert screen.films.at_hand.duration_ms == 20_000
        await until(pilot, lambda: screen.films.at_hand.pane.state.position_ms >= 4100)
        screen.films.at_hand.set_loop((5000, 5800))
        screen.films.at_hand.seek(5000)
        await until(pilot, lambda: 5000 <= screen.films.at_hand.pane.state.position_ms < 6000)
        await pilot.press("E")
        await until(pilot, lambda: item_of(app, away).seen_together == "[00:05] E")
        screen.films.at_hand.seek(9000)
        await pilot.pause()
        assert told(app) == "This moment is not in the pack: it has only the clip's own film."
        screen.films.at_hand.seek(6000)
        await until(pilot, lambda: at(screen.films.at_hand, 6000))
