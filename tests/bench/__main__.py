"""`make bench`: every figure with its peer in the same run, printed, and kept in a file of `bench/`.

`python -m tests.bench NAME...` measures only what is named; `python -m tests.bench compare OLD NEW` says what
changed between two files beyond the noise, `python -m tests.bench goals FILE` which goals are not reached.
`make prove` runs the long proofs of the file, `make soak` ten minutes of film. It ends
with 1 where a proof found a loss or a measure failed, and with 130 where it was broken off.
"""

import argparse
import compileall
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path

import vigtui
from tests.bench.caseload.auditing import bench_auditing
from tests.bench.caseload.journeys import bench_journeys
from tests.bench.caseload.searching import bench_searching
from tests.bench.caseload.storing import bench_storing
from tests.bench.figures.comparing import Verdict, compare, told
from tests.bench.figures.figure import Figure, NotHere
from tests.bench.figures.goals import told_goals
from tests.bench.figures.results import FOLDER, NoResults, Results, new_results, read_results
from tests.bench.figures.telling import Teller
from tests.bench.film.curve import bench_curve
from tests.bench.film.glyph_sets import bench_glyphs
from tests.bench.film.kernel import bench_kernel
from tests.bench.film.picture import bench_picture
from tests.bench.film.playing import bench_playing
from tests.bench.film.slow_line import bench_line
from tests.bench.film.stepping import bench_stepping
from tests.bench.film_files.copies import bench_copies
from tests.bench.film_files.film_format import bench_encrypting, bench_tampered
from tests.bench.film_files.film_zoo import bench_film_zoo
from tests.bench.film_files.residue import bench_residue
from tests.bench.other_tools import bench_other_tools
from tests.bench.program.callgrind import bench_callgrind
from tests.bench.program.memory import bench_memory
from tests.bench.program.sending import bench_sending
from tests.bench.program.small_machine import bench_small_machine
from tests.bench.program.soak import bench_soak
from tests.bench.program.start import bench_start
from tests.bench.safekeeping.accounts import bench_accounts
from tests.bench.safekeeping.breaking import bench_backups, bench_faults, bench_killing, bench_rekeying
from tests.bench.safekeeping.stopped import bench_stopped
from tests.bench.safekeeping.tinydb_suite import bench_tinydb
from tests.bench.safekeeping.two_programs import bench_two_programs
from tests.bench.spaces.all_orders import bench_erased_in_all_orders
from tests.bench.spaces.erased_family import bench_erased_family
from tests.bench.spaces.faults import bench_space_faults
from tests.bench.spaces.figures import bench_space_figures
from tests.bench.spaces.film import bench_space_film
from tests.bench.spaces.plain import bench_spaces
from tests.bench.spaces.synced import bench_mounted_spaces, bench_synced_spaces
from tests.bench.spoiled.mutated import bench_mutated


def _soak() -> int:
    return bench_soak(_options.minutes, _options.seed)


def _killing() -> int:
    return bench_killing(_options.rounds, _options.seed)


