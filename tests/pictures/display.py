"""A display without a monitor, and real terminals on it that are typed into and photographed."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

SIZE = "1400x1000"
TOOLS = ("Xvfb", "kitty", "xterm", "xdotool", "import", "convert", "ffmpeg", "gifsicle")
FONT, POINTS = "DejaVu Sans Mono", 11


def missing_tools() -> list[str]:
    """The programs that this needs and this machine does not have."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


@contextmanager
def display(size: str = SIZE) -> Iterator[str]:
    """A display of its own, in pixels; its name, such as ":12". Gone at the end, with every window on it."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as answer:  # Written once the display takes windows.
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


class Terminal:
    """A terminal's window with a command in it."""

    def __init__(self, screen: str, words: Sequence[str], environment: dict[str, str]) -> None:
        self._environment = environment | {"DISPLAY": screen}
        # A session of its own, so that closing ends the command too.
        self._process = subprocess.Popen(
            words,
            env=self._environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.window = self._wait_for_window()
        self._x("windowfocus", "--sync", self.window)

    @classmethod
    def kitty(
        cls, screen: str, size: tuple[int, int], command: Sequence[str], env: dict[str, str]
    ) -> "Terminal":
        """kitty, which draws every glyph set itself and shows pixels."""
        options = {
            "font_family": FONT,
            "font_size": POINTS,
            "initial_window_width": f"{size[0]}c",
            "initial_window_height": f"{size[1]}c",
            "remember_window_size": "no",
            "window_padding_width": 0,
            "cursor_blink_interval": 0,
            "enable_audio_bell": "no",
            "update_check_interval": 0,
        }
        words = ["kitty", "--config", "NONE"]
        for name, value in options.items():
            words += ["-o", f"{name}={value}"]
        return cls(screen, [*words, *command], env)

    @classmethod
    def xterm(
        cls, screen: str, size: tuple[int, int], command: Sequence[str], env: dict[str, str]
    ) -> "Terminal":
        """xterm as it comes, with 256 colours."""
        words = ["xterm", "-fa", FONT, "-fs", str(POINTS), "-geometry", f"{size[0]}x{size[1]}+0+0"]
        words += ["-b", "0", "+sb", "-bw", "0", "-tn", "xterm-256color", "-e", *command]
        return cls(screen, words, env)

    def press(self, *keys: str) -> None:
        """Press keys, named as X names them ("Return", "ctrl+n"), one after the other."""
        for key in keys:
            self._x("key", "--clearmodifiers", key)
            time.sleep(0.25)

    def type(self, text: str, seconds_a_letter: float = 0.03) -> None:
        """Type a text as a person would."""
        self._x("type", "--delay", str(int(seconds_a_letter * 1000)), text)

    def photograph(self, path: Path) -> None:
        """Write what the window shows to `path`, with few enough colours to stay small."""
        raw = path.with_suffix(".raw.png")
        subprocess.run(["import", "-window", self.window, raw], check=True, env=self._environment)
        subprocess.run(["convert", raw, "-strip", "+dither", "-colors", "255", f"PNG8:{path}"], check=True)
        raw.unlink()

    def settle(self, seconds: float = 15.0) -> None:
        """Wait until the window shows the same for a second. Raises TimeoutError when it never does."""
        end, last, since = time.monotonic() + seconds, b"", time.monotonic()
        while time.monotonic() < end:
            seen = subprocess.run(
                ["import", "-window", self.window, "rgb:-"],
                check=True,
                env=self._environment,
                capture_output=True,
            ).stdout
            if seen != last:
                last, since = seen, time.monotonic()
            elif time.monotonic() - since > 1:
                return
            time.sleep(0.2)
        raise TimeoutError("the picture never came to rest")

    def record(self, path: Path, seconds: float, pictures_a_second: int) -> subprocess.Popen[bytes]:
        """Start to film the window, without loss; wait for what is returned."""
        words = ["ffmpeg", "-loglevel", "error", "-y", "-f", "x11grab", "-draw_mouse", "0"]
        words += ["-framerate", str(pictures_a_second), "-window_id", self.window]
        words += ["-i", self._environment["DISPLAY"], "-t", str(seconds)]
        words += ["-c:v", "libx264rgb", "-qp", "0", "-preset", "ultrafast", str(path)]
        return subprocess.Popen(words, env=self._environment)

    def close(self) -> None:
        """End the terminal and the command in it."""
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait()

    def _wait_for_window(self) -> str:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            found = self._x("search", "--onlyvisible", "--name", ".", check=False).split()
            if found:
                return found[-1]
            time.sleep(0.1)
        self.close()
        raise TimeoutError("the terminal opened no window")

    def _x(self, *words: str, check: bool = True) -> str:
        done = subprocess.run(
            ["xdotool", *words], check=check, env=self._environment, capture_output=True, text=True
        )
        return done.stdout
