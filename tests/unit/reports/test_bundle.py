"""What would be lost: somebody's right to what is held about them, and everybody else's to be left out."""

import datetime as dt
import stat
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.caseloads import change, write
from tests.ui.heron import FAMILY, make_heron
from vigtui.cli.main import main
from vigtui.domain.records import (
    Consent,
    Copy,
    Description,
    Family,
    FilmPlace,
    Note,
    Recording,
    Seeing,
    SessionItem,
    Tag,
    Viewing,
)
from vigtui.domain.vocabulary import (
    CopyKind,
    Decision,
    Described,
    DescribedWhen,
    Purpose,
    Visibility,
)
from vigtui.queries.bundle import bundle, decided
from vigtui.reports.families.bundle import bundle_papers, to_decide, write_bundle
from vigtui.reports.paper import PaperError
from vigtui.store.caseload import Caseload
from vigtui.wording.names import Names
from vigtui.wording.values import HIDDEN

TODAY = dt.date(2025, 4, 12)
MARKED = "Zaunkönig"  # in what is not to be handed over without a decision


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The sample family, with words of everybody about everybody; Jory is in the first film alone."""
    path = make_heron(tmp_path / "heron.vig.json")
    for film in ("film-2", "film-3", "review-1", "review-2", "review-3"):
        change(path, Recording, film, people=("dana",))
    change(path, Recording, "film-1", people=("dana", "jory"))
    of_jory = {"family": FAMILY, "member": "jory", "purpose": Purpose.COURT, "date": TODAY}
    write(
        path,
        Consent(**of_jory, decision=Decision.REFUSED, given_by="Dana", child_view="“Not there.”"),
        Consent(
            family=FAMILY,
            member="dana",
            purpose=Purpose.COURT,
            decision=Decision.REFUSED,
            given_by="Dana",
            child_view=f"{MARKED}, of Dana's own consent",
            date=TODAY,
        ),
        Description(
            family=FAMILY,
            speaker="dana",
            of=Described.CHILD,
            when=DescribedWhen.START,
            words=f"{MARKED}, says Dana of Jory",
            date=TODAY,
        ),
        Description(
            family=FAMILY,
            speaker="jory",
            of=Described.RELATIONSHIP,
            when=DescribedWhen.END,
            words="We are owls",
            date=TODAY,
        ),
        Tag(clip="clip-film-1-1", at_ms=0, who="jory", principle="attentive"),
        Note(id="open", about="clip-film-1-1", author="person-ros", body=f"{MARKED}, seen together"),
        Note(
            id="alone",
            about=FAMILY,
            author="person-ellis",
            visibility=Visibility.AUTHOR,
            body=f"{MARKED}, for Ellis alone",
        ),
        SessionItem(id="item-own", session="session-2", clip="clip-film-1-1"),
        Seeing(item="item-own", person="person-ellis", words=f"{MARKED}, seen by Ellis alone"),
        Viewing(recording="film-1", who="person-ros", date=TODAY, purpose=Purpose.SUPERVISION),
        Viewing(recording="film-2", who="person-ellis", date=TODAY, purpose=Purpose.INTERVISION),
    )
    return path


def written(
    path: Path, out: Path, member: str = "jory", go: Iterable[str] = (), reader: str = ""
) -> dict[str, str]:
    """The text of each paper of a member's bundle, by the name of its file."""
    caseload = Caseload.open(path)
    family = caseload.need(Family, FAMILY)
    [whom] = [each for each in family.members if each.id == member]
    names = Names(caseload.get, TODAY, reader=reader)
    found = bundle(caseload.where, family, whom, names.on_paper().is_hidden)
    write_bundle(out, bundle_papers(names, found, decided(found, go, names.is_hidden)), "en", None)
    caseload.close()
    return {each.stem.partition("-")[2]: each.read_text() for each in out.glob("*.txt")}


def test_all_that_somebody_said_decided_and_did_is_in_it_with_their_film_and_who_saw_it(
    path: Path, tmp_path: Path
) -> None:
    papers = written(path, tmp_path / "out")
    assert "We are owls" in papers["about"]
    assert "Being attentive" in papers["about"]
    assert "“Not there.”" in papers["consents"]
    assert "Filming and shared review".lower() in papers["consents"].lower()
    assert papers["film"].count("Film: kept") == 1
    assert "Ros Tiverton" in papers["seen"]
    assert "intervision" not in papers["seen"]


