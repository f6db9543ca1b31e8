"""What others wrote comes in at sight; where two changed the same, a person decides, and can take it back."""

import asyncio
import contextlib
import datetime as dt
import itertools
import re
import shutil
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from tests.caseloads import at_the_keyboard, change, read, write
from tests.ui.driving import Driver, opened, told, until
from tests.ui.family_driving import stop_the_calendar
from tests.ui.heron import FAMILY, TODAY, make_heron
from tests.ui.sample import HOSTILE
from tests.ui.snapshot import same_screen, same_screens, says, screen_text
from vigtui.domain.records import Clip, Family, Fit, Note, Rating, Record, Tag, TrajectEntry
from vigtui.domain.vocabulary import TrajectKind
from vigtui.exchange.incoming import read_other
from vigtui.store.caseload import Caseload
from vigtui.store.encrypting import encrypt
from vigtui.store.format import version
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.passphrase import PassphraseScreen
from vigtui.ui.screens.family import FamilyScreen
from vigtui.ui.screens.merge import MergeScreen
from vigtui.ui.screens.merge.look import LookScreen
from vigtui.ui.screens.merge.screen import Arrived
from vigtui.vault.derivation import Cost

pytestmark = pytest.mark.slow

CLIP = "clip-film-2-2"
PASSPHRASE = "another passphrase"
Opened = tuple[VigtuiApp, Driver, MergeScreen]
BESIDE = "heron (Ros, 2025-04-11 10.15).vig.json"


