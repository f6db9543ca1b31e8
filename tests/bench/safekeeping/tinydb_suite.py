"""TinyDB's own test suite, once on TinyDB's own storage and once on ours.

The suite is in TinyDB's source distribution, which is downloaded for the version that is installed.
"""

import importlib.metadata
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

_OURS = """
import tinydb, tinydb.storages
from vigtui.store.tinydb_storage import FileStorage

# Under the name of the class in whose place it is: one test looks at how a database shows its storage.
storage = type("JSONStorage", (FileStorage,), {"__module__": "tinydb.storages"})
tinydb.JSONStorage = tinydb.storages.JSONStorage = tinydb.TinyDB.default_storage_class = storage
"""


def bench_tinydb() -> int:
    """Print how many of TinyDB's tests pass on each storage. Return how many more fail on ours, but for the
    one that looks at the private `_handle` of TinyDB's own."""
    version = importlib.metadata.version("tinydb")
    with tempfile.TemporaryDirectory() as folder:
        suite = _download(version, Path(folder))
        (suite / "ours.py").write_text(_OURS)
        print(f"The test suite of TinyDB {version}")
        own = _run(suite)
        ours = _run(suite, "-p", "ours")
        print(f"  on its own storage  {own.said}")
        print(f"  on ours             {ours.said}\n")
    return max(0, len(ours.failed) - len(own.failed) - 1)


def _download(version: str, folder: Path) -> Path:
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:"]
    subprocess.run([*pip, f"tinydb=={version}"], check=True, cwd=folder)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as content:
        content.extractall(folder, filter="data")
    return folder / archive.name.removesuffix(".tar.gz")


class _Run(NamedTuple):
    said: str
    failed: list[str]


def _run(suite: Path, *options: str) -> _Run:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(suite), str(Path(__file__).parents[3])])}
    command = [sys.executable, "-m", "pytest", "-q", "-o", "addopts=", *options, "tests"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=suite, env=environment)
    failed = re.findall(r"^FAILED tests/(\S+)", done.stdout, re.MULTILINE)
    return _Run(", failed: ".join([done.stdout.splitlines()[-1], *failed]), failed)
