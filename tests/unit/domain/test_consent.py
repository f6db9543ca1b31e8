"""Consent: a clip that plays without it breaks a family's trust."""

import datetime as dt
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from vigtui.domain.consent.decisions import (
    Asked,
    ConsentDecision,
    ConsentState,
    FilmAsked,
    by_themselves,
    grid,
    latest,
    made_by,
    possibly_latest,
    purpose_for,
)
from vigtui.domain.consent.decisions import decide as decide_over
from vigtui.domain.records import Consent, Family, Person
from vigtui.domain.vocabulary import Copies, Decision, Purpose, Role

TODAY = dt.date(2026, 11, 22)
DANA, JORY = Asked("dana", "Dana"), Asked("jory", "Jory")
DAYS = st.integers(0, 40).map(lambda days: TODAY - dt.timedelta(days=20) + dt.timedelta(days=days))


def decide(people: list[Asked], consents: list[Consent], purpose: Purpose, on: dt.date) -> ConsentDecision:
    """Decide where no versions compete."""
    return decide_over(people, by_themselves(consents), purpose, on)


def decide_film(known: list[Consent], *days: dt.date | None, copied: bool = False) -> ConsentDecision:
    """Decide about film of Dana that was filmed on these days."""
    film = FilmAsked(days, copied)
    return decide_over([DANA], by_themselves(known), Purpose.SUPERVISION, TODAY, film)


