"""The records of the demo's people, programmes and supervision sessions, as their files tell them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from msgspec.structs import replace

from vigtui.demo.entries import Entry, rated
from vigtui.domain.records import (
    Agreement,
    Amendment,
    Availability,
    ChosenClip,
    Clip,
    Enrolment,
    Gate,
    Instrument,
    Note,
    Person,
    PointStep,
    Programme,
    Record,
    Reflection,
    RoleHeld,
    Seeing,
    Session,
    SessionItem,
    SkillRating,
    TrainingDay,
)
from vigtui.domain.sessions.agreement import confirm, kept_words, signers
from vigtui.domain.sessions.skills import rating_id
from vigtui.domain.training.files import parse_programme
from vigtui.domain.vocabulary import SessionState
from vigtui.values.identity import id_of

R = TypeVar("R", bound=Record)

_AGREED_AT = dt.time(16)
_MINUTES = 90
_READ_APART = (
    "supervisor",
    "trainees",
    "date",
    "minutes",
    "programme",
    "state",
    "items",
    "amendments",
    "notes",
    "skill_ratings",
)
"""What is not taken from the entry of a session as it is."""


@dataclass
class Service:
    """The records of the service, and those that sessions name: programmes and scales by their names."""

    records: list[Record] = field(default_factory=list)
    programmes: dict[str, Programme] = field(default_factory=dict)
    instruments: dict[str, Instrument] = field(default_factory=dict)

    def add(self, record: R) -> R:
        self.records.append(record)
        return record


def read_people(told: Service, file: Entry, people: dict[str, str]) -> None:
    """Add everybody who works, and put their ids into `people` by first name."""
    for each in file.entries("people", "person", "name"):
        availability = tuple(
            part.struct(Availability) for part in each.entries("availability", "availability")
        )
        roles = tuple(part.struct(RoleHeld) for part in each.entries("roles_held", "role"))
        apart = ("availability", "roles_held")
        person = told.add(each.struct(Person, apart, availability=availability, roles_held=roles))
        name = person.name.partition(" ")[0]
        if name in people:
            raise each.wrong(f"there is another {name}, and people are named by their first names")
        people[name] = person.id


def read_programme(told: Service, file: Entry) -> None:
    """Add the programme that a file of its own tells."""
    try:
        programme = told.add(parse_programme(file.said))
    except ValueError as error:
        raise file.wrong(str(error).rstrip(".")) from None
    told.programmes[programme.name] = programme


def read_enrolments(told: Service, file: Entry) -> None:
    """Add who follows which programme, and the scales of skills."""
    file.check_keys(("enrolments", "instruments"))
    for each in file.entries("enrolments", "enrolment of", "person"):
        gates = tuple(gate.struct(Gate) for gate in each.entries("gates", "gate", "name"))
        programme = each.choice("programme", told.programmes, "no programme")
        told.add(
            each.struct(
                Enrolment,
                ("programme", "gates", "renewals"),
                programme=programme.id,
                gates=gates,
                renewals=each.listed_days("renewals"),
            )
        )
    for each in file.entries("instruments", "instrument", "name"):
        instrument = told.add(each.struct(Instrument))
        told.instruments[instrument.name] = instrument


def read_portfolios(told: Service, file: Entry, clips: Mapping[str, Clip]) -> None:
    """Add what people in training have gathered; `clips` as in `read_sessions`."""
    file.check_keys(("training_days", "reflections", "chosen_clips"))
    for each in file.entries("training_days", "training day"):
        told.add(each.struct(TrainingDay))
    for each in file.entries("reflections", "reflection", "piece"):
        about = tuple(each.look_up(code, clips, "no clip").id for code in each.values("clips", str))
        told.add(each.struct(Reflection, ("clips",), clips=about))
    for each in file.entries("chosen_clips", "chosen clip", "clip"):
        told.add(each.struct(ChosenClip, ("clip",), clip=each.choice("clip", clips, "no clip").id))


def read_sessions(told: Service, file: Entry, clips: Mapping[str, Clip]) -> None:
    """Add the supervision sessions; `clips` are by the codes of family and clip, as in "F-017 SR1-1"."""
    file.check_keys(("sessions",))
    for each in file.entries("sessions", "session"):
        session = _session(told, each)
        items = [
            _add_item(told, item, session, order, clips)
            for order, item in enumerate(each.entries("items", "item"), start=1)
        ]
        _add_agreement(told, session, items)
        for note in each.entries("notes", "note"):
            told.add(note.struct(Note, about=session.id))
        for rating in each.entries("skill_ratings", "skill rating"):
            _add_skill_ratings(told, rating, session)


def _session(told: Service, entry: Entry) -> Session:
    supervisor = entry.person("supervisor")
    trainees = tuple(entry.look_up(name, entry.people, "nobody") for name in entry.values("trainees", str))
    programme = entry.optional_choice("programme", told.programmes, "no programme")
    date, state = entry.needed_day("date"), entry.word("state", SessionState)
    agreed = Agreement(by=(supervisor, *trainees), at=_at(date, _AGREED_AT))
    amendments = tuple(
        each.struct(
            Amendment,
            ("by", "days_after", "time"),
            by=each.person("by"),
            at=_at(date + dt.timedelta(days=each.number("days_after")), each.time("time")),
        )
        for each in entry.entries("amendments", "amendment")
    )
    session = entry.struct(
        Session,
        _READ_APART,
        supervisor=supervisor,
        trainees=trainees,
        date=date,
        minutes=entry.said.get("minutes", _MINUTES),
        programme=programme.id if programme else "",
        state=state,
        agreed=agreed if state is SessionState.AGREED else None,
        amendments=amendments,
    )
    return told.add(session)


def _add_agreement(told: Service, session: Session, items: list[SessionItem]) -> None:
    """Add what everybody confirmed of an agreed session, and what was agreed a second time."""
    if session.agreed is None:
        return
    held = replace(session, state=SessionState.HELD, agreed=None)
    for person in signers(session):
        told.add(confirm(held, items, person, session.agreed.at))
    told.add(kept_words(session))
    for item in items:
        told.add(kept_words(item))


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, dt.UTC)


def _add_item(
    told: Service, entry: Entry, session: Session, order: int, clips: Mapping[str, Clip]
) -> SessionItem:
    chosen = {
        key: entry.choice(key, clips, "no clip").id for key in ("clip", "companion") if key in entry.said
    }
    item = told.add(
        entry.struct(
            SessionItem,
            ("clip", "companion", "own_seeing", "steps"),
            session=session.id,
            order=order,
            agreed=session.agreed,
            **chosen,
        )
    )
    for step in entry.entries("steps", "step"):
        clip = step.optional_choice("clip", clips, "no clip")
        told.add(step.struct(PointStep, ("clip",), item=item.id, clip=clip.id if clip else ""))
    if "own_seeing" in entry.said:
        seeing = entry.part("own_seeing")
        person = seeing.person("person")
        told.add(seeing.struct(Seeing, id=id_of("seeing", item.id, person), item=item.id, begun=True))
    return item


def _add_skill_ratings(told: Service, entry: Entry, session: Session) -> None:
    instrument = entry.choice("instrument", told.instruments, "no scale")
    values = entry.values("values", object)
    if len(values) != len(instrument.items):
        raise entry.wrong(f"“values” must be {len(instrument.items)}, one for each item of the scale")
    person, rater = entry.person("person"), entry.person("rater")
    for item, value in zip(instrument.items, values, strict=True):
        told.add(
            entry.struct(
                SkillRating,
                ("instrument", "values"),
                instrument=instrument.id,
                id=rating_id(session.id, instrument.id, person, rater, item),
                session=session.id,
                item=item,
                value=rated(value),
            )
        )
