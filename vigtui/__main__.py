"""The program, as `vigtui` and as `python -m vigtui`."""

import gc


def main() -> None:
    """Run the command that was typed."""
    # Of what is imported nothing is garbage, and looking for some takes a twentieth of the start.
    gc.disable()
    from vigtui.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
