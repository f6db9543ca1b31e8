"""The keys of film for an agenda: they are in records of an encrypted caseload, and in no file in clear."""

from vigtui.domain.records import AgendaFilm
from vigtui.store.format.entries import name_in
from vigtui.store.format.layout import VERSIONS, Tables


def without_film_keys(tables: Tables) -> Tables:
    """Return the tables without film for an agenda, in any version."""
    prefix = f"{AgendaFilm.table}/"
    kept = {name: table for name, table in tables.items() if name != AgendaFilm.table}
    if VERSIONS in kept:
        several = kept[VERSIONS].items()
        kept[VERSIONS] = {
            number: each for number, each in several if not (name_in(VERSIONS, each) or "").startswith(prefix)
        }
    return kept
