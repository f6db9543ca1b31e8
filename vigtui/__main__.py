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
    # Nothing here multiplies matrices: threads for that, one for each core, would look for work in vain.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if sys.argv[1:2] == ["play"]:
        from vigtui.film.library import begin_to_load

        begin_to_load()
    from vigtui.cli.on_screen import open_at_once

    if not open_at_once(sys.argv[1:]):
        from vigtui.cli.main import main as run

        signal.signal(signal.SIGINT, interrupted)
        run()


if __name__ == "__main__":
    main()
