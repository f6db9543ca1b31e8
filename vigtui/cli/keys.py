"""`vigtui keys`: every key as this person has it, and whether their keymap can be used."""

import click

from vigtui.workspace.keymap import keymap_path
from vigtui.workspace.settings import load_settings

_TOML = """# Your own keys: take the # away, and write another key. Several are written as "T,f9".
# `vigtui keys` says whether they can be used; what is not named here keeps its key.
"""


@click.command()
@click.option(
    "--toml", is_flag=True, help="Write a keymap file to begin with: every id, and the key that it has."
)
def keys_command(toml: bool) -> None:
    """Tell every key, with the id by which it can be given another.

    Write that into the keymap file, keys.toml beside the settings, as in `clip.tag = "T"`. An id that there
    is not, a key that there is not, or one that two things would have is told with its line, exit status 1;
    the screens then start with the standard keys.
    """
    from vigtui.ui.widgets.keys.markdown import markdown
    from vigtui.ui.widgets.keys.own_keys import STANDARD, keymap_of, keymap_to_begin_with

    if toml:
        click.echo(_TOML + keymap_to_begin_with(), nl=False)
        return
    keymap, problems = keymap_of(load_settings().keys)
    if problems:
        raise click.ClickException("\n".join([*problems, STANDARD]))
    click.echo(
        f"# Keys\n\nYour own are in {keymap_path()}{'' if keymap_path().exists() else ' (none yet)'}.\n"
    )
    click.echo(markdown(keymap), nl=False)
