"""`python -m vigtui` is the same program as `vigtui`."""

from vigtui.cli.main import main

main()
