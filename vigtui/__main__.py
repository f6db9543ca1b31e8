"""The program, as `vigtui` and as `python -m vigtui`."""

import gc
import os
import signal
import sys


def main() -> None:
    """Run the command that was typed."""
    # Of what is imported nothing is garbage, and looking for some takes a twentieth of the start.
    gc.disable()
    interrupted = signal.getsignal(signal.SIGINT)
    if interrupted is signal.default_int_handler:
        # Until a screen or a command is there ctrl+C is answered by no traceback, and nothing is to be lost.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from vigtui.film.library import begin_to_load, prepare_environment

    # All that is written into the environment is written here, where there is one thread.
    prepare_environment()
    if os.environ.get("SSH_CONNECTION"):
        # On a slow line the bytes of one key arrive apart, and an arrow looks like Escape. Textual reads it.
        os.environ.setdefault("ESCDELAY", "300")
    if sys.argv[1:2] == ["play"]:
        begin_to_load()
    from vigtui.cli.on_screen import open_at_once

    if not open_at_once(sys.argv[1:]):
        from vigtui.cli.main import main as run

        signal.signal(signal.SIGINT, interrupted)
        run()


if __name__ == "__main__":
    main()