def consent(
    member: Asked,
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
    decision = decide([DANA, JORY], known, Purpose.SUPERVISION, TODAY)
    held = [latest(known, member.id, Purpose.SUPERVISION, TODAY) for member in (DANA, JORY)]
    last_day = max([TODAY, *(each.date for each in known)])
    agreed = [
        each is not None
        and each.decision is Decision.GIVEN
        and each.date <= TODAY
        and (each.until is None or each.until >= last_day)
        for each in held
    ]
    assert decision.allowed == all(agreed)
    assert {each.label for each in decision.missing} == {
        member.label for member, yes in zip((DANA, JORY), agreed, strict=True) if not yes
    }


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
    assert late.missing[0].why is ConsentState.EXPIRED


def test_film_in_which_nobodys_consent_counts_stays_closed() -> None:
    assert not decide([], [consent(DANA)], Purpose.SUPERVISION, TODAY).allowed


@given(CONSENTS)
def test_a_clock_that_was_set_back_undoes_no_refusal(known: list[Consent]) -> None:
    """What somebody has said no to stays closed, whatever day the machine believes it is."""
    no = [consent(DANA, each, TODAY) for each in (Decision.REFUSED, Decision.WITHDRAWN)]
    before = TODAY - dt.timedelta(days=300)
    made = [each for each in known if each.date <= TODAY]
    for each in no:
        assert not decide([DANA], [*made, each], Purpose.SUPERVISION, before).allowed


def test_the_last_day_of_a_consent_is_over_when_a_later_decision_is_recorded() -> None:
    """A clock set back to before that day does not bring the consent back."""
    ended = consent(DANA, date=TODAY - dt.timedelta(days=90), until=TODAY - dt.timedelta(days=30))
    later = consent(JORY, date=TODAY)
    set_back = TODAY - dt.timedelta(days=60)
    assert decide([DANA], [ended], Purpose.SUPERVISION, set_back).allowed
    decision = decide([DANA], [ended, later], Purpose.SUPERVISION, set_back)
    assert [each.why for each in decision.missing] == [ConsentState.EXPIRED]


def test_a_consent_dated_after_today_is_told_with_its_day() -> None:
    """It was given, as its day is recorded: perhaps this machine's clock is behind."""
    tomorrow = TODAY + dt.timedelta(days=1)
    decision = decide([DANA, JORY], [consent(DANA, date=tomorrow)], Purpose.SUPERVISION, TODAY)
    assert [(each.why, each.since) for each in decision.missing] == [
        (ConsentState.NOT_ASKED, tomorrow),
        (ConsentState.NOT_ASKED, None),
    ]


def test_a_day_of_the_past_is_judged_by_what_had_been_said_then() -> None:
    yesterday = TODAY - dt.timedelta(days=1)
    known = by_themselves([consent(DANA, date=yesterday), consent(DANA, Decision.WITHDRAWN)])
    assert decide_over([DANA], made_by(known, yesterday), Purpose.SUPERVISION, yesterday).allowed
    assert not decide_over([DANA], made_by(known, TODAY), Purpose.SUPERVISION, TODAY).allowed


def test_a_refusal_recorded_by_mistake_no_longer_counts() -> None:
    yes, no = consent(DANA, date=TODAY - dt.timedelta(days=1)), consent(DANA, Decision.WITHDRAWN)
    assert decide([DANA], [yes, replace(no, mistaken="It was Mo")], Purpose.SUPERVISION, TODAY).allowed


# Competing versions

CHOICES = st.lists(
    st.lists(st.none() | CONSENTS.map(lambda some: some[0] if some else None), min_size=1, max_size=3),
    max_size=4,
)


@given(CHOICES)
def test_film_is_open_only_if_it_is_whichever_versions_are_right(
    choices: list[list[Consent | None]],
) -> None:
    """Half of the time a merge would otherwise open what one of two people closed."""
    outcomes = [
        decide([DANA], [each for each in chosen if each], Purpose.SUPERVISION, TODAY).allowed
        for chosen in product(*choices)
    ]
    decision = decide_over([DANA], choices, Purpose.SUPERVISION, TODAY)
    if decision.allowed:
        assert all(outcomes)
    held = [
        latest([each for each in chosen if each], "dana", Purpose.SUPERVISION, TODAY)
        for chosen in product(*choices)
    ]
    possible = possibly_latest(choices, "dana", Purpose.SUPERVISION, TODAY)
    assert {each and each.id for each in possible} == {each and each.id for each in held}


def test_a_withdrawal_that_somebody_removed_and_somebody_changed_holds() -> None:
    yes, no = consent(DANA, date=TODAY - dt.timedelta(days=9)), consent(DANA, Decision.WITHDRAWN)
    decision = decide_over([DANA], [[yes], [no, None]], Purpose.SUPERVISION, TODAY)
    assert [(each.why, each.undecided) for each in decision.missing] == [(ConsentState.WITHDRAWN, True)]


@pytest.mark.parametrize(
    ("viewer", "purpose"),
    [
        (Person(id="ellis", name="Ellis", roles=(Role.TRAINEE,)), Purpose.FILM),
        (Person(id="ros", name="Ros", roles=(Role.SUPERVISOR,)), Purpose.SUPERVISION),
        (Person(id="sam", name="Sam", roles=(Role.SOCIAL_WORKER,)), Purpose.SOCIAL_WORKER),
        (None, Purpose.SUPERVISION),
    ],
)
def test_who_looks_decides_which_consent_counts(viewer: Person | None, purpose: Purpose) -> None:
    assert purpose_for(viewer, Family(code="F-1", guider="ellis")) is purpose


def test_the_grid_shows_every_member_and_purpose() -> None:
    rows = grid([DANA, JORY], [consent(DANA)], TODAY)
    assert [row.asked for row in rows] == [DANA, JORY]
    assert [cell.purpose for cell in rows[0].cells] == list(Purpose)
    assert [cell.state for cell in rows[0].cells].count(ConsentState.GIVEN) == 1
    assert {cell.state for cell in rows[1].cells} == {ConsentState.NOT_ASKED}


@pytest.mark.parametrize("no", [Decision.REFUSED, Decision.WITHDRAWN])
@pytest.mark.parametrize("purpose", Purpose)
def test_a_no_to_filming_closes_film_for_every_other_purpose_too(no: Decision, purpose: Purpose) -> None:
    agreed = [consent(DANA, purpose=each) for each in (purpose, Purpose.FILM)]
    decision = decide([DANA], [*agreed, consent(DANA, no, purpose=Purpose.FILM)], purpose, TODAY)
    assert not decision.allowed
    assert [each.purpose for each in decision.missing] == [Purpose.FILM]
    assert decide([DANA], agreed, purpose, TODAY).allowed


# For named filming days

FIRST, SECOND = TODAY - dt.timedelta(days=10), TODAY - dt.timedelta(days=3)


def for_days(*days: dt.date, date: dt.date = FIRST) -> Consent:
    return replace(consent(DANA, date=date), days=days)


def test_a_consent_for_named_filming_days_opens_no_film_of_another_day() -> None:
    known = [for_days(FIRST)]
    assert decide_film(known, FIRST).allowed
    for days in ((SECOND,), (None,), (FIRST, SECOND), (FIRST, None)):
        decision = decide_film(known, *days)
        assert [(each.why, each.days) for each in decision.missing] == [(ConsentState.OTHER_DAYS, (FIRST,))]


def test_a_form_for_each_filming_day_opens_the_film_of_each() -> None:
    known = [for_days(FIRST), for_days(SECOND, date=SECOND)]
    assert decide_film(known, FIRST).allowed
    assert decide_film(known, SECOND).allowed
    assert not decide_film(known, TODAY).allowed


def test_a_later_consent_for_named_days_narrows_one_for_all_days() -> None:
    for_all = consent(DANA, date=FIRST)
    assert decide_film([for_all], TODAY).allowed
    assert not decide_film([for_all, for_days(SECOND, date=SECOND)], TODAY).allowed
    assert decide_film([for_days(SECOND, date=FIRST), consent(DANA, date=SECOND)], TODAY).allowed


@pytest.mark.parametrize("no", [Decision.REFUSED, Decision.WITHDRAWN])
def test_a_no_between_two_forms_closes_what_the_first_opened(no: Decision) -> None:
    known = [for_days(FIRST), consent(DANA, no, SECOND), for_days(SECOND, date=TODAY)]
    assert decide_film(known, SECOND).allowed
    assert [each.why for each in decide_film(known, FIRST).missing] == [ConsentState(no.value)]


def test_film_of_a_day_for_which_filming_was_not_agreed_is_shown_for_no_purpose() -> None:
    filming = replace(for_days(FIRST), purpose=Purpose.FILM)
    assert decide_film([filming, consent(DANA)], FIRST).allowed
    decision = decide_film([filming, consent(DANA)], SECOND)
    assert [(each.purpose, each.why) for each in decision.missing] == [
        (Purpose.FILM, ConsentState.OTHER_DAYS)
    ]


@pytest.mark.parametrize("purpose", [Purpose.FILM, Purpose.SUPERVISION])
def test_where_no_copies_may_be_given_out_film_is_seen_and_not_copied(purpose: Purpose) -> None:
    known = [consent(DANA), consent(DANA, purpose=Purpose.FILM)]
    assert decide_film(known, FIRST, copied=True).allowed
    without = [replace(each, copies=Copies.NO) if each.purpose is purpose else each for each in known]
    assert decide_film(without, FIRST).allowed
    assert [each.why for each in decide_film(without, FIRST, copied=True).missing] == [ConsentState.NO_COPIES]


SOME_DAYS = st.lists(st.sampled_from([FIRST, SECOND]), max_size=2, unique=True).map(tuple)
WITH_DAYS = st.lists(
    st.lists(
        st.none()
        | st.builds(
            lambda decision, days, date: replace(consent(DANA, decision, date), days=days),
            st.sampled_from(Decision),
            SOME_DAYS,
            st.sampled_from([FIRST, SECOND, TODAY]),
        ),
        min_size=1,
        max_size=2,
    ),
    max_size=4,
)


@given(WITH_DAYS, st.lists(st.sampled_from([FIRST, SECOND, None]), min_size=1, max_size=2))
def test_film_of_a_day_is_open_only_if_it_is_whichever_versions_are_right(
    choices: list[list[Consent | None]], days: list[dt.date | None]
) -> None:
    outcomes = [decide_film([each for each in chosen if each], *days).allowed for chosen in product(*choices)]
    film = FilmAsked(tuple(days))
    assert decide_over([DANA], choices, Purpose.SUPERVISION, TODAY, film).allowed == all(outcomes)
    held = [
        latest([each for each in chosen if each], "dana", Purpose.SUPERVISION, TODAY, film)
        for chosen in product(*choices)
    ]
    possible = possibly_latest(choices, "dana", Purpose.SUPERVISION, TODAY, film)
    assert {each and each.id for each in held} <= {each and each.id for each in possible}
