"""The man page, made of the commands themselves: `make man` writes it to docs/vigtui.1."""

import sys
from pathlib import Path

import click

from vigtui import __version__
from vigtui.cli.main import main

_END = """.SH EXIT STATUS
0 when all is well, 1 when something was found or went wrong, 2 when the command was given wrongly or, for
\\fBmerge\\fR, when a file could not be merged.
.SH ENVIRONMENT
.TP
COLORTERM
"truecolor" where the terminal shows 16 million colours; ssh does not pass it on.
.TP
NO_COLOR
Draws film in greys.
.TP
VISUAL, EDITOR
The editor that ctrl+e opens.
.SH SETTINGS
In settings.toml, all optional; docs/keys.md has their values.
%s.SH FILES
.TP
settings.toml
What one person likes on this machine; \\fBvigtui doctor\\fR says where it is.
.TP
keys.toml
Beside it: the person's own keys; \\fBvigtui keys\\fR tells every key, and whether these can be used.
.TP
\\&.vigtui\\-backups
Beside a caseload: its earlier versions.
.SH SEE ALSO
.BR mpv (1)
"""


_SETTINGS = {
    "theme": "The colours of the screens.",
    "low_bandwidth": "Whether to treat the terminal as a slow link.",
    "mute": "Whether film starts without sound.",
    "editor": "The editor that ctrl+e opens, before $VISUAL and $EDITOR.",
    "glyphs": "What film is drawn with.",
    "colours": "The colours of film.",
    "pixels": "How a paused film is shown.",
    "letters": "What the terminal can show besides film.",
    "plain": "All in words, for screen readers and braille lines.",
    "lock_minutes": "Minutes without a key until an encrypted caseload is covered.",
    "hardware_decoder": "Whether the machine's own decoder is used where there is one.",
    "counts_old_days": "After so many days counts that a service collects are told to be old.",
    "space_silent_days": "After so many days it is told that somebody in a space was not heard of.",
    "space_film_days": "Until so many days after its session film for an agenda stays in a space.",
    "space_film_most_days": "So many days after its session it may stay at most.",
    "space_film_left_days": "So many days after that this machine deletes what others have left there.",
    "working_copies": "Gigabytes that lighter copies of heavy film may take; 0 makes none.",
    "papers": "The language of what is printed.",
    "keys": "The person's own keys, if not in keys.toml.",
}


def man_page() -> str:
    """Return the page in roff: every command with its arguments, options and help."""
    context = click.Context(main, info_name="vigtui", **main.context_settings)
    lines = [f'.TH VIGTUI 1 "" "vigtui {__version__}" "User Commands"']
    lines += [".SH NAME", _text(f"vigtui - {main.get_short_help_str(200)}")]
    lines += [".SH SYNOPSIS", "\\fBvigtui\\fR [\\fIFILE\\fR]", ".br", "\\fBvigtui\\fR \\fICOMMAND\\fR ..."]
    lines += [".SH DESCRIPTION", *_help(main), ".SH COMMANDS"]
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        if command is not None and not command.hidden:
            lines += _command(command, click.Context(command, info_name=name, parent=context))
    settings = "".join(f".TP\n{name}\n{_text(meaning)}\n" for name, meaning in _SETTINGS.items())
    return "\n".join(lines) + "\n" + _END % settings


def _command(command: click.Command, context: click.Context) -> list[str]:
    usage = " ".join(f"\\fI{_text(word)}\\fR" for word in command.collect_usage_pieces(context))
    lines = [f".SS vigtui {_text(str(context.info_name))} {usage}", *_help(command)]
    for parameter in command.get_params(context):
        words, meaning = parameter.get_help_record(context) or ("", "")
        if meaning and "--help" not in words:
            lines += [".TP", f"\\fB{_text(words)}\\fR", _text(meaning)]
    return lines


def _help(command: click.Command) -> list[str]:
    """The help's paragraphs."""
    paragraphs = (command.help or "").split("\n\n")
    return [line for each in paragraphs for line in (".PP", _text(" ".join(each.split())))]


def _text(words: str) -> str:
    """Escape what roff would read as its own: backslashes, hyphens, and a dot or quote that begins a line."""
    escaped = words.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(man_page(), encoding="utf-8")
