"""The keys that move a film. Each has an id, so that an app can give it another key (`App.set_keymap`)."""

from textual.binding import Binding


def _key(
    identity: str, keys: str, action: str, tooltip: str, *, label: str = "", shown_as: str | None = None
) -> Binding:
    """A key; without a `label` it is kept out of the footer."""
    return Binding(
        keys,
        action,
        label or tooltip,
        show=bool(label),
        key_display=shown_as,
        tooltip=tooltip,
        id=identity,
    )


TRANSPORT: tuple[Binding, ...] = (
    _key("film.toggle", "space,ctrl+@,ctrl+space", "toggle", "Play or pause", label="Play", shown_as="space"),
    _key("film.back", "left", "seek_by(-1000)", "One second back"),
    _key("film.on", "right", "seek_by(1000)", "One second on"),
    _key("film.back_more", "shift+left,down", "seek_by(-5000)", "Five seconds back"),
    _key("film.on_more", "shift+right,up", "seek_by(5000)", "Five seconds on"),
    _key("film.back_far", "ctrl+left", "seek_by(-30000)", "Half a minute back"),
    _key("film.on_far", "ctrl+right", "seek_by(30000)", "Half a minute on"),
    _key(
        "film.speech_back",
        "less_than_sign",
        "speech(-1)",
        "Back to where somebody began to speak",
        shown_as="<",
    ),
    _key(
        "film.speech_on", "greater_than_sign", "speech(1)", "On to where somebody speaks next", shown_as=">"
    ),
    _key("film.frame_back", "comma", "step(-1)", "One frame back", shown_as=","),
    _key("film.frame_on", "full_stop", "step(1)", "One frame on", label="Step", shown_as="."),
    _key("film.start", "home,0", "to_start", "To the clip's in-point"),
    _key("film.loop", "l", "loop", "Loop the clip, or stop looping", label="Loop"),
    _key("film.slower", "minus", "slower", "Slower", shown_as="-"),
    _key("film.faster", "plus,equals_sign", "faster", "Faster", shown_as="+"),
    _key("film.normal", "backspace", "normal_speed", "Normal speed"),
    _key("film.mute", "m", "mute", "Sound off or on"),
    _key(
        "film.subtitles",
        "j",
        "subtitles",
        "Subtitles off or on, if a file of them is beside the film",
    ),
    _key("film.sound_track", "k", "next_sound", "Hear the next of the film's sound tracks", label="Sound"),
    _key("film.one_sound_track", "k", "hear_next", "Hear another sound track, where the film has several"),
    _key("film.window", "w", "window", "A window for the film, where there is a display; and back"),
    _key("film.glyphs", "v", "glyphs", "Draw the picture with other glyphs"),
)

WINDOW_KEYS = {
    "SPACE": "toggle",
    "LEFT": "seek_by(-1000)",
    "RIGHT": "seek_by(1000)",
    "Shift+LEFT": "seek_by(-5000)",
    "DOWN": "seek_by(-5000)",
    "Shift+RIGHT": "seek_by(5000)",
    "UP": "seek_by(5000)",
    "Ctrl+LEFT": "seek_by(-30000)",
    "Ctrl+RIGHT": "seek_by(30000)",
    "<": "speech(-1)",
    ">": "speech(1)",
    ",": "step(-1)",
    ".": "step(1)",
    "HOME": "to_start",
    "0": "to_start",
    "l": "loop",
    "-": "slower",
    "+": "faster",
    "=": "faster",
    "BS": "normal_speed",
    "m": "mute",
    "k": "hear_next",
    "w": "window",
    "q": "window",
    "ESC": "window",
}
"""What the keys do that are typed in the film's own window, by libmpv's names for them."""