def test_nothing_of_others_is_in_it_unless_somebody_decided_so(path: Path, tmp_path: Path) -> None:
    papers = written(path, tmp_path / "out")
    everything = "".join(each.read_text() for each in (tmp_path / "out").iterdir())
    assert MARKED not in everything
    assert "consent of Dana" not in everything
    assert "sulking" not in everything  # what Dana said
    assert "Descriptions: 1" in papers["left-out"]
    assert "Notes: 1" in papers["left-out"]
    assert "Kept to themselves by Ellis Marr: 2" in papers["left-out"]


def test_what_somebody_decided_on_goes_along_and_nothing_else(path: Path, tmp_path: Path) -> None:
    papers = written(path, tmp_path / "out", go=["open"])
    assert f"{MARKED}, seen together" in papers["others"]
    assert sum(each.count(MARKED) for each in papers.values()) == 1


def test_a_note_for_oneself_alone_goes_along_by_its_authors_decision_alone(
    path: Path, tmp_path: Path
) -> None:
    for number, reader in enumerate(("", "person-ros")):
        papers = written(path, tmp_path / str(number), go=["alone"], reader=reader)
        assert "for Ellis alone" not in "".join(papers.values())
        assert HIDDEN not in "".join(papers.values())
    papers = written(path, tmp_path / "own", go=["alone"], reader="person-ellis")
    assert "for Ellis alone" in papers["others"]


def test_what_a_parent_decided_for_a_child_is_the_childs(path: Path, tmp_path: Path) -> None:
    """Dana gave Jory's consents: in her own bundle they go only if somebody decides so."""
    papers = written(path, tmp_path / "out", member="dana")
    assert "consent of Jory" not in "".join(papers.values()).lower()
    assert "“Not there.”" not in "".join(papers.values())


def test_a_share_says_nothing_of_whose_other_consent_it_rested_on(path: Path, tmp_path: Path) -> None:
    change(path, Recording, "film-2", people=("dana", "jory"))
    papers = written(path, tmp_path / "out")
    assert "the social worker" in papers["seen"]
    assert "consent of Dana" not in papers["seen"]


def test_only_its_owner_can_open_it_and_a_name_that_is_taken_is_refused(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    written(path, out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in out.iterdir()} == {0o600}
    assert {each.suffix for each in out.iterdir()} == {".txt", ".html"}
    with pytest.raises(PaperError, match="already there"):
        written(path, out)


def test_what_is_to_be_decided_is_a_paper_of_its_own_with_a_box_for_each(path: Path) -> None:
    write(path, FilmPlace(recording="film-1", path="media/here.mp4"))
    caseload = Caseload.open(path)
    family = caseload.need(Family, FAMILY)
    names = Names(caseload.get, TODAY)
    found = bundle(caseload.where, family, family.members[1], names.is_hidden)
    paper = to_decide(names, found).paper
    caseload.close()
    assert not any(isinstance(each, FilmPlace) for each in found.others)  # Where it is on this machine.
    assert paper.values["tick"]
    told = str(paper.values["parts"])
    assert "seen together" in told
    assert "for Ellis alone" not in told
    assert "of Dana's own consent" not in told


def test_the_command_leaves_others_out_marks_them_when_asked_and_enters_the_copy(
    path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "for them"
    asked = ["bundle", str(path), str(out), "--family", "F-017", "--member", "jory"]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    assert "It is in the register" in done.output
    assert MARKED not in "".join(each.read_text() for each in out.iterdir())
    asked[2] = str(tmp_path / "to decide")
    assert CliRunner().invoke(main, [*asked, "--to-decide"]).exit_code == 0
    holding = {each.name for each in (tmp_path / "to decide").iterdir() if MARKED in each.read_text()}
    assert {each.partition("-")[2] for each in holding} == {"DECIDE-FIRST.txt", "DECIDE-FIRST.html"}
    caseload = Caseload.open(path)
    copies = caseload.where(Copy, kind=CopyKind.PAPER, holder="jory")
    caseload.close()
    assert {each.file for each in copies} == {"for them", "to decide"}


@pytest.mark.parametrize(
    ("family", "member", "said"),
    [("F-9", "Jory", "No family has the code F-9."), ("F-017", "Mo", "Mo is not in F-017: Dana and Jory.")],
)
def test_somebody_who_is_not_there_is_named(
    path: Path, tmp_path: Path, family: str, member: str, said: str
) -> None:
    asked = ["bundle", str(path), str(tmp_path / "out"), "--family", family, "--member", member]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 1
    assert said in done.output
    assert not (tmp_path / "out").exists()
