"""A written piece: one text, kept as it is typed."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from vigtui.domain.consent.showing import find_clip
from vigtui.domain.people import may_see_way
from vigtui.domain.records import Person, Record, Reflection
from vigtui.domain.training.portfolio import is_draft_of_another
from vigtui.ui.dialogs.training.whose import ANOTHERS_DRAFT, ANOTHERS_PIECE, NOT_YOURS
from vigtui.ui.screens.navigation import OpenClip
from vigtui.ui.screens.parts.excerpt import Excerpt
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import key_for, keys_for, with_keys
from vigtui.ui.widgets.lines.others_line import OthersLine
from vigtui.ui.widgets.notes_editor import NotesEditor
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.text import and_list, one_line
from vigtui.wording.training.way import done_words
from vigtui.workspace.drafts import reflection_draft


class PieceScreen(CaseScreen):
    """The written piece with this id. Its writer writes; others read it once it is finished."""

    CSS_PATH = "training.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("piece")
    HELP: ClassVar[str] = (
        "A written piece, in Markdown. It is saved as you type. Until you say in its details "
        "(`{piece.details}`) that it is finished, nobody else reads it. A link such as `[SR1-1 00:12]` "
        "names a moment of one of its clips: `{piece.follow}` on it shows that."
    )

    def __init__(self, reflection: str) -> None:
        super().__init__()
        self._identity = reflection

    @property
    def address(self) -> str:
        return f"piece {self._identity}"

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield Excerpt(id="about")
        yield NotesEditor(id="body", placeholder="What did you see, and what has changed?", stamps=False)
        yield OthersLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        found = self._reflection
        if found is not None and not self._why_closed(found):
            self._editor.show(reflection_draft(self.caseload, found, locked=not self._is_mine(found)))
        self._editor.focus()
        self.refresh_records()

    @property
    def _editor(self) -> NotesEditor:
        return self.query_one(NotesEditor)

    @property
    def _reflection(self) -> Reflection | None:
        return self.caseload.get(Reflection, self._identity)

    @property
    def at_hand(self) -> Sequence[Record]:
        return [self._reflection] if self._reflection else []

    def _is_mine(self, reflection: Reflection) -> bool:
        me = self.workspace.person
        return me is not None and me.id == reflection.person

    def _why_closed(self, reflection: Reflection) -> str:
        """Why whoever is here does not read this; "" where they do."""
        me = self.workspace.person
        if not may_see_way(me, reflection.person):
            return with_keys(NOT_YOURS, keys_for(self))
        return ANOTHERS_DRAFT if is_draft_of_another(reflection, me.id if me else "") else ""

    def refresh_records(self) -> None:
        """Show the piece as it is now; the screen goes when it does, or when it is another's draft."""
        found = self._reflection
        if found is None or self._why_closed(found):
            self.leave(self._why_closed(found) if found else "This piece is no longer in the caseload.")
            return
        draft = reflection_draft(self.caseload, found, locked=not self._is_mine(found))
        self._editor.reread(draft)
        self.query_one(OthersLine).tell(draft, self._editor.text)
        names = self.workspace.names(self.caseload.get)
        writer = self.caseload.get(Person, found.person)
        state = done_words(names, found) or "a draft, which you alone read"
        title = one_line(found.piece) or "A written piece"
        self.query_one(TitleBar).set_parts(title, one_line(writer.name) if writer else "")
        stage = f"for {one_line(found.stage)}" if found.stage else ""
        about = f"about {and_list([code for code, _ in self._codes(found)])}" if found.clips else ""
        self.query_one("#about", Excerpt).update(", ".join(filter(None, (state, stage, about))))

    def _codes(self, reflection: Reflection) -> list[tuple[str, str]]:
        """The code of each of its clips, and the clip's id."""
        shown = (find_clip(self.caseload.get, each) for each in reflection.clips)
        return [(each[1].code(each[0]), each[0].id) for each in shown if each]

    def save_pending(self) -> None:
        self._editor.save_pending()

    @on(NotesEditor.Locked)
    def _say_locked(self) -> None:
        self.tell(self.caseload.read_only or "Its writer alone writes here.", problem=True)

    def action_follow(self) -> None:
        """Show the moment that the link under the cursor names."""
        if not self._editor.follow():
            self.tell("Put the cursor on a link, such as [SR1-1 00:12].")

    @on(NotesEditor.Followed)
    def _follow(self, event: NotesEditor.Followed) -> None:
        codes = self._codes(self._reflection) if self._reflection else []
        clip = next((clip for code, clip in codes if event.link.clip in (code, "")), "")
        if clip:
            self.save_pending()
            self.post_message(OpenClip(clip, event.link.ms))
        else:
            self.tell(
                f"This piece is about no clip of that code. {key_for(self, 'piece.details')} says which "
                "clips it is about."
            )

    def action_details(self) -> None:
        """Change what is said of it."""
        from vigtui.ui.dialogs.training.gathered import edit_piece

        self.save_pending()
        found = self._reflection
        if found is None or not self._is_mine(found):
            self.tell(ANOTHERS_PIECE)
        else:
            self.change(lambda: edit_piece(self, found))
