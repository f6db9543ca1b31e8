"""vigtui, which writes what it has loaded into the file that LOADED names when it ends. What it looks after
once the list is shown is put off: on a busy machine it would begin before that."""

import atexit
import os
import sys
from pathlib import Path

from vigtui.__main__ import main
from vigtui.cli.on_screen import import_asyncio

import_asyncio()
from vigtui.ui.app import app  # noqa: E402
from vigtui.ui.app.days import Days  # noqa: E402

Days.SECONDS_BETWEEN_LOOKS = app.SECONDS_TO_SETTLE = 3600.0
atexit.register(lambda: Path(os.environ["LOADED"]).write_text("\n".join(sys.modules), encoding="utf-8"))
main()
