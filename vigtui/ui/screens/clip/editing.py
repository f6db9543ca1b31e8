"""What can be recorded about a clip: its words, tags and stills.

What asks something is called from a worker of the screen.
"""

from msgspec.structs import replace

from vigtui.domain.consent.access import Permission, Use
from vigtui.domain.consent.showing import Showing, clips_of_family, describe_clip
from vigtui.domain.film.clips import check_range, check_stills, tags_within, with_length
from vigtui.domain.records import Clip, HelpingQuestion, Recording, Still, Tag
from vigtui.domain.rules import problems
from vigtui.domain.vocabulary import RecordingKind
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.records.tag import pick_tag
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.order import next_order
from vigtui.values.timecode import format_timecode


def make_clip(
    caseload: Caseload, showing: Showing, in_ms: int, out_ms: int, duration_ms: int, *, title: str = ""
) -> Clip:
    """Make the recording's next clip. Raises ValueError with a sentence for an impossible range."""
    check_range(in_ms, out_ms, duration_ms)
    films = caseload.where(Recording, cycle=showing.cycle.id)
    alike = [film.id for film in films if film.kind is showing.recording.kind]
    order = next_order(clip for film in alike for clip in caseload.where(Clip, recording=film))
    clip = Clip(recording=showing.recording.id, in_ms=in_ms, out_ms=out_ms, title=title, order=order)
    with caseload.transaction(f"Make clip {showing.code(clip)}"):
        caseload.save(with_length(showing.recording, clip, duration_ms))
        return caseload.save(clip)


def move_end(caseload: Caseload, showing: Showing, clip: Clip, duration_ms: int, words: str) -> None:
    """Save a clip of which one end has moved, as the step `words`. Its tags stay within it. Raises ValueError
    with a sentence where one of its stills would not."""
    check_stills(clip, caseload.where(Still, clip=clip.id))
    with caseload.transaction(words):
        caseload.save(with_length(showing.recording, clip, duration_ms))
        for tag in tags_within(clip, caseload.where(Tag, clip=clip.id)):
            caseload.save(tag)
        caseload.save(clip)


async def tag_clip(screen: CaseScreen, clip: Clip, showing: Showing, ms: int) -> None:
    """Ask who does what, and tag the clip with it at `ms`."""
    people, principles = showing.people(screen.caseload.get), screen.workspace.principles
    picked = await pick_tag(screen, people, principles)
    if picked is None:
        return
    who, principle, item = picked
    words = f"Tag {showing.code(clip)}: {dict(people)[who]}, {principles.words(principle, item)}"
    with screen.caseload.transaction(words):
        screen.caseload.save(Tag(clip=clip.id, at_ms=ms, who=who, principle=principle, item=item))


async def write_words(screen: CaseScreen, clip: Clip, showing: Showing) -> None:
    """Ask for title, caption, helping questions, and the client clip that a shared-review clip discusses."""
    caseload = screen.caseload
    values = await screen.ask(FormScreen(f"About {showing.code(clip)}", _word_fields(screen, clip, showing)))
    if values is None:
        return
    with caseload.transaction(f"Change the words of {showing.code(clip)}"):
        caseload.save(replace(clip, **values))


def _word_fields(screen: CaseScreen, clip: Clip, showing: Showing) -> list[Field]:
    caseload = screen.caseload
    questions = caseload.where(HelpingQuestion, family=showing.family.id)
    asked = tuple((question.id, question.words) for question in questions)
    fields = [
        Field("title", "Title", value=clip.title, hint="a few words to find it by"),
        Field(
            "caption", "Caption", "words", clip.caption, hint="Say what is seen and heard, not what it means."
        ),
    ]
    if asked:
        fields.append(Field("questions", "Helping questions", "choices", clip.questions, asked))
    if showing.recording.kind is RecordingKind.SHARED_REVIEW:
        discussed = tuple(
            (other.id, describe_clip(other, where))
            for other, where in clips_of_family(caseload.get, caseload.where, showing.family.id)
            if where.recording.kind is RecordingKind.INTERACTION
        )
        hint = "the client clip that is discussed here"
        return [*fields, Field("companion", "Companion clip", "choice", clip.companion, discussed, hint=hint)]
    return [*fields, Field("shown_in_review", "Shown in the shared review", "yes_no", clip.shown_in_review)]


def keep_still(screen: CaseScreen, permission: Permission, clip: Clip, showing: Showing, ms: int) -> None:
    """Keep the frame at `ms` as a still of the clip, if it is one of its frames. Takes a permission to."""
    if permission.use is not Use.STILL:
        raise ValueError(f"a permission to {permission.use.value} does not allow to keep a still")
    still = Still(clip=clip.id, at_ms=ms)
    if problem := next(iter(problems(still, screen.caseload.get)), ""):
        screen.tell(problem, problem=True)
        return
    with screen.caseload.transaction(f"Keep a still of {showing.code(clip)}"):
        screen.caseload.save(still)
    screen.tell(f"The frame at {format_timecode(ms, 2)} is kept as a still.")
