"""The commands. Those that need no screen never import textual, numpy or mpv."""

import gc
import importlib
import os
import sys
from pathlib import Path
from typing import NamedTuple

import click

from vigtui import __version__
from vigtui.cli.on_screen import (
    has_terminal,
    need_terminal,
    run_file,
    run_screen,
    told_errors,
)
from vigtui.cli.passphrases import new_passphrase, passphrase_file, read_passphrase
from vigtui.domain.vocabulary import Role
from vigtui.workspace.places import Places
from vigtui.workspace.settings import demo_folder

CASELOAD = click.Path(path_type=Path, dir_okay=False)
SHELLS = ("bash", "zsh", "fish")


class Later(NamedTuple):
    """A command in a module of its own below `vigtui.cli`, imported when it is given. `help` is its line in
    the list of commands, which must not wait for that."""

    module: str
    name: str
    help: str


LATER = {
    "audit": Later("papers.audit", "audit_command", "Count the work in one caseload, or in many."),
    "backup": Later("backup", "backup_command", "Back a caseload up, with its film, on another disk."),
    "backups": Later("backups", "backups_command", "List the earlier versions of a caseload."),
    "bundle": Later(
        "papers.bundle", "bundle_command", "Write all that is held about one person into a folder."
    ),
    "check": Later("check", "check_command", "Validate a caseload and its film."),
    "decrypt": Later(
        "vault.encrypting", "decrypt_command", "Make a caseload readable without a passphrase again."
    ),
    "encrypt": Later("vault.encrypting", "encrypt_command", "Encrypt a caseload with a passphrase."),
    "erase": Later("erase", "erase_command", "Erase a family for good, with its film."),
    "export": Later(
        "exchange.exporting", "export_command", "Write clips and tags for ELAN, BORIS, CSV, WebVTT."
    ),
    "hand-over": Later(
        "exchange.hand_over", "hand_over_command", "Hand a family over to another caseload, whole."
    ),
    "import": Later("exchange.importing", "import_command", "Take in a list of families, or clips and tags."),
    "keys": Later("keys", "keys_command", "Tell every key, and check your own."),
    "merge": Later("exchange.merge", "merge_command", "Take into a caseload what others wrote."),
    "pack": Later("exchange.pack", "pack_command", "Put what a supervision needs into a folder or a zip."),
    "passphrase": Later("vault.encrypting", "passphrase_command", "Change the passphrase of a caseload."),
    "search": Later("search", "search_command", "Print where words stand in what is written."),
    "recover": Later("vault.ways", "recover_command", "Open a caseload with its recovery key."),
    "report": Later("papers.report", "report_command", "Write a paper: a letter, a summary, a record."),
    "restore": Later("backups", "restore_command", "Put an earlier version of a caseload back."),
    "space": Later("exchange.space", "space_command", "Keep a caseload in step with other machines."),
    "take-over": Later("exchange.hand_over", "take_over_command", "Take over a family that was handed over."),
    "ways": Later("vault.ways", "ways_command", "The passphrases and recovery keys that open a caseload."),
}


class Commands(click.Group):
    """The commands. The first word may be a caseload file: `vigtui FILE` means `vigtui open FILE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.list_commands(ctx) and not args[0].startswith("-")):
            args = ["open", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *LATER])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in LATER:
            return super().get_command(ctx, cmd_name)
        later = LATER[cmd_name]
        command: click.Command = getattr(importlib.import_module(f"vigtui.cli.{later.module}"), later.name)
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, later.help) for name, later in LATER.items()]
        rows += [(name, command.get_short_help_str()) for name, command in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl(sorted(rows))

    def invoke(self, ctx: click.Context) -> object:
        """Run a command. What it cannot do is said in a sentence, here for all of them; exit status 1."""
        gc.freeze()  # What was imported stays; nobody looks through it for garbage.
        gc.enable()
        try:
            return super().invoke(ctx)
        except Exception as error:
            if not isinstance(error, told_errors()):
                raise
            raise click.ClickException(str(error)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="vigtui")
def main() -> None:
    """Walk through Video Interaction Guidance cases together, in a terminal.

    `vigtui FILE` opens a caseload; `vigtui` alone opens the last one, or shows all of those who work with
    several. A file that is called like a command is opened as `./NAME`.
    """


@main.command("open", short_help="Open a caseload, the last one, or all of them.")
@click.argument("file", type=CASELOAD, required=False)
@passphrase_file
def open_command(file: Path | None, passphrase_file: Path | None) -> None:
    """Open a caseload. Without a file: the last one used, or all of those who work with several."""
    places = Places()
    path = file or places.last_caseload
    shelf = places.has_several and passphrase_file is None
    if file is None and (shelf or path is None or not path.exists()):
        run_screen(None, places)
    elif path is not None:
        run_file(path, places, read_passphrase(passphrase_file) if passphrase_file else None)


@main.command(short_help="Open the demo: invented families, with film.")
def demo() -> None:
    """Open the demo: invented families. The first time, film is drawn for them while you look around."""
    need_terminal()
    from vigtui.demo import demo_file

    run_file(demo_file(demo_folder()), Places())


@main.command()
@click.argument("file", type=CASELOAD)
@click.option("--name", help="Your name, which signs your notes. With it nothing is asked.")
@click.option("--service", default="", help="The service's name, shown at the top.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.SUPERVISOR.value,
    help="What you do in the work; a supervisor unless said.",
)
@click.option("--encrypt", is_flag=True, help="Encrypt the file with a passphrase.")
@passphrase_file
def new(
    file: Path, name: str | None, service: str, role: str, encrypt: bool, passphrase_file: Path | None
) -> None:
    """Make a new caseload and open it. A screen asks what it needs.

    With --name it is made of the options alone, as a script does; without a terminal it is made and not
    opened.
    """
    if not name:
        if service or encrypt or passphrase_file:
            raise click.UsageError("Say --name as well; or no option at all, and a screen asks.")
        run_screen(None, Places(), new=file)
        return
    from vigtui.vault.unlocking import new_key
    from vigtui.workspace.workspace import make_caseload

    words = new_passphrase(passphrase_file) if encrypt or passphrase_file else None
    make_caseload(file, service, name, Role(role), new_key(words) if words else None).close()
    if has_terminal():
        run_file(file, Places(), words)
    else:
        click.echo(f"Made {file}.")


@main.command()
@click.argument("video", type=click.Path(path_type=Path))
@click.option("--full", is_flag=True, help="The picture alone, filling the terminal.")
def play(video: Path, full: bool) -> None:
    """Watch any film in this terminal."""
    from vigtui.cli.playing import play_film

    sys.exit(play_film(video, full=full))


@main.command(short_help="Show what works here, and what to install.")
@click.option("--libmpv", is_flag=True, help="Only say whether film can be played.")
def doctor(libmpv: bool) -> None:
    """Tell what this terminal, this machine and this libmpv can do, and what to install."""
    from vigtui.cli.doctor import examine, examine_libmpv

    lines = [examine_libmpv()] if libmpv else examine()
    for line in lines:
        click.echo(line)
    sys.exit(0 if all(line.well for line in lines) else 1)


@main.command(short_help="Print the completion for a shell.")
@click.argument(
    "shell", type=click.Choice(SHELLS), default=lambda: Path(os.environ.get("SHELL", "bash")).name
)
def completion(shell: str) -> None:
    """Print the completion for a shell: `eval "$(vigtui completion bash)"`."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:
        raise click.ClickException(f"There is no completion for {shell}; {', '.join(SHELLS)} have one.")
    click.echo(found(main, {}, "vigtui", "_VIGTUI_COMPLETE").source())
