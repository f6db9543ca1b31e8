"""Why film stays closed, as families' workers read it."""

import datetime as dt

import pytest
from msgspec.structs import replace

from tests.permissions import permission
from vigtui.domain.consent.access import Refusal, Use
from vigtui.domain.consent.audiences import Audience
from vigtui.domain.consent.decisions import ConsentState, MissingConsent
from vigtui.domain.records import Consent, Deletion, Recording
from vigtui.domain.vocabulary import Decision, GivenAs, Purpose
from vigtui.wording.access import audience_lines, decision_words, everybody_agrees, may_be_seen, why_closed

TODAY = dt.date(2026, 11, 22)


def missing(
    label: str, why: ConsentState, since: dt.date | None, purpose: Purpose = Purpose.SUPERVISION
) -> Refusal:
    found = MissingConsent(label, label, purpose, why, since)
    return Refusal(Purpose.SUPERVISION, TODAY, missing=(found,))


def test_every_purpose_is_said_in_a_sentence_that_somebody_would_say() -> None:
    said = [everybody_agrees(each) for each in Purpose]
    assert "Everybody filmed agrees that the social worker may see clips." in said
    assert len(set(said)) == len(Purpose)


def test_where_a_closed_clip_may_be_seen_is_told() -> None:
    assert may_be_seen([]) == ""
    purposes = [Purpose.FILM, Purpose.SOCIAL_WORKER]
    assert may_be_seen(purposes) == (
        "It may be seen with the family, in the shared review and by the social worker."
    )


CLOSED = "Film stays closed until everybody in it has agreed."


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (
            missing("Dana", ConsentState.NOT_ASKED, None),
            f"Dana has not been asked about supervision. {CLOSED}",
        ),
        (
            missing("Dana", ConsentState.WITHDRAWN, dt.date(2026, 11, 3)),
            f"Dana's consent for supervision was withdrawn on 3 November. {CLOSED}",
        ),
        (
            missing("Gran", ConsentState.REFUSED, dt.date(2025, 11, 3), Purpose.FILM),
            f"Gran said no to filming and shared review on 3 November 2025. {CLOSED}",
        ),
        (
            missing("Dana", ConsentState.EXPIRED, dt.date(2026, 11, 21)),
            f"Dana's consent for supervision ended on 21 November. {CLOSED}",
        ),
        (
            missing("Dana", ConsentState.NOT_ASKED, dt.date(2026, 11, 23)),
            "Dana's consent for supervision is dated 23 November, after today (22 November by this machine's "
            f"clock). {CLOSED}",
        ),
        (
            Refusal(Purpose.FILM, TODAY, other_families=("F-018",)),
            "A recording of F-018 names this film too: closed for both until one of the two is removed.",
        ),
        (
            Refusal(
                Purpose.FILM,
                TODAY,
                deleted=True,
                deletion=Deletion(recording="r", date=dt.date(2026, 11, 1), why="Dana asked.", by="Ellis"),
            ),
            "This film was deleted on 1 November by Ellis: Dana asked. What was written about it stays.",
        ),
        (
            Refusal(Purpose.FILM, TODAY, unread=True),
            "Something that is recorded about this film, or about consent, cannot be read: “vigtui check” "
            "says what. The film stays closed until that is put right.",
        ),
        (Refusal(Purpose.FILM, TODAY, removed=True), "This recording is no longer in the caseload."),
        (
            Refusal(Purpose.FILM, TODAY),
            "Nobody whose consent counts is recorded as being in this film. It stays closed until somebody "
            "is.",
        ),
    ],
)
def test_the_sentence_says_what_stands_in_the_way(refusal: Refusal, sentence: str) -> None:
    assert why_closed(refusal, TODAY) == sentence


@pytest.mark.parametrize(
    ("why", "sign"),
    [
        (ConsentState.REFUSED, "×"),
        (ConsentState.WITHDRAWN, "×"),
        (ConsentState.OTHER_DAYS, "×"),
        (ConsentState.NOT_ASKED, "·"),
    ],
)
def test_an_audience_that_may_not_see_a_clip_has_a_sign_and_the_reason(why: ConsentState, sign: str) -> None:
    refusal = missing("Dana", why, TODAY)
    [line] = audience_lines([Audience(Purpose.SUPERVISION, refusal, refusal)], TODAY)
    assert (line.may, line.sign, line.who) == (False, sign, "in supervision")
    assert line.why.startswith("Dana")
    assert CLOSED not in line.why


def test_an_audience_that_may_see_a_clip_is_told_of_copies_that_may_not_leave() -> None:
    film = Recording(id="film", cycle="cycle")
    seen, cut = permission(film), permission(film, Use.CUT)
    [line] = audience_lines([Audience(Purpose.FILM, seen, cut)], TODAY)
    assert (line.may, line.sign, line.why) == (True, "✓", "")
    no_copies = missing("Dana", ConsentState.NO_COPIES, TODAY)
    [line] = audience_lines([Audience(Purpose.FILM, seen, no_copies)], TODAY)
    assert (line.may, line.why) == (
        True,
        "Dana said on 22 November that no copies of the film may be given out.",
    )


def test_who_decided_is_told_of_a_decision_and_not_of_a_question_that_nobody_asked() -> None:
    given = Consent(
        family="f",
        member="jory",
        purpose=Purpose.FILM,
        decision=Decision.GIVEN,
        given_by="Dana",
        given_as=GivenAs.PARENT,
        date=TODAY,
    )
    assert decision_words(given, TODAY) == "given by Dana with parental responsibility on 22 November"
    not_asked = replace(given, decision=Decision.NOT_ASKED)
    assert decision_words(not_asked, TODAY) == "not asked on 22 November"
