"""Film: the recordings of each cycle, how long they are kept, what was shown to whom, what was deleted."""

import asyncio
from collections.abc import Iterator, Sequence
from functools import partial

from rich.cells import cell_len
from rich.text import Text
from textual import work

from vigtui.casefilm.opening import why_not_there
from vigtui.domain.consent.access import other_families
from vigtui.domain.cycles import symbol
from vigtui.domain.records import Cycle, Record, Recording, Share, Viewing
from vigtui.domain.vocabulary import RecordingKind, RecordingState
from vigtui.film.pane.app import is_plain
from vigtui.queries.family import find
from vigtui.ui.dialogs.records.cycle import add_cycle, edit_cycle
from vigtui.ui.dialogs.records.moments import lay_moments
from vigtui.ui.dialogs.records.recording import add_recording, edit_recording
from vigtui.ui.dialogs.removing.delete_film import remove_recording
from vigtui.ui.dialogs.removing.removal import remove_record
from vigtui.ui.screens.family.section import (
    NOTHING_TO_CHANGE,
    NOTHING_TO_REMOVE,
    WHILE_FILMED,
    ListSection,
    Task,
    changing,
)
from vigtui.ui.screens.navigation import OpenClip, OpenFilming, OpenRecording
from vigtui.ui.widgets.keys.said import key_for, keys_for, with_keys
from vigtui.ui.widgets.record_list import Row
from vigtui.values.days import show_day
from vigtui.values.text import capitalised, counted, one_line, shown_size
from vigtui.wording.access import absent_words, named_by_others
from vigtui.wording.family import cycle_name, film_words, in_film, length
from vigtui.wording.film.moments import moment_count, waiting_words

_BEFORE_PEOPLE = 5
"""Cells that a line has to spare for who is in the film."""


