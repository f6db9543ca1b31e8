"""What is told of agreed records at opening: of those of an earlier version, and of one that was changed."""

import datetime as dt
from pathlib import Path

from tinydb import TinyDB

from tests.caseloads import agreed, make, read
from tests.ui.driving import opened, told, until
from vigtui.domain.records import AgreedWords, Person, Session
from vigtui.domain.sessions.agreement import kept_id


async def test_what_an_earlier_version_agreed_is_kept_again_and_a_change_since_is_told(
    tmp_path: Path,
) -> None:
    session = Session(id="s", supervisor="ros", date=dt.date(2026, 3, 1), strengths="An open face.")
    path = make(tmp_path / "c.vig.json", Person(id="ros", name="Ros"), agreed(session, "ros"))
    async with opened(path) as (app, pilot):
        await until(pilot, lambda: "from an earlier version of vigtui, is kept a second time" in told(app))
    assert read(path, AgreedWords, kept_id("s")).words["strengths"] == "An open face."
    with TinyDB(path) as database:
        database.table("sessions").update({"strengths": "Another word."})
    async with opened(path) as (app, pilot):
        await until(pilot, lambda: "1 agreed record was changed with another program" in told(app))
        assert app.workspace.caseload.need(Session, "s").strengths == "An open face."
        assert "cannot be read" not in told(app)
        assert "a second time" not in told(app)
