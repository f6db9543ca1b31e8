"""`make bench`: every figure with its peer in the same run, printed, and kept in a file of `bench/`.

`python -m tests.bench NAME...` measures only what is named; `python -m tests.bench compare OLD NEW` says what
changed between two files beyond the noise, `python -m tests.bench goals FILE` which goals are not reached.
`make prove` runs the long proofs of the file, `make soak` ten minutes of film. It ends with 1 where a proof
found a loss or a measure failed, and with 130 where it was broken off.
"""

import argparse
import compileall
import os
import random
import signal
import sys
import time
import traceback
from pathlib import Path

import vigtui
from tests.bench.figures.comparing import Verdict, compare, told
from tests.bench.figures.figure import NotHere
from tests.bench.figures.goals import told_goals
from tests.bench.figures.results import FOLDER, NoResults, Results, new_results, read_results
from tests.bench.figures.telling import Teller
from tests.bench.measures import MEASURES, PROOFS

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
    """Have the program compiled, as it is where it was installed, and what measures it: else what is started
    first compiles what it imports, and each start does wherever Python is told to keep nothing of that."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for folder in (vigtui.__path__[0], Path(__file__).parent):
        compileall.compile_dir(folder, quiet=1)


def _measure(options: argparse.Namespace) -> int:
    """Measure, or prove, what was asked for; print each figure as it comes, and keep all of them in a file
    after each measure, so that a run that is broken off has what it found so far. Return the exit status."""
    _compile()
    results, teller, failed = new_results(), Teller(), False
    place = options.into or (FOLDER if not options.names else None)
    broken_off = False
    for name in options.names or MEASURES:
        try:
            failed |= not _measure_one(name, options, results, teller)
        except KeyboardInterrupt:
            broken_off = True
            results.skipped[name] = "It was broken off."
        place = place and results.write(place)
        if broken_off:
            break
    if place:
        print(f"\n{'What was measured so far is' if broken_off else 'The figures are'} in {place}")
    return _BROKEN_OFF if broken_off else int(failed)


def _measure_one(name: str, options: argparse.Namespace, results: Results, teller: Teller) -> bool:
    """Return whether it was well: a proof found no loss, a measure came to its end or cannot be had here."""
    _heed_signals()
    busy, started, losses = results.pace.look(name), time.monotonic(), 0
    if busy > 0.3:
        print(f"(The machine is {busy:.0%} busy with other things: times are longer than on a quiet one.)")
    try:
        for figure in MEASURES[name](options) if name in MEASURES else ():
            teller.tell(figure)
            results.add(name, figure)
        losses = PROOFS[name](options) if name in PROOFS else 0
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


def _run(options: argparse.Namespace) -> int:
    word, *files = options.names or [""]
    try:
        if word == _COMPARE:
            return _compare(*files)
        return _tell_goals(*files) if word == _GOALS else _measure(options)
    except NoResults as problem:
        print(problem, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(_run(_parse()))