def _rekeying() -> int:
    return bench_rekeying(_options.rounds // 2, _options.seed)


def _backups() -> int:
    return bench_backups(_options.rounds // 5, _options.seed)


def _mutated() -> int:
    return bench_mutated(_options.files, _options.seed)


def _tampered() -> int:
    return bench_tampered(_options.files, _options.seed)


def _film_zoo() -> int:
    return bench_film_zoo(_options.kinds, _options.seed, copies=_options.copies, encrypted=_options.encrypted)


def _copies() -> int:
    bench_copies(_options.kinds)
    return 0


def _two_programs() -> int:
    return bench_two_programs(_options.seed)


def _stopped() -> int:
    return bench_stopped(_options.rounds // 5, _options.seed)


def _spaces() -> int:
    return bench_spaces(_options.edits, _options.seed)


def _erased_in_all_orders() -> int:
    return bench_erased_in_all_orders(_options.edits // 20, _options.seed)


def _space_film() -> int:
    return bench_space_film(_options.seed)


def _synced_spaces() -> int:
    return bench_synced_spaces(_options.edits, _options.seed)


def _mounted_spaces() -> int:
    return bench_mounted_spaces(_options.edits, _options.seed)


def _space_figures() -> Iterable[Figure]:
    return bench_space_figures(_options.edits)


def _residue() -> int:
    return bench_residue(_options.rounds // 5, _options.seed)


def _accounts() -> int:
    return bench_accounts(_options.rounds // 10, _options.seed)


MEASURES: dict[str, Callable[[], Iterable[Figure]]] = {
    "start": bench_start,
    "memory": bench_memory,
    "callgrind": bench_callgrind,
    "small_machine": bench_small_machine,
    "sending": bench_sending,
    "storing": bench_storing,
    "searching": bench_searching,
    "auditing": bench_auditing,
    "space_figures": _space_figures,
    "encrypting": bench_encrypting,
    "journeys": bench_journeys,
    "picture": bench_picture,
    "curve": bench_curve,
    "glyphs": bench_glyphs,
    "playing": bench_playing,
    "kernel": bench_kernel,
    "line": bench_line,
    "stepping": bench_stepping,
}
PROOFS: dict[str, Callable[[], int]] = {
    "soak": _soak,
    "killing": _killing,
    "rekeying": _rekeying,
    "backups": _backups,
    "faults": bench_faults,
    "two_programs": _two_programs,
    "stopped": _stopped,
    "accounts": _accounts,
    "mutated": _mutated,
    "tampered": _tampered,
    "tinydb": bench_tinydb,
    "other_tools": bench_other_tools,
    "film_zoo": _film_zoo,
    "residue": _residue,
    "copies": _copies,
    "spaces": _spaces,
    "space_faults": bench_space_faults,
    "erased_in_all_orders": _erased_in_all_orders,
    "space_film": _space_film,
    "erased_family": bench_erased_family,
    "synced_spaces": _synced_spaces,
    "mounted_spaces": _mounted_spaces,
}
_ALL = (*MEASURES, *PROOFS)
_COMPARE, _GOALS = "compare", "goals"
_FILES_OF = {_COMPARE: ("OLD", "NEW"), _GOALS: ("FILE",)}
"""What reads files of figures instead of measuring, and which."""
_BROKEN_OFF = 130
"""The exit status of a program that was interrupted."""


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="Measure vigtui beside its peers."
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"of {', '.join(_ALL)}; the first {len(MEASURES)} without one; "
        f"or: {', or: '.join(' '.join((word, *files)) for word, files in _FILES_OF.items())}",
    )
    parser.add_argument(
        "--into",
        type=Path,
        metavar="PLACE",
        help=f"the file, or the folder, for the figures; without a NAME it is {FOLDER}/",
    )
    parser.add_argument("--minutes", type=float, default=1.0, help="how long the soak lasts")
    parser.add_argument(
        "--seed", type=int, default=random.randrange(10_000), help="of the chance in soak, killing, mutated"
    )
    parser.add_argument(
        "--rounds", type=int, default=1000, help="how often the killing kills; the other proofs in proportion"
    )
    parser.add_argument(
        "--files", type=int, default=10_000, help="how many files mutated and tampered change"
    )
    parser.add_argument("--edits", type=int, default=2000, help="how many things the writers of a space do")
    parser.add_argument("--copies", action="store_true", help="the film zoo through working copies")
    parser.add_argument("--encrypted", action="store_true", help="the film zoo in an encrypted caseload")
    parser.add_argument(
        "--kinds", default="", help="of the film zoo, and of copies, only those with this in their name"
    )
    options = parser.parse_args()
    word, *rest = options.names or [""]
    if word in _FILES_OF:
        if len(rest) != len(_FILES_OF[word]):
            parser.error(f"{word} needs: {' '.join(_FILES_OF[word])}")
    elif unknown := [name for name in options.names if name not in _ALL]:
        parser.error(f"there is no measure called {unknown[0]}; there are {', '.join(_ALL)}")
    return options


def _compile() -> None:
    """Have the program compiled, as it is where it was installed: else each start compiles what it imports
    wherever Python is told to keep nothing of that."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(vigtui.__path__[0], quiet=1)


def _measure() -> int:
    """Measure, or prove, what was asked for; print each figure as it comes, and keep all of them in a file
    after each measure, so that a run that is broken off has what it found so far. Return the exit status."""
    _compile()
    results, teller, failed = new_results(), Teller(), False
    place = _options.into or (FOLDER if not _options.names else None)
    broken_off = False
    for name in _options.names or MEASURES:
        try:
            failed |= not _measure_one(name, results, teller)
        except KeyboardInterrupt:
            broken_off = True
            results.skipped[name] = "It was broken off."
        place = place and results.write(place)
        if broken_off:
            break
    if place:
        print(f"\n{'What was measured so far is' if broken_off else 'The figures are'} in {place}")
    return _BROKEN_OFF if broken_off else int(failed)


def _measure_one(name: str, results: Results, teller: Teller) -> bool:
    """Return whether it was well: a proof found no loss, a measure came to its end or cannot be had here."""
    _heed_signals()
    busy, started, losses = results.pace.look(name), time.monotonic(), 0
    if busy > 0.3:
        print(f"(The machine is {busy:.0%} busy with other things: times are longer than on a quiet one.)")
    try:
        for figure in MEASURES[name]() if name in MEASURES else ():
            teller.tell(figure)
            results.add(name, figure)
        losses = PROOFS[name]() if name in PROOFS else 0
    except NotHere as problem:
        # What was measured before it is kept.
        results.skipped[name] = str(problem)
        print(f"{name}: {problem}\n")
    except Exception as problem:  # The others are measured all the same.
        results.skipped[name] = f"It failed: {problem!r}"
        traceback.print_exc()
        losses = 1
    results.pace.look(name)
    results.seconds[name] = round(time.monotonic() - started, 1)
    return not losses


def _heed_signals() -> None:
    """Have SIGTERM end it as Ctrl+C does, also after a measure in which an app had signals of its own."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)


def _compare(old: str, new: str) -> int:
    """Print what changed from one file to the other; return 1 where something is worse beyond the noise."""
    before, after = read_results(Path(old)), read_results(Path(new))
    found = compare(before, after)
    print("\n".join(told(before, after, found)))
    return int(any(each.verdict is Verdict.WORSE for each in found))


def _tell_goals(file: str) -> int:
    """Print which goals are reached in a file, and which are not."""
    print("\n".join(told_goals(read_results(Path(file)))))
    return 0


def _run() -> int:
    word, *files = _options.names or [""]
    try:
        if word == _COMPARE:
            return _compare(*files)
        return _tell_goals(*files) if word == _GOALS else _measure()
    except NoResults as problem:
        print(problem, file=sys.stderr)
        return 2


_options = _parse()
sys.exit(_run())
