"""Whether anybody looks at the tmux session that the program runs in.

tmux answers the program's questions itself, also while no terminal is attached, so the answers do not tell.
"""

import os
import subprocess

_SECONDS = 2.0


def is_detached() -> bool:
    """Whether no terminal is attached; False without tmux, or when it does not say. Waits for tmux."""
    pane = os.environ.get("TMUX_PANE", "")
    if not (pane and os.environ.get("TMUX")):
        return False
    question = ["tmux", "display-message", "-p", "-t", pane, "#{session_attached}"]
    try:
        answer = subprocess.run(question, capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return False
    return answer.stdout.strip() == "0"
