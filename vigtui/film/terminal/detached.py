"""Whether anybody looks at the tmux or screen session that the program runs in.

Both answer the program's questions themselves, also while no terminal is attached: the answers do not tell.
"""

import os
import stat
import subprocess
from pathlib import Path

_SECONDS = 2.0


def is_detached() -> bool:
    """Whether no terminal is attached; False outside such a session, or when it cannot be told. May wait."""
    if os.environ.get("TMUX"):
        return _says_tmux(os.environ.get("TMUX_PANE", ""))
    if session := os.environ.get("STY"):
        return _says_screen(session)
    return False


def _says_tmux(pane: str) -> bool:
    question = ["tmux", "display-message", "-p", "-t", pane, "#{session_attached}"]
    try:
        answer = subprocess.run(question, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.SubprocessError):
        return False
    return answer.stdout.strip() == "0"


def _says_screen(session: str) -> bool:
    """screen lets its owner execute the session's socket while a terminal is attached."""
    own = os.environ.get("SCREENDIR")
    folders = [Path(own)] if own else [*Path("/run/screen").glob("S-*"), Path("~/.screen").expanduser()]
    for folder in folders:
        try:
            return not (folder / session).stat().st_mode & stat.S_IXUSR
        except OSError:
            continue
    return False