def write_timeless(path: Path, *records: Record, by: str, removed: Iterable[Record] = ()) -> None:
    """Change the caseload as somebody, at a time that no test depends on."""
    write(path, *records, by=by, removed=removed)
    timeless = re.sub(rb'"(created|modified)":"[^"]*"', rb'"\1":null', path.read_bytes())
    path.write_bytes(timeless)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample family, as Ellis has it. Ros has a copy elsewhere (`theirs`), and both wrote: of what both
    changed, what the later writer wrote is shown first."""
    stop_the_calendar(monkeypatch)
    writers = itertools.count(1)
    monkeypatch.setattr(version, "new_writer", lambda: f"{next(writers):08x}")
    path = make_heron(tmp_path / "heron.vig.json")
    change(path, Clip, CLIP, in_ms=8000, out_ms=12_000)
    clip, family = read(path, Clip, CLIP), read(path, Family, FAMILY)
    tag = Tag(id="tag", clip=CLIP, at_ms=9000, who="dana", principle="receiving")
    write_timeless(path, tag, by="Ellis Marr")
    (tmp_path / "theirs").mkdir()
    shutil.copy(path, theirs(path))
    fit = replace(family, fit=Fit(timescales="Before the move"), reasons="Bedtimes are hard.")
    write_timeless(
        path, replace(clip, caption="Jory goes quiet. Dana crouches."), fit, removed=(tag,), by="Ellis Marr"
    )
    tag = replace(tag, at_ms=9500)
    rating = Rating(id="new", question="question-1", rater="dana", date=dt.date(2025, 4, 10), value=9)
    fit = replace(family, fit=Fit(formulation="He shows it by going quiet"), reasons="Bedtimes.")
    quiet = replace(clip, caption="Jory goes quiet. Dana waits.", title="It falls")
    write_timeless(theirs(path), quiet, tag, rating, fit, by="Ros Tiverton")
    at_the_keyboard(path, "person-ellis")
    return path


def theirs(path: Path) -> Path:
    return path.parent / "theirs" / "ros.vig.json"


def merged(path: Path) -> None:
    """Let it be merged already."""
    caseload = Caseload.open(path)
    caseload.merge(read_other(theirs(path)).tables(), "Merge")
    caseload.close()


@contextlib.asynccontextmanager
async def merging(path: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Opened]:
    """The screen, reached from the list of families."""
    async with opened(path, size) as (app, pilot):
        await pilot.press("m")
        await until(pilot, lambda: isinstance(app.screen, MergeScreen) and app.screen.focused)
        screen = app.screen
        assert isinstance(screen, MergeScreen)
        await app.workers.wait_for_complete()
        yield app, pilot, screen


async def go_to(pilot: Driver, screen: MergeScreen, words: str) -> None:
    """Put the cursor on the row whose key has these words in it."""
    arrived = screen.query_one(Arrived)
    keys = [option.id or "" for option in arrived.options]
    arrived.highlighted = next(at for at, key in enumerate(keys) if words in key)
    await pilot.pause()


async def look_at(app: VigtuiApp, pilot: Driver, path: Path) -> str:
    """Choose a file and return what is shown of it."""
    await pilot.press("m")
    await until(pilot, lambda: app.screen.query("#narrow") and app.screen.focused)
    app.screen.query_one("#narrow", Input).value = str(path)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, LookScreen) or told(app))
    return screen_text(app)


def waiting(app: VigtuiApp) -> int:
    return sum(each.number for each in app.workspace.caseload.conflicts())


async def test_where_nothing_waits_it_says_so_and_no_key_or_file_does_harm(path: Path) -> None:
    other = path.parent / "other.vig.json"
    Caseload.create(other).close()
    async with merging(path) as (app, pilot, _):
        assert says(app, "There is nothing to decide, and nothing came in. m takes in another file")
        await pilot.press("1", "2", "3", "b", "enter", "pagedown", "f10")
        await look_at(app, pilot, other)
        assert "another caseload" in told(app)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, MergeScreen))


async def test_a_file_is_looked_at_first_then_taken_in_and_undone(
    path: Path, request: pytest.FixtureRequest
) -> None:
    before = theirs(path).read_bytes()
    async with merging(path) as (app, pilot, _):
        await look_at(app, pilot, theirs(path))
        await same_screens(pilot, "merge-look", request)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, MergeScreen))
        assert app.workspace.caseload.get(Rating, "new") is None
        await look_at(app, pilot, theirs(path))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MergeScreen) and says(app, "to decide, "))
        assert app.workspace.caseload.get(Rating, "new")
        assert theirs(path).read_bytes() == before
        await pilot.press("u")
        await until(pilot, lambda: says(app, "There is nothing to decide, and nothing came in."))
        assert app.workspace.caseload.get(Rating, "new") is None


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_both_versions_are_shown_side_by_side_where_there_is_room(
    size: tuple[int, int], path: Path, request: pytest.FixtureRequest
) -> None:
    merged(path)
    async with merging(path, size) as (app, pilot, screen):
        await go_to(pilot, screen, f"{CLIP}/caption")
        same_screen(app, f"merge-{size[0]}x{size[1]}", request)


async def test_this_the_other_or_both_is_taken_and_undone(path: Path) -> None:
    merged(path)
    async with merging(path) as (app, pilot, screen):
        caseload = app.workspace.caseload
        captions = {"Jory goes quiet. Dana crouches.", "Jory goes quiet. Dana waits."}
        for key in ("1", "2", "b"):
            await go_to(pilot, screen, f"{CLIP}/caption")
            seen = caseload.need(Clip, CLIP).caption
            [other] = captions - {seen}
            wanted = {"1": seen, "2": other, "b": f"{seen}\n\n{other}"}[key]
            count = waiting(app)
            await pilot.press(key)
            await until(pilot, lambda count=count: waiting(app) == count - 1)
            assert caseload.need(Clip, CLIP).caption == wanted
            await pilot.press("u")
            await until(pilot, lambda count=count: waiting(app) == count)
            assert caseload.need(Clip, CLIP).caption in captions


async def test_what_one_removed_is_kept_or_removed(path: Path) -> None:
    merged(path)
    async with merging(path) as (app, pilot, screen):
        caseload = app.workspace.caseload
        for key, stays in (("2", False), ("1", True)):
            await go_to(pilot, screen, "tags/tag/")
            count = waiting(app)
            assert says(app, "Remove it")
            await until(pilot, lambda: says(app, "1 Keep 2 Remove"))
            await pilot.press("b", key)
            await until(pilot, lambda count=count: waiting(app) == count - 1)
            assert (caseload.get(Tag, "tag") is not None) == stays
            await pilot.press("u")
            await until(pilot, lambda: caseload.get(Tag, "tag"))


@pytest.mark.parametrize("keep", [True, False])
async def test_what_was_written_below_a_removed_record_is_read_and_kept_or_removed_with_it(
    keep: bool, path: Path
) -> None:
    note = Note(id="new", about="clip-film-2-1", body="She waits, and waits, until he looks up at her.")
    write(theirs(path), note, by="Ros Tiverton")
    write(path, removed=[read(path, Clip, "clip-film-2-1")], by="Ellis Marr")
    merged(path)
    async with merging(path, (100, 30)) as (app, pilot, screen):
        await go_to(pilot, screen, "clips/clip-film-2-1")
        assert says(app, "something was written below it by Ros Tiverton, removed by Ellis Marr")
        assert says(app, note.body)
        await pilot.press("1" if keep else "2")
        await until(pilot, lambda: told(app))
        caseload = app.workspace.caseload
        there = caseload.get(Clip, "clip-film-2-1"), caseload.get(Note, "new")
        assert [each is not None for each in there] == [keep, keep]


async def test_a_record_is_decided_when_all_of_it_is_and_not_before(path: Path) -> None:
    merged(path)
    async with merging(path) as (app, pilot, screen):
        caseload, count = app.workspace.caseload, waiting(app)
        reasons = caseload.need(Family, FAMILY).reasons
        await go_to(pilot, screen, "/fit")
        await pilot.press("b")
        await until(
            pilot, lambda: says(app, "It takes effect once the other question about this record is decided")
        )
        assert waiting(app) == count
        await go_to(pilot, screen, "/reasons")
        await pilot.press("2")
        await until(pilot, lambda: waiting(app) == count - 2)
        family = caseload.need(Family, FAMILY)
        assert family.fit == Fit(timescales="Before the move", formulation="He shows it by going quiet")
        assert {family.reasons, reasons} == {"Bedtimes.", "Bedtimes are hard."}


async def test_what_others_write_into_the_file_meanwhile_is_told_as_it_came_in_the_end(path: Path) -> None:
    async with opened(path) as (app, pilot):
        caseload, other = app.workspace.caseload, Caseload.open(path, by="Ros Tiverton")
        clip = other.need(Clip, CLIP)
        for title in ("It", "It falls"):
            clip = other.save(replace(clip, title=title))
            other.flush()
            await asyncio.to_thread(caseload.look)
        other.close()
        await until(pilot, lambda: app.workspace.news)
        await pilot.press("f10")
        await until(pilot, lambda: says(app, "Came in from others at work on this file (1)"))
        assert says(app, "Clip C2-2: title changed by Ros Tiverton, ")
        assert says(app, "title, before (nothing) title, now It falls")


async def test_what_waits_is_counted_on_every_screen_until_it_is_decided_and_leads_to_the_thing_itself(
    path: Path,
) -> None:
    """Whoever had a family in front saw a notice for some seconds, and then nothing."""

    def title() -> str:
        return screen_text(app).splitlines()[0]

    async with opened(path) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen))
        await asyncio.to_thread(app.workspace.caseload.merge, read_other(theirs(path)).tables(), "Merge")
        await until(pilot, lambda: "4 to decide (F10)" in title() and "F10 shows them" in told(app))
        await pilot.press("escape")
        await until(pilot, lambda: "4 to decide (F10)" in title() and "Caseload" in title())
        assert any("F-017" in line and "decide" in line for line in screen_text(app).splitlines())
        conflict = next(each for each in app.workspace.caseload.conflicts() if each.number == 1)
        app.workspace.caseload.resolve(conflict, {})
        await until(pilot, lambda: "3 to decide (F10)" in title())
        app.workspace.caseload.undo()
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, MergeScreen) and app.screen.focused)
        await go_to(pilot, app.screen, f"{CLIP}/caption")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.address == f"clip {CLIP}")
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, MergeScreen))


@pytest.mark.parametrize("encrypted", [False, True])
async def test_a_conflicted_copy_is_offered_taken_in_and_put_away(encrypted: bool, path: Path) -> None:
    copy = path.with_name(BESIDE)
    if encrypted:
        encrypt(theirs(path), PASSPHRASE, Cost(n=2, r=1, p=1))
    shutil.move(theirs(path), copy)
    (path.parent / "heron (1).vig.json").write_text("{}")
    words = copy.read_bytes()
    async with opened(path) as (app, pilot):
        await until(pilot, lambda: "There is a copy of this file beside it: heron (Ros" in told(app))
        await pilot.press("m")
        await until(pilot, lambda: isinstance(app.screen, MergeScreen) and says(app, "beside this file"))
        await go_to(pilot, app.screen, "copy ")
        await pilot.press("enter")
        if encrypted:
            await until(pilot, lambda: isinstance(app.screen, PassphraseScreen) and app.screen.focused)
            app.screen.query_one("#passphrase", Input).value = PASSPHRASE
            await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, LookScreen))
        await pilot.press("enter")
        await until(pilot, lambda: not copy.exists() and "kept now" in told(app))
        kept = path.parent / ".vigtui-backups" / path.name / BESIDE
        assert kept.read_bytes() == words
        assert app.workspace.caseload.get(Rating, "new")


async def test_hostile_words_in_both_versions_stay_words(path: Path) -> None:
    entry = TrajectEntry(family=FAMILY, heading="", kind=TrajectKind.NOW, words="", date=TODAY)
    entries = [replace(entry, id=f"traject-{number}") for number in range(len(HOSTILE))]
    write_timeless(path, *entries, by="Ellis")
    shutil.copy(path, theirs(path))
    for file, by in ((path, "Ellis"), (theirs(path), "Ros")):
        hostile = [
            replace(each, heading=words, words=words + by)
            for each, words in zip(entries, HOSTILE, strict=True)
        ]
        write_timeless(file, *hostile, by=f"{by}{HOSTILE[2]}")
    merged(path)
    async with merging(path) as (app, pilot, screen):
        for each in entries:
            await go_to(pilot, screen, f"{each.id}/words")
            assert not {"\x1b", "\x07", "\u202e", "\t"} & set(screen_text(app))
        await pilot.press("b")
        await until(pilot, lambda: waiting(app) == len(entries) - 1)
