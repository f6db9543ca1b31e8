"""`make bench`: every figure with its peer in the same run. Nothing here passes or fails.

`python -m tests.bench NAME...` measures only what is named. `make prove` runs the long proofs of the file,
`make soak` ten minutes of film.
"""

import argparse
import os
import random
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.accounts import bench_accounts
from tests.bench.auditing import bench_auditing
from tests.bench.big import make_big
from tests.bench.breaking import bench_backups, bench_faults, bench_killing, bench_rekeying
from tests.bench.copies import bench_copies
from tests.bench.film_format import bench_encrypting, bench_tampered
from tests.bench.film_zoo import bench_film_zoo
from tests.bench.footage import NoFootage
from tests.bench.glyph_sets import bench_glyphs
from tests.bench.journeys import bench_journeys
from tests.bench.kernel import bench_kernel
from tests.bench.mutated import bench_mutated
from tests.bench.other_tools import bench_other_tools
from tests.bench.picture import bench_picture
from tests.bench.playing import bench_playing
from tests.bench.residue import bench_residue
from tests.bench.searching import bench_searching
from tests.bench.sending import bench_sending
from tests.bench.slow_line import bench_line
from tests.bench.soak import bench_soak
from tests.bench.space_figures import bench_space_figures
from tests.bench.spaces import bench_spaces
from tests.bench.start import bench_idle, bench_start
from tests.bench.stepping import bench_stepping
from tests.bench.stopped import bench_stopped
from tests.bench.storing import bench_storing
from tests.bench.synced_spaces import bench_mounted_spaces, bench_synced_spaces
from tests.bench.tinydb_suite import bench_tinydb
from tests.bench.two_programs import bench_two_programs

FAMILIES = 500


def _start() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder  # Whoever runs this keeps their own places.
        path = make_big(Path(folder) / "big.vig.json", FAMILIES)
        print(f"A caseload of {FAMILIES} families, {path.stat().st_size / 1e6:.1f} MB\n")
        bench_start(path)
        bench_idle(path)


def _soak() -> None:
    bench_soak(_options.minutes, _options.seed)


def _killing() -> None:
    bench_killing(_options.rounds, _options.seed)


def _rekeying() -> None:
    bench_rekeying(_options.rounds // 2, _options.seed)


def _backups() -> None:
    bench_backups(_options.rounds // 5, _options.seed)


def _mutated() -> None:
    bench_mutated(_options.files, _options.seed)


def _tampered() -> None:
    bench_tampered(_options.files, _options.seed)


def _film_zoo() -> None:
    bench_film_zoo(_options.kinds, _options.seed, copies=_options.copies, encrypted=_options.encrypted)


def _copies() -> None:
    bench_copies(_options.kinds)


def _two_programs() -> None:
    bench_two_programs(_options.seed)


def _stopped() -> None:
    bench_stopped(_options.rounds // 5, _options.seed)


def _spaces() -> None:
    bench_spaces(_options.edits, _options.seed)


def _synced_spaces() -> None:
    bench_synced_spaces(_options.edits, _options.seed)


def _mounted_spaces() -> None:
    bench_mounted_spaces(_options.edits, _options.seed)


def _residue() -> None:
    bench_residue(_options.rounds // 5, _options.seed)


def _accounts() -> None:
    bench_accounts(_options.rounds // 10, _options.seed)


MEASURES: dict[str, Callable[[], None]] = {
    "start": _start,
    "sending": bench_sending,
    "storing": bench_storing,
    "searching": bench_searching,
    "auditing": bench_auditing,
    "space_figures": bench_space_figures,
    "encrypting": bench_encrypting,
    "journeys": bench_journeys,
    "picture": bench_picture,
    "glyphs": bench_glyphs,
    "playing": bench_playing,
    "kernel": bench_kernel,
    "line": bench_line,
    "stepping": bench_stepping,
}
PROOFS: dict[str, Callable[[], None]] = {
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
    "synced_spaces": _synced_spaces,
    "mounted_spaces": _mounted_spaces,
}
_ALL = MEASURES | PROOFS


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="Measure vigtui beside its peers."
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"of {', '.join(_ALL)}; the first {len(MEASURES)} without one",
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
    if unknown := [name for name in options.names if name not in _ALL]:
        parser.error(f"there is no measure called {unknown[0]}; there are {', '.join(_ALL)}")
    return options


def main() -> None:
    for name in _options.names or MEASURES:
        busy = os.getloadavg()[0] / (os.cpu_count() or 1)
        if busy > 0.3:
            print(
                f"(The machine is {busy:.0%} busy with other things: times are longer than on a quiet one.)"
            )
        try:
            _ALL[name]()
        except NoFootage as problem:
            print(f"{name}: {problem}\n")


_options = _parse()
main()
