"""The table of keys as Markdown, for the README: `make keys`."""

from vigtui.ui.widgets.keys.table import TABLE, Key

_PARTS = {
    "app": "Everywhere",
    "history": "Everywhere",
    "list": "Lists",
    "caseload": "Caseload",
    "family": "Family",
    "timeline": "Cycle timeline",
    "consent_grid": "Consents",
    "merge": "Merge",
    "transport": "Film",
    "clip": "Clip",
    "supervision": "Supervision",
    "form": "Forms",
}
_NAMES = {
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "comma": ",",
    "full_stop": ".",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}


def markdown() -> str:
    """A table with a row for each key of each part."""
    rows = ["| where | key | what it does |", "|---|---|---|"]
    for part, title in _PARTS.items():
        rows += [f"| {title} | {_keys(key)} | {key.tooltip} |" for key in TABLE[part]]
    return "\n".join(rows) + "\n"


def _keys(key: Key) -> str:
    """`+` `=`: each key as it is written on the keyboard; ctrl+@ is how ctrl+space arrives."""
    return " ".join(f"`{_written(name)}`" for name in key.keys.split(",") if name != "ctrl+@")


def _written(name: str) -> str:
    modifiers, _, last = name.rpartition("+")
    last = _NAMES.get(last, last.upper() if last[0] == "f" and last[1:].isdigit() else last)
    return f"{modifiers}+{last}" if modifiers else last


if __name__ == "__main__":
    print(markdown(), end="")  # noqa: T201  what the command is for
