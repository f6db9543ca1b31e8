"""Walks with film through an encrypted caseload, and stops after each step to be looked at.

Run by test_residue.py and `python -m tests.bench residue`: `walked_film.py FOLDER`. Prints the name of each
step once it is done, and the clear files that may be there then; it goes on when a line comes.
"""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec.structs import replace

from tests.unit.casefilm import filmed_case
from tests.unit.casefilm.filmed_case import BIRD, PACK_WORDS, WORDS, clear_films
from tests.unit.film.watched import Watched
from vigtui.casefilm.adding import copy_film
from vigtui.casefilm.deleting import delete_clear_file, delete_film
from vigtui.casefilm.listening import forget_without_consent, permit_listening, sound_kept
from vigtui.casefilm.opening import open_film
from vigtui.casefilm.working_copies import forget_copies_without_consent
from vigtui.domain.consent.access import Permission, Use, permit
from vigtui.domain.records import Consent, Recording, Still
from vigtui.domain.vocabulary import Decision, Purpose, RecordingState
from vigtui.exchange.incoming import read_other
from vigtui.film.playing.state import PlayerState
from vigtui.film.sound.kept_sound import stamp
from vigtui.film.sound.waveform import listen
from vigtui.film.source import FilmSource
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.values.days import today
from vigtui.vault.keyring import Keyring

LAST = "delete"
"""The name of the last step."""


