"""A first look at the demo: as whom, and five steps that can be skipped."""

from textual.app import App
from textual.screen import Screen

from vigtui.demo.steps import END, STEPS, Step
from vigtui.domain.records import Person
from vigtui.domain.vocabulary import Role
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import keys_for, with_keys
from vigtui.ui.widgets.lines.step_line import STEPPING, StepLine
from vigtui.workspace.workspace import Workspace

_PLACE, _DONE = "steps", -1
_QUESTION = "Look at it as a trainee, a supervisor, a service lead?"
_WORDS = {
    Role.TRAINEE: "a trainee: own clips, own way, own thread",
    Role.SUPERVISOR: "a supervisor: everybody in training, and their sessions",
    Role.SERVICE_LEAD: "a service lead: film, copies, who needs what",
}
_ALONE = "just look around, without steps"


class Steps:
    """The steps of the demo in `workspace`. Which is next is remembered; the question is asked once."""

    def __init__(self, app: App[None], workspace: Workspace) -> None:
        self._app, self._workspace = app, workspace
        self._steps: tuple[Step, ...] = ()
        self._next = 0

    async def begin(self) -> None:
        """Ask as whom, unless that was answered, and show the next step. Call it in a worker."""
        kept = self._workspace.places.get(_PLACE)
        if kept is None:
            await self._ask()
        elif (
            isinstance(kept, list) and len(kept) == 2 and kept[0] in list(STEPS) and isinstance(kept[1], int)
        ):
            self._steps, self._next = STEPS[Role(kept[0])], max(0, kept[1])
        self._app.screen_change_signal.subscribe(self._app, self.screen_changed)
        self.show()

    async def _ask(self) -> None:
        options = [*((role.value, words) for role, words in _WORDS.items()), ("", _ALONE)]
        chosen = await self._app.push_screen_wait(ChooseScreen(_QUESTION, options))
        if not chosen:
            self.end()
            return
        role = Role(chosen)
        people = self._workspace.caseload.all(Person)
        if person := next((each for each in people if each.active and role in each.roles), None):
            self._workspace.enter(person)
            for screen in self._app.screen_stack:
                if isinstance(screen, CaseScreen):
                    screen.refresh_records()
        self._steps = STEPS[role]
        self._keep(role)

    def _keep(self, role: Role) -> None:
        self._workspace.places.set(_PLACE, [role.value, self._next])

    @property
    def going_on(self) -> bool:
        """Whether there is a step to do."""
        return self._next < len(self._steps)

    def screen_changed(self, screen: Screen[object]) -> None:
        """A step is done once its screen is reached; every screen shows the next one."""
        if self.going_on and type(screen).__name__ == self._steps[self._next].reaches:
            self.skip()
        else:
            self.show()

    def skip(self) -> None:
        """Go on with the next step."""
        self._next += 1
        role = next((role for role, steps in STEPS.items() if steps is self._steps), None)
        if role is not None and self.going_on:
            self._keep(role)
            self.show()
        else:
            self._app.notify(with_keys(END, keys_for(self._app)), markup=False, timeout=12)
            self.end()

    def leave(self) -> None:
        """The demo is left: what comes next is remembered, and nothing more is shown."""
        self._steps = ()

    def end(self) -> None:
        """Show no more steps, now or later."""
        self._steps = ()
        self._workspace.places.set(_PLACE, _DONE)
        for screen in self._app.screen_stack:
            screen.query(StepLine).remove()
            screen.remove_class(STEPPING)

    def show(self) -> None:
        """Put the next step above the keys of the screen in front."""
        screen = self._app.screen
        if not self.going_on or not isinstance(screen, CaseScreen) or not screen.query(KeyFooter):
            return
        key = keys_for(screen)
        ways = f"{key('app.skip_step')} next, {key('app.end_steps')} ends"
        said = with_keys(self._steps[self._next].words, key)
        words = f"Step {self._next + 1} of {len(self._steps)} ({ways}): {said}"
        lines = screen.query(StepLine)
        if lines:
            lines.first().update(words)
        else:
            screen.add_class(STEPPING)
            screen.mount(StepLine(words), before=screen.query_one(KeyFooter))
