"""Real Syncthing, several times on one machine: each has its own home and folder, and knows only the others.

Nothing leaves the loopback: no discovery, no relays, no port mapping, no reports, no upgrades.
"""

import contextlib
import http.client
import json
import os
import random
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

from tests.bench.spaces.carried import Missing, files_in, free_ports, wait_for
from vigtui.exchange.spaces.writing import ENDING

VERSIONS = ".stversions"
_FOLDER = "vig"
_OFF = {
    "globalAnnounceEnabled": "false",
    "localAnnounceEnabled": "false",
    "relaysEnabled": "false",
    "natEnabled": "false",
    "startBrowser": "false",
    "crashReportingEnabled": "false",
    "urAccepted": "-1",
    "autoUpgradeIntervalH": "0",
    "setLowPriority": "false",  # It leaves the process group for that, and could not be killed with it.
    "stunServer": "",
    "stunKeepaliveStartS": "0",
}


class Syncthing:
    """One Syncthing that keeps the folder `synced`; the space is `space`, in that folder."""

    def __init__(self, root: Path, name: str) -> None:
        self.name, self.synced = name, root / f"{name} synced"
        self.space = self.synced / "fenland.space"
        self.space.mkdir(parents=True)
        self._home = root / f"{name} syncthing"
        self.listens, self._page = free_ports(2)
        self._command = ["syncthing", "generate", f"--home={self._home}", "--no-default-folder"]
        subprocess.run(self._command, check=True, capture_output=True, env=self._environment())
        config = Xml.parse(self._config).getroot()
        self.identity = config.find("device").attrib["id"]
        self._key = config.findtext("gui/apikey") or ""
        self._program: subprocess.Popen[bytes] | None = None

    @property
    def _config(self) -> Path:
        return self._home / "config.xml"

    def _environment(self) -> dict[str, str]:
        return os.environ | {"HOME": str(self._home), "STNOUPGRADE": "1"}

    def introduce(self, everybody: "list[Syncthing]", delay: int | None) -> None:
        """Share the folder with all of them. `delay` is `fsWatcherDelayS`: None leaves it as it comes."""
        tree = Xml.parse(self._config)
        config = tree.getroot()
        options = config.find("options")
        assert options is not None
        for name, value in {**_OFF, "listenAddress": f"tcp://127.0.0.1:{self.listens}"}.items():
            _child(options, name).text = value
        _child(_child(config, "gui"), "address").text = f"127.0.0.1:{self._page}"
        like, device = config.find("defaults/folder"), config.find("device")
        assert like is not None
        assert device is not None
        folder = Xml.fromstring(Xml.tostring(like))
        folder.attrib |= {"id": _FOLDER, "label": "VIG", "path": str(self.synced)}
        if delay is not None:
            folder.attrib["fsWatcherDelayS"] = str(delay)
        versioning = _child(folder, "versioning")
        versioning.attrib["type"] = "simple"
        Xml.SubElement(versioning, "param", key="keep", val="5")
        for other in everybody:
            if other is not self:
                known = Xml.fromstring(Xml.tostring(device))
                known.attrib |= {"id": other.identity, "name": other.name}
                _child(known, "address").text = f"tcp://127.0.0.1:{other.listens}"
                config.append(known)
                Xml.SubElement(folder, "device", id=other.identity, introducedBy="")
        config.append(folder)
        tree.write(self._config)

    def start(self) -> None:
        """Start it, and return when it answers."""
        self._command = ["syncthing", "serve", f"--home={self._home}", "--no-browser", "--no-restart"]
        with (self._home / "said.txt").open("ab") as said:
            self._program = subprocess.Popen(
                self._command, stdout=said, stderr=said, env=self._environment(), start_new_session=True
            )
        wait_for(self._answers, f"{self.name}'s Syncthing does not start; see {said.name}")

    def _answers(self) -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            return bool(self.ask("GET", "/rest/system/ping") == {"ping": "pong"})
        return False

    def ask(self, method: str, path: str) -> Any:
        """Ask its REST interface. Raises OSError and HTTPException."""
        connection = http.client.HTTPConnection("127.0.0.1", self._page, timeout=20)
        with contextlib.closing(connection):
            connection.request(method, path, headers={"X-API-Key": self._key})
            answer = connection.getresponse()
            data = answer.read()
            if answer.status != http.client.OK:
                raise OSError(f"{method} {path}: {answer.status} {data[:200]!r}")
        return json.loads(data) if data.strip() else None

    def pause(self) -> None:
        """Exchange nothing until `resume`, also when it was ended and started again."""
        self._insist("/rest/system/pause")

    def resume(self) -> None:
        self._insist("/rest/system/resume")

    def _insist(self, path: str) -> None:
        """Have it do something, when it runs again if it was killed just now."""

        def done() -> bool:
            with contextlib.suppress(OSError, http.client.HTTPException):
                self.ask("POST", path)
                return True
            return False

        wait_for(done, f"{self.name}'s Syncthing does not answer")

    def put_back(self, luck: random.Random) -> bool:
        """Put one of the earlier files that it keeps where it was. Return whether there is one."""
        earlier = self.versions()
        if not earlier:
            return False
        chosen = luck.choice(earlier)
        unfinished = self.space / f"{name_before(chosen)}.tmp"
        unfinished.write_bytes(chosen.read_bytes())
        unfinished.replace(self.space / name_before(chosen))
        return True

    def delete(self, luck: random.Random) -> bool:
        """Delete one of the files in the space. Return whether there is one."""
        files = sorted(self.files())
        if files:
            (self.space / luck.choice(files)).unlink()
        return bool(files)

    def refresh(self) -> None:
        """Look through the folder now, as it does every hour."""
        self.ask("POST", f"/rest/db/scan?folder={_FOLDER}")

    def connected(self) -> int:
        found = self.ask("GET", "/rest/system/connections")["connections"]
        return sum(each["connected"] for each in found.values())

    def kill(self) -> None:
        """End it at once, and what it started."""
        if self._program is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._program.pid, signal.SIGKILL)
            self._program.wait()
            self._program = None

    def files(self) -> dict[str, bytes]:
        """What is in the space's folder here."""
        return files_in(self.space)

    def versions(self) -> list[Path]:
        """The earlier files that it keeps."""
        return sorted((self.synced / VERSIONS).rglob(f"*{ENDING}"))


@contextlib.contextmanager
def syncthings(root: Path, names: tuple[str, ...], delay: int | None) -> Iterator[list[Syncthing]]:
    """Let one run for each name, and end all of them. Raises Missing."""
    if shutil.which("syncthing") is None:
        raise Missing("Syncthing is not installed:  sudo apt-get install syncthing")
    found = [Syncthing(root, name) for name in names]
    try:
        for each in found:
            each.introduce(found, delay)
            each.start()
        wait_for(lambda: all(each.connected() == len(found) - 1 for each in found), "they do not connect")
        yield found
    finally:
        for each in found:
            each.kill()


def name_before(earlier: Path) -> str:
    """Return what an earlier file was called."""
    return re.sub(r"~\d{8}-\d{6}", "", earlier.name)


def _child(parent: Xml.Element, name: str) -> Xml.Element:
    found = parent.find(name)
    return Xml.SubElement(parent, name) if found is None else found