class Walk:
    """The caseload at `path` as a person's program has it. `camera` is where their film comes from."""

    def __init__(self, path: Path, camera: Path) -> None:
        self.path, self.camera = path, camera
        filmed_case.make(path)
        self.caseload = Caseload.open(path, key=unlock(path, WORDS), by="Ros")

    def steps(self) -> Iterator[Callable[[], object]]:
        """All there is to do with film, in its order."""
        yield self.encrypt
        yield self.add
        yield self.delete_the_original
        yield self.hear
        yield self.play_step_loop_still
        yield self.make_working_copies
        yield self.play_step_loop_still
        yield self.pack
        yield self.merge_the_pack
        yield self.change_the_passphrase
        yield self.withdraw_while_it_plays
        yield self.delete

    def encrypt(self) -> None:
        self.caseload.close()
        filmed_case.encrypt(self.path)
        self._open(WORDS)

    def add(self) -> None:
        """A film from outside, with what is said in it."""
        self.camera.mkdir()
        film = self.camera / f"{BIRD.lower()}-bread.mp4"
        filmed_case.encode_film(film, heavy=False)
        film.with_suffix(".srt").write_text(f"1\n00:00:00,000 --> 00:00:02,000\n{filmed_case.SAID}\n")
        made = copy_film(self.caseload, film, f"{filmed_case.CODE}-C1")
        self.caseload.enter(
            Recording(
                id="bread",
                cycle="cycle",
                path=made.path,
                size=made.size,
                fingerprint=made.fingerprint,
                duration_ms=made.duration_ms,
            )
        )

    def delete_the_original(self) -> None:
        delete_clear_file(self.camera / f"{BIRD.lower()}-bread.mp4")

    def hear(self) -> None:
        """Draw, and keep, who speaks when, as the film's axis does."""
        kept = sound_kept(self.caseload)
        for recording in self.caseload.all(Recording):
            permission = permit_listening(self.caseload, recording.id, today())
            assert permission
            film = open_film(self.caseload, permission, use=Use.LISTEN)
            loudness = listen(film, lambda _: True)
            assert loudness
            assert loudness.decibels
            kept.keep(film, stamp(film), loudness)
            assert kept.recall(film) == loudness

    def play_step_loop_still(self) -> None:
        for film in self._films():
            watched = Watched()
            watched.open(film, playing=True)
            watched.until(lambda state: state.position_ms > 300)
            watched.player.step(1)
            watched.until(lambda state: not state.playing)
            watched.player.step(-1)
            self._loop(watched)
            self._still(watched)
            watched.player.close()
        self.caseload.save(Still(clip="clip-toast", at_ms=700, caption=filmed_case.TITLE))
        self.caseload.flush()

    def _loop(self, watched: Watched) -> None:
        watched.player.seek(900)
        watched.player.set_loop((900, 1200))
        watched.player.play()
        watched.until(lambda state: state.position_ms > 1050)
        watched.until(lambda state: state.position_ms < 1050)
        watched.player.set_loop(None)
        watched.player.pause()

    def _still(self, watched: Watched) -> None:
        stills: list[object] = []

        def taken(still: object) -> None:
            stills.append(still)
            watched.note()

        watched.player.take_still(200, 100, taken)
        watched.until(lambda _: stills)

    def make_working_copies(self) -> None:
        self.caseload.close()
        filmed_case.make_copies(self.path)
        self._open(WORDS)
        assert any(film.is_copy for film in self._films())

    def pack(self) -> None:
        """The clips of a session are cut, and leave encrypted."""
        self.caseload.flush()
        filmed_case.make_pack(self.path)

    def merge_the_pack(self) -> None:
        """It came back with something new."""
        path = self.path.parent.with_name("pack") / "pack.vig.json"
        theirs = Caseload.open(path, key=unlock(path, PACK_WORDS), by="Ellis")
        theirs.save(Still(id="theirs", clip="clip-toast", at_ms=800, caption=filmed_case.TITLE))
        theirs.close()
        self.caseload.merge(read_other(path).tables(Keyring(PACK_WORDS)), "Merge")
        self.caseload.need(Still, "theirs")
        self.caseload.flush()

    def change_the_passphrase(self) -> None:
        self.caseload.close()
        filmed_case.change_passphrase(self.path)
        self._open(filmed_case.OTHER_WORDS)
        self.play_step_loop_still()

    def withdraw_while_it_plays(self) -> None:
        """It stops, as the screen has it stop, and what was made of it goes."""
        watched = Watched()
        watched.open(next(iter(self._films())), playing=True)
        no = Consent(
            family="family", member="dana", purpose=Purpose.FILM, decision=Decision.WITHDRAWN, date=today()
        )
        self.caseload.save(no)
        assert not list(self._films())
        watched.player.stop()
        watched.until(lambda state: state.path is None or state == PlayerState())
        watched.player.close()
        forget_without_consent(self.caseload, self.caseload, today())
        forget_copies_without_consent(self.caseload.folder, self.caseload, today())
        self.caseload.flush()

    def delete(self) -> None:
        for recording in self.caseload.all(Recording):
            delete_film(self.caseload, recording.path)
            self.caseload.enter(replace(recording, state=RecordingState.DELETED))
        self.caseload.close()
        assert not list(self.path.parent.rglob("*.vigfilm"))
        shutil.rmtree(self.path.parent.with_name("pack"))

    def may_be_clear(self, step: str) -> list[Path]:
        """The clear files of film that are there after a step: the camera's, until it is deleted there."""
        return sorted(self.camera.iterdir()) if step == "add" else clear_films(self.path)

    def _open(self, words: str) -> None:
        self.caseload = Caseload.open(self.path, key=unlock(self.path, words), by="Ros")

    def _films(self) -> Iterator[FilmSource]:
        for recording in self.caseload.all(Recording):
            permission = permit(self.caseload, recording.id, Use.WATCH, Purpose.FILM, today())
            if isinstance(permission, Permission):
                yield open_film(self.caseload, permission)


def main(root: Path) -> None:
    walk = Walk(root / "work" / "cases.vig.json", root / "camera")
    _tell("made", clear_films(walk.path))
    for step in walk.steps():
        step()
        name = step.__name__.replace("_", " ")
        _tell(name, walk.may_be_clear(name))


def _tell(step: str, clear: list[Path]) -> None:
    print(json.dumps([step, [str(path) for path in clear]]), flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
