"""Consent: a clip that plays without it breaks a family's trust."""

import datetime as dt
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtui.domain.consent import Standing, decide, grid, latest, purpose_for
from vigtui.domain.records import Consent, Family, Member, Person
from vigtui.domain.vocabulary import Decision, Purpose, Role

TODAY = dt.date(2026, 11, 22)
DANA, JORY = Member(id="dana", label="Dana"), Member(id="jory", label="Jory")
BABY = Member(id="baby", label="Baby", filmed=False)
DAYS = st.integers(0, 40).map(lambda days: TODAY - dt.timedelta(days=20) + dt.timedelta(days=days))


def consent(
    member: Member,
    decision: Decision = Decision.GIVEN,
    date: dt.date = TODAY,
    purpose: Purpose = Purpose.SUPERVISION,
    until: dt.date | None = None,
) -> Consent:
    return Consent(family="f", member=member.id, purpose=purpose, decision=decision, date=date, until=until)


CONSENTS = st.lists(
    st.builds(
        consent,
        st.sampled_from([DANA, JORY]),
        st.sampled_from(Decision),
        DAYS,
        st.sampled_from([Purpose.SUPERVISION, Purpose.COURT]),
        st.none() | DAYS,
    ),
    max_size=8,
)


@given(CONSENTS)
def test_allowed_means_that_every_filmed_member_gave_it_and_it_still_runs(known: list[Consent]) -> None:
    decision = decide([DANA, JORY, BABY], known, Purpose.SUPERVISION, TODAY)
    held = [latest(known, member.id, Purpose.SUPERVISION, TODAY) for member in (DANA, JORY)]
    agreed = [
        each is not None
        and each.decision is Decision.GIVEN
        and each.date <= TODAY
        and (each.until is None or each.until >= TODAY)
        for each in held
    ]
    assert decision.allowed == all(agreed)
    assert {each.label for each in decision.missing} == {
        member.label for member, yes in zip((DANA, JORY), agreed, strict=True) if not yes
    }
    assert bool(decision.sentence()) is not decision.allowed


@given(CONSENTS, st.sampled_from([Decision.WITHDRAWN, Decision.REFUSED]))
def test_a_withdrawal_acts_at_once_whatever_else_is_recorded(known: list[Consent], no: Decision) -> None:
    assert not decide([DANA, JORY], [*known, consent(DANA, no)], Purpose.SUPERVISION, TODAY).allowed


@given(CONSENTS)
def test_the_order_of_the_records_does_not_matter(known: list[Consent]) -> None:
    """Two merged files may hold the same decisions in another order."""
    whys = {
        tuple(each.why for each in decide([DANA, JORY], order, Purpose.SUPERVISION, TODAY).missing)
        for order in list(permutations(known))[:30]
    }
    assert len(whys) == 1


@given(CONSENTS)
def test_consent_for_one_purpose_is_not_consent_for_another(known: list[Consent]) -> None:
    assert not decide([DANA, JORY], known, Purpose.CONFERENCE, TODAY).allowed


def test_of_decisions_of_one_day_the_more_protective_holds() -> None:
    yes, no, unasked = (
        consent(DANA, each) for each in (Decision.GIVEN, Decision.WITHDRAWN, Decision.NOT_ASKED)
    )
    assert latest([no, yes], "dana", Purpose.SUPERVISION, TODAY) is no
    assert latest([yes, unasked], "dana", Purpose.SUPERVISION, TODAY) is yes
    short = consent(DANA, until=TODAY + dt.timedelta(days=3))
    assert latest([short, yes], "dana", Purpose.SUPERVISION, TODAY) is short


def test_a_later_consent_opens_what_was_refused() -> None:
    known = [consent(DANA, Decision.REFUSED, TODAY - dt.timedelta(days=1)), consent(DANA)]
    assert decide([DANA], known, Purpose.SUPERVISION, TODAY).allowed


def test_until_is_the_last_day_covered() -> None:
    known = [consent(DANA, date=TODAY, until=TODAY)]
    assert decide([DANA], known, Purpose.SUPERVISION, TODAY).allowed
    late = decide([DANA], known, Purpose.SUPERVISION, TODAY + dt.timedelta(days=1))
    assert late.missing[0].why is Standing.EXPIRED
    assert late.sentence().startswith("Dana's consent for supervision ended on 22 November.")


def test_nobody_recorded_as_filmed_keeps_the_clip_closed() -> None:
    decision = decide([BABY], [consent(BABY)], Purpose.SUPERVISION, TODAY)
    assert not decision.allowed
    assert decision.sentence().startswith("Nobody is recorded as filmed in this family.")


def test_the_sentence_says_whose_consent_for_what_and_why() -> None:
    known = [consent(DANA, Decision.WITHDRAWN, dt.date(2026, 11, 3), Purpose.COURT)]
    assert decide([DANA, JORY], known, Purpose.COURT, TODAY).sentence() == (
        "Jory has not been asked about court; Dana's consent for court was withdrawn on 3 November. "
        "The clip stays closed until everybody filmed has agreed."
    )
    refused = [consent(DANA, Decision.REFUSED, dt.date(2025, 2, 4), Purpose.COURT)]
    assert (
        "Dana said no to court on 4 February 2025."
        in decide([DANA], refused, Purpose.COURT, TODAY).sentence()
    )
    assert (
        "Dana and Jory have not been asked about court."
        in decide([DANA, JORY], [], Purpose.COURT, TODAY).sentence()
    )


@pytest.mark.parametrize(
    ("viewer", "in_session", "purpose"),
    [
        (Person(id="ellis", name="Ellis", roles=(Role.TRAINEE,)), False, Purpose.FILM),
        (Person(id="ellis", name="Ellis", roles=(Role.TRAINEE,)), True, Purpose.SUPERVISION),
        (Person(id="ros", name="Ros", roles=(Role.SUPERVISOR,)), False, Purpose.SUPERVISION),
        (Person(id="sam", name="Sam", roles=(Role.SOCIAL_WORKER,)), False, Purpose.SOCIAL_WORKER),
        (None, False, Purpose.SUPERVISION),
    ],
)
def test_who_looks_decides_which_consent_counts(
    viewer: Person | None, in_session: bool, purpose: Purpose
) -> None:
    assert purpose_for(viewer, Family(code="F-1", guider="ellis"), in_session=in_session) is purpose


def test_the_grid_shows_every_member_and_purpose() -> None:
    rows = grid([DANA, BABY], [consent(DANA)], TODAY)
    assert [row.member for row in rows] == [DANA, BABY]
    assert [cell.purpose for cell in rows[0].cells] == list(Purpose)
    assert [cell.standing for cell in rows[0].cells].count(Standing.GIVEN) == 1
    assert {cell.standing for cell in rows[1].cells} == {Standing.NOT_ASKED}


@pytest.mark.parametrize("no", [Decision.REFUSED, Decision.WITHDRAWN])
@pytest.mark.parametrize("purpose", Purpose)
def test_a_no_to_filming_closes_film_for_every_other_purpose_too(no: Decision, purpose: Purpose) -> None:
    agreed = [consent(DANA, purpose=each) for each in (purpose, Purpose.FILM)]
    decision = decide([DANA], [*agreed, consent(DANA, no, purpose=Purpose.FILM)], purpose, TODAY)
    assert not decision.allowed
    assert Purpose.FILM.label in decision.sentence()
    assert decide([DANA], agreed, purpose, TODAY).allowed
