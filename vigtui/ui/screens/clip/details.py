"""What the clip screen shows of a clip: its words under the picture, and where it is on the time axis."""

from collections.abc import Mapping, Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical

from vigtui.domain.consent.showing import Showing
from vigtui.domain.principles import Principles
from vigtui.domain.records import Clip, Moment, Still, Tag
from vigtui.film.pane.axis_drawing import Stretch
from vigtui.film.playing.player import PlayerState
from vigtui.store.caseload import Caseload
from vigtui.ui.screens.parts.excerpt import Excerpt
from vigtui.ui.widgets.keys.said import with_keys
from vigtui.values.keys import KeyFor
from vigtui.values.signs import LOOP
from vigtui.values.text import clean, one_line
from vigtui.wording.film.clip import still_words
from vigtui.wording.film.moments import NEXT, moment_name
from vigtui.workspace.workspace import Workspace

_NO_TAGS = "No tags yet. {clip.tag} says who does what, {clip.words} writes what is seen and heard."
_CLOSED_NOTE = "a note, {clip.note} opens it"


class ClipDetails(Vertical):
    """Who does what in a clip, and what is seen and heard; in a whole recording, how to find a clip."""

    def compose(self) -> ComposeResult:
        yield Excerpt(id="tags")
        yield Excerpt(id="caption")

    def show(self, words: Text, caption: str = "") -> None:
        """Show these words, and the caption under them."""
        self.query_one("#tags", Excerpt).update(words)
        caption = clean(caption).strip()
        self.query_one("#caption", Excerpt).update(caption)
        self.query_one("#caption").display = bool(caption)


def about_clip(
    workspace: Workspace, clip: Clip, showing: Showing, key: KeyFor, *, has_closed_note: bool
) -> Text:
    """Who does what; which stills there are; whether there is a note to open."""
    caseload = workspace.caseload
    people = dict(showing.people(caseload.get))
    words = _tag_line(caseload.where(Tag, clip=clip.id), people, workspace.principles)
    if not words:
        words = Text(with_keys(_NO_TAGS, key), style="dim")
    stills = still_words(caseload.where(Still, clip=clip.id))
    for more in filter(None, (stills, with_keys(_CLOSED_NOTE, key) if has_closed_note else "")):
        words.append(f"     {more}", style="dim")
    return words


def _tag_line(tags: Sequence[Tag], people: Mapping[str, str], principles: Principles) -> Text:
    """Who does what, each person once: `Jory  receiving: with body     Dana  receiving: waiting`."""
    line = Text()
    for who in dict.fromkeys(tag.who for tag in tags):
        own = [tag for tag in tags if tag.who == who]
        said = dict.fromkeys(principles.words(tag.principle, tag.item) for tag in own)
        if line:
            line.append("     ")
        line.append(one_line(people.get(who, who)), style="bold")
        line.append("  " + one_line(", ".join(said)))
    return line


def about_recording(how_to_find: str, key: KeyFor, *, has_closed_note: bool) -> Text:
    """How to find a clip in a recording; whether there is a note to open."""
    note = f"     {with_keys(_CLOSED_NOTE, key)}" if has_closed_note else ""
    return Text(how_to_find + note, style="dim")


def about_moment(number: int, moment: Moment, key: KeyFor, *, closed: bool) -> Text:
    """The moment at hand, and what can be done with it where its film is not `closed`."""
    words = f"  {one_line(moment.words)}" if moment.words else ""
    more = "" if closed else f"     {with_keys(NEXT, key)}"
    return Text.assemble((moment_name(number, moment), "bold"), words, (more, "dim"))


def stretch(
    caseload: Caseload,
    clips: list[Clip],
    clip: Clip | None,
    state: PlayerState,
    *,
    duration_ms: int,
    begun: int | None,
    moments: tuple[tuple[int, str], ...] = (),
) -> Stretch:
    """Return the recording's `clips` on the time axis, with the marks of the one at hand, and the numbers of
    the `moments` to look at."""
    marks = []
    if clip is not None:
        marks += [tag.at_ms for tag in caseload.where(Tag, clip=clip.id)]
        marks += [still.at_ms for still in caseload.where(Still, clip=clip.id)]
    return Stretch(
        duration=duration_ms,
        clip=(clip.in_ms, clip.out_ms) if clip else None,
        others=tuple((each.in_ms, each.out_ms) for each in clips if clip is None or each.id != clip.id),
        marks=tuple(sorted(marks)),
        named=moments,
        begun=begun,
        signs=LOOP if state.loop else "",
        digits=0 if state.playing else 2,
    )
