"""vigtui, which writes what it has loaded into the file that LOADED names when it ends."""

import atexit
import os
import sys
from pathlib import Path

from vigtui.__main__ import main

atexit.register(lambda: Path(os.environ["LOADED"]).write_text("\n".join(sys.modules), encoding="utf-8"))
main()
