"""Text from somebody else's file on the screens with film: it is shown, and does nothing."""

from msgspec.structs import replace

from tests.ui.conftest import Heron
from tests.ui.driving import opened, until
from tests.ui.sample import HOSTILE
from tests.ui.snapshot import screen_text
from vigtui.domain.records import Clip, Cycle, Family, Person, Recording, Session, SessionItem
from vigtui.store.caseload import Caseload
from vigtui.ui.screens.clip import ClipScreen
from vigtui.ui.screens.family import FamilyScreen
from vigtui.ui.screens.navigation import OpenClip, OpenFamily, OpenSession
from vigtui.ui.screens.supervision import SupervisionScreen

TEXT = " ".join(HOSTILE)


def _spoil(heron: Heron) -> None:
    """Put everything hostile into every text of the family, its film, its clips and its session."""
    caseload = Caseload.open(heron.path)
    with caseload.transaction("Spoil"):
        for family in caseload.all(Family):
            members = tuple(replace(member, label=TEXT, relation=TEXT) for member in family.members)
            caseload.save(replace(family, code=TEXT, pseudonym=TEXT, members=members))
        for person in caseload.all(Person):
            caseload.save(replace(person, name=TEXT))
        for cycle in caseload.all(Cycle):
            caseload.save(replace(cycle, activity=TEXT, next_step=TEXT))
        for recording in caseload.all(Recording):
            caseload.save(replace(recording, hold_reason=TEXT))
        for clip in caseload.all(Clip):
            caseload.save(replace(clip, title=TEXT, caption=TEXT))
        for session in caseload.all(Session):
            caseload.save(replace(session, opening=TEXT, strengths=TEXT))
        for item in caseload.all(SessionItem):
            words = dict.fromkeys(("trainee_question", "seen_together", "working_point", "next_step"), TEXT)
            caseload.save(replace(item, **words))
    caseload.close()


async def test_hostile_text_is_only_text_beside_film(heron: Heron) -> None:
    _spoil(heron)
    clip = next(iter(heron.clips.values()))
    async with opened(heron.path) as (app, pilot):
        await until(pilot, lambda: "F1" in screen_text(app))
        await pilot.press("escape")
        for message, screen in (
            (OpenFamily(heron.family), FamilyScreen),
            (OpenClip(clip), ClipScreen),
            (OpenSession(heron.session), SupervisionScreen),
        ):
            app.post_message(message)
            await until(pilot, lambda kind=screen: isinstance(app.screen, kind))
            await pilot.press("5" if screen is FamilyScreen else "f6")
            await pilot.pause()
            shown = screen_text(app)
            assert "[/foo]" in shown
            assert not {"\x1b", "\x07", "\u202e"} & set(shown)
