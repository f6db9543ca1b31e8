"""What would be lost: a paper that is read before it is written, and written where one says."""

import datetime as dt
import stat
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from tests.ui.driving import opened, told, until
from tests.ui.family_driving import choose, family_screen, fill, stop_the_calendar
from tests.ui.heron import FAMILY, make_heron
from tests.ui.sample import make_sample
from tests.ui.snapshot import same_screen
from vigtui.domain.records import Copy, Cycle, Family
from vigtui.domain.vocabulary import CopyKind
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.papers.paper import PaperScreen
from vigtui.ui.screens.caseload import CaseloadScreen

pytestmark = pytest.mark.slow


def shown(screen: PaperScreen) -> str:
    """What the paper says; "" while it has no parts yet, or no longer."""
    return "".join(str(words.content) for words in screen.query("#words").results(Static))


def read_copies(path: Path) -> list[Copy]:
    """The register of copies as it stands in the file."""
    caseload = Caseload.open(path)
    caseload.close()
    return caseload.all(Copy)


async def test_a_print_has_the_names_of_home_and_nothing_else_has_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A parent must not read "Jory" for their own child; a name is in the print, and in no other file."""
    stop_the_calendar(monkeypatch)
    path = make_heron(tmp_path / "heron.vig.json")
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, PaperScreen) and "Dana" in shown(app.screen))
        await pilot.press("n")
        await fill(app, pilot, name0="Ewelina")
        await until(pilot, lambda: isinstance(app.screen, PaperScreen) and "Ewelina" in shown(app.screen))
        assert not {"Dana", "Jory"} & set(shown(app.screen).replace(",", " ").replace("'", " ").split())
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, FileScreen))
        app.screen.query_one(Input).value = str(out := tmp_path / "visit.txt")
        await pilot.press("enter")
        await until(pilot, lambda: "It is in the register" in told(app))
        await pilot.press("escape", "v")
        await until(pilot, lambda: isinstance(app.screen, PaperScreen) and "Dana" in shown(app.screen))
    with_it = [each for each in tmp_path.rglob("*") if each.is_file() and b"Ewelina" in each.read_bytes()]
    assert with_it == [out]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_family_s_page_is_read_and_written(
    tmp_path: Path,
    size: tuple[int, int],
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stop_the_calendar(monkeypatch)
    async with family_screen(make_heron(tmp_path / "heron.vig.json"), size=size) as (app, pilot, screen):
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, PaperScreen) and "F-017 Heron" in shown(app.screen))
        same_screen(app, f"visit-{size[0]}x{size[1]}", request)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, FileScreen))
        out = tmp_path / "visit.html"
        app.screen.query_one(Input).value = str(out)
        await pilot.press("enter")
        await until(pilot, lambda: "Only you can read it. It is in the register" in told(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
    [copy] = read_copies(tmp_path / "heron.vig.json")
    assert (copy.kind, copy.family, copy.file) == (CopyKind.PAPER, FAMILY, "visit.html")
    assert copy.holder == "person-ellis"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "F-017 Heron" in out.read_text()


async def test_the_visits_of_the_next_fortnight_are_on_one_paper(tmp_path: Path) -> None:
    path = make_sample(tmp_path)
    caseload = Caseload.open(path)
    families = caseload.all(Family)[:2]
    async with opened(path) as (app, pilot):
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))
        await pilot.press("V")
        await until(pilot, lambda: "No visit is planned" in told(app))
        caseload = app.workspace.caseload
        for days, family in enumerate(families):
            planned = app.workspace.today() + dt.timedelta(days=days)
            caseload.save(Cycle(family=family.id, number=9, planned=planned))
        await pilot.press("V")
        await until(pilot, lambda: isinstance(app.screen, PaperScreen) and bool(shown(app.screen)))
        assert all(f"Before the visit: {each.code}" in shown(app.screen) for each in families)


async def test_a_template_that_cannot_be_used_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    own = tmp_path / "settings" / "vigtui" / "papers" / "en" / "visit.md"
    own.parent.mkdir(parents=True)
    own.write_text("{% for each in %}")
    async with family_screen(make_heron(tmp_path / "heron.vig.json")) as (app, pilot, screen):
        await pilot.press("v")
        await until(pilot, lambda: "The template for visit cannot be used" in told(app))
        assert app.screen is screen


@pytest.mark.parametrize(("words", "enters"), [("Blank", 0), ("recorded", 1)])
async def test_the_consent_form_is_printed_blank_or_as_it_is_recorded(
    words: str, enters: int, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A blank form tells of nobody: the register of what is out has nothing of it."""
    stop_the_calendar(monkeypatch)
    async with family_screen(make_heron(tmp_path / "heron.vig.json")) as (app, pilot, _):
        await pilot.press("4", "p")
        await choose(app, pilot, words)
        await until(
            pilot, lambda: isinstance(app.screen, PaperScreen) and "Consent to film" in shown(app.screen)
        )
        same_screen(app, f"consent-form-{words.lower()}-80x24", request)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, FileScreen))
        app.screen.query_one(Input).value = str(tmp_path / "form.html")
        await pilot.press("enter")
        await until(pilot, lambda: "Only you can read it." in told(app))
        assert len(app.workspace.caseload.where(Copy)) == enters
    assert ("Dana" in (tmp_path / "form.html").read_text()) is bool(enters)


async def test_a_summary_is_made_from_a_family_with_what_people_worry_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is typed for it stands on the paper, and is in no file before the paper is written."""
    stop_the_calendar(monkeypatch)
    path = make_heron(tmp_path / "heron.vig.json")
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("S")
        await fill(app, pilot, worries="Bruises in May.")
        await until(pilot, lambda: isinstance(app.screen, PaperScreen) and "Bruises" in shown(app.screen))
        assert "no assessment of risk" in " ".join(shown(app.screen).split())
        await pilot.press("escape", "C", "D")
        await until(pilot, lambda: isinstance(app.screen, PaperScreen) and "who watched" in shown(app.screen))
    assert "Bruises" not in path.read_text()
