"""Cells of CSV files, which spreadsheets may take for formulas."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MARK = "'"


def no_formula(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: one that it would begins with an apostrophe."""
    return f"{_MARK}{cell}" if cell.startswith(_FORMULA) else cell


def without_mark(cell: str) -> str:
    """Return what was in a cell before `no_formula`."""
    bare = cell.removeprefix(_MARK)
    return bare if bare.startswith(_FORMULA) else cell
