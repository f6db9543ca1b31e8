"""Adding and changing helping questions, what people said of the work, and how they describe one another."""

from typing import Any

from msgspec.structs import replace

from vigtui.domain.people import is_child
from vigtui.domain.questions import superseded
from vigtui.domain.records import Description, Family, HelpingQuestion, Person, Voice
from vigtui.domain.vocabulary import Described, DescribedWhen
from vigtui.queries.family import FamilyRecords
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.record_form import ask_record, save_asked, to_come
from vigtui.ui.dialogs.records.family import word_choices
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.said import key_for
from vigtui.values.text import folded, one_line

_AGREED_BY = "whoever said it, where it is empty"


async def add_question(screen: CaseScreen, records: FamilyRecords) -> HelpingQuestion | None:
    """Ask for a helping question in its owner's words and save it."""
    grown_up = [member.id for member in records.family.members if not is_child(member)]
    owner = next(iter(grown_up), "")
    blank = HelpingQuestion(family=records.family.id, owner=owner, words="", agreed=records.today)
    fields = _question_fields(records, blank)
    intro = "What would they like to see change? Write it as they said it."
    return await save_asked(
        screen,
        "A helping question",
        "Add a helping question",
        fields,
        lambda values: _question(records, blank, values),
        intro=intro,
    )


async def edit_question(
    screen: CaseScreen, records: FamilyRecords, question: HelpingQuestion
) -> HelpingQuestion | None:
    """Change a question's facts. Other words make a new question that supersedes this one, unless they mend a
    slip in typing before anybody has rated it. Returns the question that is asked from now on."""
    fields = [*_question_fields(records, question), Field("ended", "Ended", "date", question.ended)]
    intro = "Other words make a new question; this one and its ratings stay."
    changed = await ask_record(
        screen,
        "A helping question",
        fields,
        lambda values: _question(records, question, values),
        intro=intro,
    )
    if changed is None:
        return None
    if changed.words != question.words and not await _is_slip(screen, records, question):
        return _supersede(screen, records, question, changed)
    with screen.caseload.transaction("Change a helping question"):
        return screen.caseload.save(changed)


async def _is_slip(screen: CaseScreen, records: FamilyRecords, question: HelpingQuestion) -> bool:
    """Whether the new words only mend how the question was typed."""
    if any(rating.question == question.id for rating in records.ratings):
        return False
    options = [
        ("new", "They say it differently now: keep both wordings"),
        ("slip", "A slip in typing: correct it"),
    ]
    return await screen.ask(ChooseScreen("The words have changed", options)) == "slip"


def _supersede(
    screen: CaseScreen, records: FamilyRecords, old: HelpingQuestion, changed: HelpingQuestion
) -> HelpingQuestion:
    caseload = screen.caseload
    old, new = superseded(old, changed, records.today)
    with caseload.transaction("Use a new wording"):
        new = caseload.save(new)
        caseload.save(old)
        return new


def _question_fields(records: FamilyRecords, question: HelpingQuestion) -> list[Field]:
    return [
        Field("words", "Their words", "words", question.words, required=True),
        Field("owner", "Asked by", value=records.name(question.owner), required=True, hint=_who(records)),
        Field("agreed", "Agreed on", "date", question.agreed, hint="empty while it is not agreed"),
    ]


def _question(records: FamilyRecords, before: HelpingQuestion, values: dict[str, Any]) -> HelpingQuestion:
    return replace(before, **{**values, "owner": records.identity(values["owner"])})


def _who(records: FamilyRecords) -> str:
    labels = [one_line(member.label) for member in records.family.members]
    return ", ".join([*labels, "social worker..."])


async def add_descriptions(screen: CaseScreen, records: FamilyRecords) -> None:
    """Ask for somebody's words for the child, the relationship and themselves, and save what was said as one
    step. After the first time it is the end that is offered, with whoever spoke at the start."""
    at_start = [each for each in records.descriptions if each.when is DescribedWhen.START]
    members = [member.label for member in records.family.members if not is_child(member)]
    speaker = records.name(at_start[0].speaker) if at_start else next(iter(members), "")
    when = DescribedWhen.END if at_start else DescribedWhen.START
    fields = [
        Field("speaker", "Said by", value=speaker, required=True, hint=_who(records)),
        Field("when", "When", "choice", when.value, word_choices(DescribedWhen), required=True),
        Field("date", "On", "date", records.today, required=True, past=True),
        *(Field(each.value, f"Of {each.label}", "words") for each in Described),
    ]

    def first_problem(values: dict[str, Any]) -> str:
        if not any(values[each.value] for each in Described):
            return "Nothing is written down yet."
        return to_come(fields, values, records.today)

    intro = "How would they describe them? Write it as they said it; leave empty what they were not asked."
    values = await screen.ask(FormScreen("In their own words", fields, check=first_problem, intro=intro))
    if values is None:
        return
    with screen.caseload.transaction("Add how they describe one another"):
        for each in Described:
            if words := values[each.value]:
                screen.caseload.save(
                    Description(
                        family=records.family.id,
                        speaker=records.identity(values["speaker"]),
                        of=each,
                        when=DescribedWhen(values["when"]),
                        words=words,
                        date=values["date"],
                    )
                )


