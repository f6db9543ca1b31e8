"""The program, as `vigtui` and as `python -m vigtui`."""

import gc
import sys


def main() -> None:
    """Run the command that was typed."""
    # Of what is imported nothing is garbage, and looking for some takes a twentieth of the start.
    gc.disable()
    from vigtui.cli.on_screen import open_at_once

    if not open_at_once(sys.argv[1:]):
        from vigtui.cli.main import main as run

        run()


if __name__ == "__main__":
    main()
