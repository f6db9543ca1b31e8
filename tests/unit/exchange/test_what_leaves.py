"""What would be lost: that of all that anybody may type only what a rule lets go leaves for another tool."""

import datetime as dt
import re
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from msgspec import Struct
from msgspec.structs import replace

from tests import caseloads
from tests.caseloads import FOR_WORK, consents
from tests.unit.exchange.test_export_command import everything, run
from vigtui.demo.loader import load_demo
from vigtui.domain.consent.showing import find_recording
from vigtui.domain.records import Clip, Cycle, Family, Member, Person, Recording, Tag
from vigtui.domain.records.schema import fields
from vigtui.exchange.called import Called
from vigtui.exchange.exporting.writing import Format
from vigtui.store.caseload import Caseload

DAY = dt.date(2026, 1, 5)
DEMO = load_demo(dt.date(2026, 11, 30)).records
HERON = next(each for each in DEMO if isinstance(each, Family) and each.code == "F-017")
STEERING = "\x1b\x07\u202e\x00"
MAY_LEAVE = {
    "families.code",
    "families.members.label",
    "clips.title",
    "clips.caption",
    "tags.principle",
    "tags.item",
}
"""What is typed in these, and no more: a principle that nobody knows any longer goes by its id."""


def filled(record: Struct, where: str) -> Any:
    """The record with all that is typed freely in it replaced by where it stands; whichever fields there
    are."""
    hints = get_type_hints(type(record), include_extras=True)
    values: dict[str, object] = {}
    for name, field in fields(type(record)).items():
        value, hint = getattr(record, name), hints[name]
        bare = get_args(hint)[0] if hasattr(hint, "__metadata__") else hint
        said = f"=1+1 {STEERING}<b>{where}.{name}</b>{{\\an8}} {getattr(record, 'id', '')}"
        if name == "mistaken":  # A consent with words there does not count.
            continue
        if field.part is not None:
            several = isinstance(value, tuple)
            parts = [
                filled(each, f"{where}.{name}")
                for each in (value if several else [value])
                if each is not None
            ]
            values[name] = tuple(parts) if several else next(iter(parts), None)
        elif bare is str and (field.ref is None or (field.ref.or_words and not value)):
            values[name] = said
    if where == "clips":
        values["title"] = f"{values['title']} ending"
    return replace(record, **values)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with hostile words in every field of every record."""
    records = [filled(each, each.table) for each in DEMO]
    return caseloads.make(tmp_path_factory.mktemp("hostile") / "c.vig.json", *records)


@pytest.mark.parametrize("kind", [each.value for each in Format])
def test_of_every_field_only_what_may_leaves_and_none_steers_anything(
    hostile: Path, tmp_path: Path, kind: str
) -> None:
    result = run(hostile, str(tmp_path / "out"), kind)
    assert (tmp_path / "out").exists(), result.output
    written = everything(tmp_path / "out")
    told = set(re.findall(r"(?:<b>|&lt;b&gt;)([a-z_.]+)(?:</b>|&lt;/b&gt;)", written))
    assert "clips.caption" in told
    assert told <= MAY_LEAVE
    assert not set(STEERING) & set(written)
    assert not set(STEERING) & set(result.output)


FAMILY = Family(
    id="heron",
    code="F-017",
    guider="ellis",
    members=(
        Member(id="dana", label="Dana"),
        Member(id="two", label="Visitor 1"),
        Member(id="other", label="dana"),
    ),
)


@pytest.fixture
def visited(tmp_path: Path) -> Path:
    """Film in which a neighbour is, too, whose name somebody wrote down."""
    everybody = (*(each.id for each in FAMILY.members), "Olive  Quill")
    visitor = replace(FAMILY, members=(Member(id="Olive  Quill", label=""),))
    return caseloads.make(
        tmp_path / "c.vig.json",
        Person(id="ellis", name="Ellis Marr"),
        Person(id="ros", name="Ros Tiverton"),
        Person(id="nobody", name=""),
        FAMILY,
        *consents(FAMILY, DAY, FOR_WORK),
        *consents(visitor, DAY, FOR_WORK),
        Cycle(id="c1", family="heron", number=1),
        Recording(id="film", cycle="c1", path="media/olive_quill.mp4", duration_ms=9000, people=everybody),
        Clip(
            id="one",
            recording="film",
            in_ms=1000,
            out_ms=3000,
            title="OLIVE QUILL waves",
            caption="Dana turns to Olive\nQuill. Ellis Marr nods, Ros Tiverton too. Olives.",
        ),
        *(
            Tag(id=f"tag-{who}", clip="one", at_ms=2000, who=who, principle="receiving", item="words")
            for who in ("dana", "two", "other", "Olive  Quill", "ellis", "ros")
        ),
    )


@pytest.mark.parametrize("kind", [each.value for each in Format])
def test_visitors_and_colleagues_leave_without_their_names_and_that_is_told(visited: Path, kind: str) -> None:
    result = run(visited, "out", kind)
    assert result.exit_code == 0, result.output
    written = everything(visited.parent / "out")
    for name in ("olive", "quill ", "marr", "tiverton"):
        assert name not in re.sub("Olives", "", written).casefold()
    assert "Dana turns to [visitor 1]. [guider] nods, [colleague] too. Olives." in written
    assert "Instead of names in titles and captions: [colleague], [guider] and [visitor 1]" in result.output
    if kind != "vtt":
        assert "What people are called there: Dana, Visitor 1 (2), colleague, dana (2)" in result.output
    if kind in ("eaf", "boris"):
        assert "The name of the file of C1: It tells what somebody is called." in result.output


def test_everybody_is_known_again_by_what_they_were_called(visited: Path) -> None:
    """Two who have the same label, too, and a member who is called as visitors are."""
    caseload = Caseload.open(visited)
    caseload.close()
    showing = find_recording(caseload.get, "film")
    assert showing
    called = Called(caseload.get, caseload.where, showing)
    for who in ("dana", "two", "other", "Olive  Quill", "ellis"):
        assert called.who(called.code(who)) == who
    assert called.who("ellis marr") == "ellis"
    assert not called.who("colleague")
    assert not called.who("")