async def edit_description(
    screen: CaseScreen, records: FamilyRecords, description: Description
) -> Description | None:
    """Change a description: a slip in typing, its speaker or its day."""
    fields = [
        Field("words", "Their words", "words", description.words, required=True),
        Field(
            "speaker", "Said by", value=records.name(description.speaker), required=True, hint=_who(records)
        ),
        Field("of", "Of", "choice", description.of.value, word_choices(Described), required=True),
        Field("when", "When", "choice", description.when.value, word_choices(DescribedWhen), required=True),
        Field("date", "On", "date", description.date, required=True, past=True),
    ]

    def build(values: dict[str, Any]) -> Description:
        of, when = Described(values["of"]), DescribedWhen(values["when"])
        speaker = records.identity(values["speaker"])
        return replace(description, **{**values, "of": of, "when": when, "speaker": speaker})

    return await save_asked(screen, "In their own words", "Change a description", fields, build)


async def add_voice(screen: CaseScreen, family: str = "") -> Voice | None:
    """Ask what somebody said of the work with a family, by its id, or of the work in general, and save it."""
    blank = Voice(family=family, speaker="", words="", date=screen.workspace.today())
    return await edit_voice(screen, blank, "Add what somebody said")


async def edit_voice(
    screen: CaseScreen, voice: Voice, step: str = "Change what somebody said"
) -> Voice | None:
    """Change what somebody said of the work."""
    said = _called(screen, voice, voice.speaker)
    hint = "They agreed that others read it"
    fields = [
        Field("words", "Their words", "words", voice.words, required=True),
        Field("speaker", "Said by", value=said, required=True, hint=_family_of(screen, voice)),
        Field("date", "On", "date", voice.date, required=True, past=True),
        Field("may_quote", "May be quoted", "yes_no", voice.may_quote, hint=hint),
        Field("agreed_by", "Agreed to by", value=_called(screen, voice, voice.agreed_by), hint=_AGREED_BY),
    ]

    def build(values: dict[str, Any]) -> Voice:
        speaker = _identity(screen, voice, values["speaker"])
        agreed_by = _identity(screen, voice, values["agreed_by"])
        changed = replace(voice, words=values["words"], speaker=speaker, date=values["date"])
        return _quotable(screen, changed, agreed_by) if values["may_quote"] else _not_quotable(changed)

    return await save_asked(screen, "What somebody said of the work", step, fields, build)


async def change_quoting(screen: CaseScreen, voice: Voice) -> None:
    """Ask who agreed that somebody's words may be quoted; where somebody has, take that back."""
    if voice.may_quote:
        with screen.caseload.transaction("No longer quote what somebody said"):
            screen.caseload.save(_not_quotable(voice))
        screen.tell(f"It is not quoted any more. {key_for(screen, 'app.undo')} undoes it.")
        return
    said, today = _called(screen, voice, voice.speaker), screen.workspace.today()
    fields = [
        Field("agreed_by", "Agreed to by", value=said, required=True, hint=_family_of(screen, voice)),
        Field("agreed_on", "On", "date", today, required=True, past=True),
    ]

    def build(values: dict[str, Any]) -> Voice:
        agreed_by = _identity(screen, voice, values["agreed_by"])
        return replace(voice, may_quote=True, agreed_by=agreed_by, agreed_on=values["agreed_on"])

    intro = f"“{one_line(voice.words)}” May others read it, on papers too?"
    await save_asked(screen, "May be quoted", "Agree that words may be quoted", fields, build, intro=intro)


def _quotable(screen: CaseScreen, voice: Voice, agreed_by: str) -> Voice:
    agreed_on = voice.agreed_on or (None if voice.may_quote else screen.workspace.today())
    return replace(voice, may_quote=True, agreed_by=agreed_by or voice.speaker, agreed_on=agreed_on)


def _not_quotable(voice: Voice) -> Voice:
    return replace(voice, may_quote=False, agreed_by="", agreed_on=None)


def _known(screen: CaseScreen, voice: Voice) -> dict[str, str]:
    """What the family's members and the colleagues are called, by id."""
    family = screen.caseload.get(Family, voice.family)
    members = {each.id: each.label for each in family.members} if family else {}
    return members | {each.id: each.name for each in screen.caseload.all(Person)}


def _called(screen: CaseScreen, voice: Voice, identity: str) -> str:
    return one_line(_known(screen, voice).get(identity, identity))


def _identity(screen: CaseScreen, voice: Voice, typed: str) -> str:
    """The id behind a name that somebody typed, or the words themselves."""
    known = _known(screen, voice).items()
    return next((key for key, name in known if folded(name) == folded(typed)), typed)


def _family_of(screen: CaseScreen, voice: Voice) -> str:
    family = screen.caseload.get(Family, voice.family)
    labels = [one_line(each.label) for each in family.members] if family else []
    return ", ".join([*labels, "social worker..."])
