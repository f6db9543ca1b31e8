"""`python -m vigtui` is the same program as `vigtui`."""

from vigtui.cli import main

main()
