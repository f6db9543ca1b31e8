"""Every measure and every proof by its name, and which of the options it is called with."""

from argparse import Namespace as Options
from collections.abc import Callable, Iterable

from tests.bench.caseload.auditing import bench_auditing
from tests.bench.caseload.journeys import bench_journeys
from tests.bench.caseload.searching import bench_searching
from tests.bench.caseload.storing import bench_storing
from tests.bench.figures.figure import Figure, in_real_time
from tests.bench.film.curve import bench_curve
from tests.bench.film.glyph_sets import bench_glyphs
from tests.bench.film.kernel import bench_kernel
from tests.bench.film.picture import bench_picture
from tests.bench.film.playing import bench_playing
from tests.bench.film.slow_line import bench_line
from tests.bench.film.stepping import bench_stepping
from tests.bench.film.virtual_line import bench_virtual_line
from tests.bench.film_files.copies import bench_copies
from tests.bench.film_files.film_format import bench_encrypting, bench_tampered
from tests.bench.film_files.film_zoo import bench_film_zoo
from tests.bench.film_files.residue import bench_residue
from tests.bench.other_tools import bench_other_tools
from tests.bench.program.callgrind import bench_callgrind
from tests.bench.program.least_memory import bench_least_memory
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

Measure = Callable[[Options], Iterable[Figure]]
Proof = Callable[[Options], int]

MEASURES: dict[str, Measure] = {
    "start": lambda _: bench_start(),
    "memory": lambda _: bench_memory(),
    "least_memory": lambda _: bench_least_memory(),
    "callgrind": lambda _: bench_callgrind(),
    "small_machine": lambda _: bench_small_machine(),
    "sending": lambda _: bench_sending(),
    "storing": lambda _: bench_storing(),
    "searching": lambda _: bench_searching(),
    "auditing": lambda _: bench_auditing(),
    "space_figures": lambda options: bench_space_figures(options.edits),
    "encrypting": lambda _: bench_encrypting(),
    "journeys": lambda _: bench_journeys(),
    "picture": lambda _: in_real_time(bench_picture()),
    "curve": lambda _: bench_curve(),
    "glyphs": lambda _: in_real_time(bench_glyphs()),
    "playing": lambda _: bench_playing(),
    "kernel": lambda _: bench_kernel(),
    "line": lambda _: in_real_time(bench_line()),
    "virtual_line": lambda _: bench_virtual_line(),
    "stepping": lambda _: in_real_time(bench_stepping()),
}
PROOFS: dict[str, Proof] = {
    "soak": lambda options: bench_soak(options.minutes, options.seed),
    "killing": lambda options: bench_killing(options.rounds, options.seed),
    "rekeying": lambda options: bench_rekeying(options.rounds // 2, options.seed),
    "backups": lambda options: bench_backups(options.rounds // 5, options.seed),
    "faults": lambda _: bench_faults(),
    "two_programs": lambda options: bench_two_programs(options.seed),
    "stopped": lambda options: bench_stopped(options.rounds // 5, options.seed),
    "accounts": lambda options: bench_accounts(options.rounds // 10, options.seed),
    "mutated": lambda options: bench_mutated(options.files, options.seed),
    "tampered": lambda options: bench_tampered(options.files, options.seed),
    "tinydb": lambda _: bench_tinydb(),
    "other_tools": lambda _: bench_other_tools(),
    "film_zoo": lambda options: bench_film_zoo(
        options.kinds, options.seed, copies=options.copies, encrypted=options.encrypted
    ),
    "residue": lambda options: bench_residue(options.rounds // 5, options.seed),
    "copies": lambda options: bench_copies(options.kinds),
    "spaces": lambda options: bench_spaces(options.edits, options.seed),
    "space_faults": lambda _: bench_space_faults(),
    "erased_in_all_orders": lambda options: bench_erased_in_all_orders(options.edits // 20, options.seed),
    "space_film": lambda options: bench_space_film(options.seed),
    "erased_family": lambda _: bench_erased_family(),
    "synced_spaces": lambda options: bench_synced_spaces(options.edits, options.seed),
    "mounted_spaces": lambda options: bench_mounted_spaces(options.edits, options.seed),
}
"""A proof prints what it finds, and returns how many losses that are."""
