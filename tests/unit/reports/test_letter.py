"""The one paper that leaves for the family: what they said and what was seen, by name, and nothing else."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import make
from vigtui.domain.records import (
    Clip,
    Cycle,
    Description,
    Family,
    HelpingQuestion,
    Member,
    Note,
    Person,
    Rating,
    Record,
    Recording,
    TrajectEntry,
    Voice,
)
from vigtui.domain.vocabulary import (
    Described,
    DescribedWhen,
    RecordingKind,
    RecordingState,
    TrajectKind,
    Visibility,
)
from vigtui.queries.family import family_records
from vigtui.reports.families.letter import letter
from vigtui.reports.formats.markdown import markdown
from vigtui.reports.formats.plain_text import plain_text
from vigtui.reports.formats.writing import print_out
from vigtui.reports.paper import Paper
from vigtui.reports.templates import LANGUAGES, languages, template
from vigtui.store.caseload import Caseload
from vigtui.values.spoken_names import SpokenNames, with_names

TODAY = dt.date(2026, 11, 29)
DAY = TODAY - dt.timedelta(days=60)
DANA, JORY = Member(id="dana", label="Dana"), Member(id="jory", label="Jory", relation="son, 4")
GRAN = Member(id="gran", label="Gran", relation="grandparent")
NAMES = with_names({"Dana": "Maria", "Jory": "Joe", "Gran": ""})


def description(of: Described, when: DescribedWhen, words: str, speaker: str = "dana") -> Description:
    return Description(family="heron", speaker=speaker, of=of, when=when, words=words, date=DAY)


RECORDS: tuple[Record, ...] = (
    Person(id="ellis", name="Ellis Marr"),
    Person(id="kit", name="Kit Farrow"),
    Family(id="heron", code="F-017", pseudonym="Heron", guider="ellis", members=(DANA, JORY, GRAN)),
    HelpingQuestion(id="q1", family="heron", owner="dana", words="What's Jory telling me?", agreed=DAY),
    HelpingQuestion(id="q2", family="heron", owner="kit", words="How does Jory know?", agreed=DAY),
    HelpingQuestion(id="q3", family="heron", owner="dana", words="Not agreed"),
    *(
        Rating(question="q1", rater=rater, date=DAY + dt.timedelta(days=days), value=value, words="aside")
        for rater, values in {"dana": (3, 5, 8), "kit": (2, None, 6)}.items()
        for days, value in zip((0, 14, 50), values, strict=True)
    ),
    description(Described.CHILD, DescribedWhen.START, "He shuts me out."),
    description(Described.CHILD, DescribedWhen.END, "He goes quiet to think."),
    description(Described.RELATIONSHIP, DescribedWhen.END, "We find each other again."),
    description(Described.CHILD, DescribedWhen.END, "Gran's own words", "gran"),
    Cycle(
        id="one", family="heron", number=1, activity="jigsaw", filmed=DAY, reviewed=DAY, next_step="For me"
    ),
    Recording(id="film", cycle="one", path="film.mp4", delete_by=TODAY + dt.timedelta(days=14)),
    Recording(
        id="review",
        cycle="one",
        path="review.mp4",
        kind=RecordingKind.SHARED_REVIEW,
        state=RecordingState.DELETED,
    ),
    Clip(
        id="c1",
        recording="film",
        in_ms=0,
        out_ms=9,
        caption="Jory looks up. Dana waits.",
        shown_in_review=True,
    ),
    Clip(id="c2", recording="film", in_ms=0, out_ms=9, caption="Not shown"),
    Clip(id="c3", recording="review", in_ms=0, out_ms=9, caption="The guider nods", shown_in_review=True),
    Voice(family="heron", speaker="dana", words="I don't have to fill the gap.", date=DAY, may_quote=True),
    Voice(family="heron", speaker="dana", words="Between us two.", date=DAY),
    Voice(family="heron", speaker="kit", words="A worker's words", date=DAY, may_quote=True),
    TrajectEntry(
        family="heron", heading="Daily Life", kind=TrajectKind.CHANGE, words="Jory shows things.", date=DAY
    ),
    TrajectEntry(
        family="heron", heading="Daily Life", kind=TrajectKind.HOPE, words="“Between us two.”", date=DAY
    ),
    TrajectEntry(
        family="heron",
        heading="Daily Life",
        kind=TrajectKind.CHANGE,
        words="“I don't have to fill the gap.”",
        date=DAY,
    ),
    TrajectEntry(
        family="heron", heading="Daily Life", kind=TrajectKind.HOPE, words="The rhyme group.", date=DAY
    ),
    TrajectEntry(
        family="heron", heading="Daily Life", kind=TrajectKind.HOPE, words="No more", date=DAY, ended=TODAY
    ),
    Note(about="heron", author="ellis", visibility=Visibility.AUTHOR, body="For me alone"),
    Note(about="one", author="ellis", visibility=Visibility.SESSION, body="For supervision"),
)


def paper(path: Path, names: SpokenNames = NAMES, *more: Record, own_words: str = "") -> Paper:
    changed = {each.id for each in more}
    make(path, *(each for each in RECORDS if each.id not in changed), *more)
    caseload = Caseload.open(path)
    records = family_records(caseload, "heron", TODAY)
    caseload.close()
    assert records
    return letter(records, DANA, names, own_words)


def words_of(paper: Paper, language: str = "en") -> str:
    return plain_text(markdown(paper, template("letter", language, None)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_has_their_words_ratings_and_what_was_seen(tmp_path: Path, language: str) -> None:
    words = " ".join(
        words_of(paper(tmp_path / "c.vig.json", own_words="See you at Joe's school."), language).split()
    )
    for told in (
        "Dear Maria,",
        "“What's Joe telling me?”",
        "3, then 5, then 8",
        "Kit Farrow: 2, then not rated, then 6",
        "“He shuts me out.”",
        "“He goes quiet to think.”",
        "“We find each other again.”",
        "Joe looks up. Maria waits.",
        "I don't have to fill the gap.",
        "Joe shows things.",
        "The rhyme group.",
        "See you at Joe's school.",
        "13 December 2026",
        "Ellis Marr",
    ):
        assert told in words, (told, words)
    assert words.count("fill the gap") == 1  # The plan quotes it, too.


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_leaves_that_is_not_for_them(tmp_path: Path, language: str) -> None:
    """No notes, whoever may read them; nothing that others said; no clip they have not seen; no label."""
    words = words_of(paper(tmp_path / "c.vig.json"), language)
    kept = (
        "For me",
        "For supervision",
        "A worker's words",
        "Between us two",
        "Gran's own words",
        "Not shown",
        "The guider nods",
    )
    for each in (*kept, "No more", "Not agreed", "aside", "Dana", "Jory", "F-017", "Heron", "CP plan"):
        assert each not in words, each


def test_a_name_that_was_not_typed_is_a_blank_and_never_a_label(tmp_path: Path) -> None:
    nobody = with_names({"Dana": "", "Jory": "", "Gran": ""})
    words = words_of(paper(tmp_path / "c.vig.json", nobody))
    assert "Dear ______," in words
    assert "What's ______ telling me?" in words
    assert "Jory" not in words


def test_no_day_is_promised_for_film_that_is_held_or_has_none(tmp_path: Path) -> None:
    film = next(each for each in RECORDS if isinstance(each, Recording))
    held = words_of(paper(tmp_path / "a.vig.json", NAMES, replace(film, hold_reason="the court asked")))
    unplanned = words_of(paper(tmp_path / "b.vig.json", NAMES, replace(film, delete_by=None)))
    for words in (held, unplanned):
        assert "13 December" not in words
        assert "the court" not in words
        assert "You may ask at any time" in words


def test_the_names_are_in_nothing_that_a_report_of_a_fault_would_show(tmp_path: Path) -> None:
    assert "Maria" not in repr(NAMES)


def test_a_service_adds_a_language_with_its_own_months_scale_and_ratings(tmp_path: Path) -> None:
    """One file in a folder: nothing of the letter's own sentences, days or numbers stays English."""
    folder = tmp_path / "papers" / "ur"
    folder.mkdir(parents=True)
    (folder / "letter.md").write_text(
        '{% set months = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"] %}\n'
        "{{ date.day }} {{ months[date.month] }}\n\n"
        "{% for each in questions %}{% for rated in each.ratings %}"
        "{{ rated.by or 'آپ' }}{% for value in rated.numbers %} {{ '؟' if value is none else value }}"
        "{% endfor %}\n\n{% endfor %}{% if each.chart %}{{ charts[each.chart] }}\n\n{% endif %}{% endfor %}"
        "{% for each in described %}{{ each.subject }} {{ children[0] }}\n\n{% endfor %}",
        encoding="utf-8",
    )
    assert languages("letter", folder.parent) == {**LANGUAGES, "ur": "ur"}
    made = print_out(paper(tmp_path / "c.vig.json"), "", "ur", folder.parent)
    words = made.written(".txt")
    for told in ("29 XI", "آپ 3 5 8", "Kit Farrow 2 ؟ 6", "child Joe"):
        assert told in words
    assert not {"not", "rated", "November", "Dana", "You"} & set(words.split())
    assert '<html lang="ur" dir="rtl">' in made.written(".html")
