"""A real WebDAV server, wsgidav, and folders that rclone mounts from it, as on several machines.

wsgidav has an environment of its own, `.venv-webdav`. Without FUSE nothing can be mounted.
"""

import contextlib
import http.client
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.spaces.carried import Missing, files_in, free_ports, wait_for

_ENVIRONMENT = Path(__file__).parents[3] / ".venv-webdav"
_SHARE = "fenland.space"
# A mount asks the server anew after a second. As it comes, it does after five minutes.
_ANEW = ("--dir-cache-time", "1s", "--attr-timeout", "1s")


class Server:
    """The server, and the folder that it keeps."""

    def __init__(self, root: Path) -> None:
        self.kept = root / "kept"
        (self.kept / _SHARE).mkdir(parents=True)
        [self.port] = free_ports(1)
        self._said = root / "wsgidav.txt"
        self._program: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and return when it answers."""
        command = [str(_ENVIRONMENT / "bin" / "wsgidav"), "--host=127.0.0.1", f"--port={self.port}"]
        command += [f"--root={self.kept}", "--auth=anonymous", "--server=cheroot"]
        with self._said.open("ab") as said:
            self._program = subprocess.Popen(command, stdout=said, stderr=said)
        wait_for(self._answers, f"the WebDAV server does not start; see {self._said}")

    def _answers(self) -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            with contextlib.closing(connection):
                connection.request("OPTIONS", "/")
                return connection.getresponse().status == http.client.OK
        return False

    def kill(self) -> None:
        """End it at once."""
        if self._program is not None:
            self._program.kill()
            self._program.wait()
            self._program = None


class Mount:
    """The server's folder as one machine sees it; the space is `space`."""

    def __init__(self, root: Path, name: str, server: Server) -> None:
        self.name, self._server = name, server
        self._at = root / f"{name} mounted"
        self._at.mkdir()
        self._cache, self._said = root / f"{name} cache", root / f"{name} rclone.txt"
        self.space = self._at / _SHARE
        self._program: subprocess.Popen[bytes] | None = None

    def resume(self) -> None:
        """Mount it, unless it is."""
        if self._program is None:
            command = ["rclone", "mount", ":webdav:", str(self._at), "--config", os.devnull, *_ANEW]
            command += ["--webdav-url", f"http://127.0.0.1:{self._server.port}", f"--cache-dir={self._cache}"]
            with self._said.open("ab") as said:
                self._program = subprocess.Popen(command, stdout=said, stderr=said)
            wait_for(self.space.is_dir, f"nothing can be mounted; see {self._said}")

    def pause(self) -> None:
        """Take it away: this machine is offline."""
        if self._program is not None:
            subprocess.run(["fusermount3", "-uz", self._at], check=False, capture_output=True)
            self._program.kill()
            self._program.wait()
            self._program = None

    def files(self) -> dict[str, bytes]:
        """What is in the space's folder as seen here."""
        return files_in(self.space)

    def refresh(self) -> None:
        """Let it ask the server anew."""
        time.sleep(2)

    def versions(self) -> list[Path]:
        """None: the server keeps no earlier files."""
        return []


@contextlib.contextmanager
def mounts(root: Path, names: tuple[str, ...]) -> Iterator[tuple[Server, list[Mount]]]:
    """Let a server run, and mount its folder once for each name. Raises Missing."""
    if shutil.which("rclone") is None or shutil.which("fusermount3") is None:
        raise Missing("rclone is not installed:  sudo apt-get install rclone fuse3")
    if not Path("/dev/fuse").exists():
        raise Missing("There is no FUSE here, so WebDAV cannot be mounted.")
    if not (_ENVIRONMENT / "bin" / "wsgidav").exists():
        _install()
    server = Server(root)
    found = [Mount(root, name, server) for name in names]
    try:
        server.start()
        for each in found:
            each.resume()
        yield server, found
    finally:
        for each in found:
            each.pause()
        server.kill()


def _install() -> None:
    print("Installing wsgidav in an environment of its own (.venv-webdav)")
    subprocess.run([sys.executable, "-m", "venv", _ENVIRONMENT], check=True)
    python = _ENVIRONMENT / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "wsgidav>=4.3,<5", "cheroot>=10,<12"], check=True)