class FilmSection(ListSection):
    """The fifth part of the family screen."""

    trouble: dict[str, list[str]]

    def fill(self, place: str) -> None:
        self.trouble = getattr(self, "trouble", {})
        super().fill(place)
        if self.display:
            self._look_for_films()

    def on_show(self) -> None:
        self._look_for_films()

    @work(exclusive=True, group="films")
    async def _look_for_films(self) -> None:
        """Say at each film that is not where it should be, why; and which other families name it."""
        caseload = self.host.caseload
        films = [film for film in self.records.recordings if film.state is RecordingState.PRESENT]

        def troubles(film: Recording) -> Iterator[str]:
            if families := other_families(caseload, film.id):
                yield named_by_others(families)
            if why := why_not_there(caseload, film.path):
                yield f"{why} {key_for(self.host, 'family.lost_film')} looks for it."

        def look() -> dict[str, list[str]]:
            found = {film.id: list(troubles(film)) for film in films}
            return {film: told for film, told in found.items() if told}

        trouble = await asyncio.to_thread(look)
        if trouble != self.trouble:
            self.trouble = trouble
            self.list.show(self.rows())

    def rows(self) -> Sequence[Row]:
        rows: list[Row] = []
        for cycle in self.records.cycles:
            rows += [*([Row(Text(""))] if rows else []), *self._cycle_rows(cycle)]
        if not rows:
            rows.append(Row(Text(f"No cycle yet. {key_for(self.host, 'family.add')} adds the first.")))
        if self.records.shares:
            rows += [Row(Text("")), Row(Text("Shown to others"))]
            rows += [Row(self._share_words(share), f"share:{share.id}") for share in self.records.shares]
        if self.records.viewings:
            rows += [Row(Text("")), Row(Text("Watched"))]
            rows += [Row(self._viewing_words(each)) for each in self.records.viewings]
        return rows

    def _cycle_rows(self, cycle: Cycle) -> Iterator[Row]:
        today = self.records.today
        planned = None if cycle.filmed else cycle.planned
        days = [("planned", planned), ("filmed", cycle.filmed), ("edited", cycle.edited)]
        days.append(("reviewed", cycle.reviewed))
        told = "   ".join(f"{words} {show_day(day, today)}" for words, day in days if day)
        name = capitalised(cycle_name(cycle))
        yield Row(
            Text.assemble(
                (name if is_plain(self.app) else f"{symbol(cycle)} {name}", "bold"), (f"   {told}", "dim")
            ),
            f"cycle:{cycle.id}",
        )
        films = self.records.recordings_of(cycle)
        for film in films:
            yield Row(self._film_words(film), f"recording:{film.id}")
        if not films:
            yield Row(Text("    no recording yet"))
        for kind in RecordingKind:
            if moments := self.records.waiting_moments(cycle, kind):
                words = f"    {kind.label:<14}{waiting_words(moments, today)}"
                yield Row(Text(words), f"moments:{cycle.id}/{kind.value}")

    def _film_words(self, film: Recording) -> Text:
        clips = len(self.records.clips_of(film))
        facts = [
            length(film),
            shown_size(film.size) if film.size else "",
            _clip_count(clips),
            moment_count(len(self.records.moments_of(film))),
        ]
        words = Text.assemble(f"    {film.kind.label:<14}", ("   ".join(filter(None, facts)), "dim"))
        words.append(f"   {film_words(self.records, film)}")
        people = in_film(self.records, film)
        fits = words.cell_len + cell_len(people) + _BEFORE_PEOPLE <= self.app.size.width
        words.append(f"   {people}" if fits else f"\n      {people}", style="dim")
        if absent := absent_words(self.host.workspace.names(self.host.caseload.get), film):
            words.append(f"\n      {absent}", style="dim")
        for trouble in self.trouble.get(film.id, ()):
            words.append(f"\n      {trouble}", style="bold")
        return words

    def _share_words(self, share: Share) -> Text:
        clip = find(self.records.clips, share.clip)
        code = self.records.code(clip) if clip else "a clip"
        by = f", {one_line(share.by)}" if share.by else ""
        day = show_day(share.date, self.records.today)
        return Text.assemble(
            (f"    {code}  ", "bold"),
            one_line(share.audience),
            (f"   {share.purpose.label}, {day}{by}", "dim"),
        )

    def _viewing_words(self, viewing: Viewing) -> Text:
        film = find(self.records.recordings, viewing.recording)
        cycle = self.records.cycle(film.cycle) if film else None
        what = f"{film.kind.label}, cycle {cycle.number}" if film and cycle else "a film"
        return Text.assemble(
            (f"    {show_day(viewing.date, self.records.today):<8}", "bold"),
            f"{self.records.name(viewing.who)}   {what}",
            (f"   for {viewing.purpose.label}", "dim"),
        )

    # Adding and changing

    def _cycle(self) -> Cycle | None:
        """The cycle under the cursor, or whose recording or moments are."""
        kind, identity = self.under_cursor
        film = find(self.records.recordings, identity) if kind == "recording" else None
        return self.records.cycle(film.cycle if film else identity.partition("/")[0])

    def _filming(self) -> tuple[Cycle, RecordingKind] | None:
        """The filming whose moments, on no film yet, are under the cursor."""
        kind, identity = self.under_cursor
        of, _, filmed = identity.partition("/")
        cycle = self.records.cycle(of) if kind == "moments" else None
        return (cycle, RecordingKind(filmed)) if cycle else None

    @changing
    async def add_here(self) -> None:
        screen, records = self.host, self.records
        cycle = self._cycle()
        tasks: list[tuple[str, Task]] = [("A cycle", lambda: add_cycle(screen, records))]
        if records.cycles:
            words = f"A recording of {cycle_name(cycle)}" if cycle else "A recording"
            tasks.insert(0, (words, lambda: add_recording(screen, records, cycle)))
        if cycle:
            name = cycle_name(cycle)
            tasks += [
                (f"Moments by the clock, {words} {name}", self.mark_moments(cycle, kind))
                for kind, words in WHILE_FILMED.items()
            ]
        if records.clips:
            share = key_for(self.host, "family.share")
            tasks.append((f"That a clip went to somebody, or was shown ({share})", self._share))
        await self.choose_task("Add", tasks)

    async def _share(self) -> None:
        from vigtui.ui.dialogs.papers.sharing import share_of_family

        await share_of_family(self.host, self.records.family)

    @property
    def at_hand(self) -> Sequence[Record]:
        _, identity = self.under_cursor
        known = (self.records.recordings, self.records.cycles, self.records.shares)
        return [each for kind in known for each in kind if each.id == identity]

    @changing
    async def edit_here(self) -> None:
        kind, identity = self.under_cursor
        film, cycle = find(self.records.recordings, identity), self.records.cycle(identity)
        if filming := self._filming():
            await self._lay_onto(*filming)
        elif film and any(each.at for each in self.records.moments_of(film)):
            host, records = self.host, self.records
            tasks: list[tuple[str, Task]] = [
                (
                    "What it shows, who is in it, how long it is kept",
                    lambda: edit_recording(host, records, film),
                ),
                ("Where the moments marked by the clock are in it", lambda: lay_moments(host, film)),
            ]
            await self.choose_task("Change", tasks)
        elif film:
            await edit_recording(self.host, self.records, film)
        elif cycle:
            await edit_cycle(self.host, cycle)
        elif kind == "share":
            self.host.tell(
                "A record of sharing is not changed. If it is mistaken, remove it and add it again."
            )
        elif not kind:
            self.host.tell(with_keys(NOTHING_TO_CHANGE, keys_for(self.host)))

    async def _lay_onto(self, cycle: Cycle, kind: RecordingKind) -> None:
        films = self.records.recordings_of(cycle, kind)
        if not films:
            self.host.tell(
                f"There is no recording of this {kind.label} yet. {key_for(self.host, 'family.add')} "
                "adds it, and asks where they are."
            )
            return
        tasks: list[tuple[str, Task]] = [
            (f"{film.kind.label} {length(film)}", partial(lay_moments, self.host, film)) for film in films
        ]
        await self.choose_task("Onto which recording?", tasks)

    async def open_here(self) -> None:
        kind, identity = self.under_cursor
        share = find(self.records.shares, identity)
        if filming := self._filming():
            self.post_message(OpenFilming(filming[0].id, filming[1]))
        elif kind == "recording":
            self.post_message(OpenRecording(identity))
        elif share:
            self.post_message(OpenClip(share.clip))
        else:
            await self.edit_here()

    @changing
    async def remove_here(self) -> None:
        _, identity = self.under_cursor
        film, cycle = find(self.records.recordings, identity), self.records.cycle(identity)
        share = find(self.records.shares, identity)
        if film:
            await remove_recording(self.host, self.records, film)
        elif cycle:
            await remove_record(self.host, cycle, cycle_name(cycle))
        elif share:
            await remove_record(self.host, share, f"the record of sharing with {one_line(share.audience)}")
        elif self._filming():
            self.host.tell("enter opens these moments; each is removed there.")
        else:
            self.host.tell(NOTHING_TO_REMOVE)


def _clip_count(number: int) -> str:
    return counted(number, "clip") if number else "no clip yet"
